"""Whether what was found is enough to answer on."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from tomllib import loads

import pytest

from assistant.answer.evidence import SIGNALS, WITH_MEANING, WORDS_ONLY, confidence, is_enough, signals
from assistant.lexicon import Lexicon
from assistant.retrieval.candidates import Candidate
from assistant.retrieval.features import Scored
from assistant.retrieval.retriever import RankedProvision
from assistant.understanding import UnderstoodQuestion, understand
from corpus.citations import NameTable
from corpus.vocabulary import ArticleNumber, Document, DocumentKind, EffectLevel, Provision

LAW = Document("fire", "中华人民共和国消防法", DocumentKind.STATUTE, EffectLevel.LAW)
TEXT = "占用、堵塞、封闭疏散通道的，责令改正，处五千元以上五万元以下罚款。"
DAY = dt.date(2026, 11, 21)


def question(text: str) -> UnderstoodQuestion:
    return understand(text, as_of=DAY, today=DAY, names=NameTable.from_documents([LAW]), lexicon=Lexicon([]))


def found(semantic: float | None, lexical: float, score: float = 10.0) -> list[RankedProvision]:
    provision = Provision("v/1", "v", 1, "第一条", TEXT, ArticleNumber(1))
    candidate = Candidate(provision.id, "v", LAW.id, "v/1@1", lexical=lexical, semantic=semantic)
    return [RankedProvision(Scored(candidate, provision, LAW), score)]


def test_nothing_found_is_never_enough() -> None:
    assert confidence(question("堵塞疏散通道怎么罚"), []) == 0.0
    assert not is_enough(question("堵塞疏散通道怎么罚"), [])


def test_nearness_in_meaning_and_words_makes_confidence() -> None:
    asked = question("堵塞疏散通道怎么罚")
    assert confidence(asked, found(0.93, 30.0)) > confidence(asked, found(0.80, 30.0))
    assert is_enough(asked, found(0.95, 40.0))
    assert not is_enough(question("明天下不下雨，要不要带伞"), found(0.82, 3.0, 2.0))


def test_a_sign_of_another_matter_lowers_confidence() -> None:
    assert confidence(question("电话号码是多少"), found(0.9, 20.0)) < confidence(question("堵塞通道"), found(0.9, 20.0))


@pytest.mark.parametrize("estimate", [WITH_MEANING, WORDS_ONLY])
def test_both_estimates_weigh_every_signal_and_have_a_threshold(estimate: str) -> None:
    tables = loads((files("assistant.answer") / "evidence.toml").read_text(encoding="utf-8"))
    assert set(tables[estimate]) == {*SIGNALS, "intercept", "threshold"}
    assert set(signals(question("堵塞通道"), found(0.9, 20.0))) == set(SIGNALS)
    assert 0 < tables[estimate]["threshold"] < 1


def test_words_are_judged_by_their_own_estimate_while_meanings_are_missing() -> None:
    asked = question("占用、堵塞、封闭疏散通道怎么罚")
    assert is_enough(asked, found(None, 60.0))
