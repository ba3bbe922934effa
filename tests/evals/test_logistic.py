"""Fitting a logistic estimate."""

from __future__ import annotations

import numpy as np
import pytest

from evals.logistic import fit


def test_a_share_of_successes_is_recovered() -> None:
    """With one feature of two values and no penalty, the estimates are the balanced shares at each value."""
    rows = np.array([[0.0]] * 4 + [[1.0]] * 4)
    truth = np.array([True, False, False, False, True, True, True, False])
    low, high = fit(rows, truth, 0.0).estimate(np.array([[0.0], [1.0]]))
    assert low == pytest.approx(0.25, abs=1e-6)
    assert high == pytest.approx(0.75, abs=1e-6)


def test_outcomes_weigh_alike_however_many_examples_each_has() -> None:
    rows = np.array([[0.0], [1.0]])
    truth = np.array([False, True])
    few = fit(rows, truth, 0.01)
    many = fit(np.vstack([rows, rows[:1], rows[:1]]), np.array([False, True, False, False]), 0.01)
    middle = np.array([[0.5]])
    assert few.estimate(middle)[0] == pytest.approx(0.5, abs=1e-6)
    assert many.estimate(middle)[0] == pytest.approx(0.5, abs=0.1)


def test_the_scale_of_a_feature_does_not_matter() -> None:
    rng = np.random.default_rng(3)
    rows = rng.random((60, 2))
    truth = rows[:, 0] + 0.3 * rng.random(60) > 0.6
    plain = fit(rows, truth, 0.01)
    stretched = fit(rows * [1.0, 1000.0], truth, 0.01)
    assert stretched.estimate(rows * [1.0, 1000.0]) == pytest.approx(plain.estimate(rows), abs=1e-6)


def test_a_feature_that_never_varies_counts_for_nothing() -> None:
    fitted = fit(np.array([[0.0, 7.0], [1.0, 7.0]]), np.array([False, True]), 0.01)
    assert fitted.weights[1] == 0.0


def test_both_outcomes_are_needed() -> None:
    with pytest.raises(ValueError, match="both"):
        fit(np.array([[0.0], [1.0]]), np.array([True, True]), 0.1)
