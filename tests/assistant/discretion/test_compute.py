"""Computing from a benchmark: choices become a total, a sum or a range, with every step and where it stands."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from assistant.discretion.compute import compute_standard
from assistant.discretion.present import Origin, cite_of
from assistant.discretion.working import Computation, NeedKind, Outcome, Reference, Rests
from corpus.discretion.bounds import CONVENTION
from corpus.discretion.model import Doubt, Fine, FineKind, LegalRange, Mode, RuleOrigin, Spot
from corpus.errors import InvalidInput
from tests.assistant.discretion.records import (
    BASIS,
    DURATION,
    HALF_OPEN,
    IN_TIME,
    INCLUSIVE,
    LATE,
    TIMES_BEFORE,
    factor,
    fixed,
    option,
    rules,
    tier,
    tiered,
    times,
    up_to,
    weighted,
    with_formula,
    with_variants,
    yuan_range,
)

ALL = {"近二年同类违法行为": "1次", "持续时间": "三个月以上"}
LEAST = {"近二年同类违法行为": "没有", "持续时间": "一个月以下"}
MOST = {"近二年同类违法行为": "2次以上", "持续时间": "三个月以上"}


def compute(standard, choose, **given) -> Computation:
    given.setdefault("bounds", INCLUSIVE)
    return compute_standard(standard, choose=choose, **given)


# ---- weighted ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choose", "total", "fine"),
    [(LEAST, 10, 10_000), (ALL, 80, 80_000), (MOST, 100, 100_000)],
    ids=["on the statutory minimum", "between", "on the statutory maximum"],
)
def test_a_total_of_weights_times_the_multiplier_is_the_fine(choose, total, fine):
    result = compute(weighted(), choose)
    assert (result.outcome, result.total, result.fine) == (Outcome.COMPUTED, total, Decimal(fine))
    assert result.within is True
    assert not result.warnings


def test_labels_are_the_same_with_other_white_space():
    result = compute(weighted(), {"近二年\n同类违法行为": "1 次", "持续时间": "三个月\u3000以上"})
    assert result.fine == Decimal(80_000)


def test_every_choice_stands_with_its_page_and_the_formula_with_its_words():
    result = compute(weighted(), ALL)
    start, first, second, total, sum_, statute = result.steps
    assert start.references[0].page == 4
    assert (first.value, second.value) == ("20%", "50%")
    assert first.references[0].place == "第4页"
    assert "10%＋20%＋50%＝80%" in total.text
    assert "80%×100000元＝80000元" in sum_.text
    assert (sum_.references[0].page, sum_.references[0].quote) == (5, "罚款金额＝裁量百分值总和×10万。")
    assert (statute.references[0].rests, statute.references[0].place) == (Rests.STATUTE, BASIS.written)


def test_a_label_that_no_option_has_is_refused_with_the_options():
    with pytest.raises(InvalidInput) as refused:
        compute(weighted(), {**ALL, "持续时间": "三个月"})
    assert "“一个月以下”、“一个月以上三个月以下”、“三个月以上”" in (refused.value.remedy or "")


def test_a_factor_that_the_standard_does_not_have_is_refused_with_those_it_has():
    with pytest.raises(InvalidInput, match="没有名为“面积”的裁量要素") as refused:
        compute(weighted(), {"面积": "大"})
    assert "近二年同类违法行为" in (refused.value.remedy or "")


def test_two_options_of_one_label_and_different_weight_are_not_chosen_between():
    twice = factor("持续时间", ("三个月以上", 20), ("三个月以上", 50))
    with pytest.raises(InvalidInput, match="权重不同"):
        compute(weighted(factors=(TIMES_BEFORE, twice)), ALL)


def test_two_factors_of_one_name_are_not_guessed_apart():
    with pytest.raises(InvalidInput, match="有两个名为"):
        compute(weighted(factors=(DURATION, DURATION)), {"持续时间": "三个月以上"})


def test_a_factor_left_out_is_asked_for_with_its_options():
    result = compute(weighted(), {"持续时间": "三个月以上"})
    assert (result.outcome, result.fine) == (Outcome.NEEDS_INPUT, None)
    (need,) = result.needs
    assert (need.kind, need.name, need.options) == (NeedKind.CHOOSE, "近二年同类违法行为", ("没有", "1次", "2次以上"))


def test_a_factor_left_out_takes_the_lowest_option_where_the_rules_say_so_and_it_is_said():
    result = compute(weighted(), {"持续时间": "三个月以上"}, rules=rules())
    assert result.fine == Decimal(60_000)
    assumed = next(step for step in result.steps if "未查明" in step.text)
    assert "没有" in assumed.text
    assert [r.place for r in assumed.references if r.rests is Rests.RULES] == ["第五条"]
    assert any("确实无法查明" in warning for warning in result.warnings)


def test_nothing_chosen_at_all_is_asked_for_even_where_the_rules_have_a_lowest_option():
    result = compute(weighted(), {}, rules=rules())
    assert result.outcome is Outcome.NEEDS_INPUT
    assert len(result.needs) == 2


@pytest.mark.parametrize(
    ("choose", "raw", "total", "fine"),
    [
        (LEAST, 10, 20, 20_000),
        ({**LEAST, "近二年同类违法行为": "1次"}, 30, 30, 30_000),
        (MOST, 100, 90, 90_000),
    ],
    ids=["below the floor", "between", "above the cap"],
)
def test_floor_and_cap_of_the_remark_hold(choose, raw, total, fine):
    standard = with_formula(weighted(), floor=Fraction(20), cap=Fraction(90))
    standard = replace(standard, remark="总和不足20%的，按20%计算。\n总和超过90%的，按90%计算。")
    result = compute(standard, choose)
    assert (result.raw_total, result.total, result.fine) == (raw, total, Decimal(fine))
    limited = [step for step in result.steps if "→" in step.text]
    assert bool(limited) == (raw != total)
    assert all(step.references[0].quote in standard.remark for step in limited)


@pytest.mark.parametrize(("weight", "total"), [(49, 99), (50, 100), (51, 100)], ids=["below", "on", "above"])
def test_the_cap_of_the_rules_of_application_holds_with_its_article(weight, total):
    standard = with_formula(weighted(factors=(factor("持续时间", ("长", weight)),)), start=Fraction(50))
    result = compute(standard, {"持续时间": "长"}, rules=rules())
    assert result.total == total
    cites = [r.place for step in result.steps for r in step.references if r.rests is Rests.RULES]
    assert cites == (["第六条"] if weight > 50 else [])


def test_one_of_several_starts_must_be_chosen():
    result = compute(with_variants(), ALL)
    assert result.outcome is Outcome.NEEDS_INPUT
    assert [(n.kind, n.options) for n in result.needs] == [(NeedKind.VARIANT, (IN_TIME, LATE))]
    assert any("未选择适用的情形" in warning for warning in result.warnings)


@pytest.mark.parametrize(("variant", "raw", "fine"), [(IN_TIME, 80, 40_000), (LATE, 100, 100_000)])
def test_each_start_has_its_own_formula_and_statutory_range(variant, raw, fine):
    result = compute(with_variants(), ALL, variant=variant)
    assert (result.raw_total, result.fine, result.within) == (raw, Decimal(fine), True)
    assert result.legal is not None
    assert result.legal.applies_to == variant


def test_a_cap_holds_only_for_the_start_that_it_names():
    late = compute(with_variants(), MOST, variant=LATE)
    assert (late.raw_total, late.total) == (120, 100)
    assert any(step.references[0].quote.startswith("逾期未改正") for step in late.steps if "→" in step.text)
    assert compute(with_variants(), MOST, variant=IN_TIME).total == 100


def test_a_start_that_the_standard_does_not_have_is_refused():
    with pytest.raises(InvalidInput) as refused:
        compute(with_variants(), ALL, variant="主动改正")
    assert IN_TIME in (refused.value.remedy or "")


def test_weights_may_differ_by_start():
    heavier = replace(option("三个月以上", 50), weights=((LATE, Fraction(10)),))
    standard = replace(with_variants(), factors=(TIMES_BEFORE, replace(DURATION, options=(heavier,))))
    assert compute(standard, ALL, variant=LATE).raw_total == 60
    assert compute(standard, ALL, variant=IN_TIME).raw_total == 80


def _with_base(floor: int | None = 100_000):
    standard = with_formula(
        weighted(), multiplier=None, base="所需处置费用", ratio=Decimal(3), base_floor=Decimal(floor) if floor else None
    )
    words = "处所需处置费用一倍以上三倍以下的罚款，所需处置费用不足十万元的，按十万元计算。"
    return replace(
        standard,
        basis=(replace(BASIS, text=words),),
        legal_ranges=(LegalRange(times("1", "3", "所需处置费用", 100_000)),),
    )


def test_a_base_that_is_missing_is_asked_for_by_its_name():
    result = compute(_with_base(), MOST)
    assert result.outcome is Outcome.NEEDS_INPUT
    assert [(n.kind, n.name) for n in result.needs] == [(NeedKind.INPUT, "所需处置费用")]


@pytest.mark.parametrize("name", ["所需处置费用", "所需处置费用_yuan"])
@pytest.mark.parametrize(
    ("base", "used", "fine"),
    [("99999.99", 100_000, 300_000), ("100000", 100_000, 300_000), ("100000.01", "100000.01", "300000.03")],
    ids=["below", "on", "above"],
)
def test_a_base_below_the_sum_that_the_statute_sets_counts_as_that_sum(name, base, used, fine):
    result = compute(_with_base(), MOST, inputs={name: Decimal(base)})
    assert result.base_used == (("所需处置费用", Decimal(used)),)
    assert result.fine == Decimal(fine)
    raised = [step for step in result.steps if "不足十万元的，按十万元计算" in step.text]
    assert bool(raised) == (Decimal(base) < 100_000)
    assert all(step.references[0].place == BASIS.written for step in raised)


def test_the_floor_of_a_base_is_taken_from_the_statute_where_the_remark_is_silent():
    assert compute(_with_base(None), MOST, inputs={"所需处置费用": Decimal(1)}).fine == Decimal(300_000)


def test_a_negative_base_is_refused():
    with pytest.raises(InvalidInput, match="所需处置费用"):
        compute(_with_base(), MOST, inputs={"所需处置费用": Decimal(-1)})


def test_a_sum_that_was_not_used_is_named():
    result = compute(weighted(), ALL, inputs={"总投资": Decimal(5)})
    assert any("总投资" in warning for warning in result.warnings)


def test_a_fraction_of_a_fen_is_rounded_and_said():
    standard = with_formula(weighted(), start=Fraction(100, 3), multiplier=Decimal(100))
    result = compute(standard, LEAST)
    assert (result.exact, result.fine) == (Fraction(100, 3), Decimal("33.33"))
    assert any("四舍五入" in step.text for step in result.steps)


def test_thirds_and_twelfths_add_up_exactly():
    thirds = factor("数量", ("少", "1/12"), ("多", "1/4"))
    standard = with_formula(weighted(factors=(thirds,)), start=Fraction(200, 3))
    result = compute(standard, {"数量": "少"})
    assert (result.total, result.fine) == (Fraction(75), Decimal(75_000))


@pytest.mark.parametrize(
    ("start", "within"),
    [(Fraction(99, 10), False), (Fraction(10), True), (Fraction(101, 10), True)],
    ids=["below", "on", "above"],
)
def test_a_sum_below_the_statutory_minimum_is_not_raised_to_it_but_told(start, within):
    result = compute(with_formula(weighted(), start=start), LEAST)
    assert result.fine == Decimal(str(float(start) * 1000))
    assert result.within is within
    assert any("低于法定幅度下限" in warning for warning in result.warnings) is not within


@pytest.mark.parametrize(
    ("start", "within"),
    [(Fraction(99, 10), True), (Fraction(10), True), (Fraction(101, 10), False)],
    ids=["below", "on", "above"],
)
def test_a_sum_above_the_statutory_maximum_is_not_cut_but_told(start, within):
    result = compute(with_formula(weighted(), start=start), MOST)
    assert result.within is within
    assert any("高于法定幅度上限" in warning for warning in result.warnings) is not within


def test_a_sum_is_brought_to_the_statute_only_where_the_remark_says_so():
    standard = with_formula(weighted(), start=Fraction(5))
    standard = replace(standard, remark="计算结果低于法定最低罚款数额的，按法定最低罚款数额处罚。")
    result = compute(standard, LEAST)
    assert (result.fine, result.within) == (Decimal(10_000), True)
    assert any("法定最低罚款数额" in step.references[0].quote for step in result.steps if step.references)


def test_a_total_below_zero_gives_no_sum():
    result = compute(with_formula(weighted(), start=Fraction(-5)), LEAST)
    assert (result.outcome, result.fine) == (Outcome.NOT_COMPUTABLE, None)
    assert any("小于零" in warning for warning in result.warnings)


@pytest.mark.parametrize("changes", [{"multiplier": None}, {"base": "货值金额"}], ids=["no multiplier", "no ratio"])
def test_a_formula_that_was_not_read_gives_no_sum(changes):
    result = compute(with_formula(weighted(), **changes), ALL, inputs={"货值金额": Decimal(10)})
    assert result.outcome is Outcome.NOT_COMPUTABLE


def test_a_standard_that_was_not_read_is_never_computed():
    result = compute(weighted(mode=Mode.UNREAD), ALL)
    assert (result.outcome, result.fine) == (Outcome.NOT_COMPUTABLE, None)


def test_doubts_are_told_before_anything_else():
    doubt = Doubt("weights_do_not_reach_100", "权重合计不是100%。", Spot(page=4))
    result = compute(weighted(doubts=(doubt,)), ALL)
    assert result.outcome is Outcome.COMPUTED
    assert result.warnings[0].startswith("【待核对】")
    assert "权重合计不是100%" in result.warnings[0]


def test_a_statute_whose_range_is_unknown_is_told():
    result = compute(weighted(legal_ranges=()), ALL)
    assert result.within is None
    assert any("没有读到法定罚款幅度" in warning for warning in result.warnings)


def test_ranges_of_the_statute_that_cannot_be_told_apart_are_not_guessed():
    ranges = (LegalRange(yuan_range(1, 2), "情节严重的"), LegalRange(yuan_range(3, 4), "情节特别恶劣的"))
    result = compute(weighted(legal_ranges=ranges), ALL)
    assert result.within is False
    assert any("未能确定适用哪一种" in warning for warning in result.warnings)


def test_which_of_several_ranges_holds_the_sum_is_said_but_not_concluded_from():
    ranges = (LegalRange(yuan_range(10, 20), "情节严重的"), LegalRange(yuan_range(50_000, 90_000), "情节特别恶劣的"))
    result = compute(weighted(legal_ranges=ranges), ALL)
    assert result.within is None
    assert any("在其中“情节特别恶劣的”的幅度之内" in warning for warning in result.warnings)


def test_words_of_the_statute_that_were_not_read_are_told():
    unread = LegalRange(Fine("处违法所得若干倍罚款", FineKind.UNREAD))
    alone = compute(weighted(legal_ranges=(unread,)), ALL)
    assert alone.within is None
    assert any("没有读出罚款幅度" in warning for warning in alone.warnings)
    beside = compute(weighted(legal_ranges=(*weighted().legal_ranges, unread)), ALL)
    assert any("没有读出罚款幅度" in warning for warning in beside.warnings)


@pytest.mark.parametrize(
    ("rule", "start", "within"),
    [(CONVENTION, 10, True), (replace(HALF_OPEN, origin=RuleOrigin.STATUTE), 10, False), (CONVENTION, 11, False)],
    ids=["by convention", "by its own article", "above"],
)
def test_the_statutes_own_bounds_are_read_as_it_says_and_named(rule, start, within):
    result = compute(with_formula(weighted(), start=Fraction(start)), MOST, statute_bounds=rule)
    assert result.within is within
    assert any("不得径行适用" in warning for warning in result.warnings) is not within
    step = next(step for step in result.steps if step.text.startswith("法定幅度"))
    assert ("立法惯例" in step.text) == (rule is CONVENTION)
    assert len(step.references) == (1 if rule is CONVENTION else 2)


# ---- tiers -------------------------------------------------------------------------------------------------

ROW = {"区域": "敏感区域", "整改情况": "已整改"}


def test_a_label_for_every_axis_names_the_row_and_its_range():
    result = compute(tiered(), ROW)
    assert (result.outcome, result.tier) == (Outcome.COMPUTED, 2)
    assert result.span is not None
    assert (result.span.low, result.span.high) == (30_000, 40_000)
    assert result.within is True
    assert result.steps[0].references[0].page == 7


def test_the_row_that_goes_before_all_conditions_is_pointed_out_and_can_be_chosen():
    assert any("造成严重社会影响的" in step.text for step in compute(tiered(), ROW).steps)
    result = compute(tiered(), {"": "造成严重 社会影响的"})
    assert (result.tier, result.span.low if result.span else None) == (4, 50_000)


def test_an_axis_left_out_is_asked_for_with_what_is_still_possible():
    result = compute(tiered(), {"区域": "一般区域"})
    assert result.outcome is Outcome.NEEDS_INPUT
    assert [(n.name, n.options) for n in result.needs] == [("整改情况", ("已整改", "未整改"))]


def test_a_tier_may_be_named_by_its_number():
    assert compute(tiered(), {}, tier=3).span.high == 50_000
    with pytest.raises(InvalidInput, match="没有编号为9的档次"):
        compute(tiered(), {}, tier=9)


def test_an_axis_or_label_that_the_standard_does_not_have_is_refused():
    with pytest.raises(InvalidInput, match="没有名为“面积”"):
        compute(tiered(), {"面积": "大"})
    with pytest.raises(InvalidInput, match="没有“海上”") as refused:
        compute(tiered(), {"区域": "海上"})
    assert "“一般区域”、“敏感区域”" in (refused.value.remedy or "")


def test_a_combination_that_no_row_has_gives_no_range():
    standard = tiered(tiers=tiered().tiers[:3])
    result = compute(standard, {"区域": "敏感区域", "整改情况": "未整改"})
    assert result.outcome is Outcome.NOT_COMPUTABLE


def test_an_axis_that_does_not_apply_to_a_row_is_not_asked_for():
    standard = tiered(tiers=(tier(fixed(1), 区域="甲", 整改情况=None), tier(fixed(2), 区域="乙", 整改情况="已整改")))
    assert compute(standard, {"区域": "甲"}).tier == 0


def test_of_an_axis_none_of_whose_labels_is_the_case_it_can_be_said():
    standard = tiered(tiers=(tier(fixed(1), 区域="甲", 整改情况=None), tier(fixed(2), 区域="甲", 整改情况="未整改")))
    (need,) = compute(standard, {"区域": "甲"}).needs
    assert need.options == ("未整改", "不适用")
    assert compute(standard, {"区域": "甲", "整改情况": "不适用"}).tier == 0
    both = {"区域": "甲", "整改情况": "未整改"}
    assert compute(standard, both).outcome is Outcome.NEEDS_INPUT
    assert compute(standard, both, rules=rules()).tier == 1


def test_several_circumstances_take_the_heavier_tier_where_the_rules_say_so():
    both = {"区域": "一般区域", "整改情况": "已整改\n未整改"}
    result = compute(tiered(), both, rules=rules())
    assert result.tier == 1
    assert any(r.place == "第十四条" for step in result.steps for r in step.references)
    asked = compute(tiered(), both)
    assert asked.outcome is Outcome.NEEDS_INPUT


def test_circumstances_of_a_step_name_it():
    steps = (
        replace(tier(fixed(1000)), grade="较轻", circumstances=("数量少", "主动说明")),
        replace(tier(fixed(5000)), grade="较重", circumstances=("数量多",)),
    )
    standard = tiered(axes=(), tiers=steps)
    assert compute(standard, {"裁量情节": "主动说明"}).tier == 0
    assert compute(standard, {"档次": "较重"}).tier == 1
    assert compute(standard, {"裁量情节": "主动说明\n数量多"}, rules=rules()).tier == 1
    assert compute(standard, {}).outcome is Outcome.NEEDS_INPUT


def test_circumstances_that_must_hold_together_are_asked_for():
    steps = (
        replace(tier(fixed(1000)), circumstances=("首次", "已改正"), joint=True),
        replace(tier(fixed(2)), grade="重"),
    )
    standard = tiered(axes=(), tiers=steps)
    assert compute(standard, {"情节": "首次"}).needs[0].options == ("已改正",)
    assert compute(standard, {"情节": "首次\n已改正"}).tier == 0


def test_the_same_conditions_under_two_behaviours_are_told_apart_by_the_behaviour():
    row = tier(fixed(1000), 区域="甲")
    standard = tiered(axes=("区域",), tiers=(replace(row, behaviour="移动"), replace(row, behaviour="损毁")))
    assert compute(standard, {"区域": "甲"}).needs[0].options == ("移动", "损毁")
    assert compute(standard, {"区域": "甲", "违法行为": "损毁"}).tier == 1


def test_a_column_is_asked_for_where_parties_are_fined_apart():
    row = replace(tier(fixed(1)), fines=(("对单位罚款", fixed(5000)), ("对个人罚款", fixed(500))))
    ranges = (LegalRange(fixed(5000), "对单位"), LegalRange(fixed(500), "对个人"))
    standard = tiered(axes=(), tiers=(row,), fine_columns=("对单位罚款", "对个人罚款"), legal_ranges=ranges)
    asked = compute(standard, {}, tier=0)
    assert [(n.kind, n.options) for n in asked.needs] == [(NeedKind.COLUMN, ("对单位罚款", "对个人罚款"))]
    person = compute(standard, {}, tier=0, column="对个人罚款")
    assert (person.span.low, person.within) == (500, True)
    with pytest.raises(InvalidInput, match="没有名为“对船舶罚款”的罚款列"):
        compute(standard, {}, tier=0, column="对船舶罚款")


def test_a_multiple_of_a_base_is_asked_for_and_computed():
    standard = tiered(
        axes=(), tiers=(tier(times("1.5", "2", floor=10_000)),), legal_ranges=(LegalRange(times("1", "3")),)
    )
    assert compute(standard, {}, tier=0).needs[0].name == "货值金额"
    result = compute(standard, {}, tier=0, inputs={"货值金额": Decimal(4000)})
    assert (result.span.low, result.span.high) == (15_000, 20_000)


def test_a_sum_by_the_day_is_multiplied_by_the_days():
    per_day = replace(fixed(1000), per="日")
    standard = tiered(axes=(), tiers=(tier(per_day),))
    assert compute(standard, {}, tier=0).needs[0].name == "日数"
    assert compute(standard, {}, tier=0, inputs={"日数": Decimal(12)}).span.low == 12_000


@pytest.mark.parametrize(
    ("fine", "outcome"),
    [
        (Fine("警告", FineKind.WARNING), Outcome.COMPUTED),
        (Fine("责令停业", FineKind.OTHER), Outcome.COMPUTED),
        (Fine("/", FineKind.NONE), Outcome.NOT_COMPUTABLE),
        (Fine("酌情罚款", FineKind.UNREAD), Outcome.NOT_COMPUTABLE),
    ],
)
def test_what_is_no_fine_gives_no_sum(fine, outcome):
    result = compute(tiered(axes=(), tiers=(tier(fine),)), {}, tier=0)
    assert (result.outcome, result.span, result.fine) == (outcome, None, None)


def test_a_tier_beyond_the_statute_is_told():
    result = compute(tiered(tiers=(tier(yuan_range(40_000, 60_000), 区域="甲", 整改情况=None),)), {"区域": "甲"})
    assert result.within is False
    assert any("高于法定幅度上限50000元（相差10000元）" in warning for warning in result.warnings)


def test_a_misprint_that_was_read_otherwise_is_told():
    odd = replace(yuan_range(10_000, 20_000), read_as="1万元以上2万元以下")
    result = compute(tiered(axes=(), tiers=(tier(odd),)), {}, tier=0)
    assert any("疑有误印" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("bounds", "fine", "held"),
    [
        (INCLUSIVE, yuan_range(100, 200), (False, True, True, True, False)),
        (HALF_OPEN, yuan_range(100, 200), (False, True, True, False, False)),
        (HALF_OPEN, replace(yuan_range(100, 200), includes_maximum=True), (False, True, True, True, False)),
        (HALF_OPEN, fixed(100), (False, True, False, False, False)),
        (HALF_OPEN, up_to(200), (True, True, True, False, False)),
    ],
    ids=["both", "upper excluded", "own words", "fixed", "up to"],
)
def test_bounds_hold_a_sum_exactly_as_the_rule_says(bounds, fine, held):
    span = compute(tiered(axes=(), tiers=(tier(fine),)), {}, tier=0, bounds=bounds).span
    assert tuple(span.holds(Fraction(sum_)) for sum_ in (99, 100, 150, 200, 201)) == held


def test_the_band_up_to_the_statutory_maximum_may_include_it_by_a_rule_of_its_own():
    bounds = replace(HALF_OPEN, maximum_included=True)
    top = compute(tiered(), {"区域": "敏感区域", "整改情况": "未整改"}, bounds=bounds).span
    lower = compute(tiered(), ROW, bounds=bounds).span
    assert (top.high_included, lower.high_included) == (True, False)


def test_starts_belong_to_weights_and_tiers_to_tables():
    with pytest.raises(InvalidInput, match="没有裁量起点"):
        compute(tiered(), ROW, variant=LATE)
    with pytest.raises(InvalidInput, match="没有档次"):
        compute(weighted(), ALL, tier=0)


@pytest.mark.parametrize(("page", "said"), [(7, "《示范市裁量表》第7页引"), (None, "《示范市裁量表》引")])
def test_words_of_the_statute_that_a_benchmark_quotes_are_told_to_be_its_quotation(page, said):
    reference = Reference(Rests.STATUTE, "《示范法》第九条", "处一万元以下罚款", page)
    assert cite_of(reference, Origin("示范市裁量表", "d-1")).citation == f"《示范法》第九条（{said}）"
