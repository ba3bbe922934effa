"""Only pages that there are (页面地址): an address that leads nowhere is answered with words and a way back.

Streamlit answers every address with its own HTML, which stays blank below another page and says nothing in Chinese.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.page_server.addresses import PLAIN_POLICY, STYLES
from assistant.page_server.html import missing_page

_OTHERS = ("/_stcore/", "/media/", "/component/", "/static/", "/app/static/", STYLES)


def page_paths(script: Path) -> frozenset[str]:
    """The addresses of the pages of a script: ``views/cite.py`` is ``/cite``, and the first page is ``/``."""
    views = (view.stem for view in (script.parent / "views").glob("*.py"))
    return frozenset({"/", *(f"/{name}" for name in views if name not in ("__init__", "ask"))})


class KnownPages:
    """ASGI middleware: a browser that asks for another page than ``paths`` gets 404 and a way back."""

    def __init__(self, app: ASGIApp, paths: Collection[str]) -> None:
        self._app = app
        self._paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._answer(scope) if scope["type"] == "http" else None
        await (answer or self._app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        path = scope["path"]
        wants_page = scope["method"] in ("GET", "HEAD") and "text/html" in Headers(scope=scope).get("accept", "")
        if not wants_page or path in self._paths or path.startswith(_OTHERS):
            return None
        meant = path.rstrip("/")
        if meant in self._paths and meant:
            query = scope["query_string"].decode("latin-1")
            return RedirectResponse(f"{meant}?{query}" if query else meant, 307)
        return HTMLResponse(missing_page(), 404, headers={"Content-Security-Policy": PLAIN_POLICY})
