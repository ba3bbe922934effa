"""The tools as an AI client meets them: in process, over HTTP, and over standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import Any

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from starlette.testclient import TestClient

from assistant.accounts.principal import ANONYMOUS, LOCAL
from assistant.api.app import create_app
from assistant.mcp.http import PATH
from assistant.mcp.server import build_server
from corpus.errors import NotAuthenticated
from tests.assistant.conftest import LAW, TEXT
from tests.assistant.desk_stand_in import WEIGHTED_KEY
from tests.assistant.services import services_of

TOOLS = {"search", "get_provision", "verify_citations", "assess_discretion", "list_versions"}


class _Caller:
    def __init__(self, assistant: Any, desk: Any) -> None:
        self.assistant = assistant
        self.desk = desk


@pytest.fixture
def server(stand_in, desk, settings):
    caller = _Caller(stand_in, desk)
    return build_server(lambda _ctx: caller, settings.limits)


def call(server: Any, tool: str, **arguments: Any) -> Any:
    """The structured answer of a tool; the words of its refusal as text."""

    async def talk() -> Any:
        async with Client(server) as client:
            return await client.call_tool(tool, arguments)

    result = asyncio.run(talk())
    return result.content[0].text if result.is_error else result.structured_content


def test_the_five_tools_say_what_they_take_and_give_and_that_they_only_read(server):
    async def listed() -> Any:
        async with Client(server) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed())
    assert {t.name for t in tools} == TOOLS
    for tool in tools:
        assert tool.description
        assert tool.output_schema
        assert tool.annotations.read_only_hint
        assert all(p.get("description") for p in tool.input_schema["properties"].values()), tool.name


def test_a_search_gives_verbatim_dated_provisions(server, stand_in):
    found = call(server, "search", question="无证经营", as_of="2026-01-01", top_k=1)
    assert found["as_of"] == "2026-01-01"
    assert found["results"][0]["text"] == TEXT
    assert found["results"][0]["status"] == "in_force"
    assert str(stand_in.requests[-1].as_of) == "2026-01-01"


def test_a_provision_is_had_by_citation_or_by_id(server):
    by_id = call(server, "get_provision", provision_id="ver-1/第一条")
    assert by_id["provisions"][0]["citation"] == f"《{LAW}》第一条"
    by_citation = call(server, "get_provision", citation=f"《{LAW}》第一条")
    assert by_citation["citations"][0]["state"] == "in_force"


def test_versions_and_checks(server):
    assert call(server, "list_versions", law=LAW)["documents"][0]["document_id"] == "doc-1"
    assert call(server, "verify_citations", text=f"依据《{LAW}》第一条")["ok"] is True


def test_discretion_is_found_first_and_checked_then(server):
    assert call(server, "assess_discretion", description="未批先建")["found"]["standards"]
    checked = call(server, "assess_discretion", standard=WEIGHTED_KEY, proposed_yuan="50000")
    assert checked["checked"]


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("search", {"question": " "}, "内容为空"),
        ("search", {"question": "罚款", "as_of": "2026-02-30"}, "不存在"),
        ("search", {"question": "罚款", "law": "没有的法"}, "请写全称"),
        ("get_provision", {}, "citation"),
        ("get_provision", {"provision_id": "ver-9/第九条"}, "没有编号"),
        ("list_versions", {"law": "没有的法"}, "没有“没有的法”"),
        ("assess_discretion", {}, "description"),
        ("assess_discretion", {"standard": "nowhere"}, "。"),
    ],
)
def test_a_refusal_says_what_to_do(server, tool, arguments, words):
    assert words in call(server, tool, **arguments)


def test_a_fault_inside_tells_the_client_nothing(server):
    assert "secret" not in call(server, "search", question="boom")


class _Doors:
    """Knows one token; no token is nobody."""

    def authenticate(self, token: str | None):
        if token is None:
            return ANONYMOUS
        if token != "good":
            raise NotAuthenticated("令牌无效。")
        return LOCAL


def _initialize() -> dict[str, Any]:
    return {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "search", "arguments": {"question": "无证经营"}},
    }


@pytest.mark.parametrize(("token", "status"), [(None, 401), ("bad", 401), ("good", 200)])
def test_over_http_the_token_of_the_api_is_asked_for(stand_in, desk, settings, token, status):
    app = create_app(services_of(stand_in, desk, authenticator=_Doors()), settings)
    headers = {"Accept": "application/json, text/event-stream"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    with TestClient(app, base_url="http://127.0.0.1:8600") as http:
        response = http.post(f"{PATH}/", json=_initialize(), headers=headers)
    assert response.status_code == status
    if status == 401:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["www-authenticate"] == "Bearer"
        assert not stand_in.requests
    else:
        assert json.loads(response.text)["result"]["structuredContent"]["results"][0]["text"] == TEXT


def test_over_standard_input_the_running_server_answers(running, settings):
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant.cli", "mcp"],
        env={**os.environ, "EASSISTANT_HOME": str(settings.home)},
    )
    found = call(command, "search", question="无证经营")
    assert found["results"][0]["text"] == TEXT
