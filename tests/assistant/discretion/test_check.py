"""A proposed fine against statute and benchmark: below, on and above every bound, and what would justify it."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.discretion.check import against_benchmark, against_statute, check_degree, judge
from assistant.discretion.compute import compute_standard
from assistant.discretion.contract import Position
from assistant.discretion.grounds import Assessed, LegalGround
from assistant.discretion.raising import check_raised
from assistant.discretion.search_options import search_tiers, search_weighted
from assistant.discretion.spans import Inputs
from assistant.discretion.tiered import describe_tier
from corpus.discretion.model import Band, CircumstanceEffect, DegreeShare
from tests.assistant.discretion.records import (
    HALF_OPEN,
    INCLUSIVE,
    factor,
    fixed,
    rules,
    tier,
    tiered,
    up_to,
    weighted,
    with_formula,
    yuan_range,
)

ROW = {"区域": "敏感区域", "整改情况": "已整改"}  # 30,000 to 40,000; 10,000 to 50,000 by statute
CHOSEN = {"近二年同类违法行为": "1次", "持续时间": "三个月以上"}  # 80,000


LEAST = {"近二年同类违法行为": "没有", "持续时间": "一个月以下"}


def of_tier(bounds=INCLUSIVE):
    return compute_standard(tiered(), choose=ROW, bounds=bounds)


def ground(effect: CircumstanceEffect, applies: bool | None = True) -> Assessed:
    return Assessed(LegalGround("示例情节", effect.value, True, True, ()), applies, () if applies else ("示例情节",))


def verdict(proposed: int, result, grounds=()):
    sum_ = Decimal(proposed)
    return judge(sum_, result, against_statute(sum_, result), against_benchmark(sum_, result), grounds)


@pytest.mark.parametrize(
    ("proposed", "position", "gap"),
    [
        (9_999, Position.BELOW, 1),
        (10_000, Position.INSIDE, None),
        (50_000, Position.INSIDE, None),
        (50_001, Position.ABOVE, 1),
    ],
)
def test_both_ends_of_the_statutory_range_belong_to_it(proposed, position, gap):
    compared = against_statute(Decimal(proposed), of_tier(HALF_OPEN))
    assert (compared.position, compared.gap) == (position, gap if gap is None else Decimal(gap))


@pytest.mark.parametrize(
    ("bounds", "proposed", "position", "gap"),
    [
        (INCLUSIVE, 29_999, Position.BELOW, 1),
        (INCLUSIVE, 30_000, Position.INSIDE, None),
        (INCLUSIVE, 40_000, Position.INSIDE, None),
        (INCLUSIVE, 40_001, Position.ABOVE, 1),
        (HALF_OPEN, 30_000, Position.INSIDE, None),
        (HALF_OPEN, 39_999, Position.INSIDE, None),
        (HALF_OPEN, 40_000, Position.ABOVE, 0),
        (HALF_OPEN, 40_001, Position.ABOVE, 1),
    ],
)
def test_the_bounds_of_a_tier_are_read_as_its_rule_says(bounds, proposed, position, gap):
    compared = against_benchmark(Decimal(proposed), of_tier(bounds))
    assert (compared.position, compared.gap) == (position, gap if gap is None else Decimal(gap))
    assert bounds.article in compared.text


@pytest.mark.parametrize(
    ("proposed", "position", "gap"),
    [("79999.99", Position.BELOW, "0.01"), ("80000", Position.INSIDE, None), ("80000.01", Position.ABOVE, "0.01")],
)
def test_a_sum_by_weights_must_be_met_exactly(proposed, position, gap):
    result = compute_standard(weighted(), choose=CHOSEN, bounds=HALF_OPEN)
    compared = against_benchmark(Decimal(proposed), result)
    assert (compared.position, compared.gap) == (position, Decimal(gap) if gap else None)


def test_without_a_result_the_benchmark_cannot_be_compared_but_the_statute_can():
    result = compute_standard(weighted(), choose={}, bounds=INCLUSIVE)
    assert against_benchmark(Decimal(5), result).position is Position.UNKNOWN
    assert against_statute(Decimal(5), result).position is Position.BELOW


# ---- verdicts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("proposed", "grounds", "ok", "words"),
    [
        (35_000, (), True, "在法定幅度和裁量基准之内"),
        (60_000, (), False, "超出法定幅度上限"),
        (60_000, (ground(CircumstanceEffect.SEVERE),), False, "超出法定幅度上限"),
        (9_000, (), False, "没有减轻处罚情形"),
        (9_000, (ground(CircumstanceEffect.LENIENT),), False, "没有减轻处罚情形"),
        (9_000, (ground(CircumstanceEffect.MITIGATED),), True, "具备减轻处罚情形：示例情节"),
        (9_000, (ground(CircumstanceEffect.LENIENT_OR_MITIGATED),), True, "具备减轻处罚情形"),
        (9_000, (ground(CircumstanceEffect.MITIGATED, None),), None, "只有查明具备减轻处罚情形"),
        (20_000, (), False, "没有查明从轻或者减轻情形"),
        (20_000, (ground(CircumstanceEffect.LENIENT),), None, "须由人判断"),
        (45_000, (), False, "没有查明从重情形"),
        (45_000, (ground(CircumstanceEffect.RAISE_TIER),), None, "须由人判断"),
        (45_000, (ground(CircumstanceEffect.LENIENT),), False, "没有查明从重情形"),
    ],
)
def test_what_a_proposed_fine_comes_to(proposed, grounds, ok, words):
    found = verdict(proposed, of_tier(), grounds)
    assert found.ok is ok
    assert words in found.text


def test_below_the_statute_is_mitigation_that_must_be_reasoned():
    assert any("减轻处罚" in w for w in verdict(9_000, of_tier(), (ground(CircumstanceEffect.MITIGATED),)).warnings)


def test_nothing_is_approved_on_a_record_that_needs_review():
    result = of_tier()
    doubtful = replace(result, standard=replace(result.standard, doubts=(object(),)))
    assert verdict(35_000, doubtful).ok is None


@pytest.mark.parametrize("proposed", [10_000, 60_000])
def test_a_benchmark_that_leaves_the_statute_decides_nothing(proposed):
    low = compute_standard(with_formula(weighted(), start=Fraction(5)), choose=LEAST, bounds=INCLUSIVE)
    assert low.within is False
    found = verdict(proposed, low)
    assert found.ok is None
    assert "本身不在法定幅度之内" in found.text


def test_a_fine_of_nothing_is_pointed_out():
    result = compute_standard(
        tiered(legal_ranges=(), tiers=(tier(up_to(500), 区域="甲"),)), choose={"区域": "甲"}, bounds=INCLUSIVE
    )
    assert any("零元" in w for w in verdict(0, result).warnings)


# ---- degrees -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effect", "proposed", "position"),
    [
        (CircumstanceEffect.SEVERE, 34_999, Position.BELOW),
        (CircumstanceEffect.SEVERE, 35_000, Position.INSIDE),
        (CircumstanceEffect.SEVERE, 39_999, Position.INSIDE),
        (CircumstanceEffect.LENIENT, 30_000, Position.INSIDE),
        (CircumstanceEffect.LENIENT, 34_999, Position.INSIDE),
        (CircumstanceEffect.LENIENT, 35_000, Position.ABOVE),
        (None, 34_999, Position.BELOW),
        (None, 35_000, Position.INSIDE),
        (None, 35_001, Position.ABOVE),
    ],
)
def test_the_degree_takes_its_side_of_the_middle(effect, proposed, position):
    grounds = (ground(effect),) if effect else ()
    found = check_degree(Decimal(proposed), of_tier(HALF_OPEN), rules(), grounds)
    assert found is not None
    assert found.position is position
    assert found.references[0].place == "第十二条"


def test_the_degree_takes_its_share_of_the_band():
    shares = (DegreeShare("从轻", Fraction(0), Fraction(30)), DegreeShare("从重", Fraction(70), Fraction(100)))
    made = rules(degree=Band.SHARES, shares=shares)
    lenient = (ground(CircumstanceEffect.LENIENT),)
    found = [check_degree(Decimal(sum_), of_tier(), made, lenient) for sum_ in (33_000, 33_001)]
    assert [f.position for f in found if f] == [Position.INSIDE, Position.ABOVE]
    assert check_degree(Decimal(33_000), of_tier(), made, ()) is None


def test_grounds_of_both_sorts_leave_the_degree_to_a_person():
    both = (ground(CircumstanceEffect.SEVERE), ground(CircumstanceEffect.LENIENT))
    assert check_degree(Decimal(35_000), of_tier(), rules(), both) is None


def of_grade(grade: int, effect=CircumstanceEffect.RAISE_TIER, *more: CircumstanceEffect, standard=None):
    """A sum of 35,000 on a ladder of 10,000–20,000, 20,000–40,000 and 40,000–50,000, beside the next step."""
    sums = ((10_000, 20_000), (20_000, 40_000), (40_000, 50_000))
    rows = tuple(replace(tier(yuan_range(*sum_)), grade=str(i)) for i, sum_ in enumerate(sums))
    ladder = standard or tiered(axes=(), tiers=rows)
    result = compute_standard(ladder, choose={}, tier=grade, bounds=INCLUSIVE)
    return check_raised(Decimal(35_000), result, Inputs({}), tuple(ground(e) for e in (effect, *more)))


@pytest.mark.parametrize(
    ("grade", "effect", "span", "position"),
    [
        (0, CircumstanceEffect.RAISE_TIER, (20_000, 40_000), Position.INSIDE),
        (1, CircumstanceEffect.RAISE_TIER, (40_000, 50_000), Position.BELOW),
        (2, CircumstanceEffect.RAISE_TIER, (40_000, 50_000), Position.BELOW),  # the highest already
        (2, CircumstanceEffect.LOWER_TIER, (20_000, 40_000), Position.INSIDE),
        (1, CircumstanceEffect.LOWER_TIER, (10_000, 20_000), Position.ABOVE),
    ],
)
def test_a_step_up_or_down_is_the_next_range_of_the_ladder(grade, effect, span, position):
    found = of_grade(grade, effect)
    assert (found.span.low, found.span.high, found.position) == (*span, position)


def test_the_number_of_a_step_is_not_told_twice():
    rows = tuple(replace(tier(yuan_range(10, 20)), grade=grade) for grade in ("1", "较重"))
    assert [describe_tier(row, i) for i, row in enumerate(rows)] == ["第1档", "第2档 较重"]


def test_a_step_is_told_once_and_left_to_a_person_where_it_cannot_be_taken():
    assert of_grade(0, CircumstanceEffect.SEVERE) is None
    twice = of_grade(0, CircumstanceEffect.RAISE_TIER, CircumstanceEffect.RAISE_TIER)
    assert twice.span.low == 20_000
    assert of_grade(0, CircumstanceEffect.RAISE_TIER, CircumstanceEffect.LOWER_TIER).span is None
    of_axes = of_grade(0, standard=tiered())
    assert (of_axes.span, of_axes.position) == (None, Position.UNKNOWN)
    assert "须由人判断" in of_axes.text


def test_the_statutes_own_maximum_is_for_a_person_where_only_the_benchmarks_reading_keeps_it_out():
    top = compute_standard(tiered(), choose={}, tier=3, bounds=HALF_OPEN)
    assert verdict(50_000, top).ok is None
    assert "法定幅度包括本数" in verdict(50_000, top).text
    assert verdict(50_001, top).ok is False
    assert verdict(40_000, of_tier(HALF_OPEN)).ok is False  # the next band's, not the statute's maximum


@pytest.mark.parametrize(
    ("effect", "proposed", "ok"),
    [
        (CircumstanceEffect.SEVERE, 30_000, None),
        (CircumstanceEffect.SEVERE, 30_001, True),
        (CircumstanceEffect.LENIENT, 40_000, None),
        (CircumstanceEffect.LENIENT, 39_999, True),
    ],
)
def test_a_sum_at_the_wrong_end_of_the_band_for_its_grounds_is_for_a_person(effect, proposed, ok):
    assert verdict(proposed, of_tier(), (ground(effect),)).ok is ok


@pytest.mark.parametrize(("proposed", "ok"), [(39_999, None), (40_000, True)])
def test_a_ground_for_the_top_of_the_band_wants_the_top(proposed, ok):
    name = "两年内因同类违法行为被处罚2次的，以该档次最高限度处罚"
    to_the_top = Assessed(LegalGround(name, CircumstanceEffect.SEVERE.value, True, True, ()), True, ())
    assert verdict(proposed, of_tier(), (to_the_top,)).ok is ok


# ---- what would justify it ---------------------------------------------------------------------------------


def search(proposed: int, choose=CHOSEN, standard=None, **given):
    standard = standard or weighted()
    given.setdefault("rules", None)
    return search_weighted(
        standard, standard.formulas[0], choose=choose, inputs=Inputs({}), proposed=Decimal(proposed), **given
    )


def test_the_choice_nearest_to_the_given_one_comes_first():
    found = search(60_000).found
    assert [dict(f.choose) for f in found] == [{"近二年同类违法行为": "没有", "持续时间": "三个月以上"}]
    assert found[0].changes == ("近二年同类违法行为：由“1次”（20%）改为“没有”（0%）",)


def test_the_given_choice_is_itself_a_justification_without_changes():
    assert search(80_000).found[0].changes == ()


def test_where_no_choice_gives_the_sum_the_nearest_sums_are_named():
    missed = search(62_000)
    assert (missed.found, missed.nearest_below, missed.nearest_above) == ((), Decimal(60_000), Decimal(75_000))


def test_a_capped_total_is_found_through_the_totals_above_the_cap():
    standard = with_formula(weighted(), start=Fraction(40), cap=Fraction(100))
    found = search(100_000, {"近二年同类违法行为": "1次", "持续时间": "三个月以上"}, standard).found
    assert found[0].changes == ()


weights = st.lists(st.integers(0, 40), min_size=1, max_size=3)


@settings(max_examples=60, deadline=None)
@given(st.lists(weights, min_size=1, max_size=4), st.integers(0, 40), st.integers(0, 200), st.data())
def test_every_combination_is_searched_and_nearest_comes_first(table, start, proposed, data):
    factors = tuple(
        factor(f"要素{n}", *((f"{n}-{i}", weight) for i, weight in enumerate(row))) for n, row in enumerate(table)
    )
    standard = with_formula(weighted(factors=factors), start=Fraction(start), multiplier=Decimal(100))
    given_choice = {f.name: data.draw(st.sampled_from(f.options)).label for f in factors}
    found = search(proposed, given_choice, standard)
    every = [
        dict(zip((f.name for f in factors), labels, strict=True))
        for labels in itertools.product(*([o.label for o in f.options] for f in factors))
    ]
    total = {
        str(c): start + sum(int(o.weight) for f in factors for o in f.options if o.label == c[f.name]) for c in every
    }
    right = [c for c in every if total[str(c)] == proposed]
    assert bool(found.found) == bool(right)
    for one in found.found:
        assert total[str(dict(one.choose))] == proposed
        assert len(one.changes) == sum(given_choice[name] != label for name, label in one.choose)
    if right:
        nearest = min(sum(given_choice[n] != label for n, label in c.items()) for c in right)
        assert len(found.found[0].changes) == nearest
    else:
        below = [t for t in total.values() if t < proposed]
        assert found.nearest_below == (Decimal(max(below)) if below else None)


@pytest.mark.parametrize(
    ("bounds", "proposed", "tiers"),
    [
        (INCLUSIVE, 30_000, [2, 1]),
        (HALF_OPEN, 30_000, [2]),
        (HALF_OPEN, 29_999, [1]),
        (HALF_OPEN, 50_000, [4]),
        (INCLUSIVE, 50_001, []),
    ],
)
def test_the_tiers_that_hold_a_sum_are_named_nearest_first(bounds, proposed, tiers):
    found = search_tiers(tiered(), tier=2, column=None, inputs=Inputs({}), bounds=bounds, proposed=Decimal(proposed))
    assert [f.tier for f in found.found] == tiers


def test_a_sum_between_two_tiers_is_told_by_its_neighbours():
    standard = tiered(tiers=(tier(yuan_range(10, 20), 区域="甲"), tier(fixed(40), 区域="乙")))
    found = search_tiers(standard, tier=0, column=None, inputs=Inputs({}), bounds=INCLUSIVE, proposed=Decimal(30))
    assert (found.nearest_below, found.nearest_above) == (Decimal(20), Decimal(40))
