"""Labels told as numbers: a number that its own band holds and no other, read back as the same label."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.discretion.contract import BoundsInfo
from assistant.quiz.makers.records.facts import fact_of, facts_of, tells
from assistant.quiz.makers.records.thresholds import threshold_of

ABOVE_ONLY = BoundsInfo(above_included=True, below_included=False, origin="document", text="")
BOTH = BoundsInfo(above_included=True, below_included=True, origin="document", text="")
NOBODY = BoundsInfo(above_included=True, below_included=True, origin="convention", text="")

FAMILIES = [
    ("不足500平方米", "500平方米以上不足2000平方米", "2000平方米以上"),
    ("3个月以下", "3个月以上6个月以下", "6个月以上1年以下", "1年以上"),
    ("1次", "2次", "3次以上"),
    ("超标3倍以下", "超标3倍以上8倍以下", "超标8倍以上"),
    ("宣传费用不足一万元", "宣传费用一万元以上不足十万元", "宣传费用十万元以上"),
    ("0.5吨以下", "0.5吨以上1吨以下", "1吨以上"),
]


@pytest.mark.parametrize("labels", FAMILIES, ids=lambda labels: labels[0])
@settings(deadline=None)
@given(seed=st.integers(0, 200))
def test_a_fact_is_read_back_as_its_own_label_and_no_other(labels: tuple[str, ...], seed: int) -> None:
    for label in labels:
        fact = fact_of(label, labels, ABOVE_ONLY, Random(seed))
        assert [other for other in labels if tells(fact.words, other, ABOVE_ONLY)] == [label]


def test_the_bound_itself_is_taken_where_its_reading_is_settled_and_only_there() -> None:
    labels = FAMILIES[0]
    settled = {fact_of(labels[1], labels, ABOVE_ONLY, Random(n)).words for n in range(40)}
    open_ = {fact_of(labels[1], labels, NOBODY, Random(n)).words for n in range(40)}
    assert "500平方米" in settled
    assert "500平方米" not in open_


def test_a_number_in_two_bands_is_never_taken() -> None:
    labels = ("3个月以下", "3个月以上6个月以下", "6个月以上")
    assert not {fact_of(labels[1], labels, BOTH, Random(n)).words for n in range(60)} & {"3个月", "6个月"}


@pytest.mark.parametrize(
    "label",
    ["造成道路通行受阻", "属于排污许可证重点管理行业", "仅pH值超标（2<pH<5）", "以围堵等方式抗拒"],
)
def test_what_is_no_band_is_told_as_printed(label: str) -> None:
    assert facts_of(label, [label, "其他"], ABOVE_ONLY, Random(1)).words == label


def test_a_compound_label_is_told_clause_by_clause() -> None:
    labels = ["基准灶头不足3个，未安装", "基准灶头3个以上不足6个，未安装", "基准灶头6个以上，已安装"]
    told = facts_of(labels[1], labels, ABOVE_ONLY, Random(3)).words
    assert told in {"基准灶头3个，未安装", "基准灶头4个，未安装", "基准灶头5个，未安装"}
    assert [label for label in labels if tells(told, label, ABOVE_ONLY)] == [labels[1]]


def test_one_of_two_alternatives_is_enough_for_a_case() -> None:
    label = "货值金额五千元以上，或者经营场所位于校园周边"
    told = {facts_of(label, [label], ABOVE_ONLY, Random(n)).words for n in range(30)}
    assert "经营场所位于校园周边" in told
    assert all(tells(t, label, ABOVE_ONLY) for t in told)


@pytest.mark.parametrize(
    ("condition", "words", "inside", "outside"),
    [
        ("未标价商品不足五种，没有多收价款", "不足五种", "三种", "五种"),
        ("违法行为持续时间不超过20日", "不超过20日", "15日", "25日"),
        ("缺少的记录不足三份", "不足三份", "两份", "三份"),
        ("涉案产品不足十件", "不足十件", "七件", "十件"),
    ],
)
def test_a_threshold_is_met_below_and_missed_at_or_above(condition: str, words: str, inside: str, outside: str) -> None:
    found = threshold_of(condition)
    assert found is not None
    assert (found.words, found.inside(), found.outside()) == (words, inside, outside)


@pytest.mark.parametrize(
    "condition",
    ["属于首次违法", "当场改正", "近一年内属于首次违法", "人员为一人且三日内补办健康证明", "面积500平方米以上"],
)
def test_what_is_no_single_upper_bound_is_no_threshold(condition: str) -> None:
    assert threshold_of(condition) is None
