"""Retrieval over a given corpus (检索评测): rank, time and score, with what could not be scored left out and named."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.corpus_files import Query
from evals.metrics import percentile
from evals.rankings import Ranking, RankingScores, score_rankings

DEPTH = 100
"""Articles asked of each search."""

Search = Callable[[str, int], Ranking]
"""A question and the number of articles wanted → ids of articles, best first, each once."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The rankings of all questions, and how long each took in milliseconds."""

    rankings: Mapping[str, Ranking]
    latencies_ms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class RetrievalFigures:
    """Scores over the questions that could be scored; latencies over all."""

    scores: RankingScores
    scored: int
    without_gold: tuple[str, ...]  # questions that name no gold article
    gold_not_in_corpus: tuple[str, ...]  # questions none of whose gold articles the corpus holds
    partly_in_corpus: tuple[str, ...]  # scored although the corpus lacks some of their gold articles
    p50_ms: float | None
    p95_ms: float | None

    def to_json(self) -> dict[str, Any]:
        return {
            **self.scores.means,
            "scored": self.scored,
            "without_gold": len(self.without_gold),
            "gold_not_in_corpus": len(self.gold_not_in_corpus),
            "partly_in_corpus": len(self.partly_in_corpus),
            "latency_p50_ms": self.p50_ms,
            "latency_p95_ms": self.p95_ms,
        }

    def exclusions(self) -> list[str]:
        lines = []
        if self.without_gold:
            lines.append(f"{len(self.without_gold)} questions without gold articles")
        if self.gold_not_in_corpus:
            lines.append(f"{len(self.gold_not_in_corpus)} questions whose gold articles are not in the corpus")
        return lines


def rank(queries: Sequence[Query], search: Search, limit: int, progress: Callable[[int], None] | None = None) -> Ranked:
    """Search every question for ``limit`` articles, one after the other."""
    rankings: dict[str, Ranking] = {}
    latencies: dict[str, float] = {}
    for done, query in enumerate(queries, start=1):
        start = time.perf_counter()
        rankings[query.id] = search(query.question, limit)
        latencies[query.id] = (time.perf_counter() - start) * 1000
        if progress is not None:
            progress(done)
    return Ranked(rankings, latencies)


def score(queries: Sequence[Query], ranked: Ranked, corpus_ids: Collection[str]) -> RetrievalFigures:
    """Score the rankings. A gold article the corpus lacks counts as not found, unless all of a question's are such."""
    known = set(corpus_ids)
    gold = {q.id: q.gold for q in queries if known & set(q.gold)}
    timings = list(ranked.latencies_ms.values())
    return RetrievalFigures(
        scores=score_rankings(ranked.rankings, gold),
        scored=len(gold),
        without_gold=tuple(q.id for q in queries if not q.gold),
        gold_not_in_corpus=tuple(q.id for q in queries if q.gold and q.id not in gold),
        partly_in_corpus=tuple(q.id for q in queries if q.id in gold and not set(q.gold) <= known),
        p50_ms=percentile(timings, 50),
        p95_ms=percentile(timings, 95),
    )


def per_query(
    queries: Sequence[Query], ranked: Ranked, figures: RetrievalFigures, shown: int = 10
) -> list[dict[str, Any]]:
    """A row for each question: its own scores (none if it was left out) and the first articles found."""
    return [
        {
            "id": q.id,
            "question": q.question,
            "gold": list(q.gold),
            "found": list(ranked.rankings[q.id][:shown]),
            "latency_ms": round(ranked.latencies_ms[q.id], 2),
            **figures.scores.by_question.get(q.id, {}),
        }
        for q in queries
    ]
