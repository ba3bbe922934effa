"""Fitting ranking weights."""

from __future__ import annotations

import math

import numpy as np
import pytest

from evals.listwise import Group, fit, loss


def _group(rows: list[list[float]], right: list[int], neutral: list[int] | None = None) -> Group:
    return Group(np.array(rows), right, neutral or [])


def test_the_loss_is_that_of_a_softmax_choice() -> None:
    groups = [_group([[1.0], [0.0], [0.0]], [0])]
    assert loss(groups, np.array([0.0]), 0.0) == pytest.approx(math.log(3))
    assert loss(groups, np.array([math.log(2)]), 0.5) == pytest.approx(math.log(2) + 0.5 * math.log(2) ** 2)


def test_several_right_candidates_do_not_compete_with_each_other() -> None:
    groups = [_group([[1.0], [1.0], [0.0]], [0, 1])]
    assert loss(groups, np.array([0.0]), 0.0) == pytest.approx(math.log(2))


def test_neutral_candidates_do_not_count() -> None:
    groups = [_group([[1.0], [0.0], [5.0]], [0], [2])]
    assert loss(groups, np.array([0.0]), 0.0) == pytest.approx(math.log(2))
    assert fit(groups, 0.1)[0] > 0


def test_what_marks_right_candidates_gains_weight_and_noise_does_not() -> None:
    groups = [_group([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]], [0]), _group([[1.0, 1.0], [0.0, 0.0], [0.0, 1.0]], [0])]
    telling, noise = fit(groups, 0.01)
    assert telling > 1
    assert abs(noise) < telling / 2


def test_the_fit_is_a_minimum() -> None:
    rng = np.random.default_rng(7)
    groups = [Group(rng.random((12, 4)), [int(rng.integers(12))]) for _ in range(25)]
    best = fit(groups, 0.02)
    least = loss(groups, best, 0.02)
    for axis in range(4):
        for shift in (-0.01, 0.01):
            moved = best.copy()
            moved[axis] += shift
            assert loss(groups, moved, 0.02) > least


def test_questions_without_a_right_candidate_teach_nothing() -> None:
    taught = [_group([[1.0], [0.0]], [0])]
    assert fit([*taught, _group([[1.0], [0.0]], [])], 0.1) == pytest.approx(fit(taught, 0.1))
    with pytest.raises(ValueError, match="no question"):
        fit([_group([[1.0]], [])], 0.1)
