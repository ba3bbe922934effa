"""Conditions over facts: what is known decides, and only what can change the result is asked for."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.discretion.facts import (
    AllOf,
    AnyOf,
    Condition,
    Fact,
    Not,
    all_of,
    any_of,
    assume,
    decide,
    none_of,
)

A, B, C = Fact("甲"), Fact("乙"), Fact("丙")
NAMES = ("甲", "乙", "丙", "丁", "戊")

conditions = st.recursive(
    st.sampled_from([Fact(name) for name in NAMES]) | st.booleans(),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map(lambda p: AllOf(tuple(p)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda p: AnyOf(tuple(p)))
        | inner.map(Not)
    ),
    max_leaves=10,
)


def plainly(condition: Condition, facts: dict[str, bool]) -> bool:
    match condition:
        case bool():
            return condition
        case Fact(name):
            return facts[name]
        case Not(part):
            return not plainly(part, facts)
        case AllOf(parts):
            return all(plainly(part, facts) for part in parts)
        case AnyOf(parts):
            return any(plainly(part, facts) for part in parts)
    raise AssertionError(condition)


def first(outcomes: list[tuple[str, Condition]], facts: dict[str, bool]) -> str:
    return next((result for result, condition in outcomes if plainly(condition, facts)), "否")


def completions(facts: dict[str, bool | None]):
    missing = [name for name in NAMES if facts.get(name) is None]
    known = {name: value for name, value in facts.items() if value is not None}
    for values in itertools.product((True, False), repeat=len(missing)):
        yield known | dict(zip(missing, values, strict=True))


@given(
    st.lists(conditions, min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from((True, False, None))),
)
def test_exactly_the_facts_that_can_change_the_result_are_asked_for(given_conditions, facts):
    outcomes = list(zip(("应当", "可以", "另行"), given_conditions, strict=False))
    decided = decide(outcomes, "否", facts)
    results = {tuple(sorted(c.items())): first(outcomes, c) for c in completions(facts)}
    assert (decided.result is None) == (len(set(results.values())) > 1)
    if decided.result is not None:
        assert set(results.values()) == {decided.result}
        assert decided.asks == ()
    for name in NAMES:
        if facts.get(name) is not None:
            assert name not in decided.asks
            continue
        matters = any(first(outcomes, c) != first(outcomes, c | {name: not c[name]}) for c in completions(facts))
        assert (name in decided.asks) == matters


@given(conditions, st.dictionaries(st.sampled_from(NAMES), st.booleans()))
def test_putting_facts_in_never_changes_what_a_condition_means(condition, facts):
    for complete in completions(dict(facts)):
        assert plainly(assume(condition, facts), complete) == plainly(condition, complete)


@pytest.mark.parametrize(
    ("condition", "simplest"),
    [
        (all_of([]), True),
        (any_of([]), False),
        (all_of([A, True]), A),
        (all_of([A, False]), False),
        (any_of([A, B, A]), AnyOf((A, B))),
        (any_of([A, none_of(A)]), True),
        (all_of([A, none_of(A), B]), False),
        (none_of(none_of(A)), A),
        (all_of([A, all_of([B, C])]), AllOf((A, B, C))),
    ],
)
def test_conditions_are_kept_in_simplest_form(condition, simplest):
    assert condition == simplest


def test_a_fact_that_another_fact_makes_idle_is_not_asked_for():
    assert decide([("应当", any_of([A, all_of([A, B])]))], "否", {}).asks == ("甲",)


def test_an_unknown_answer_counts_as_no_answer():
    assert decide([("应当", all_of([A, B]))], "否", {"甲": True, "乙": None}).asks == ("乙",)


def test_what_only_a_weaker_outcome_needs_is_not_asked_once_the_stronger_holds():
    assert decide([("应当", A), ("可以", B)], "否", {"甲": True}) == decide([("应当", True)], "否", {})
