"""Labels that name a band of numbers, and labels that look as if they did."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.discretion.bounds import CONVENTION, place_in
from corpus.discretion.labels import LabelRange, in_common_unit, label_range, one_range

D = Decimal


@pytest.mark.parametrize(
    ("label", "low", "high", "unit"),
    [
        ("3个月以上6个月以下", 3, 6, "个月"),
        ("500平方米以上5000平方米以下", 500, 5000, "平方米"),
        ("超标1倍以上5倍以下", 1, 5, "倍"),
        ("2次以上", 2, None, "次"),
        ("100吨以下", None, 100, "吨"),
        ("2次", 2, 2, "次"),
        ("首次", 1, 1, "次"),
        ("第2次", 2, 2, "次"),
        ("二次以上", 2, None, "次"),
        ("10天以内", None, 10, "日"),
        ("3台（枚）以上5台（枚）以下", 3, 5, "台"),
        ("货值金额在100万元以上300万元以下", 1000000, 3000000, "元"),
        ("货值金额一万元以上不满五万元的", 10000, 50000, "元"),
        ("两年内被处罚2次以上", 2, None, "次"),
        ("3次以上同类违法行为", 3, None, "次"),
        ("1次以上同类违法行为3次以下同类违法行为", 1, 3, "次"),
        ("6个月以上1年以下", 6, 12, "个月"),
        ("500以上5000平方米以下", 500, 5000, "平方米"),
        ("1-3个月", 1, 3, "个月"),
        ("3万至5万元", 30000, 50000, "元"),
        ("1,000元以上", 1000, None, "元"),
        ("20%以上50%以下", 20, 50, "%"),
        ("0.5公顷以下", None, D("0.5"), "公顷"),
        ("１０㎡以上", 10, None, "平方米"),
    ],
)
def test_a_label_gives_its_band(label: str, low: int | None, high: int | None, unit: str) -> None:
    expected = (None if low is None else D(low), None if high is None else D(high), unit)
    assert label_range(label) == expected


@pytest.mark.parametrize(
    "label",
    [
        "",
        "一般区域",
        "饮用水水源一级保护区",
        "A类水污染物",
        "第二类",
        "超标3倍以下或超量30%以下",  # two measures: which one suffices is for the words
        "货值金额在500万元以上或者造成重大影响的",  # met without any number
        "没有违法所得或者违法所得不足十万元的",
        "10人以上且拒不改正",
        "仅pH值超标（2<pH<5或10<pH<11）",
        "常年存栏量在500头猪、30000羽鸡、100头牛以下",
        "只满足其中之一",
    ],
)
def test_a_label_that_asks_for_more_than_one_number_or_for_none_is_no_band(label: str) -> None:
    assert label_range(label) is None


@pytest.mark.parametrize(
    ("label", "includes_low", "includes_high"),
    [
        ("3个月以上6个月以下", None, None),  # left to the rule of bounds
        ("超过3个月不超过6个月", False, True),
        ("1倍以上不足3倍", None, False),
        ("不低于5吨", True, None),
        ("10人（含）以上", True, None),
        ("5万元以上（不含本数）", False, None),
        ("1-3个月", True, True),
    ],
)
def test_the_words_decide_on_the_ends_only_where_they_say_so(
    label: str, includes_low: bool | None, includes_high: bool | None
) -> None:
    found = one_range(label)
    assert found is not None
    assert (found.includes_low, found.includes_high) == (includes_low, includes_high)


def test_bands_in_months_and_years_are_compared_in_months_and_others_not_at_all() -> None:
    months, year, tons = one_range("6个月以下"), one_range("1年以上"), one_range("1吨以上")
    assert months is not None
    assert year is not None
    assert tons is not None
    assert in_common_unit([months, year]) == (months, LabelRange(D(12), None, unit="个月"))
    assert in_common_unit([months, tons]) is None


NUMBERS = st.decimals(min_value=0, max_value=10**7, places=2).map(lambda d: d.normalize() + 0)


@given(NUMBERS, NUMBERS, st.sampled_from(["吨", "平方米", "个月", "次", "倍", "元"]))
def test_a_band_written_out_is_read_back(one: Decimal, other: Decimal, unit: str) -> None:
    low, high = sorted((one, other))
    assert label_range(f"{low:f}{unit}以上{high:f}{unit}以下") == (low, high, unit)
    assert label_range(f"{high:f}{unit}以下") == (None, high, unit)
    assert label_range(f"{low:f}{unit}以上") == (low, None, unit)


def test_a_number_chooses_its_option_by_the_labels() -> None:
    bands = [band for label in ("1次", "2次", "3次以上") if (band := one_range(label)) is not None]
    assert [place_in(D(n), bands, CONVENTION) for n in (0, 1, 2, 3, 9)] == [(), (0,), (1,), (2,), (2,)]
