"""Rankings (检索排序) of a corpus: standard scores through ir-measures, and the TREC run format."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from ir_measures import RR, Measure, Qrel, R, ScoredDoc, nDCG

Ranking = Sequence[str]
"""Document ids, best first, each once."""

MEASURES: dict[str, Measure] = {
    "recall@1": R @ 1,
    "recall@5": R @ 5,
    "recall@10": R @ 10,
    "recall@100": R @ 100,
    "mrr@100": RR @ 100,
    "ndcg@10": nDCG @ 10,
}
"""Our name of a score → the measure. Recall is ``|gold ∩ top k| / |gold|``, MRR counts the first gold document."""


@dataclass(frozen=True, slots=True)
class RankingScores:
    """Scores of a run: the mean of each measure, and each question's own values."""

    means: Mapping[str, float]
    by_question: Mapping[str, Mapping[str, float]]


def score_rankings(rankings: Mapping[str, Ranking], gold: Mapping[str, Collection[str]]) -> RankingScores:
    """Score the questions of ``gold``; one without a ranking found nothing and scores zero.

    A question without gold documents cannot be scored: leave it out of ``gold``. Raises ValueError if it is there.
    """
    empty = [question for question, documents in gold.items() if not documents]
    if empty:
        raise ValueError(f"questions without gold documents cannot be scored: {empty[:3]}")
    if not gold:
        return RankingScores({}, {})
    qrels = [Qrel(question, document, 1) for question, documents in gold.items() for document in set(documents)]
    scored = [
        ScoredDoc(question, document, float(value))
        for question in gold
        for document, value in zip(rankings.get(question, ()), _descending(rankings.get(question, ())), strict=True)
    ]
    names = {measure: name for name, measure in MEASURES.items()}
    by_question: dict[str, dict[str, float]] = {question: {} for question in gold}
    for metric in ir_measures.iter_calc(list(names), qrels, scored):
        by_question[metric.query_id][names[metric.measure]] = metric.value
    means = {name: sum(row[name] for row in by_question.values()) / len(by_question) for name in MEASURES}
    return RankingScores(means, by_question)


def _descending(ranking: Ranking) -> range:
    """Scores that restate the rank, so that every tool breaks ties as the ranking did."""
    return range(len(ranking), 0, -1)


def trec_run(rankings: Mapping[str, Ranking], tag: str) -> str:
    """The rankings as a TREC run: ``question Q0 document rank score tag`` a line; the score restates the rank."""
    return "".join(
        f"{question} Q0 {document} {rank} {value} {tag}\n"
        for question, ranking in rankings.items()
        for rank, (document, value) in enumerate(zip(ranking, _descending(ranking), strict=True), start=1)
    )


def write_trec_run(path: Path, rankings: Mapping[str, Ranking], tag: str) -> None:
    path.write_text(trec_run(rankings, tag), encoding="utf-8")
