"""Ranking and scoring questions over a corpus, without an index."""

from __future__ import annotations

import pytest

from evals.corpus_files import Query
from evals.retrieval import per_query, rank, score

CORPUS = ["d1", "d2", "d3"]
QUERIES = [
    Query(id="found", question="一", gold=("d1",)),
    Query(id="missed", question="二", gold=("d2",)),
    Query(id="half held", question="一", gold=("d1", "elsewhere")),
    Query(id="not held", question="一", gold=("elsewhere",)),
    Query(id="no gold", question="一"),
]


def _search(question: str, limit: int) -> list[str]:
    return {"一": ["d1", "d2"], "二": ["d3"]}[question][:limit]


def test_questions_that_cannot_be_scored_are_left_out_and_named() -> None:
    figures = score(QUERIES, rank(QUERIES, _search, 100), CORPUS)
    assert figures.scored == 3
    assert figures.scores.means["recall@1"] == pytest.approx((1 + 0 + 0.5) / 3)
    assert figures.without_gold == ("no gold",)
    assert figures.gold_not_in_corpus == ("not held",)
    assert figures.partly_in_corpus == ("half held",)
    assert len(figures.exclusions()) == 2


def test_every_question_is_timed_and_progress_is_told() -> None:
    seen: list[int] = []
    ranked = rank(QUERIES, _search, 1, seen.append)
    assert seen == [1, 2, 3, 4, 5]
    assert set(ranked.latencies_ms) == {q.id for q in QUERIES}
    assert ranked.rankings["found"] == ["d1"]


def test_rows_of_questions_left_out_carry_no_scores() -> None:
    ranked = rank(QUERIES, _search, 100)
    rows = {row["id"]: row for row in per_query(QUERIES, ranked, score(QUERIES, ranked, CORPUS), shown=1)}
    assert rows["found"]["mrr@100"] == 1.0
    assert rows["found"]["found"] == ["d1"]
    assert "mrr@100" not in rows["no gold"]


def test_without_any_scorable_question_there_are_no_scores_but_times() -> None:
    queries = [QUERIES[-1]]
    figures = score(queries, rank(queries, _search, 1), CORPUS)
    assert (figures.scored, figures.scores.means) == (0, {})
    assert figures.p95_ms is not None
