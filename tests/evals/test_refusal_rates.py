"""Choosing and judging the threshold below which the assistant declines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.questions import Half
from evals.refusal import Decision, Evidence, by_half, decide, rates, strictest_threshold


def _evidence(answerable: list[float], unanswerable: list[float]) -> list[Evidence]:
    return [Evidence(f"a{n}", s, True) for n, s in enumerate(answerable)] + [
        Evidence(f"u{n}", s, False) for n, s in enumerate(unanswerable)
    ]


def test_rates_are_taken_over_their_own_questions() -> None:
    decisions = [
        Decision("a", False, True),
        Decision("b", True, True),
        Decision("c", True, False),
        Decision("d", True, False),
        Decision("e", False, False),
    ]
    reached = rates(decisions)
    assert (reached.answerable, reached.false_refusals) == (2, 0.5)
    assert (reached.unanswerable, reached.refused) == (3, pytest.approx(2 / 3))
    assert rates([]).refused is None
    assert rates([]).false_refusals is None


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "allowed", "threshold"),
    [
        pytest.param([5, 6], [1, 2], 0.0, 3.5, id="clean gap: half-way"),
        pytest.param([1, 6, 7, 8], [2, 3], 0.0, 1, id="an answerable weakest of all: refuse nothing"),
        pytest.param([1, 6, 7, 8], [2, 3], 0.25, 4.5, id="one false refusal allowed"),
        pytest.param([4, 6], [1, 5], 0.0, 2.5, id="only what lies below every answerable"),
    ],
)
def test_the_threshold_refuses_as_much_as_the_allowance_permits(
    answerable: list[float], unanswerable: list[float], allowed: float, threshold: float
) -> None:
    assert strictest_threshold(_evidence(answerable, unanswerable), allowed) == threshold


def test_evidence_as_strong_as_the_threshold_is_enough() -> None:
    assert [d.refused for d in decide(_evidence([2.0], [1.9]), 2.0)] == [False, True]


def test_a_threshold_needs_questions_of_both_sorts() -> None:
    with pytest.raises(ValueError, match="both"):
        strictest_threshold(_evidence([1, 2], []), 0.05)


@given(
    st.lists(st.integers(0, 20).map(float), min_size=1, max_size=15),
    st.lists(st.integers(0, 20).map(float), min_size=1, max_size=15),
    st.sampled_from([0.0, 0.05, 0.2, 0.5]),
)
def test_no_threshold_within_the_allowance_refuses_more(
    answerable: list[float], unanswerable: list[float], allowed: float
) -> None:
    evidence = _evidence(answerable, unanswerable)
    chosen = rates(decide(evidence, strictest_threshold(evidence, allowed)))
    assert chosen.false_refusals is not None
    assert chosen.refused is not None
    assert chosen.false_refusals <= allowed
    for threshold in range(21):
        other = rates(decide(evidence, threshold))
        assert other.false_refusals is not None
        assert other.refused is not None
        if threshold <= max(answerable + unanswerable) and other.false_refusals <= allowed:
            assert chosen.refused >= other.refused


def test_halves_follow_the_ids() -> None:
    decisions = [Decision("oq-001", True, True), Decision("oq-004", False, True)]
    parts = by_half(decisions)
    assert [d.id for d in parts[Half.CHECK]] == ["oq-001"]
    assert [d.id for d in parts[Half.TUNE]] == ["oq-004"]
    assert parts[Half.ALL] == decisions
