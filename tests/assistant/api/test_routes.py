"""The API over a stand-in service: what is accepted, what is refused and how, and how an answer streams."""

from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.errors import MEDIA_TYPE
from tests.assistant.services import services_of


@pytest.fixture
def http(stand_in, settings, desk):
    return TestClient(create_app(services_of(stand_in, desk), settings), raise_server_exceptions=False)


def _chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def test_search_answers_alike_by_query_and_by_body(http):
    by_query = http.get("/api/search", params={"question": "示例", "top_k": 1})
    by_body = http.post("/api/search", json={"question": "示例", "top_k": 1})
    assert by_query.status_code == by_body.status_code == 200
    assert by_query.json() == by_body.json()
    assert by_body.json()["results"][0]["highlights"] == [[0, 2]]


def test_dates_and_filters_reach_the_service(http, stand_in):
    http.post("/api/search", json={"question": "示例", "as_of": "2026-08-14", "region": "广东省", "level": "法律"})
    request = stand_in.requests[-1]
    assert (str(request.as_of), request.region, request.level.value) == ("2026-08-14", "广东省", "法律")


REFUSALS = {
    "empty question": ({"question": ""}, "为空"),
    "blank question": ({"question": " \n　"}, "为空"),
    "missing question": ({}, "缺少"),
    "question of 10,000 characters": ({"question": "罚" * 10_000}, "10000 个字符，超过上限 2000"),
    "control character": ({"question": "罚\x07款"}, "U+0007"),
    "escape": ({"question": "\x1b[31m"}, "U+001B"),
    "carriage return alone": ({"question": "罚\r款"}, "U+000D"),
    "lone surrogate": ({"question": "罚\ud800"}, "U+D800"),
    "month that does not exist": ({"question": "罚", "as_of": "2026-13-40"}, "2026-13-40”不存在"),
    "day that does not exist": ({"question": "罚", "as_of": "2026-02-29"}, "不存在"),
    "date in words": ({"question": "罚", "as_of": "昨天"}, "YYYY-MM-DD"),
    "date as number": ({"question": "罚", "as_of": 20260814}, "YYYY-MM-DD"),
    "unknown law": ({"question": "罚", "law": "某某法"}, "某某法"),
    "unknown level": ({"question": "罚", "level": "圣旨"}, "须为以下之一"),
    "unknown field": ({"question": "罚", "asof": "2026-08-14"}, "没有这一项"),
    "no results": ({"question": "罚", "top_k": 0}, "不得小于 1"),
    "too many results": ({"question": "罚", "top_k": 500}, "超过上限 100"),
    "question is a number": ({"question": 7}, "须为文字"),
}


@pytest.mark.parametrize(("body", "words"), REFUSALS.values(), ids=REFUSALS.keys())
def test_bad_input_is_a_problem_that_says_what_and_where(http, body, words):
    raw = json.dumps(body)  # ASCII escapes, so that a lone surrogate can be sent
    response = http.post("/api/search", content=raw, headers={"Content-Type": "application/json"})
    problem = response.json()
    assert response.status_code == 422
    assert response.headers["content-type"] == MEDIA_TYPE
    assert words in problem["detail"]
    assert problem["code"] == "invalid_input"
    assert problem["where"]
    assert problem["remedy"]
    assert _chinese(problem["title"])


def test_a_refusal_does_not_repeat_what_was_written(http):
    response = http.post("/api/ask", json={"question": "当事人张某\x00身份证号"})
    assert "张某" not in response.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nothing", 404),
        ("GET", "/nothing", 404),
        ("DELETE", "/api/search", 405),
        ("GET", "/api/documents/doc-9", 404),
        ("GET", "/api/provisions/ver-9/第一条", 404),
        ("GET", "/api/search", 422),
        ("GET", "/api/search?question=boom", 500),
    ],
)
def test_every_refusal_has_the_same_shape(http, method, path, status):
    response = http.request(method, path)
    problem = response.json()
    assert response.status_code == problem["status"] == status
    assert response.headers["content-type"] == MEDIA_TYPE
    assert {"type", "title", "detail", "code", "remedy"} <= problem.keys()
    assert _chinese(problem["title"])
    assert _chinese(problem["detail"])


def test_a_fault_of_the_program_shows_nothing_of_its_inside(http):
    text = http.get("/api/search?question=boom").text
    assert "secret" not in text
    assert "Traceback" not in text


