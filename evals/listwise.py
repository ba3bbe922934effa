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

STEPS = 100
TOLERANCE = 1e-8


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
    """Weights, one per feature, by Newton's method with step halving; ``penalty`` must be positive.

    ``penalty`` weighs the squared weights against the mean loss of a question. Raises ValueError when no group has a
    right candidate.
    """
    choices = _Choices.of(groups)
    size = choices.rows.shape[1]
    weights = np.zeros(size)
    value = choices.loss(weights, penalty)
    for _ in range(STEPS):
        slope, curvature = choices.derivatives(weights, penalty)
        change = np.linalg.solve(curvature, slope)
        step = 1.0
        while (lower := choices.loss(weights - step * change, penalty)) > value and step > TOLERANCE:
            step /= 2
        if lower >= value - TOLERANCE * abs(value):
            break
        weights, value = weights - step * change, lower
    return weights


def loss(groups: Sequence[Group], weights: Matrix, penalty: float) -> float:
    """The value that ``fit`` makes least."""
    return _Choices.of(groups).loss(weights, penalty)


@dataclass(frozen=True, slots=True, eq=False)
class _Choices:
    """Every choice of one right candidate among the wrong ones, stacked: the right one first in each.

    ``starts`` are the first rows of the choices, ``shares`` what each choice counts for; they add up to 1.
    """

    rows: Matrix
    starts: npt.NDArray[np.intp]
    lengths: npt.NDArray[np.intp]
    shares: Matrix

    @classmethod
    def of(cls, groups: Sequence[Group]) -> _Choices:
        usable = [g for g in groups if g.right]
        if not usable:
            raise ValueError("no question has its right article among the candidates")
        rows, lengths, shares = [], [], []
        for g in usable:
            wrong = g.wrong
            for right in g.right:
                rows.append(g.rows[[right, *wrong]])
                lengths.append(1 + len(wrong))
                shares.append(1 / len(g.right) / len(usable))
        starts = np.cumsum([0, *lengths[:-1]])
        return cls(np.vstack(rows), starts, np.array(lengths), np.array(shares))

    def loss(self, weights: Matrix, penalty: float) -> float:
        scores = self.rows @ weights
        chosen = scores[self.starts] - np.logaddexp.reduceat(scores, self.starts)
        return float(-self.shares @ chosen + penalty * (weights @ weights))

    def derivatives(self, weights: Matrix, penalty: float) -> tuple[Matrix, Matrix]:
        """Gradient and Hessian."""
        scores = self.rows @ weights
        total = np.logaddexp.reduceat(scores, self.starts)
        probability = np.exp(scores - np.repeat(total, self.lengths))
        expected = np.add.reduceat(probability[:, None] * self.rows, self.starts, axis=0)
        slope = self.shares @ (expected - self.rows[self.starts]) + 2 * penalty * weights
        weighted = (probability * np.repeat(self.shares, self.lengths))[:, None] * self.rows
        curvature = weighted.T @ self.rows - (expected * self.shares[:, None]).T @ expected
        return slope, curvature + 2 * penalty * np.eye(len(weights))
