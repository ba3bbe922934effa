"""The best provisions are put in the order of both scores; the others and the scores of the places stay."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.candidates import Candidate
from assistant.retrieval.features import Scored
from assistant.retrieval.ranking import Ranked
from assistant.retrieval.reranking import READ, rerank, text_read
from corpus.vocabulary import Document, DocumentKind, EffectLevel, Provision

LAW = Document("law", "中华人民共和国消防法", DocumentKind.STATUTE, EffectLevel.LAW)


class Scores:
    """A reranker that scores the n-th text it is given with the n-th number."""

    id = "stand-in"

    def __init__(self, numbers: Sequence[float]) -> None:
        self.numbers = numbers
        self.read: list[str] = []

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        self.read = list(passages)
        return list(self.numbers[: len(passages)])


def _ranking(count: int) -> tuple[list[Ranked], dict[str, Scored]]:
    candidates = [Candidate(f"law/{n}", "v", "law", f"law/{n}@1") for n in range(count)]
    scored = {
        c.provision_id: Scored(c, Provision(c.provision_id, "v", n, f"第{n}条", f"文字{n}。"), LAW)
        for n, c in enumerate(candidates)
    }
    return [Ranked(c, 10.0 - n) for n, c in enumerate(candidates)], scored


def _ids(ranked: Sequence[Ranked]) -> list[str]:
    return [one.candidate.provision_id for one in ranked]


@pytest.mark.parametrize(
    ("numbers", "weight", "order"),
    [
        ([0, 0, 0], 1.0, [0, 1, 2]),
        ([0, 0, 5], 1.0, [2, 0, 1]),
        ([0, 1, 0], 1.0, [0, 1, 2]),  # equal: as the searches had it
        ([0, 1.5, 0], 1.0, [1, 0, 2]),
        ([0, 0, 5], 0.0, [0, 1, 2]),
    ],
)
def test_both_scores_count(numbers: list[float], weight: float, order: list[int]) -> None:
    ranked, scored = _ranking(3)
    assert _ids(rerank("问", ranked, scored, Scores(numbers), weight)) == [f"law/{n}" for n in order]


@given(st.lists(st.floats(-9, 9), min_size=READ, max_size=READ), st.integers(0, READ + 9))
def test_nothing_is_lost_the_rest_stays_and_places_keep_their_scores(numbers: list[float], count: int) -> None:
    ranked, scored = _ranking(count)
    after = rerank("问", ranked, scored, Scores(numbers))
    assert sorted(_ids(after)) == sorted(_ids(ranked))
    assert after[READ:] == ranked[READ:]
    assert [one.score for one in after] == [one.score for one in ranked]


def test_what_is_read_is_the_law_the_number_and_the_words() -> None:
    ranked, scored = _ranking(2)
    reranker = Scores([0, 0])
    rerank("问", ranked, scored, reranker)
    assert reranker.read == ["消防法 第0条\n文字0。", "消防法 第1条\n文字1。"]


def test_a_provision_without_words_can_be_read() -> None:
    candidate = Candidate("law/1", "v", "law", "law/1@1")
    assert text_read(Scored(candidate, Provision("law/1", "v", 1, "第一条", ""), LAW)) == ""
