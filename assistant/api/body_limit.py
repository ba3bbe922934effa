"""A bound on request bodies (正文上限), refused with the API's one error shape.

Written here because Starlette's own middleware (1.10, ``starlette/middleware/body_limit.py``) replaces whatever was
answered by a plain-text 413.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.errors import problem_response
from assistant.problems import problem_from_http

_TOO_LARGE = 413


class BodyLimit:
    """ASGI middleware: a body of more than ``max_bytes`` is refused, at once when its length is announced.

    ``others`` are addresses with bounds of their own.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, others: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._others = others or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._others.get(scope["path"], self._max_bytes)
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > most:
            await problem_response(problem_from_http(_TOO_LARGE))(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(_TOO_LARGE)
            return message

        await self._app(scope, counted, send)
