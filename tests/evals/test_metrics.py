"""Metrics against values worked out by hand."""

from __future__ import annotations

import pytest

from evals.metrics import mean, percentile, recall_at, reciprocal_rank


@pytest.mark.parametrize(
    ("ranked", "gold", "k", "expected"),
    [
        pytest.param("abc", "a", 1, 1.0, id="the only gold item comes first"),
        pytest.param("abc", "c", 2, 0.0, id="gold behind the cut does not count"),
        pytest.param("abc", "ac", 1, 0.5, id="one of two"),
        pytest.param("abc", "ac", 3, 1.0, id="both"),
        pytest.param("ab", "az", 10, 0.5, id="gold that is never found still counts below the line"),
        pytest.param("", "a", 5, 0.0, id="nothing found"),
        pytest.param("abc", "", 5, None, id="no gold cannot be scored"),
        pytest.param("aab", "ab", 2, 0.5, id="an item twice counts once"),
    ],
)
def test_recall_is_the_share_of_gold_above_the_cut(ranked: str, gold: str, k: int, expected: float | None) -> None:
    assert recall_at(ranked, gold, k) == expected


@pytest.mark.parametrize(
    ("ranked", "gold", "expected"),
    [
        ("abcd", "a", 1.0),
        ("abcd", "d", 0.25),
        ("abcd", "dc", 1 / 3),
        ("abcd", "z", 0.0),
        ("abcd", "", None),
    ],
)
def test_the_first_gold_item_decides_the_reciprocal_rank(ranked: str, gold: str, expected: float | None) -> None:
    assert reciprocal_rank(ranked, gold) == expected


def test_a_mean_leaves_out_what_could_not_be_scored() -> None:
    assert mean([1.0, None, 0.0]) == 0.5
    assert mean([True, True, False, None]) == pytest.approx(2 / 3)
    assert mean([None]) is None
    assert mean([]) is None


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([5.0], 50, 5.0),
        ([4.0, 1.0, 3.0, 2.0], 50, 2.0),
        ([4.0, 1.0, 3.0, 2.0], 75, 3.0),
        ([4.0, 1.0, 3.0, 2.0], 95, 4.0),
        ([float(n) for n in range(1, 101)], 95, 95.0),
        ([1.0, 2.0], 0, 1.0),
        ([], 95, None),
    ],
)
def test_a_percentile_is_a_value_that_was_measured(values: list[float], percent: float, expected: float | None) -> None:
    assert percentile(values, percent) == expected
