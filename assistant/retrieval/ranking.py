"""Fusion (融合排序): a linear score over the features of a candidate, with fitted weights.

Plain reciprocal rank fusion treats a poor list like a good one (on spoken questions it fell behind either search
alone), so the weights are learnt from our own questions and kept as data.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.retrieval.candidates import Candidate
from assistant.retrieval.features import FEATURES, Scored, features
from assistant.understanding import UnderstoodQuestion
from corpus.errors import SourceUnreadable


@dataclass(frozen=True, slots=True)
class Ranked:
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
    vector = [by_name[name] for name in FEATURES]
    rows = features(question, scored, references)
    totals = [sum(w * x for w, x in zip(vector, row, strict=True)) for row in rows]
    order = sorted(range(len(scored)), key=lambda i: -totals[i])
    return [Ranked(scored[i].candidate, totals[i]) for i in order]
