"""Addresses that lead nowhere get words and a way back; those of Streamlit itself and of programs pass."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from assistant.page import script
from assistant.page_server.known_pages import KnownPages, page_paths
from ui.pages import PAGES


@pytest.fixture
def browser() -> TestClient:
    async def shown(request):
        return PlainTextResponse(f"page {request.url.path}")

    only = Middleware(KnownPages, paths=page_paths(script()))
    app = Starlette(routes=[Route("/{rest:path}", shown)], middleware=[only])
    return TestClient(app, follow_redirects=False, headers={"Accept": "text/html,*/*"})


def test_the_addresses_are_those_of_the_bar():
    assert page_paths(script()) == {f"/{page.url_path or ''}" for page in PAGES}


@pytest.mark.parametrize("path", ["/nothing-here", "/foo/bar", "/quiz/bank", "/ask", "/Me", "/login", "/__init__"])
def test_an_address_that_leads_nowhere_is_told(browser, path):
    answer = browser.get(path)
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text
    assert 'href="/"' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/", "/me", "/log?act=x", "/account.css", "/_stcore/health", "/media/a.docx", "/static/js/x.js"]
)
def test_what_there_is_passes(browser, path):
    assert browser.get(path).text == f"page {path.split('?')[0]}"


def test_a_slash_too_many_leads_to_the_page(browser):
    sent = browser.get("/encyclopedia/?law=d-1")
    assert (sent.status_code, sent.headers["location"]) == (307, "/encyclopedia?law=d-1")


def test_programs_are_not_answered_with_a_page(browser):
    assert browser.get("/me/_stcore/health", headers={"Accept": "*/*"}).text == "page /me/_stcore/health"
