"""Tags, pages, ids of requests, log lines, readiness: what a good citizen of HTTP gets from the API."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import json
import logging
import re
import threading
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.stream import with_heartbeats
from assistant.auditlog.contract import Surface
from assistant.auditlog.origin import current
from assistant.contract import Health
from assistant.logging_setup import set_up_logging
from assistant.settings import LogSettings
from tests.assistant.services import services_of


@pytest.fixture
def http(stand_in, settings, desk):
    return TestClient(create_app(services_of(stand_in, desk), settings), raise_server_exceptions=False)


TAGGED = ["/api/documents", "/api/documents/doc-1", "/api/provisions/ver-1/第一条", "/api/discretion/standards"]


@pytest.mark.parametrize("path", TAGGED)
def test_what_is_unchanged_is_not_sent_again(http, path):
    first = http.get(path)
    again = http.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    assert http.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert http.get(path, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'}).status_code == 304


def test_the_tag_changes_with_the_answer(http, stand_in, monkeypatch):
    before = http.get("/api/documents").headers["etag"]
    monkeypatch.setattr(type(stand_in), "documents", lambda _self, _as_of=None: [])
    assert http.get("/api/documents").headers["etag"] != before


def test_a_list_stays_bare_and_tells_of_its_pages(http):
    whole = http.get("/api/discretion/standards")
    assert whole.headers["x-total-count"] == str(len(whole.json())) == "2"
    second = http.get("/api/discretion/standards", params={"limit": 1, "offset": 1})
    assert second.json() == whole.json()[1:]
    assert second.headers["x-total-count"] == "2"
    assert 'offset=0&limit=1>; rel="prev"' in second.headers["link"]
    assert 'rel="next"' not in second.headers["link"]
    assert http.get("/api/documents", params={"limit": 0}).status_code == 422


def test_every_request_has_an_id_its_own_or_the_callers(http):
    assert http.get("/api/live", headers={"X-Request-Id": "case-7.1"}).headers["x-request-id"] == "case-7.1"
    for bad in ("a b", "x" * 65, "<script>"):
        given = http.get("/api/live", headers={"X-Request-Id": bad}).headers["x-request-id"]
        assert given != bad
        assert given.isalnum()
    assert http.get("/api/nothing").headers["x-request-id"]


def test_it_lives_at_once_and_is_ready_when_everything_can_be_searched(http, stand_in, monkeypatch):
    assert http.get("/api/live").json()["status"] == "live"
    refused = http.get("/api/ready")
    assert (refused.status_code, refused.json()["code"]) == (503, "preparing")
    whole: Health = stand_in.health()
    monkeypatch.setattr(type(stand_in), "health", lambda _self: whole.model_copy(update={"searchable": True}))
    assert http.get("/api/ready").status_code == 200


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    stream = io.StringIO()
    set_up_logging(LogSettings(format="json", level="info"), stream)
    yield stream
    root.setLevel(level)
    root.handlers = handlers


def test_a_request_is_one_line_without_what_was_asked(http, lines):
    http.get("/api/provisions/ver-1/第一条?as_of=2026-01-01", headers={"X-Request-Id": "r-1"})
    http.post("/api/search", json={"question": "张三的摊子"})
    http.get("/api/张三")
    found = [json.loads(line) for line in lines.getvalue().splitlines()]
    requests = [line for line in found if line["message"] == "request"]
    assert [(r["method"], r["route"], r["status"]) for r in requests] == [
        ("GET", "/api/provisions/{provision_id}", 200),
        ("POST", "/api/search", 200),
        ("GET", "unmatched", 404),
    ]
    assert requests[0]["request_id"] == "r-1"
    assert {"time", "level", "ms"} <= requests[0].keys()
    for word in ("张三", "2026-01-01", "第一条", "testclient"):
        assert word not in lines.getvalue()


def test_a_fault_is_logged_with_its_id(http, lines):
    http.get("/api/search?question=boom", headers={"X-Request-Id": "r-2"})
    (line,) = [json.loads(x) for x in lines.getvalue().splitlines() if '"request_id": "r-2"' in x]
    assert (line["status"], line["level"]) == (500, "warning")


def test_events_are_numbered_and_the_first_says_when_to_try_again(http):
    text = http.post("/api/ask", params={"stream": 1}, json={"question": "示例"}).text
    events = text.strip().split("\n\n")
    assert [line for e in events for line in e.splitlines() if line.startswith("id:")] == [
        f"id: {n}" for n in range(1, len(events) + 1)
    ]
    assert events[0].endswith("retry: 5000")


def test_a_slow_answer_keeps_its_connection_with_comments():
    go_on = threading.Event()

    def slow() -> Iterator[bytes]:
        yield b"first"
        go_on.wait(10)
        yield b"second"

    async def read() -> list[bytes]:
        found = []
        async for chunk in with_heartbeats(slow(), every_s=0.01):
            found.append(chunk)
            if chunk.startswith(b":"):
                go_on.set()
        return found

    found = asyncio.run(read())
    comments = [chunk for chunk in found if chunk.startswith(b":")]
    assert comments
    assert b"".join(chunk for chunk in found if chunk not in comments) == b"firstsecond"


def test_a_caller_who_leaves_ends_the_work():
    ended = threading.Event()

    def endless() -> Iterator[bytes]:
        try:
            while True:
                yield b"more"
        finally:
            ended.set()

    async def leave() -> None:
        chunks = with_heartbeats(endless())
        await anext(chunks)
        await chunks.aclose()
        while not ended.is_set():
            await asyncio.sleep(0)

    asyncio.run(asyncio.wait_for(leave(), 10))
    assert ended.is_set()


@pytest.mark.parametrize(
    ("header", "surface"),
    [(None, Surface.API), ("page", Surface.PAGE), ("CLI", Surface.CLI), ("service", Surface.API), ("x", Surface.API)],
)
def test_a_request_says_by_which_way_it_came(http, stand_in, monkeypatch, header, surface):
    seen = []
    monkeypatch.setattr(type(stand_in), "documents", lambda _self, _as_of=None: seen.append(current().surface) or [])
    http.get("/api/documents", headers={"X-EAssistant-Surface": header} if header else {})
    assert seen == [surface]


def test_the_page_of_the_api_shows_every_operation_and_loads_nothing(http):
    page = http.get("/docs")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    for path in http.get("/openapi.json").json()["paths"]:
        assert path in page.text
    assert "<script" not in page.text
    assert not re.findall(r"(?:src|href)=(?![\"']?[/#])", page.text)


@pytest.mark.parametrize("path", ["/docs", "/openapi.json", "/api/live"])
def test_no_answer_lets_a_browser_run_anything(http, path):
    """The page of the API has one style of its own, allowed by its hash; nothing else is allowed anything."""
    answer = http.get(path)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "script-src" not in policy
    for style in re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL) if path == "/docs" else ():
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
