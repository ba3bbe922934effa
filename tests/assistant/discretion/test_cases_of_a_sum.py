"""Cells that state the statute's cases apart (货值不足一万元、货值一万元以上): each beside its own range."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from assistant.discretion.compute import compute_standard
from assistant.discretion.working import Outcome
from corpus.discretion.bounds import CONVENTION
from corpus.discretion.model import DiscretionStandard
from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify.profile import Profile
from ingest.parsers.benchmarks.tier_rows import read_tier_rows
from tests.ingest.lists.tables import document, table

PROFILE = Profile(title="示范市裁量基准（示例）", kind=DocumentKind.BENCHMARK, level=EffectLevel.NONE)
BASIS = (
    "《中华人民共和国食品安全法》第一百二十四条第一款：……违法经营的食品货值金额不足一万元的，并处五万元以上十万元以下罚款；"
    "货值金额一万元以上的，并处货值金额十倍以上二十倍以下罚款"
)
LITTLE, MUCH = "货值不足一万元", "货值一万元以上"


def sheet(lenient: str, ordinary: str, severe: str) -> DiscretionStandard:
    rows = [
        ["序号", "违法行为", "处罚依据", "从轻", "一般", "从重"],
        ["1", "经营超过保质期的食品", BASIS, lenient, ordinary, severe],
    ]
    (standard,) = read_tier_rows(document(table(rows)), PROFILE).standards
    return standard


FOOD = sheet(
    f"{LITTLE}：处5万元以上6.5万元以下；{MUCH}：处10倍以上13倍以下",
    f"{LITTLE}：处6.5万元以上8.5万元以下；{MUCH}：处13倍以上17倍以下",
    f"{LITTLE}：处8.5万元以上12万元以下；{MUCH}：处17倍以上20倍以下",
)


def test_the_cases_are_the_fine_columns_of_every_degree() -> None:
    assert FOOD.doubts == ()
    assert FOOD.fine_columns == (LITTLE, MUCH)
    assert [tier.grade for tier in FOOD.tiers] == ["从轻", "一般", "从重"]
    assert all([name for name, _ in tier.fines] == [LITTLE, MUCH] for tier in FOOD.tiers)


@pytest.mark.parametrize(
    ("tier", "column", "inputs", "sums", "legal", "within"),
    [
        (0, LITTLE, {}, (50000, 65000), (50000, 100000), True),
        (1, LITTLE, {}, (65000, 85000), (50000, 100000), True),
        (2, LITTLE, {}, (85000, 120000), (50000, 100000), False),
        (0, MUCH, {"货值金额": Decimal(20000)}, (200000, 260000), (200000, 400000), True),
        (2, MUCH, {"货值金额": Decimal(20000)}, (340000, 400000), (200000, 400000), True),
    ],
)
def test_a_case_is_compared_with_the_range_of_the_same_case(
    tier: int,
    column: str,
    inputs: dict[str, Decimal],
    sums: tuple[int, int],
    legal: tuple[int, int],
    within: bool,
) -> None:
    result = compute_standard(FOOD, choose={}, tier=tier, column=column, inputs=inputs, bounds=CONVENTION)
    assert result.outcome is Outcome.COMPUTED
    assert result.span is not None
    assert result.legal_span is not None
    assert (result.span.low, result.span.high) == tuple(map(Fraction, sums))
    assert (result.legal_span.low, result.legal_span.high) == tuple(map(Fraction, legal))
    assert result.within is within


def test_the_case_and_its_base_are_asked_for() -> None:
    asked = compute_standard(FOOD, choose={}, tier=0, bounds=CONVENTION)
    assert [need.options for need in asked.needs] == [(LITTLE, MUCH)]
    asked = compute_standard(FOOD, choose={}, tier=0, column=MUCH, bounds=CONVENTION)
    assert [need.name for need in asked.needs] == ["货值金额"]


def test_a_case_across_two_ranges_of_the_statute_is_left_to_a_person() -> None:
    standard = sheet(*(f"货值不足五万元：处{n}万元；货值五万元以上：处1{n}倍" for n in (6, 7, 8)))
    result = compute_standard(standard, choose={}, tier=0, column="货值不足五万元", bounds=CONVENTION)
    assert result.legal is None
    assert any("未能确定适用哪一种" in warning for warning in result.warnings)
