"""Wrong options: of the sort of the key, refuted, and not to be told from it by anything but the law."""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.encyclopedia.contract import TimeUnit
from assistant.quiz.contract import Point
from assistant.quiz.makers.values.facts import read_facts
from assistant.quiz.makers.values.model import Fact, Limit, Range
from assistant.quiz.makers.values.neighbours import Neighbours
from assistant.quiz.makers.values.options import wrong_options
from assistant.quiz.makers.values.organs import family_of
from assistant.quiz.makers.values.sanctions import absent_from
from assistant.quiz.makers.values.scale import (
    bounds_of,
    period,
    periods_around,
    spelled,
    spelled_period,
    steps_around,
    written,
)
from corpus.discretion.expressions import find_expressions
from corpus.money import parse_amount
from corpus.quantities import find_quantities
from tests.assistant.quiz.makers.values.provisions import law

SIBLING = "伪造检验报告的，处二万元以上二十万元以下罚款。"


def wrong(*articles: str, point: Point = Point.AMOUNT, seed: int = 1, number: int = 3) -> tuple[Fact, list[str]]:
    text = law(*articles)
    near = Neighbours([f for f in read_facts(text) if f.point is point], text)
    fact = near.facts[0]
    return fact, [w.words for w in wrong_options(fact, near, Random(seed), number)]


def typed(words: str) -> tuple[Decimal | None, Decimal | None]:
    (expression,) = find_expressions(words)
    return bounds_of(expression)


@pytest.mark.parametrize("seed", range(8))
def test_wrong_sums_have_the_form_of_the_key_and_are_not_in_the_provision(seed: int) -> None:
    fact, options = wrong(
        "未备案从事经营活动的，处一万元以上十万元以下的罚款；情节严重的，处十万元以上五十万元以下的罚款。",
        SIBLING,
        seed=seed,
    )
    assert len(set(options)) == 3
    assert all(o.endswith("以下的罚款") and "以上" in o for o in options)
    stated = {typed("一万元以上十万元以下"), typed("十万元以上五十万元以下")}
    assert not stated & {typed(o) for o in options}
    low, high = typed(fact.words)
    assert sum(typed(o)[0] == low or typed(o)[1] == high for o in options) <= 1


def test_sums_that_the_law_sets_for_other_acts_come_first() -> None:
    _, options = wrong("未备案从事经营活动的，处一万元以上十万元以下罚款。", SIBLING, number=1)
    assert options == ["二万元以上二十万元以下罚款"]


def test_a_sum_stated_for_the_same_act_elsewhere_is_no_wrong_option() -> None:
    for seed in range(8):
        _, options = wrong(
            "未备案从事经营活动的，处一万元以上十万元以下罚款。",
            "未备案从事经营活动，造成污染的，处二万元以上二十万元以下罚款。",
            seed=seed,
        )
        assert "二万元以上二十万元以下罚款" not in options


@pytest.mark.parametrize("seed", range(5))
def test_wrong_periods_have_the_unit_of_the_key(seed: int) -> None:
    _, options = wrong(
        "经营者应当自变更登记事项之日起十日内申请变更。当日受理的，免收费用。", point=Point.TIME_LIMIT, seed=seed
    )
    assert len(options) == 3
    assert all(o.endswith("日") and o != "十日" for o in options)


def test_wrong_authorities_are_of_other_branches_and_of_the_same_level() -> None:
    _, options = wrong(
        "未备案从事经营活动的，由县级以上人民政府生态环境主管部门责令改正，处一万元以下罚款。", point=Point.AUTHORITY
    )
    assert len(options) == 3
    assert all(o.startswith("县级以上人民政府") and o.endswith("部门") for o in options)
    assert not any(family_of(o.removeprefix("县级以上人民政府")) & family_of("生态环境主管部门") for o in options)


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("给予警告，处一万元以下罚款", {"警告", "罚款"}),
        ("责令停止使用，处一万元以下罚款", {"责令停产停业", "罚款", "责令关闭"}),
        ("撤销许可，处一万元以下罚款", {"吊销许可证件", "罚款"}),
        ("依法给予治安管理处罚", {"行政拘留"}),
    ],
)
def test_a_penalty_near_what_the_provision_says_is_never_called_absent(text: str, never: set[str]) -> None:
    assert not never & {words for _, words in absent_from(text)}


# ---- scales ------------------------------------------------------------------------------------------------

STEPS = st.sampled_from([d * 10**p for p in range(2, 7) for d in (1, 2, 3, 5)])


@settings(deadline=None)
@given(STEPS, STEPS)
def test_steps_around_are_other_ranges_of_the_same_form(low: int, high: int) -> None:
    key = Range("元", Decimal(min(low, high)), Decimal(max(low, high)))
    for value in steps_around(key):
        assert value != key
        assert (value.minimum == value.maximum) == (key.minimum == key.maximum)
        assert value.minimum is not None
        assert value.maximum is not None
        assert value.minimum <= value.maximum
        assert typed(written(value)) == (value.minimum, value.maximum)


