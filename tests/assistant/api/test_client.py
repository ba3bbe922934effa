"""The typed client against the real application: it returns what the service returned and raises what it raised."""

from __future__ import annotations

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.client import ApiClient
from assistant.api.events import decode_events
from assistant.contract import AskRequest, CiteRequest, SearchRequest
from corpus.errors import (
    EAssistantError,
    GeneratorUnavailable,
    InvalidInput,
    NotFound,
    ServerUnavailable,
    StoreUnavailable,
)
from tests.assistant.services import services_of


class _InProcess(httpx.BaseTransport):
    """Hands the client's requests to the application without a socket."""

    def __init__(self, app) -> None:
        self._http = TestClient(app, raise_server_exceptions=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._http.request(
            request.method, str(request.url), content=request.read(), headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content, request=request)


@pytest.fixture
def client(stand_in, settings, desk):
    with ApiClient("http://test", transport=_InProcess(create_app(services_of(stand_in, desk), settings))) as client:
        yield client


CALLS = {
    "search": lambda s: s.search(SearchRequest(question="示例", as_of="2026-08-14", top_k=3)),
    "ask": lambda s: s.ask(AskRequest(question="示例", region="广东省")),
    "ask_stream": lambda s: list(s.ask_stream(AskRequest(question="示例"))),
    "cite": lambda s: s.cite(CiteRequest(text="示例法第一条")),
    "check": lambda s: s.check_citations("示例法第一条\r\n第二行"),
    "documents": lambda s: s.documents(),
    "document": lambda s: s.document("doc-1"),
    "provision": lambda s: s.provision("ver-1/第一条"),
    "health": lambda s: s.health(),
    "index": lambda s: s.index_status(),
    "rebuild": lambda s: s.rebuild_index(),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_the_client_returns_what_the_service_returns(call, client, stand_in):
    assert call(client) == call(stand_in)


def test_the_service_gets_the_request_unchanged(client, stand_in):
    request = SearchRequest(question="多行\n问题", as_of="2026-08-14", region="广东省", top_k=3)
    client.search(request)
    assert stand_in.requests == [request]


FAULTS = {
    "unknown law": (lambda c: c.search(SearchRequest(question="示例", law="某某法")), InvalidInput, "某某法"),
    "unknown provision": (lambda c: c.provision("x/y"), NotFound, "x/y"),
    "unknown law, streamed": (
        lambda c: list(c.ask_stream(AskRequest(question="示例", law="某某法"))),
        InvalidInput,
        "某某法",
    ),
    "question too long": (lambda c: c.ask(AskRequest(question="罚" * 3000)), InvalidInput, "3000"),
}


@pytest.mark.parametrize(("call", "kind", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_what_the_service_raises_is_raised_here(call, kind, words, client):
    with pytest.raises(kind) as caught:
        call(client)
    assert words in caught.value.what
    assert caught.value.remedy


def test_an_answer_that_breaks_off_is_raised_after_its_sentences(client, stand_in):
    stand_in.breaks_off = True
    events = client.ask_stream(AskRequest(question="示例"))
    assert [next(events).event, next(events).event] == ["notes", "sentence"]
    with pytest.raises(GeneratorUnavailable):
        next(events)


def test_an_error_of_the_store_keeps_its_kind_and_exit_code(client, stand_in, monkeypatch):
    def full(_request):
        raise StoreUnavailable("No space left on device.", where="corpus.db")

    monkeypatch.setattr(stand_in, "search", full)
    with pytest.raises(StoreUnavailable) as caught:
        client.search(SearchRequest(question="示例"))
    assert "No space left" in caught.value.what
    assert caught.value.where == "corpus.db"


def test_a_fault_of_the_program_arrives_as_the_root_error(client):
    with pytest.raises(EAssistantError) as caught:
        client.search(SearchRequest(question="boom"))
    assert caught.value.code == "internal"


def test_no_server_is_said_with_its_address_and_a_remedy():
    with ApiClient("http://127.0.0.1:1") as client, pytest.raises(ServerUnavailable) as caught:
        client.health()
    assert "127.0.0.1:1" in str(caught.value)
    assert "eassistant serve" in str(caught.value)


def test_another_program_on_the_port_is_recognised():
    transport = httpx.MockTransport(lambda _request: httpx.Response(404, text="<html>"))
    with ApiClient("http://test", transport=transport) as client, pytest.raises(ServerUnavailable):
        client.health()


def test_events_survive_line_separators_inside_law_text(client, stand_in, monkeypatch):
    odd = "甲\u2028乙\u0085丙"
    whole = stand_in.ask(AskRequest(question="示例")).model_copy(update={"answer": odd})
    monkeypatch.setattr(stand_in, "ask", lambda _request: whole)
    assert list(client.ask_stream(AskRequest(question="示例")))[-1].response.answer == odd


def test_unknown_events_and_comments_are_skipped():
    lines = [": ping", "", "event: later_addition", 'data: {"event": "later_addition"}', ""]
    assert list(decode_events(lines)) == []
