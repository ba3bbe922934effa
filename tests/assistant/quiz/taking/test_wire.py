"""What goes over the wire: no byte of a key before submission, whatever is asked, also in refusals and headers."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from assistant.accounts.principal import ANONYMOUS, Principal
from assistant.accounts.roles import Permission
from assistant.api.client import ApiClient
from assistant.api.openapi import operations
from assistant.api.permission import permission_of
from assistant.quiz.contract import Format, ItemKind
from assistant.quiz.paper_contract import (
    AskedPaper,
    BlueprintPart,
    HoursQuery,
    MarkRequest,
    OpenRequest,
    PaperRequest,
    PracticeAnswer,
    PracticeRequest,
    SaveRequest,
)
from assistant.security_page import whole_app
from corpus.errors import Forbidden, NotAuthenticated, NotFound
from tests.assistant.api.test_account_routes import InProcess
from tests.assistant.quiz.exam_room import OFFICER, OTHER, SECRETS, TRAINER, Room, right_answer, wrong_answer

PEOPLE = {person.id: person for person in (OFFICER, OTHER, TRAINER)}
_FIELDS = ("correct", "explanation", "citation", "quotation", "refutation", "claim", "proof", "discrimination")
_IDS = ("p-1", "single-1", "multiple-2")


class Everybody:
    def authenticate(self, token: str | None) -> Principal:
        if token is None:
            return ANONYMOUS
        if token not in PEOPLE:
            raise NotAuthenticated("令牌无效。")
        return PEOPLE[token]


@pytest.fixture
def room(tmp_path) -> Room:
    return Room(tmp_path)


@pytest.fixture
def app(room) -> FastAPI:
    return whole_app(papers=room.papers, exams=room.exams, authenticator=Everybody())


@pytest.fixture
def http(app) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False, headers={"Authorization": f"Bearer {OFFICER.id}"}) as client:
        yield client


def leaks(response: Response) -> list[str]:
    """Words of keys in the bytes of a response, however they are escaped, and names of fields that hold keys."""
    raw = response.content.decode("utf-8")
    try:
        plain = json.dumps(json.loads(raw), ensure_ascii=False)
    except ValueError:
        plain = raw
    said = raw + plain + str(response.headers.raw)
    return [secret for secret in (*SECRETS, *_FIELDS) if secret in said]


def test_no_byte_of_a_key_is_sent_before_submission(room, app, http):
    paper = room.opened(attempts=2, variants=2)
    everything = {entry.item.id for entry in paper.items}
    room.bank.held = {key: one for key, one in room.bank.held.items() if key in everything}
    practice = room.exams.practise(OFFICER, PracticeRequest(count=100, seed=1))
    first = room.exams.start(OFFICER, paper.id)
    wrong = {one.number: wrong_answer(one) for one in first.items}
    room.exams.submit(OFFICER, first.attempt_id, SaveRequest(answers=wrong, sequence=1))
    theirs = room.exams.start(OTHER, paper.id)

    begun = http.post(f"/api/exams/{paper.id}/attempts")
    asked = AskedPaper.model_validate_json(begun.content)
    seen = [begun]
    names = {
        "paper_id": [paper.id, "none"],
        "attempt_id": [asked.attempt_id, first.attempt_id, theirs.attempt_id, "none"],
        "practice_id": [practice.practice_id, "none"],
    }
    answers = {one.number: right_answer(one).model_dump() for one in asked.items}
    bodies = [
        {"answers": {}, "sequence": 0},
        {"answers": answers, "sequence": 1},
        {"answers": {"1": {"chosen": [99]}}, "sequence": 2},
        {"answers": {"x": {}}, "sequence": -1},
        {"number": 1, "answer": {}},
        {"number": 1, "answer": {"chosen": [1]}},
        {"count": 100},
        {"wrong_only": True},
        {},
        None,
    ]
    for method, path, route in operations(app):
        if route.tags[0] not in ("exams", "papers", "quiz") or path.endswith("/submission"):
            continue
        trainers = permission_of(route) is Permission.MANAGE_QUIZ
        for filled in _filled(path, names):
            for body in bodies if method != "GET" else [None]:
                response = http.request(method, filled, json=body)
                assert not trainers or response.status_code == 403
                seen.append(response)
    seen += [
        http.get(f"/api/exams/attempts/{asked.attempt_id}", headers={"If-None-Match": "*"}),
        http.request("OPTIONS", f"/api/exams/attempts/{asked.attempt_id}"),
        http.post(f"/api/exams/attempts/{asked.attempt_id}/submission", json={"answers": {"1": 5}, "sequence": 9}),
        http.post(f"/api/exams/attempts/{theirs.attempt_id}/submission", json={"answers": {}, "sequence": 9}),
        http.post(f"/api/exams/attempts/{asked.attempt_id}/submission", content=b"{"),
        http.get(f"/api/exams/attempts/{asked.attempt_id}/result"),
    ]
    assert len(seen) > 60
    assert {response.status_code for response in seen} >= {200, 403, 404, 409, 422}
    assert {r.status_code for r in seen} & {500, 503} == set()
    found = {f"{r.request.method} {r.request.url.path}": leaks(r) for r in seen if leaks(r)}
    assert found == {}
    assert all(not [i for i in _IDS[1:] if i in r.text] for r in seen)
    assert http.get(f"/api/exams/attempts/{asked.attempt_id}").headers["cache-control"] == "no-store"
    assert "etag" not in http.get(f"/api/exams/attempts/{asked.attempt_id}").headers

    done = http.post(f"/api/exams/attempts/{asked.attempt_id}/submission", json={"answers": {}, "sequence": 10})
    assert set(SECRETS) <= set(leaks(done))


def _filled(path: str, names: dict[str, list[str]]) -> Iterator[str]:
    """The path with every value of the id that it names."""
    name = next((name for name in names if f"{{{name}}}" in path), None)
    if name is None:
        yield path.replace("{item_id}", "single-1").replace("{job_id}", "none")
        return
    for value in names[name]:
        yield path.replace(f"{{{name}}}", value)


def test_another_s_attempt_answers_as_none_does(room, http):
    paper = room.opened()
    theirs = room.exams.start(OTHER, paper.id).attempt_id
    save = {"answers": {}, "sequence": 1}
    for method, path, body in (
        ("GET", "", None),
        ("GET", "/result", None),
        ("PUT", "/answers", save),
        ("POST", "/submission", save),
    ):
        replies = [http.request(method, f"/api/exams/attempts/{a}{path}", json=body) for a in (theirs, "none")]
        assert [reply.status_code for reply in replies] == [404, 404]
        assert replies[0].content == replies[1].content
        kept = [{k: v for k, v in r.headers.items() if k not in ("x-request-id", "date")} for r in replies]
        assert kept[0] == kept[1]


def client(app: FastAPI, person: Principal) -> ApiClient:
    return ApiClient("http://test", token=person.id, transport=InProcess(app))


def test_a_trainer_and_an_officer_do_everything_over_the_api(room, app):
    trainer, officer = client(app, TRAINER), client(app, OFFICER)
    parts = [BlueprintPart(kind=kind, count=2, points=2) for kind in (ItemKind.SINGLE, ItemKind.SHORT)]
    paper = trainer.papers.make(PaperRequest(title="示范卷", parts=parts, variants=2))
    assert trainer.papers.paper(paper.id) == paper
    assert trainer.papers.exported(paper.id, Format.TXT).data
    assert officer.exams.offered().items == []
    trainer.papers.open(paper.id, OpenRequest(open=True, groups=["一队"]))
    assert [entry.id for entry in officer.exams.offered().items] == [paper.id]

    asked = officer.exams.start(paper.id)
    answers = {one.number: right_answer(one) for one in asked.items}
    saved = officer.exams.save(asked.attempt_id, SaveRequest(answers=answers, sequence=1))
    assert (saved.saved, saved.sequence) == (4, 1)
    assert {one.number: one.answer for one in officer.exams.attempt(asked.attempt_id).items} == answers
    result = officer.exams.submit(asked.attempt_id, SaveRequest(answers={}, sequence=1))
    assert result.score is None
    assert officer.exams.result(asked.attempt_id) == result

    waiting = {one.number: one.points for one in result.items if one.score is None}
    assert trainer.papers.mark(asked.attempt_id, MarkRequest(scores=waiting)).score == paper.total
    assert trainer.papers.trainee_result(asked.attempt_id).score == paper.total
    assert [one.score for one in trainer.papers.results(paper.id).items] == [paper.total]
    assert trainer.papers.statistics(paper.id).mean == paper.total
    assert officer.exams.own_results().total == 1

    practice = officer.exams.practise(PracticeRequest(kinds=[ItemKind.TRUE_FALSE], count=1, seed=1))
    wrong = PracticeAnswer(number=1, answer=wrong_answer(practice.items[0]))
    assert officer.exams.answer(practice.practice_id, wrong).right is False
    assert [entry.wrong for entry in officer.exams.wrong().items] == [1]
    assert officer.exams.hours().items == trainer.papers.hours(HoursQuery(since="2026-11-21")).items
    assert trainer.exams.hours().items == []
    assert trainer.papers.hours_xlsx()[:2] == b"PK"

    trainer.papers.open(paper.id, OpenRequest(open=False))
    with pytest.raises(Forbidden):
        officer.papers.papers()
    unused = trainer.papers.make(PaperRequest(title="另一卷", parts=parts))
    trainer.papers.remove(unused.id)
    with pytest.raises(NotFound):
        trainer.papers.paper(unused.id)
    assert trainer.papers.papers().total == 1