@settings(deadline=None)
@given(STEPS)
def test_accepted_sums_are_equal(amount: int) -> None:
    spellings = spelled(Decimal(amount), "元")
    assert len(set(spellings)) == len(spellings)
    assert {parse_amount(s) for s in spellings} == {Decimal(amount)}


@settings(deadline=None)
@given(st.integers(1, 200), st.sampled_from(list(TimeUnit)), st.booleans())
def test_accepted_periods_are_equal(number: int, unit: TimeUnit, working: bool) -> None:
    limit = Limit(number, unit, working and unit is TimeUnit.DAY)
    spellings = spelled_period(limit, working_by_rule=False)
    assert spellings[0] == period(limit)
    found = {(q.value, q.unit) for s in spellings for q in find_quantities(s.replace("两", "二"))}
    assert len(found) <= 1
    assert all(other.number != number for other in periods_around(limit))


def test_days_are_no_calendar_days_where_the_law_counts_working_days() -> None:
    limit = Limit(5, TimeUnit.DAY, written_working=False)
    assert "五天" in spelled_period(limit, working_by_rule=False)
    ruled = spelled_period(limit, working_by_rule=True)
    assert "五天" not in ruled
    assert {"五日", "5日", "五个工作日"} <= set(ruled)


# ---- what the reasons say, and what tempts nobody -------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_the_reasons_of_an_item_are_not_the_same_words(seed: int) -> None:
    text = law(
        "未备案从事经营活动的，处一万元以上十万元以下罚款。",
        SIBLING,
        "经营者应当自变更登记事项之日起十日内申请变更。",
    )
    for point in (Point.AMOUNT, Point.TIME_LIMIT):
        near = Neighbours([f for f in read_facts(text) if f.point is point], text)
        found = wrong_options(near.facts[0], near, Random(seed), 3)
        reasons = [w.reason.replace(w.words, "") for w in found]
        assert len(found) == 3
        assert all(near.facts[0].words in r for r in reasons)
        assert len({w.reason for w in found}) == 3


def test_a_reason_says_where_a_sum_comes_from_or_by_which_bound_it_misses() -> None:
    text = law("未备案从事经营活动的，处一万元以上十万元以下罚款。", SIBLING)
    near = Neighbours([f for f in read_facts(text) if f.point is Point.AMOUNT], text)
    reasons = {w.words: w.reason for w in wrong_options(near.facts[0], near, Random(1), 3)}
    assert "第2条对其他违法行为的规定" in reasons.pop("二万元以上二十万元以下罚款")
    assert all(re.search("[高低]于", r) for r in reasons.values())


@pytest.mark.parametrize(
    ("act", "absurd"),
    [
        ("未取得营业执照擅自从事中介业务的", "吊销许可证件"),
        ("单位的直接责任人员对经营中的贿赂负有个人责任的", "责令停产停业"),
        ("买卖国家机关、企业、事业单位的公文的", "责令停产停业"),
    ],
)
def test_a_penalty_that_cannot_befall_is_not_offered(act: str, absurd: str) -> None:
    beside = (
        "经营者伪造经营记录的，吊销许可证件，可以并处二万元以下罚款。",
        "企业拒绝检查的，责令停产停业，并处一万元以下罚款。",
    )
    for seed in range(6):
        _, options = wrong(f"{act}，处五千元以下罚款。", *beside, point=Point.PENALTY, seed=seed, number=6)
        assert absurd not in options


def test_wrong_sums_are_not_oddly_narrow() -> None:
    for seed in range(8):
        _, options = wrong(
            "未备案从事经营活动的，处五百元以上一千元以下的罚款。",
            "伪造检验报告的，处二百元以上三百元以下罚款。",
            seed=seed,
        )
        assert "二百元以上三百元以下的罚款" not in options


@pytest.mark.parametrize("seed", range(8))
def test_no_wrong_sum_is_what_two_tiers_of_the_article_make_together(seed: int) -> None:
    tiers = "货运车辆超过核定载质量的，处二百元以上五百元以下罚款；超过百分之三十的，处五百元以上二千元以下罚款。"
    others = (
        "驾驶人伪造检验记录的，处二百元以上二千元以下罚款。",
        "驾驶人涂改通行标志的，处一百元以上二千元以下罚款。",
    )
    _, options = wrong(tiers, *others, seed=seed)
    assert options
    for low, high in map(typed, options):
        assert low is not None
        assert high is not None
        assert not (low <= 200 and high >= 2000)


def test_no_wrong_upper_bound_holds_the_tier_above_it_as_well() -> None:
    for seed in range(8):
        _, options = wrong(
            "货运车辆超过核定载质量的，处五百元以下罚款；超过核定载质量百分之三十的，处五百元以上一千元以下罚款。",
            "驾驶人伪造检验记录的，处一千元以下罚款。",
            seed=seed,
        )
        assert options
        assert all((typed(o)[1] or 0) < 1000 for o in options)
