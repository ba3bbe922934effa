"""The quiz bank over HTTP: the client says what the bank says, and only trainers get in."""

from __future__ import annotations

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.accounts.principal import ANONYMOUS, LOCAL
from assistant.api.app import create_app
from assistant.api.client import ApiClient
from assistant.quiz.contract import (
    BuildRequest,
    BuildState,
    ExportRequest,
    Format,
    ItemQuery,
    Move,
    MoveRequest,
)
from assistant.settings import LimitSettings, Settings
from assistant.userdata.words import PageQuery
from corpus.errors import Conflict, InvalidInput, NotFound
from tests.assistant.quiz.bank.bank_room import PENALTY_LAW, Room, article, written
from tests.assistant.quiz.bank.bank_room import room as new_room
from tests.assistant.services import services_of


class _InProcess(httpx.BaseTransport):
    def __init__(self, app) -> None:
        self.http = TestClient(app, raise_server_exceptions=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self.http.request(
            request.method, str(request.url), content=request.read(), headers=dict(request.headers)
        )
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content, request=request)


@pytest.fixture
def room(tmp_path, national_store):
    opened = new_room(tmp_path, national_store)
    yield opened
    opened.close()


@pytest.fixture
def transport(room, stand_in, desk, tmp_path) -> _InProcess:
    settings = Settings(home=tmp_path, limits=LimitSettings(quiz_file_bytes=2048))
    return _InProcess(create_app(services_of(stand_in, desk, quiz=room.bank), settings))


@pytest.fixture
def client(transport):
    with ApiClient("http://test", transport=transport) as client:
        yield client


def test_an_items_whole_life_over_http(client, room: Room):
    quiz = client.quiz
    item = quiz.write(written(article("第十条")))
    assert quiz.item(item.id) == room.bank.item(LOCAL, item.id)
    changed = quiz.rewrite(item.id, written(article("第十条"), stem="改后的题干，请判断。", revision=1))
    assert changed.revision == 2
    with pytest.raises(Conflict):
        quiz.rewrite(item.id, written(article("第十条"), revision=1))
    for move in (Move.SUBMIT, Move.PUBLISH):
        assert quiz.move(MoveRequest(ids=[item.id], move=move)).moved == [item.id]
    assert quiz.items(ItemQuery(state="published", blocked=False)).total == 1
    history = quiz.history(item.id, PageQuery(limit=2, offset=1))
    assert ([e.act for e in history.items], history.total) == (["修改", "提交审核"], 4)
    assert quiz.stale().checked == 1
    assert quiz.twins().total == 0
    with pytest.raises(NotFound):
        quiz.item("q-none")
    with pytest.raises(InvalidInput, match="第三百条"):
        quiz.write(written("《行政处罚法》第三百条"))


def test_a_build_over_http(client, room: Room):
    job = client.quiz.build(BuildRequest(sources=[PENALTY_LAW], count=2, seed=7))
    assert room.bank.jobs.join(60)
    done = client.quiz.job(job.id)
    assert (done.state, len(done.report.items)) == (BuildState.DONE, 2)
    assert client.quiz.stop(job.id).state is BuildState.DONE
    with pytest.raises(NotFound):
        client.quiz.job("none")


def test_files_over_http(client):
    item = client.quiz.write(written(article("第十条")))
    given = client.quiz.give_out(ExportRequest(ids=[item.id], form=Format.GIFT))
    assert given.data.decode().strip()
    assert given.left_out == []
    report = client.quiz.take_in(given.name, given.data)
    assert [i.stem for i in report.items] == [item.stem]


def test_a_file_beyond_the_bound_is_refused(transport):
    answer = transport.http.post("/api/quiz/import", params={"name": "大.txt"}, content=b"x" * 2049)
    assert answer.status_code == 413


def test_only_trainers_get_in(room, stand_in, desk, settings):
    class Nobody:
        def authenticate(self, _token):
            return ANONYMOUS

    app = create_app(services_of(stand_in, desk, quiz=room.bank, authenticator=Nobody()), settings)
    http = TestClient(app)
    assert {http.get("/api/quiz/items").status_code, http.post("/api/quiz/stale").status_code} == {401}
