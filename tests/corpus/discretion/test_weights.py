"""Weights: every way tables print them, and what is no weight."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.discretion.weights import read_weight


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("20%", Fraction(20)),
        ("20 ％", Fraction(20)),
        ("０%", Fraction(0)),
        ("7.5%", Fraction(15, 2)),
        ("100%", Fraction(100)),
        ("-5%", Fraction(-5)),
        ("+5%", Fraction(5)),
        ("1/3", Fraction(100, 3)),
        ("2／3", Fraction(200, 3)),
        ("三分之一", Fraction(100, 3)),
        ("百分之二十", Fraction(20)),
        ("千分之五", Fraction(1, 2)),
        ("0.2", Fraction(20)),
        ("20", Fraction(20)),
        ("0", Fraction(0)),
        ("1", Fraction(1)),
    ],
)
def test_weights_are_exact_percentage_points(text: str, points: Fraction) -> None:
    assert read_weight(text) == points


@pytest.mark.parametrize(
    "text",
    ["", "—", "/", "20%以上", "约20%", "三成", "4/3", "1/0", "120", "2020", "20%30%", "abc", "5-10%", "5万元", "零"],
)
def test_everything_else_is_no_weight(text: str) -> None:
    assert read_weight(text) is None


@given(st.integers(1, 99), st.integers(1, 99))
def test_fractions_are_never_rounded(over: int, under: int) -> None:
    expected = Fraction(over * 100, under) if over <= under else None
    assert read_weight(f"{over}/{under}") == expected
