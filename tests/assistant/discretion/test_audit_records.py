"""One broken benchmark per kind of problem, and the sound one that none of them is found in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from assistant.discretion.audit import AuditedDocument, audit_document
from assistant.discretion.bases import CitedLaws
from assistant.discretion.contract import AuditProblem
from corpus.discretion.fines import read_fine
from corpus.discretion.model import ApplicationRules, DiscretionStandard, Spot, Tier
from corpus.money import find_amounts
from tests.assistant.discretion.audit_cases import (
    SOUND_FACTORS,
    SOUND_TIERS,
    basis,
    factor,
    legal,
    records,
    tier,
    tiered,
    weighted,
)

DAY = dt.date(2026, 11, 21)
BESIDE_THE_RECORD = {"basis_not_found"}  # the fictional rule is not held

LawsOn = Callable[[dt.date], CitedLaws]


def problems(
    laws_on: LawsOn, *standards: DiscretionStandard, rules: ApplicationRules | None = None
) -> list[AuditProblem]:
    response = audit_document(records(*standards), AuditedDocument("示例"), laws_on(DAY), rules=rules)
    return [p for section in response.sections for p in section.problems if p.code not in BESIDE_THE_RECORD]


def codes(laws_on: LawsOn, *standards: DiscretionStandard, rules: ApplicationRules | None = None) -> set[str]:
    return {p.code for p in problems(laws_on, *standards, rules=rules)}


@pytest.mark.parametrize(
    "standard",
    [
        pytest.param(tiered(*SOUND_TIERS), id="tiers"),
        pytest.param(weighted(*SOUND_FACTORS), id="weights"),
        pytest.param(
            tiered(tier("1次", "1万元"), tier("2次", "3万元"), tier("3次以上", "10万元")), id="fixed sums leave no gap"
        ),
        pytest.param(
            tiered(tier("1次", "3万元以下"), tier("2次以上", "5万元以下"), statute="处五万元以下罚款"),
            id="bands without lower bounds",
        ),
        pytest.param(
            tiered(
                tier("轻微", "货值金额1倍以上2倍以下"),
                tier("严重", "货值金额2倍以上5倍以下"),
                statute="并处货值金额一倍以上五倍以下罚款",
            ),
            id="multiples of a base",
        ),
    ],
)
def test_a_sound_benchmark_has_no_problem(laws_on: LawsOn, standard: DiscretionStandard) -> None:
    assert problems(laws_on, standard) == []


def test_a_longer_time_to_mend_may_lower_the_fine(laws_on: LawsOn) -> None:
    falling = tiered(tier("5次以下", "6万元以上10万元以下"), tier("5次以上", "1万元以上6万元以下"))
    assert problems(laws_on, falling) == []


def with_tier(at: int, fine: str) -> DiscretionStandard:
    tiers = list(SOUND_TIERS)
    tiers[at] = replace(tiers[at], fines=(("罚款", read_fine(fine)),))
    return tiered(*tiers)


@pytest.mark.parametrize(
    ("standard", "found"),
    [
        pytest.param(with_tier(2, "6万元以上12万元以下"), {"beyond_statute"}, id="above the statute"),
        pytest.param(with_tier(0, "0.5万元以上3万元以下"), {"beyond_statute"}, id="below the statute"),
        pytest.param(with_tier(0, "3万元以下"), {"open_below"}, id="no lower bound where the statute has one"),
        pytest.param(with_tier(2, "6元以上10万元以下"), {"unit_slip", "not_monotone"}, id="元 for 万元"),
        pytest.param(with_tier(1, "3万元以上60000万元以下"), {"unit_slip", "not_monotone"}, id="万元 for 元"),
        pytest.param(with_tier(1, "3万元以上5万元以下"), {"gap"}, id="gap"),
        pytest.param(with_tier(1, "3万元以上7万元以下"), {"overlap"}, id="overlap"),
        pytest.param(
            tiered(
                tier("5次以下", "1万元以上3万元以下"),
                tier("5次以上10次以下", "6万元以上10万元以下"),
                tier("10次以上", "3万元以上6万元以下"),
            ),
            {"not_monotone"},
            id="disorder",
        ),
    ],
)
def test_a_broken_tier_is_found(laws_on: LawsOn, standard: DiscretionStandard, found: set[str]) -> None:
    assert codes(laws_on, standard) == found


def graded(*fines: tuple[str, str]) -> DiscretionStandard:
    """Steps that only their grades tell apart."""
    steps = [Tier((("罚款", read_fine(fine)),), grade=grade, pages=(3,), spot=Spot(page=3)) for grade, fine in fines]
    return tiered(*steps)


def test_steps_of_another_case_begin_where_a_grade_comes_again(laws_on: LawsOn) -> None:
    two_cases = graded(
        ("轻", "2万元以上4万元以下"),
        ("重", "4万元以上10万元以下"),
        ("轻", "1万元以上2万元以下"),
        ("重", "2万元以上3万元以下"),
    )
    assert problems(laws_on, two_cases) == []


def test_a_fine_read_otherwise_than_printed_is_told(laws_on: LawsOn) -> None:
    steps = graded(("轻", "一百万元以上一百一十万元以下"), ("重", "一百万一十元以上二百万元以下"))
    (problem,) = problems(laws_on, replace(steps, legal_ranges=(legal("处一百万元以上二百万元以下的罚款"),)))
    assert problem.code == "unit_slip"
    assert "一百万一十元" in problem.text


def test_a_mitigated_step_may_go_below_the_minimum_and_is_told_apart(laws_on: LawsOn) -> None:
    steps = graded(("减轻", "0.5万元以上1万元以下"), ("一般", "1万元以上10万元以下"))
    (problem,) = problems(laws_on, steps)
    assert (problem.code, problem.severity) == ("below_minimum", "info")


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        pytest.param(("5次以下", "7次以上10次以下", "10次以上"), "label_gap", id="gap"),
        pytest.param(("5次以下", "3次以上10次以下", "10次以上"), "label_overlap", id="overlap"),
        pytest.param(("5吨以下", "6吨以上10吨以下", "10吨以上"), "label_gap", id="gap between measures"),
    ],
)
def test_labels_that_are_numbers_must_join(laws_on: LawsOn, labels: tuple[str, ...], code: str) -> None:
    tiers = [replace(t, when=(("数量", label),)) for t, label in zip(SOUND_TIERS, labels, strict=True)]
    assert codes(laws_on, tiered(*tiers)) == {code}


@pytest.mark.parametrize(
    "labels", [("1次", "2次", "3次以上"), ("1-5项", "6-10项", "11项以上"), ("少量", "较多", "大量")]
)
def test_counted_labels_and_plain_words_leave_no_gap(laws_on: LawsOn, labels: tuple[str, ...]) -> None:
    tiers = [replace(t, when=(("数量", label),)) for t, label in zip(SOUND_TIERS, labels, strict=True)]
    assert problems(laws_on, tiered(*tiers)) == []


def test_labels_are_compared_only_where_everything_else_is_alike(laws_on: LawsOn) -> None:
    def both(area: str, late: str, fine: str) -> Tier:
        return Tier((("罚款", read_fine(fine)),), (("面积", area), ("改正", late)), pages=(3,))

    standard = tiered(
        both("20平方米以下", "已改正", "1万元以上2万元以下"),
        both("20平方米以上30平方米以下", "已改正", "2万元以上4万元以下"),
        both("30平方米以上", "已改正", "4万元以上5万元以下"),
        both("20平方米以下", "未改正", "5万元以上6万元以下"),
        both("20平方米以上", "未改正", "6万元以上10万元以下"),
    )
    assert problems(laws_on, standard) == []


def test_a_fine_for_persons_is_held_against_the_persons_range(laws_on: LawsOn) -> None:
    ranges = (
        legal("处十万元以上五十万元以下的罚款", "对单位"),
        legal("处一万元以上五万元以下的罚款", "对直接负责的主管人员"),
    )
    cells = (("对单位罚款", read_fine("10万元以上50万元以下")), ("对个人罚款", read_fine("0.5万元以上5万元以下")))
    standard = replace(
        tiered(tier("5次以下", "1万元")),
        legal_ranges=ranges,
        fine_columns=tuple(name for name, _ in cells),
        tiers=(Tier(cells, (("数量", "5次以下"),)),),
    )
    (problem,) = problems(laws_on, standard)
    assert problem.code == "beyond_statute"
    assert "5000元" in problem.text


# ---- weights -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("standard", "found"),
    [
        pytest.param(weighted(*SOUND_FACTORS, start=10), {"weights_below_100", "maximum_not_reached"}, id="90 %"),
        pytest.param(weighted(*SOUND_FACTORS, start=30), {"weights_above_100", "beyond_statute"}, id="110 %"),
        pytest.param(weighted(*SOUND_FACTORS, start=30, cap=100), {"weights_capped"}, id="110 %, capped"),
        pytest.param(
            weighted(*SOUND_FACTORS, statute="处三万元以上十万元以下的罚款"),
            {"below_minimum"},
            id="20 % under the minimum",
        ),
        pytest.param(
            weighted(*SOUND_FACTORS, statute="处三万元以上十万元以下的罚款", floor=30),
            set(),
            id="a floor is prescribed",
        ),
        pytest.param(
            weighted(
                *SOUND_FACTORS,
                statute="处三万元以上十万元以下的罚款",
                remark="低于法定最低罚款数额的，按法定最低罚款数额处罚。",
            ),
            set(),
            id="the statute's minimum is prescribed",
        ),
        pytest.param(weighted(*SOUND_FACTORS, multiplier="200000"), {"beyond_statute"}, id="multiplier too great"),
        pytest.param(weighted(*SOUND_FACTORS, multiplier="1000000000"), {"unit_slip"}, id="万元 for 元"),
        pytest.param(weighted(*SOUND_FACTORS, multiplier="10"), {"unit_slip", "below_minimum"}, id="元 for 万元"),
        pytest.param(
            weighted(
                factor("持续时间", ("3个月以下", 20), ("3个月以上6个月以下", 0), ("6个月以上", 40)), SOUND_FACTORS[1]
            ),
            {"not_monotone"},
            id="weights against their numbers",
        ),
        pytest.param(
            weighted(factor("持续时间", ("3个月以下", 0), ("4个月以上", 40)), SOUND_FACTORS[1]), {"label_gap"}, id="gap"
        ),
        pytest.param(
            weighted(factor("持续时间", ("3个月以下", 0), ("2个月以上", 40)), SOUND_FACTORS[1]),
            {"label_overlap"},
            id="overlap",
        ),
    ],
)
def test_broken_weights_are_found(laws_on: LawsOn, standard: DiscretionStandard, found: set[str]) -> None:
    assert codes(laws_on, standard) == found


def test_a_cap_of_the_rules_of_application_counts_and_is_named(laws_on: LawsOn) -> None:
    rules = ApplicationRules("示范省裁量规定", total_cap=Fraction(100))
    (problem,) = problems(laws_on, weighted(*SOUND_FACTORS, start=30), rules=rules)
    assert problem.code == "weights_capped"
    assert "示范省裁量规定" in problem.text


# ---- the record --------------------------------------------------------------------------------------------


def test_a_number_used_twice_is_found_in_both_sections(laws_on: LawsOn) -> None:
    again = replace(tiered(*SOUND_TIERS, id="1.2"), printed_id="1.1")
    found = [p.code for p in problems(laws_on, tiered(*SOUND_TIERS, id="1.1"), again)]
    assert found == ["duplicate_number", "duplicate_number"]


def test_a_number_used_again_on_another_sheet_is_no_problem(laws_on: LawsOn) -> None:
    one = replace(tiered(*SOUND_TIERS, id="1"), sheet="甲")
    other = replace(tiered(*SOUND_TIERS, id="乙·1"), printed_id="1", sheet="乙")
    assert problems(laws_on, one, other) == []


def test_a_section_without_basis_is_found(laws_on: LawsOn) -> None:
    assert codes(laws_on, replace(tiered(*SOUND_TIERS), basis=())) == {"no_basis"}


def test_problems_carry_the_page_where_they_stand(laws_on: LawsOn) -> None:
    (problem,) = problems(laws_on, with_tier(1, "3万元以上7万元以下"))
    assert problem.page == 3


def test_the_range_of_the_law_of_the_day_is_compared_where_the_quotation_differs(laws_on: LawsOn) -> None:
    written = "《生态环境法典》第一千一百四十五条第二款"
    words = laws_on(DAY).basis(basis(written)).words
    held = find_amounts(words)
    quoted = f"{words[: held[-1].start]}九千万元{words[held[-1].end :]}"
    standard = replace(tiered(*SOUND_TIERS), basis=(basis(written, quoted),), behaviours=())
    assert {"quote_differs", "statute_range_differs"} <= codes(laws_on, standard)
