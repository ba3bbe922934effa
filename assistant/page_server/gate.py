"""Nobody sees the page without a session (登录检查): HTTP and the websocket that Streamlit draws through."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.own_origin import is_own_origin
from assistant.page_server.addresses import COOKIE, is_open, login_address
from assistant.page_server.html import problem_page
from corpus.errors import EAssistantError, InvalidInput, NotAuthenticated, TooManyRequests

_POLICY_VIOLATION = 1008


class SessionGate:
    """ASGI middleware: lets through whoever's cookie ``check`` accepts; it raises NotAuthenticated otherwise.

    ``check`` is given the cookie and the visitor's address, so that what one address sends is counted there.
    """

    def __init__(self, app: ASGIApp, check: Callable[[str, str], object]) -> None:
        self._app = app
        self._check = check

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or (scope["type"] == "http" and is_open(scope["path"])):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        token = connection.cookies.get(COOKIE, "")
        refusal = await self._refusal(connection, token)
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await refusal(scope, receive, send)

    async def _refusal(self, connection: HTTPConnection, token: str) -> Response | None:
        if _changes_something(connection.scope) and _is_foreign(connection):
            return PlainTextResponse("这一请求不是从本网页发出的。", 403)
        if not token:
            return _to_login(connection, "")
        try:
            address = connection.client.host if connection.client else ""
            await run_in_threadpool(self._check, token, address)
        except (NotAuthenticated, InvalidInput):
            return _to_login(connection, "expired")
        except TooManyRequests as error:
            return HTMLResponse(problem_page(error.what, error.remedy or ""), 429)
        except EAssistantError:
            return HTMLResponse(problem_page("答复服务没有应答。", "请稍候片刻再试，或告诉管理员。"), 503)
        return None


def _is_foreign(connection: HTTPConnection) -> bool:
    """Whether another origin sent it: SameSite lets other ports of this host send the cookie, and so does Streamlit."""
    return "origin" in connection.headers and not is_own_origin(connection.headers)


def _changes_something(scope: Scope) -> bool:
    """Whether a request does more than read: through the websocket everything is done."""
    return scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD", "OPTIONS")


def _to_login(connection: HTTPConnection, note: str) -> Response:
    if connection.scope.get("method") in ("GET", "HEAD") and "text/html" in connection.headers.get("accept", ""):
        return RedirectResponse(login_address(connection.url.path, connection.url.query, note), 303)
    return PlainTextResponse("请先登录。", 401)