def test_broken_json_is_refused(http):
    response = http.post("/api/ask", content=b"{", headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert "JSON" in response.json()["detail"]


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(stand_in, settings, desk):
    limits = settings.limits.model_copy(update={"document_chars": 1000})
    http = TestClient(create_app(services_of(stand_in, desk), settings.model_copy(update={"limits": limits})))
    response = http.post("/api/citations", json={"text": "法" * 20_000})
    assert response.status_code == 413
    assert response.json()["code"] == "http_too_large"


@pytest.mark.parametrize(
    ("params", "headers"),
    [({"stream": "1"}, {}), ({}, {"Accept": "text/event-stream"})],
    ids=["by parameter", "by header"],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_answer_streams_sentence_by_sentence_and_ends_with_the_whole(http, method, params, headers):
    if method == "GET":
        response = http.get("/api/ask", params={"question": "示例", **params}, headers=headers)
    else:
        response = http.post("/api/ask", params=params, json={"question": "示例"}, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    blocks = [b.splitlines() for b in response.text.strip().split("\n\n")]
    assert [b[0] for b in blocks] == ["event: notes", "event: sentence", "event: citation", "event: done"]
    whole = json.loads(blocks[-1][1].removeprefix("data: "))["response"]
    assert whole == http.post("/api/ask", json={"question": "示例"}).json()


def test_a_refused_question_is_a_problem_even_when_events_were_asked_for(http):
    response = http.post("/api/ask", params={"stream": 1}, json={"question": "示例", "law": "某某法"})
    assert response.status_code == 422
    assert response.headers["content-type"] == MEDIA_TYPE


def test_an_answer_that_breaks_off_ends_with_an_error_event(http, stand_in):
    stand_in.breaks_off = True
    text = http.post("/api/ask", params={"stream": 1}, json={"question": "示例"}).text
    last = text.strip().split("\n\n")[-1].splitlines()
    assert last[0] == "event: error"
    assert json.loads(last[1].removeprefix("data: "))["problem"]["code"] == "generator_unavailable"


def test_a_provision_id_may_hold_a_slash(http):
    assert http.get("/api/provisions/ver-1/第一条").json()["article"] == "第一条"


def test_a_rebuild_needs_a_json_body_so_no_foreign_form_can_start_one(http, stand_in):
    assert http.post("/api/index/rebuild").status_code == 422
    assert http.post("/api/index/rebuild", content="{}", headers={"Content-Type": "text/plain"}).status_code == 422
    assert stand_in.rebuilds == 0
    assert http.post("/api/index/rebuild", json={}).status_code == 202
    assert stand_in.rebuilds == 1


def test_health_says_what_goes_on(http):
    health = http.get("/api/health").json()
    assert (health["status"], health["preparation"]["stage"]) == ("preparing", "dense")


def test_every_operation_is_described_in_chinese_and_english(http):
    paths = http.get("/openapi.json").json()["paths"]
    operations = [(path, m, o) for path, methods in paths.items() for m, o in methods.items()]
    assert len(operations) >= 12
    for path, method, operation in operations:
        for words in (operation["summary"], operation["description"]):
            assert _chinese(words), (path, method)
            assert any(c.isascii() and c.isalpha() for c in words), (path, method)


def test_the_description_names_the_problem_type_of_refusals(http):
    description = http.get("/openapi.json").json()
    responses = description["paths"]["/api/search"]["post"]["responses"]
    assert responses["422"]["content"][MEDIA_TYPE]["schema"]["$ref"].endswith("/Problem")
    assert "remedy" in description["components"]["schemas"]["Problem"]["properties"]


def test_every_reference_of_the_description_leads_somewhere(http):
    description = http.get("/openapi.json").json()
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(description)))
    assert references <= description["components"]["schemas"].keys()
    assert {"AskEvent", "DoneEvent", "Problem"} <= description["components"]["schemas"].keys()


def test_a_body_of_unannounced_length_is_counted(stand_in, settings, desk):
    limits = settings.limits.model_copy(update={"document_chars": 1000})
    http = TestClient(create_app(services_of(stand_in, desk), settings.model_copy(update={"limits": limits})))
    chunks = (b" " * 1000 for _ in range(50))
    response = http.post("/api/citations", content=chunks, headers={"Content-Type": "application/json"})
    assert response.status_code == 413
    assert response.headers["content-type"] == MEDIA_TYPE
