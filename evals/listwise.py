"""Fitting a linear ranking (排序权重拟合) to examples: pure mathematics, no assistant in it.

Each question is a group of candidates with feature rows; the loss is that of a softmax choice (ListNet with one right
answer at a time): for each right candidate, the negative log-probability of choosing it among the wrong ones, averaged
over the question's right candidates and over questions, plus an L2 penalty. It is convex, so the weights do not depend
on a starting point or a seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

STEPS = 4000
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The candidates of one question: a feature row each, which are right, and which must not count either way."""

    rows: Matrix  # (candidates, features)
    right: Sequence[int]
    neutral: Sequence[int] = ()

    @property
    def wrong(self) -> list[int]:
        kept = set(self.right) | set(self.neutral)
        return [i for i in range(len(self.rows)) if i not in kept]


def fit(groups: Sequence[Group], penalty: float) -> Matrix:
    """Weights, one per feature, by accelerated gradient descent to a gradient below ``TOLERANCE``.

    ``penalty`` weighs the squared weights against the mean loss of a question. Raises ValueError when no group has a
    right candidate.
    """
    usable = [g for g in groups if g.right]
    if not usable:
        raise ValueError("no question has its right article among the candidates")
    size = usable[0].rows.shape[1]
    step = 1.0 / (2 * max(float((g.rows**2).sum(axis=1).max()) for g in usable) + 2 * penalty)
    weights = np.zeros(size)
    look_ahead = weights
    momentum = 1.0
    for _ in range(STEPS):
        slope = _gradient(usable, look_ahead, penalty)
        if float(np.abs(slope).max()) < TOLERANCE:
            break
        following = look_ahead - step * slope
        next_momentum = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        look_ahead = following + (momentum - 1) / next_momentum * (following - weights)
        weights, momentum = following, next_momentum
    return weights


def loss(groups: Sequence[Group], weights: Matrix, penalty: float) -> float:
    """The value that ``fit`` makes least."""
    usable = [g for g in groups if g.right]
    values = []
    for g in usable:
        scores = g.rows @ weights
        wrong = scores[g.wrong]
        values.append(np.mean([np.logaddexp.reduce([s, *wrong]) - s for s in scores[list(g.right)]]))
    return float(np.mean(values) + penalty * (weights @ weights))


def _gradient(groups: Sequence[Group], weights: Matrix, penalty: float) -> Matrix:
    total = np.zeros_like(weights)
    for g in groups:
        scores = g.rows @ weights
        wrong = g.wrong
        for right in g.right:
            chosen = [right, *wrong]
            shifted = scores[chosen] - scores[chosen].max()
            probability = np.exp(shifted) / np.exp(shifted).sum()
            total += (probability @ g.rows[chosen] - g.rows[right]) / len(g.right)
    return total / len(groups) + 2 * penalty * weights
