"""Reranking (精排): a cross-encoder reads the question beside each of the first provisions.

What the searches measure apart, words and meaning, it sees together: whether the conduct asked about is the conduct
that the article is on. It costs more than all searches, so it reads few, and its score is added to the ranking's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from assistant.retrieval.features import Scored
from assistant.retrieval.ranking import Ranked
from corpus.encoders.reranker import Reranker
from corpus.vocabulary import Provision
from ingest.passages import split_into_passages

READ = 15
"""How many of the first provisions are read."""

WEIGHT = 0.5
"""What a point of the cross-encoder's score counts beside the ranking's: ``python -m evals.fit_reranking``."""


def rerank(
    question: str, ranked: Sequence[Ranked], scored: Mapping[str, Scored], reranker: Reranker, weight: float = WEIGHT
) -> list[Ranked]:
    """The first ``READ`` provisions in the order of both scores, the others behind them as they were.

    The n-th place keeps its score: it says how strong the evidence is, which the order among the best does not change.
    """
    best = ranked[:READ]
    if len(best) < 2:
        return list(ranked)
    scores = reranker.scores(question, [text_read(scored[r.candidate.provision_id]) for r in best])
    totals = [one.score + weight * score for one, score in zip(best, scores, strict=True)]
    order = sorted(range(len(best)), key=lambda i: -totals[i])
    moved = [Ranked(best[i].candidate, place.score) for i, place in zip(order, best, strict=True)]
    return [*moved, *ranked[READ:]]


def text_read(one: Scored) -> str:
    """The beginning of a provision with its law and heading, as the index holds it."""
    return _first_passage(one.document.title, one.provision)


@lru_cache(maxsize=20_000)
def _first_passage(title: str, provision: Provision) -> str:
    passages = split_into_passages(title, provision)
    return passages[0].index_text if passages else provision.text
