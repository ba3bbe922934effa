"""The routes over HTTP, through the typed clients: what goes in comes out, and refusals are problem details."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.feedback_client import FeedbackClient, ReviewClient
from assistant.api.mine_client import MineClient
from assistant.api.services import Services
from assistant.api.wire import Wire
from assistant.auditlog.recording import recording
from assistant.contract import AskRequest
from assistant.curated.contract import CuratedDecision, CuratedQuery
from assistant.curated.service import CuratedService
from assistant.favourites.contract import EntryKey, EntryQuery, EntryRequest
from assistant.favourites.service import FavouritesService
from assistant.feedback.contract import FeedbackQuery, FeedbackRequest, FeedbackSettlement
from assistant.feedback.service import FeedbackService
from assistant.handbook.contract import HandbookRequest, Passage
from assistant.handbook.service import HandbookService
from assistant.personal.service import PersonalDataService
from assistant.refused.contract import RefusedQuery, RefusedSettlement
from assistant.refused.service import RefusedService
from assistant.settings import Settings
from assistant.userdata.words import PageQuery
from assistant.views import LayeredViews, OpenViews
from corpus.errors import InvalidInput, NotFound
from tests.assistant.conversations.test_record import Noting
from tests.assistant.desk_stand_in import StandInDesk
from tests.assistant.services import services_of
from tests.conftest import TODAY


@pytest.fixture
def services(userdata, assistant) -> Services:
    feedback = FeedbackService(userdata, lambda: {})
    favourites = FavouritesService(userdata, OpenViews(assistant, StandInDesk()))
    return services_of(
        assistant,
        StandInDesk(),
        feedback=feedback,
        curated=CuratedService(userdata, lambda: TODAY, noted=feedback.made_into),
        refused=RefusedService(userdata, lambda: TODAY, 30),
        favourites=favourites,
        handbooks=HandbookService(userdata, lambda: TODAY),
        personal=PersonalDataService({"feedback": feedback, "entries": favourites}),
    )


@pytest.fixture
def wire(services: Services, settings: Settings) -> Iterator[Wire]:
    with opened(create_app(services, settings)) as wire:
        yield wire


@contextmanager
def opened(app: FastAPI) -> Iterator[Wire]:
    client = TestClient(app)

    def send(request: httpx.Request) -> httpx.Response:
        got = client.request(request.method, str(request.url), content=request.content, headers=dict(request.headers))
        return httpx.Response(got.status_code, content=got.content)

    wire = Wire("http://testserver", timeout_s=5, transport=httpx.MockTransport(send))
    yield wire
    wire.close()


def test_what_checking_a_curated_answer_looks_up_is_not_put_on_record(services, settings, assistant, law):
    noting = Noting()
    recorded = LayeredViews(services.views, (recording(noting, lambda: "1"),))
    services = replace(services, views=recorded, unrecorded=services.views)
    with opened(create_app(services, settings)) as wire:
        review = ReviewClient(wire)
        given = FeedbackClient(wire).give(
            FeedbackRequest(kind="missing", response=assistant.ask(AskRequest(question="问")))
        )
        review.feedback_entry(given.id)
        written = review.write_curated(law.curated(feedback_id=given.id))
        review.approve_curated(written.id, CuratedDecision())
        assert review.curated(CuratedQuery()).total == 1
        assert review.curated_entry(written.id).paragraphs
    assert noting.acts == []


def test_feedback_and_curated_answers(wire, assistant, law):
    feedback, review = FeedbackClient(wire), ReviewClient(wire)
    given = feedback.give(FeedbackRequest(kind="missing", response=assistant.ask(AskRequest(question="问"))))
    assert feedback.own(PageQuery()).items == [given]
    assert review.feedback(FeedbackQuery(state="open")).total == 1
    assert review.feedback_entry(given.id).response.answer == "原答复"
    written = review.write_curated(law.curated(feedback_id=given.id))
    assert review.approve_curated(written.id, CuratedDecision()).approver == "本机用户"
    assert review.write_curated(law.curated(title="改"), written.id).title == "改"
    assert review.curated_entry(written.id).history[-1].action == "修改"
    assert review.curated(CuratedQuery(stale=True)).total == 0
    assert review.withdraw_curated(written.id, CuratedDecision(note="不用")).state == "withdrawn"
    assert review.settle_feedback(given.id, FeedbackSettlement(state="settled")).curated_id == written.id
    with pytest.raises(InvalidInput, match="一千元"):
        review.write_curated(law.curated("处一千元罚款。"))
    with pytest.raises(NotFound):
        review.feedback_entry("nothing")
    assert review.refused(RefusedQuery()).total == 0
    with pytest.raises(NotFound):
        review.settle_refused("nothing", RefusedSettlement(state="settled"))


def test_what_is_kept_of_a_person(wire, law):
    mine = MineClient(wire)
    request = EntryRequest(kind="provision", id=law.provision_id)
    assert mine.add_favourite(request).title == "《中华人民共和国消防法》第六十条"
    mine.note_opened(request)
    assert mine.favourites(EntryQuery()).total == mine.recent(EntryQuery(kind="provision")).total == 1
    mine.clear_recent()
    assert mine.recent(EntryQuery()).total == 0
    assert mine.data().areas["entries"]["favourite"][0]["id"] == law.provision_id
    mine.remove_favourite(EntryKey(kind="provision", id=law.provision_id))
    book = HandbookRequest(title="手册", parts=[Passage(provision_id=law.provision_id)], as_of=dt.date(2026, 1, 1))
    held = mine.save_handbook(book)
    assert mine.save_handbook(book, held.id).id == held.id
    assert mine.handbook(held.id).parts == book.parts
    assert mine.handbooks(PageQuery()).total == 1
    assert mine.handbook_docx(book).startswith(b"PK")
    mine.remove_handbook(held.id)
    assert mine.erase_data().areas == {"feedback": 0, "entries": 0}


@pytest.mark.parametrize(
    "path", ["/api/me/favourites?limit=201", "/api/review/feedback?kind=x", "/api/me/feedback?x=1"]
)
def test_what_is_out_of_bounds_is_refused(wire, path):
    with pytest.raises(InvalidInput):
        wire.send("GET", path)
