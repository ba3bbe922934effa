"""The service with a model: what it writes about real articles is checked, streamed and cited like any answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest

from assistant.answer.prompts import Message
from assistant.contract import AskRequest, CitationEvent, DoneEvent, RemovedEvent, SentenceEvent
from assistant.service import AssistantService
from corpus.errors import GeneratorUnavailable
from corpus.store import CorpusStore
from tests.assistant.named_articles import service_of_named_articles

TODAY = dt.date(2026, 11, 21)
QUESTION = "行政处罚法第三十三条怎么规定的"
RIGHT = "初次违法且危害后果轻微并及时改正的，可以不予行政处罚[c1]。"
WRONG = "初次违法且危害后果轻微并及时改正的，应当不予行政处罚[c1]。"


class Model:
    """A model that says what it is told to; None: it does not answer."""

    model = "stand-in"
    draft: str | None = None
    asked = 0

    def write(self, messages: Sequence[Message]) -> Iterator[str]:
        self.asked += 1
        if self.draft is None:
            raise GeneratorUnavailable("等候超过 60 秒")
        yield from self.draft


@pytest.fixture
def writer() -> Model:
    return Model()


@pytest.fixture
def assistant(national_store: CorpusStore, writer: Model) -> AssistantService:
    return service_of_named_articles(national_store, writer, TODAY)


def test_the_answer_is_in_the_models_words_with_the_provision_beside_it(
    assistant: AssistantService, writer: Model
) -> None:
    writer.draft = RIGHT + WRONG
    response = assistant.ask(AskRequest(question=QUESTION))
    assert response.model == "stand-in"
    assert response.sentences[0].text.startswith("初次违法且危害后果轻微并及时改正的，可以不予行政处罚")
    assert response.sentences[0].citations == [response.citations[0].key]
    assert [removed.text for removed in response.removed] == [WRONG]
    assert response.citations[0].quote in response.citations[0].text


def test_citations_come_first_then_sentences_and_removals_as_they_happen(
    assistant: AssistantService, writer: Model
) -> None:
    writer.draft = WRONG + RIGHT
    events = list(assistant.ask_stream(AskRequest(question=QUESTION)))
    kinds = [type(event) for event in events]
    assert kinds.index(CitationEvent) < kinds.index(RemovedEvent) < kinds.index(SentenceEvent)
    assert kinds[-1] is DoneEvent
    assert kinds.count(DoneEvent) == 1


def test_without_the_model_the_quoted_answer_is_given_with_a_note(assistant: AssistantService, writer: Model) -> None:
    response = assistant.ask(AskRequest(question=QUESTION))
    assert response.model is None
    assert "模型未应答" in response.notes[-1]
    assert "“" in response.answer


def test_a_question_without_basis_never_reaches_the_model(assistant: AssistantService, writer: Model) -> None:
    assert assistant.ask(AskRequest(question="行政处罚法第一百二十条怎么规定的")).refused
    assert writer.asked == 0
