"""Every request gets an id and a line in the log (请求日志), and says by which way it came.

The line has the route's template, never the path, query or body, nor who asked or from where.
"""

from __future__ import annotations

import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.auditlog.contract import Surface
from assistant.auditlog.origin import HEADER, Origin, coming_from, surface_of
from assistant.logging_setup import EXTRA

log = logging.getLogger("eassistant.requests")

ID_HEADER = "X-Request-Id"
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_MCP = "/mcp"


class RequestLog:
    """ASGI middleware, the outermost: id, origin and log line of each request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = _request_id(headers.get(ID_HEADER))
        scope.setdefault("state", {})["request_id"] = request_id
        started = time.perf_counter()
        status = 500

        async def with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[ID_HEADER] = request_id
            await send(message)

        try:
            with coming_from(Origin(_surface(scope, headers), _address(scope), request_id)):
                await self._app(scope, receive, with_id)
        finally:
            taken = round((time.perf_counter() - started) * 1000, 1)
            fields = {
                "request_id": request_id,
                "method": scope["method"],
                "route": _template(scope),
                "status": status,
                "ms": taken,
            }
            log.log(logging.WARNING if status >= 500 else logging.INFO, "request", extra={EXTRA: fields})


def _request_id(given: str | None) -> str:
    """The caller's own id where it is short and plain, so that it can be found in both logs; else a new one."""
    return given if given and _ID.fullmatch(given) else uuid.uuid4().hex


def _surface(scope: Scope, headers: Headers) -> Surface:
    path = scope["path"]
    if path == _MCP or path.startswith(f"{_MCP}/"):
        return Surface.MCP
    return surface_of(headers.get(HEADER))


def _address(scope: Scope) -> str | None:
    client = scope.get("client")
    return client[0] if client else None


def _template(scope: Scope) -> str:
    route = scope.get("route")
    path = getattr(route, "path_format", None) or getattr(route, "path", None)
    return path if isinstance(path, str) else "unmatched"
