"""The MCP server over HTTP (流式 HTTP): part of the API's own application, under ``/mcp``.

Whoever may read through the API may read here, with the same bearer token; each call sees what this person may read.
Requests are independent of each other (stateless), so nothing is kept between them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from mcp.server.mcpserver import Context
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.accounts.principal import Principal
from assistant.accounts.roles import Permission
from assistant.api.errors import problem_response
from assistant.api.permission import admitted
from assistant.contract import Assistant
from assistant.discretion.contract import Desk
from assistant.mcp.server import build_server
from assistant.problems import problem_from_error
from assistant.settings import Settings
from assistant.views import Views
from corpus.errors import EAssistantError

PATH = "/mcp"
PERMISSION = Permission.READ


@dataclass(frozen=True, slots=True)
class _Reader:
    """The caller with their view of the service."""

    views: Views
    principal: Principal

    @property
    def assistant(self) -> Assistant:
        return self.views.assistant(self.principal)

    @property
    def desk(self) -> Desk:
        return self.views.desk(self.principal)


class _Admission:
    """Lets in who may read; others get the API's own refusal."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            try:
                admitted(Request(scope), PERMISSION)
            except EAssistantError as error:
                headers = {"WWW-Authenticate": "Bearer"} if error.http_status == 401 else None
                await problem_response(problem_from_error(error), headers)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def mount_mcp(app: FastAPI, views: Views, settings: Settings) -> None:
    """Serve the tools under ``/mcp`` of the API, as long as its lifespan runs."""

    def identify(ctx: Context[Any, Any]) -> _Reader:
        request = ctx.request_context.request
        assert isinstance(request, Request)
        return _Reader(views, request.state.principal)

    server = build_server(identify, settings.limits)
    inner = server.streamable_http_app(
        streamable_http_path="/",
        json_response=True,
        stateless_http=True,
        # The API's own middleware checks Host and Origin, for all that it serves.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    app.mount(PATH, _Admission(inner), name="mcp")
    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(whole: FastAPI) -> AsyncIterator[Any]:
        async with outer(whole) as state, server.session_manager.run():
            yield state

    app.router.lifespan_context = lifespan
