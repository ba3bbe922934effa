"""Fitting a logistic estimate (逻辑回归): pure mathematics.

Features are standardised inside and the weights given back for the features as they are, so that the penalty treats a
share and a raw score alike. The fit is Newton's method on a convex loss: no seed, no starting point.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]

STEPS = 100
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """``1 / (1 + exp(-(intercept + weights · x)))``."""

    intercept: float
    weights: Matrix

    def estimate(self, rows: Matrix) -> Matrix:
        return _sigmoid(self.intercept + rows @ self.weights)


def fit(rows: Matrix, truth: npt.NDArray[np.bool_], penalty: float) -> Logistic:
    """Fit to ``rows`` (examples, features) with both outcomes present, each outcome weighing as much as the other.

    ``penalty`` weighs the squared standardised weights against the mean loss; the intercept is free. A feature that
    never varies gets weight 0. Raises ValueError when an outcome is missing.
    """
    if truth.all() or not truth.any():
        raise ValueError("examples of both outcomes are needed")
    centre, spread = rows.mean(axis=0), rows.std(axis=0)
    varies = spread > 0
    scaled = np.where(varies, (rows - centre) / np.where(varies, spread, 1.0), 0.0)
    design = np.hstack([np.ones((len(rows), 1)), scaled])
    weight = np.where(truth, 0.5 / truth.sum(), 0.5 / (~truth).sum())
    ridge = np.diag([1e-12, *np.where(varies, 2 * penalty, 1.0)])
    coefficients = np.zeros(design.shape[1])
    for _ in range(STEPS):
        estimate = _sigmoid(design @ coefficients)
        slope = design.T @ (weight * (estimate - truth)) + ridge @ coefficients
        curvature = (design * (weight * estimate * (1 - estimate))[:, None]).T @ design + ridge
        change = np.linalg.solve(curvature, slope)
        coefficients -= change
        if float(np.abs(change).max()) < TOLERANCE:
            break
    weights = np.where(varies, coefficients[1:] / np.where(varies, spread, 1.0), 0.0)
    return Logistic(float(coefficients[0] - weights @ centre), weights)


def _sigmoid(values: Matrix) -> Matrix:
    clipped: Matrix = np.clip(values, -500, 500)
    return 1 / (1 + np.exp(-clipped))
