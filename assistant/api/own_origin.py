"""Where a request may come from (来源核对), as pure functions and a middleware for API and page.

Without accounts everybody who reaches a port may do everything, so only this machine may reach it: a page of another
site that points its own name at this machine (DNS rebinding) is told by the Host header, one that sends requests
across origins by Origin.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.errors import problem_response
from assistant.problems import problem_from_error
from corpus.errors import Forbidden, InvalidInput

_POLICY_VIOLATION = 1008
_OTHER_SITES = frozenset({"cross-site", "same-site"})


def is_loopback(host: str) -> bool:
    """Whether an address to listen on, or the host of a URL, is this machine's loopback: localhost, 127.0.0.1, ::1."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def host_of(written: str) -> str | None:
    """The name in a Host header, without its port; None when it is none."""
    try:
        parts = urlsplit(f"//{written}")
        _ = parts.port
    except ValueError:
        return None
    plain = parts.hostname is not None and not (parts.path or parts.query or parts.fragment or "@" in written)
    return parts.hostname if plain else None


def is_own_origin(headers: Mapping[str, str]) -> bool:
    """Whether a request comes from a page of this very server, by Origin, else by Sec-Fetch-Site."""
    origin = headers.get("origin")
    if origin is not None and origin != "null":
        try:
            named = urlsplit(origin).netloc.lower()
        except ValueError:
            return False
        return named == headers.get("host", "").lower() != ""
    return headers.get("sec-fetch-site") == "same-origin"


def require_accounts_off_loopback(host: str, *, accounts: bool, setting: str) -> None:
    """Refuse to listen elsewhere than on loopback without accounts. ``setting`` names the variable of the address."""
    if accounts or is_loopback(host):
        return
    raise InvalidInput(
        f"没有启用账户，不能监听 {host}：凡能连接者都可以查看和修改全部内容。",
        where=setting,
        remedy=f"请设置 EASSISTANT_ACCOUNTS__ENABLED=true 启用账户；只在本机使用时，请把 {setting} 设为 127.0.0.1。",
    )


class OnlyThisMachine:
    """ASGI middleware: refuses requests for another host's name, and those that pages of another origin send."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._allowed(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await problem_response(problem_from_error(_FOREIGN))(scope, receive, send)

    @staticmethod
    def _allowed(headers: Headers) -> bool:
        host = host_of(headers.get("host", ""))
        if host is None or not is_loopback(host):
            return False
        if "origin" in headers:
            return is_own_origin(headers)
        foreign = headers.get("sec-fetch-site") in _OTHER_SITES
        return not foreign or headers.get("sec-fetch-mode") == "navigate"  # a link may lead here, a picture may not ask


_FOREIGN = Forbidden(
    "没有启用账户时，只接受本机地址的访问。",
    remedy="请用 http://127.0.0.1 或 http://localhost 访问；要从别处访问，请设置 EASSISTANT_ACCOUNTS__ENABLED=true。",
)
