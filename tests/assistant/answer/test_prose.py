"""A model's answer: checked sentence by sentence, sent as it comes, replaced by the composed one when it fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import pytest

from assistant.answer.compose import Evidence
from assistant.answer.prompts import LONGEST_PASSAGE, MOST_CHARACTERS, NO_BASIS, Message, build_messages, keyed
from assistant.answer.prose import write_answer
from assistant.contract import AskEvent, AskResponse, DoneEvent, RemovedEvent, Sentence, SentenceEvent
from corpus.citations import NameTable
from corpus.errors import GeneratorUnavailable

DAY = dt.date(2026, 11, 21)
RIGHT = "货值金额不足一万元的，并处五万元以上十万元以下罚款[c1]。"
ALSO_RIGHT = "情节严重的，吊销许可证[c1]。"
WRONG = "货值金额不足一万元的，并处五万元以上二十万元以下罚款[c1]。"


class Recited:
    """A writer that says what it was given, then breaks off where told to."""

    model = "recited"

    def __init__(self, *pieces: str, breaks_off: bool = False) -> None:
        self.pieces = pieces
        self.breaks_off = breaks_off
        self.messages: Sequence[Message] = ()

    def write(self, messages: Sequence[Message]) -> Iterator[str]:
        self.messages = messages
        yield from self.pieces
        if self.breaks_off:
            raise GeneratorUnavailable("连接中断")


@pytest.fixture
def cited(evidence: dict[str, Evidence]) -> list[Evidence]:
    return [evidence["c1"], evidence["c2"]]


@pytest.fixture
def composed(cited: list[Evidence]) -> AskResponse:
    return AskResponse(
        question="卖过期食品怎么罚",
        as_of=DAY,
        refused=False,
        answer="原文编排",
        sentences=[Sentence(text="原文编排", citations=[cited[0].key])],
        notes=["按今天有效的规定。"],
    )


def answered(
    writer: Recited, composed: AskResponse, cited: list[Evidence], names: NameTable
) -> tuple[list[AskEvent], AskResponse]:
    *events, done = write_answer(writer, composed, cited, names)
    assert isinstance(done, DoneEvent)
    return events, done.response


def sentences(events: Sequence[AskEvent]) -> list[str]:
    return [event.sentence.text for event in events if isinstance(event, SentenceEvent)]


def test_what_holds_is_served_and_what_does_not_is_reported(
    composed: AskResponse, cited: list[Evidence], names: NameTable
) -> None:
    events, response = answered(Recited(RIGHT, WRONG, ALSO_RIGHT), composed, cited, names)
    assert response.model == "recited"
    assert [s.text for s in response.sentences] == sentences(events)
    assert response.answer == "\n".join(sentences(events))
    assert "五万元以上十万元以下" in response.answer
    assert "二十万元" not in response.answer
    assert [r.text for r in response.removed] == [WRONG]
    assert [e.removed for e in events if isinstance(e, RemovedEvent)] == response.removed
    assert any("1句" in note for note in response.notes)
    assert composed.notes[0] in response.notes


def test_each_cited_provision_is_named_with_rank_and_state_and_the_day_is_said(
    composed: AskResponse, cited: list[Evidence], names: NameTable
) -> None:
    _, response = answered(Recited(RIGHT), composed, cited, names)
    *_, source, day = response.sentences
    assert cited[0].citation in source.text
    assert "法律" in source.text
    assert "现行有效" in source.text
    assert source.citations == [cited[0].key]
    assert "2026-11-21" in day.text
    assert cited[1].citation not in response.answer


def test_a_sentence_is_sent_before_the_model_has_finished(
    composed: AskResponse, cited: list[Evidence], names: NameTable
) -> None:
    writer = Recited(RIGHT, "后面", breaks_off=True)
    events = write_answer(writer, composed, cited, names)
    first = next(iter(events))
    assert isinstance(first, SentenceEvent)
    assert first.sentence.citations == [cited[0].key]


def test_a_link_waits_for_the_first_sentence_that_rests_on_law(
    composed: AskResponse, cited: list[Evidence], names: NameTable
) -> None:
    events, _ = answered(Recited("下面分情况说明。", WRONG, RIGHT), composed, cited, names)
    assert [type(event) for event in events[:3]] == [RemovedEvent, SentenceEvent, SentenceEvent]
    assert sentences(events)[0] == "下面分情况说明。"


def test_a_sentence_said_again_is_left_out(composed: AskResponse, cited: list[Evidence], names: NameTable) -> None:
    once, _ = answered(Recited(RIGHT), composed, cited, names)
    twice, _ = answered(Recited(RIGHT, RIGHT, RIGHT), composed, cited, names)
    assert sentences(twice) == sentences(once)


FAILURES = {
    "unreachable": (Recited(breaks_off=True), "模型未应答（连接中断）"),
    "broken off after a sentence": (Recited(RIGHT, ALSO_RIGHT, breaks_off=True), "模型未应答"),
    "nothing holds": (Recited(WRONG, "处五十万元罚款。"), "未通过依据核验"),
    "only links": (Recited("下面分情况说明。"), "未通过依据核验"),
    "no basis seen": (Recited(f"{NO_BASIS}。"), "没有回答这一问题"),
}


@pytest.mark.parametrize(("writer", "note"), FAILURES.values(), ids=FAILURES.keys())
def test_when_the_model_fails_the_composed_answer_is_served_with_a_note(
    writer: Recited, note: str, composed: AskResponse, cited: list[Evidence], names: NameTable
) -> None:
    _, response = answered(writer, composed, cited, names)
    assert response.model is None
    assert (response.answer, response.sentences) == (composed.answer, composed.sentences)
    assert note in response.notes[-1]
    assert "以下为原文编排的答复" in response.notes[-1]


def test_the_composed_sentences_are_sent_when_nothing_was_sent_before(
    composed: AskResponse, cited: list[Evidence], names: NameTable
) -> None:
    events, _ = answered(Recited(WRONG), composed, cited, names)
    assert sentences(events) == ["原文编排"]
    events, _ = answered(Recited(RIGHT, ALSO_RIGHT, breaks_off=True), composed, cited, names)
    assert "原文编排" not in sentences(events)


def test_the_model_is_given_rules_provisions_under_keys_and_the_question(
    composed: AskResponse, cited: list[Evidence], names: NameTable
) -> None:
    writer = Recited(RIGHT)
    answered(writer, composed, cited, names)
    rules, asked = writer.messages
    assert (rules.role, asked.role) == ("system", "user")
    assert "[c1]" in rules.content
    assert NO_BASIS in rules.content
    for key, evidence in zip(("c1", "c2"), cited, strict=True):
        assert f"[{key}] {evidence.citation}\n<条文>\n{evidence.provision.text}\n</条文>" in asked.content
    assert composed.question in asked.content


def test_long_provisions_are_shown_in_part_and_too_many_not_at_all(cited: list[Evidence]) -> None:
    def long(number: int) -> Evidence:
        import dataclasses

        text = "第一句话很长。" * (LONGEST_PASSAGE // 5)
        return dataclasses.replace(
            cited[0], provision=dataclasses.replace(cited[0].provision, id=str(number), text=text)
        )

    shown = keyed([long(n) for n in range(12)])
    assert len(shown) == MOST_CHARACTERS // LONGEST_PASSAGE
    asked = build_messages("问", {"c1": long(1)})[1].content
    assert len(asked) < LONGEST_PASSAGE + 200
    assert "以下从略" in asked
    assert len(keyed([long(1)])) == 1
