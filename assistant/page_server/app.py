"""The page as an ASGI application (网页应用): Streamlit's own, with our routes and middleware around it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import streamlit
from starlette.middleware import Middleware
from streamlit.web.server.starlette import App

from assistant.accounts.contract import Me
from assistant.api.client import ApiClient
from assistant.api.own_origin import OnlyThisMachine
from assistant.api.security_headers import COMMON_HEADERS, SecurityHeaders
from assistant.page_server.addresses import DOORS, content_security_policy
from assistant.page_server.gate import SessionGate
from assistant.page_server.known_pages import KnownPages, page_paths
from assistant.page_server.login import login_routes, styles_route

_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)


def page_app(script: Path, client: ApiClient, *, accounts: bool) -> App:
    """The page of a script; ``client`` bears nobody's token. Without accounts it answers this machine only."""
    headers = {**COMMON_HEADERS, "Content-Security-Policy": content_security_policy(inline_scripts())}
    gate = Middleware(SessionGate, check=session_check(client))
    return App(
        script,
        routes=[styles_route(), *(login_routes(client) if accounts else [])],
        middleware=[
            Middleware(SecurityHeaders, headers=headers),
            gate if accounts else Middleware(OnlyThisMachine),
            Middleware(KnownPages, paths=page_paths(script) | (DOORS if accounts else frozenset())),
        ],
    )


def session_check(client: ApiClient) -> Callable[[str, str], Me]:
    """Whose session a cookie is, asked of the service for a visitor of an address."""
    return lambda token, address: client.on_behalf_of(address).bearing(token).me()


def inline_scripts() -> tuple[str, ...]:
    """Hashes of the scripts that stand in Streamlit's own HTML, as a content security policy names them."""
    html = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
    return tuple(base64.b64encode(sha256(found).digest()).decode() for found in _INLINE_SCRIPT.findall(html))
