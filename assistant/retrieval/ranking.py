"""Fusion (融合排序): a linear score over the features of a candidate, with fitted weights.

Plain reciprocal rank fusion treats a poor list like a good one (on spoken questions it fell behind either search
alone), so the weights are learnt from our own questions and kept as data.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from assistant.answer.sanctions import imposes_sanction
from assistant.retrieval.candidates import Candidate
from assistant.retrieval.features import FEATURES, Scored, feature_columns
from assistant.understanding import Intent, UnderstoodQuestion
from corpus.errors import SourceUnreadable


class Ranked(NamedTuple):
    """A candidate with its final score (综合得分): higher is nearer, comparable within one question."""

    candidate: Candidate
    score: float


@cache
def load_weights() -> Mapping[str, float]:
    """The fitted weights, by feature name; every feature has one."""
    source = files(__package__) / "weights.toml"
    weights = tomllib.loads(source.read_text(encoding="utf-8"))["weights"]
    missing = set(FEATURES) ^ set(weights)
    if missing:
        raise SourceUnreadable(
            f"the weights do not fit the features: {', '.join(sorted(missing))}.",
            where="assistant/retrieval/weights.toml",
            remedy="Fit them again with: python -m evals.fit_ranking",
        )
    return {name: float(value) for name, value in weights.items()}


def rank(
    question: UnderstoodQuestion,
    scored: Sequence[Scored],
    references: Mapping[str, Sequence[str]],
    weights: Mapping[str, float] | None = None,
) -> list[Ranked]:
    """Candidates, best first; equal scores keep the order of the searches."""
    by_name = weights or load_weights()
    sums = np.zeros(len(scored))
    for name, column in zip(FEATURES, feature_columns(question, scored, references), strict=True):
        sums += by_name[name] * column
    totals: list[float] = sums.tolist()
    order = sorted(range(len(scored)), key=lambda i: -totals[i])
    return [Ranked(scored[i].candidate, totals[i]) for i in order]


LEADING = 3
"""How many of the first provisions bring their penalty clause up behind them."""


def penalties_behind_duties(
    question: UnderstoodQuestion,
    ranked: Sequence[Ranked],
    scored: Mapping[str, Scored],
    named_by: Mapping[str, Sequence[str]],
) -> list[Ranked]:
    """Where a sanction is asked for, a leading duty is followed by the article of its text that punishes its breach.

    Such a clause (违反本条例第三十三条规定的，…) often shares no word with the question, so its own score says little.
    Of several clauses the best scored follows; one that stands higher already stays where it is.
    """
    if Intent.SANCTION not in question.intents:
        return list(ranked)
    place = {r.candidate.provision_id: n for n, r in enumerate(ranked)}
    behind: dict[str, Ranked] = {}
    for duty in ranked[:LEADING]:
        own = duty.candidate.provision_id
        if imposes_sanction(scored[own].provision.text):
            continue
        clauses = [i for i in named_by.get(own, ()) if i in place and imposes_sanction(scored[i].provision.text)]
        if clauses and min(place[i] for i in clauses) > place[own]:
            best = ranked[min(place[i] for i in clauses)]
            behind[own] = best._replace(score=max(best.score, duty.score))
    moved = {r.candidate.provision_id for r in behind.values()}
    order: dict[str, Ranked] = {}
    for one in ranked:
        own = one.candidate.provision_id
        if own not in moved:
            order.setdefault(own, one)
        if own in behind:
            order.setdefault(behind[own].candidate.provision_id, behind[own])
    return list(order.values())
