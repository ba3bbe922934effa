"""The judge of written answers finds what no cited provision bears out, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.contract import AnswerCitation, AskResponse, Sentence
from corpus.vocabulary import EffectLevel, State
from evals.questions import Kind, Question
from evals.written import faults_of, judge, summarise

QUESTION = Question(id="q", question="问", kind=Kind.DIRECT)
LAW = "中华人民共和国示例法"
TEXT = "违反本法规定的，处五千元以上五万元以下罚款；逾期三十日不改正的，依照本法第十二条处理。"


def answer(*sentences: str, keys: tuple[str, ...] = ("c1",), quote: str = TEXT) -> AskResponse:
    citation = AnswerCitation(
        key="c1",
        law=LAW,
        article="第八十条",
        quote=quote,
        status=State.IN_FORCE,
        document_id="d",
        citation=f"《{LAW}》第八十条",
        level=EffectLevel.LAW,
        provision_id="v/第八十条",
        text=TEXT,
        effective_from=dt.date(2021, 7, 15),
    )
    return AskResponse(
        question="问",
        as_of=dt.date(2026, 11, 21),
        refused=False,
        answer="\n".join(sentences),
        sentences=[Sentence(text=s, citations=list(keys)) for s in sentences],
        citations=[citation],
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "处五千元以上五万元以下罚款。",
        "可以罚5000元到5万元。",
        f"依据《{LAW}》第八十条，逾期三十日不改正的，按第十二条处理。",
        "该条自2021年7月15日起施行。",
        "一般由主管部门统一处理，十分明确。",
    ],
)
def test_what_the_provision_says_is_no_fault(sentence: str) -> None:
    assert faults_of(answer(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("处十万元罚款。", "number"),
        ("三日内改正。", "number"),
        ("依据第八十一条处罚。", "article"),
        ("依据《中华人民共和国另一法》处罚。", "title"),
        ("详见 https://example.org 。", "markup"),
        ("![图](x)", "markup"),
        ("罚款\ufffd元", "unreadable"),
    ],
)
def test_what_it_does_not_say_is(sentence: str, kind: str) -> None:
    assert kind in {fault.kind for fault in faults_of(answer(sentence))}


def test_a_key_without_citation_and_a_quotation_that_is_not_verbatim() -> None:
    assert "unknown_key" in {f.kind for f in faults_of(answer("处罚款。", keys=("c9",)))}
    assert "quote" in {f.kind for f in faults_of(answer("处罚款。", quote="处六千元罚款"))}


def test_the_summary_of_nothing_is_all_noughts() -> None:
    assert set(summarise([]).values()) == {0}


def test_a_sentence_that_was_sent_and_taken_back_was_shown() -> None:
    kept, gone = answer("处五千元以上五万元以下罚款。"), answer("处十万元罚款。")
    judged = judge(QUESTION, kept, [*kept.sentences, *gone.sentences], 1.0)
    assert (judged.shown, judged.taken_back, judged.cited) == (2, 1, 2)
    assert [fault.kind for fault in judged.faults] == ["number"]
    assert summarise([judged])["faulty sentences"] == 1
