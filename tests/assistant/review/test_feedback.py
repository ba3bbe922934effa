"""Feedback: kept with the answer, settled with a reply, and shown to a reviewer only as far as he may read."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from assistant.contract import AskRequest, AskResponse, Sentence
from assistant.curated.contract import CuratedDecision
from assistant.curated.service import CuratedService
from assistant.curated.serving import curated_first
from assistant.feedback.contract import (
    FeedbackKind,
    FeedbackQuery,
    FeedbackRequest,
    FeedbackSettlement,
    FeedbackState,
)
from assistant.feedback.service import MOST_SNAPSHOT_CHARS, FeedbackService
from assistant.userdata.words import PageQuery
from corpus.errors import InvalidInput, NotFound
from tests.assistant.people import OFFICER, OTHER, REVIEWER, ReadingAssistant
from tests.assistant.review.conftest import QUESTION
from tests.conftest import TODAY


@pytest.fixture
def feedback(userdata) -> FeedbackService:
    return FeedbackService(userdata, lambda: {"documents": 12})


@pytest.fixture
def answer(userdata, assistant, law) -> AskResponse:
    """An answer that cites a real provision."""
    curated = CuratedService(userdata, lambda: TODAY)
    written = curated.write(REVIEWER, assistant, law.curated())
    curated.approve(REVIEWER, assistant, written.id, CuratedDecision())
    layer = curated_first(curated, lambda: None, lambda: TODAY, None)
    return layer(OFFICER, assistant).ask(AskRequest(question=QUESTION))


def test_it_is_kept_with_the_answer_and_the_corpus_of_the_moment(feedback, assistant, answer):
    given = feedback.give(OFFICER, FeedbackRequest(kind="missing", words=" 缺第二款 ", response=answer))
    assert given.words == "缺第二款"
    entry = feedback.entry(assistant, given.id)
    assert entry.response == answer
    assert entry.hidden == 0
    assert entry.corpus == {"documents": 12}
    assert "p-officer" not in entry.model_dump_json()
    assert OFFICER.name not in entry.model_dump_json()


def test_each_sees_his_own_and_what_became_of_it(feedback, assistant, answer):
    given = feedback.give(OFFICER, FeedbackRequest(kind="useful", response=answer))
    assert feedback.own(OTHER, PageQuery()).total == 0
    feedback.settle(REVIEWER, given.id, FeedbackSettlement(state="settled", note="谢谢"))
    [own] = feedback.own(OFFICER, PageQuery()).items
    assert (own.state, own.note) == (FeedbackState.SETTLED, "谢谢")


def test_the_queue_is_filtered_and_paged(feedback, answer):
    for kind in FeedbackKind:
        feedback.give(OFFICER, FeedbackRequest(kind=kind, response=answer))
    assert feedback.queue(FeedbackQuery()).total == 4
    [one] = feedback.queue(FeedbackQuery(kind=FeedbackKind.OUTDATED)).items
    assert one.kind is FeedbackKind.OUTDATED
    assert feedback.queue(FeedbackQuery(state=FeedbackState.SETTLED)).total == 0
    page = feedback.queue(FeedbackQuery(limit=3, offset=3))
    assert (len(page.items), page.total) == (1, 4)


def test_a_reviewer_sees_nothing_of_a_document_he_may_not_read(feedback, law, reader, answer):
    given = feedback.give(OFFICER, FeedbackRequest(kind="useful", response=answer))
    entry = feedback.entry(ReadingAssistant(reader, frozenset({law.document_id})), given.id)
    shown = entry.response.model_dump_json()
    assert entry.hidden == 1
    assert law.on_individuals not in shown
    assert "消防法" not in shown
    assert "五百元" not in shown


@pytest.mark.parametrize(
    "response",
    [
        AskResponse(question="问" * 5000, as_of=TODAY, refused=False, answer=""),
        AskResponse(question="问", as_of=TODAY, refused=False, answer="长" * MOST_SNAPSHOT_CHARS),
    ],
    ids=["long question", "long answer"],
)
def test_what_is_no_answer_of_ours_is_refused(feedback, response):
    with pytest.raises(InvalidInput):
        feedback.give(OFFICER, FeedbackRequest(kind="useful", response=response))


def test_control_characters_are_refused(feedback):
    response = AskResponse(question="问\x00", as_of=TODAY, refused=False, answer="", sentences=[Sentence(text="答")])
    with pytest.raises(InvalidInput):
        feedback.give(OFFICER, FeedbackRequest(kind="useful", response=response))
    with pytest.raises(ValidationError):
        FeedbackRequest(kind="useful", words="a\x07", response=response)


def test_a_curated_answer_made_from_it_is_noted(userdata, feedback, assistant, law, answer):
    given = feedback.give(OFFICER, FeedbackRequest(kind="missing", response=answer))
    curated = CuratedService(userdata, lambda: TODAY, noted=feedback.made_into)
    written = curated.write(REVIEWER, assistant, law.curated(feedback_id=given.id))
    entry = feedback.entry(assistant, given.id)
    assert (entry.curated_id, entry.state) == (written.id, FeedbackState.IN_WORK)


def test_erased_feedback_is_gone(feedback, assistant, answer):
    given = feedback.give(OFFICER, FeedbackRequest(kind="missing", words="缺", response=answer))
    assert feedback.of_person(OFFICER.id)[0]["words"] == "缺"
    assert (feedback.erase(OFFICER.id), feedback.erase(OFFICER.id)) == (1, 0)
    with pytest.raises(NotFound):
        feedback.entry(assistant, given.id)
