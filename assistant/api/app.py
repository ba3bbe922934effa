"""The FastAPI application: what programs and the page talk to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter

from assistant.api import errors
from assistant.api.body_limit import BodyLimit
from assistant.api.desk_routes import build_desk_router
from assistant.api.pictures_routes import build_pictures_router
from assistant.api.routes import build_router
from assistant.api.services import Services
from assistant.contract import AskEvent
from assistant.mcp.http import mount_mcp
from assistant.settings import Settings
from assistant.version import version

DESCRIPTION = """\
执法e助理的接口：检索法律条文、带引用的答复、引用核对、裁量核查。每条引文逐字取自语料；凡涉及时间，以适用日期（as_of）为准，默认今天。

Interface of the e-assistant: search legal provisions, answers with citations, citation checks, the discretion desk.
Every quotation is verbatim; every answer is for a day (`as_of`, default today). Errors are problem details (RFC 9457).
"""

TAGS = [
    {"name": "answers", "description": "检索与答复。Search and answers."},
    {"name": "citations", "description": "引用核对。Reading and checking citations."},
    {"name": "corpus", "description": "文件与条文。Documents and provisions."},
    {"name": "discretion", "description": "裁量核查。The discretion desk: find, compute, check, explain, audit."},
    {"name": "service", "description": "服务状态与索引。State of the service and its index."},
]

_BYTES_PER_CHARACTER = 6  # the longest JSON escape of a character of the basic plane: \uXXXX

_REF = "#/components/schemas/{model}"

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(services: Services, settings: Settings, *, lifespan: Lifespan | None = None) -> FastAPI:
    """The application over the services; everything it needs is handed in, so tests use stand-ins."""
    options: dict[str, Any] = {"telemetry": {"auto_configure": False}}
    app = FastAPI(
        title="执法e助理 e-assistant",
        version=version(),
        description=DESCRIPTION,
        openapi_tags=TAGS,
        license_info={"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        lifespan=lifespan,
        **options,
    )
    app.state.authenticator = services.authenticator
    app.add_middleware(BodyLimit, max_bytes=settings.limits.document_chars * _BYTES_PER_CHARACTER + 4096)
    errors.install(app)
    if services.pictures is not None:
        app.include_router(build_pictures_router(services.views, services.pictures))
    app.include_router(build_router(services, settings))
    app.include_router(build_desk_router(services.views))
    mount_mcp(app, services.views, settings)
    app.openapi = _with_shared_shapes(app.openapi)  # type: ignore[method-assign]
    return app


def _with_shared_shapes(describe: Callable[[], dict[str, Any]]) -> Callable[[], dict[str, Any]]:
    """Add the shapes that no route returns as such: problem details and the events of a streamed answer."""
    events = TypeAdapter[Any](AskEvent)

    def described() -> dict[str, Any]:
        schema = describe()
        known = schema["components"]["schemas"]
        event = events.json_schema(mode="serialization", ref_template=_REF)
        for name, shape in {**event.pop("$defs"), "AskEvent": event}.items():
            known.setdefault(name, shape)
        return schema

    return described
