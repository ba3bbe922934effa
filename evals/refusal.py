"""Refusal (拒答): how often the assistant declines what nothing answers, and how often what something does.

A threshold on the strength of the evidence is chosen on one half of the project's own questions and confirmed on the
other; no other set may move it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from evals.metrics import mean
from evals.questions import Half, half_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """How strong the best evidence for one question is, by whatever measure the assistant uses."""

    id: str
    strength: float
    answerable: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a question was refused, and what would have been right. ``group`` names a part to be shown apart."""

    id: str
    refused: bool
    answerable: bool
    group: str = ""


@dataclass(frozen=True, slots=True)
class Rates:
    """Refusals on unanswerable questions (right) and on answerable ones (wrong); None where there are none."""

    unanswerable: int
    refused: float | None
    answerable: int
    false_refusals: float | None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def rates(decisions: Iterable[Decision]) -> Rates:
    known = list(decisions)
    unanswerable = [d.refused for d in known if not d.answerable]
    answerable = [d.refused for d in known if d.answerable]
    return Rates(len(unanswerable), mean(unanswerable), len(answerable), mean(answerable))


def decide(evidence: Iterable[Evidence], threshold: float) -> list[Decision]:
    """Refuse what falls short of the threshold; evidence as strong as the threshold is enough."""
    return [Decision(e.id, e.strength < threshold, e.answerable) for e in evidence]


def strictest_threshold(evidence: Sequence[Evidence], max_false_refusals: float) -> float:
    """The highest threshold that wrongly refuses at most the given share of the answerable questions.

    A corpus meets more kinds of unanswerable question than a set can hold, so the allowance is used to the full, not
    only as far as this set's questions ask for. The threshold lies half-way between the strengths it parts. Raises
    ValueError without questions of both sorts.
    """
    if len({e.answerable for e in evidence}) != 2:
        raise ValueError("answerable and unanswerable questions are both needed to choose a threshold")
    strengths = sorted({e.strength for e in evidence})
    allowed = [strengths[0]]
    for low, high in pairwise(strengths):
        wrong = rates(decide(evidence, (low + high) / 2)).false_refusals or 0.0
        if wrong <= max_false_refusals:
            allowed.append((low + high) / 2)
    return max(allowed)


def by_half(decisions: Sequence[Decision]) -> dict[Half, list[Decision]]:
    """The decisions of each half, and all of them."""
    return {
        half: [d for d in decisions if half is Half.ALL or half_of(d.id) is half]
        for half in (Half.TUNE, Half.CHECK, Half.ALL)
    }
