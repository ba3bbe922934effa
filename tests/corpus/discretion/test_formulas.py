"""Formulas of remarks: which start they belong to, floors and caps, and what stays a doubt."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.discretion.formulas import read_formulas, with_base_floor
from corpus.discretion.model import NO_SPOT, Basis, Formula

ONE = [(None, Fraction(20), "20%")]


def starts(*names: str) -> list[tuple[str | None, Fraction, str]]:
    return [(name, Fraction(10 * i + 10), f"{10 * i + 10}%") for i, name in enumerate(names)]


@pytest.mark.parametrize(
    ("remark", "multiplier"),
    [
        ("本表裁量的计算方法为：罚款金额＝裁量百分值总和×100万。", 1_000_000),
        ("本表裁量的计算方法为:罚款金额=裁量百分值总和×20万元", 200_000),
        ("1.本表的裁量计算方法为：罚款金额=裁量百分值总和×100\n万。\n2.其他说明。", 1_000_000),
        ("罚款数额=二十万元×裁量百分值之和", 200_000),
        ("罚款金额=裁量权重总和*5000元", 5000),
    ],
)
def test_a_total_times_a_sum(remark: str, multiplier: int) -> None:
    (formula,), doubts = read_formulas(remark, ONE, NO_SPOT)
    assert doubts == ()
    assert (formula.start, formula.variant, formula.start_text) == (Fraction(20), None, "20%")
    assert (formula.multiplier, formula.base, formula.ratio) == (multiplier, None, None)
    assert "罚款" in formula.text


@pytest.mark.parametrize(
    ("remark", "base", "ratio"),
    [
        ("罚款金额＝裁量百分值总和×建设项目总投资额×5%。", "建设项目总投资额", "0.05"),
        ("罚款金额=裁量百分值总和×所需处置费用×3倍", "所需处置费用", "3"),
        ("罚款金额=裁量百分值总和×违法所得×五倍", "违法所得", "5"),
        ("罚款金额=裁量百分值总和×货值金额×百分之十", "货值金额", "0.1"),
    ],
)
def test_a_total_times_a_share_of_a_base(remark: str, base: str, ratio: str) -> None:
    (formula,), doubts = read_formulas(remark, ONE, NO_SPOT)
    assert doubts == ()
    assert (formula.multiplier, formula.base, formula.ratio) == (None, base, Decimal(ratio))


def test_variants_are_found_under_the_names_the_remark_gives_them() -> None:
    remark = (
        "1.本表的裁量计算方法如下：\n（1）限期内改正的罚款金额=限期内改正的裁量百分值总和×100万；\n"
        "（2）逾期未改正的罚款金额=逾期未改正的裁量百分值总和×200万。\n"
        "（3）直接负责的主管人员和其他责任人员的罚款金额=对个人裁量百分值总和×20万。\n"
        "2.逾期未改正裁量百分值总和超过100%的，按100%计算。\n"
        "3.对直接负责的主管人员和其他责任人员裁量百分值总和超过100%的，按100%计算。"
    )
    formulas, doubts = read_formulas(remark, starts("对单位·限期内改正", "对单位·逾期未改正", "对个人"), NO_SPOT)
    assert doubts == ()
    assert [(f.variant, f.multiplier, f.cap) for f in formulas] == [
        ("对单位·限期内改正", 1_000_000, None),
        ("对单位·逾期未改正", 2_000_000, 100),
        ("对个人", 200_000, 100),
    ]


def test_one_formula_without_a_name_serves_every_start() -> None:
    formulas, doubts = read_formulas("罚款金额=裁量百分值总和×50万。", starts("首次", "再次"), NO_SPOT)
    assert doubts == ()
    assert [f.multiplier for f in formulas] == [500_000, 500_000]


def test_variants_of_gain_may_mix_a_sum_and_a_share() -> None:
    names = ("没有违法所得或者违法所得不足10万元的", "违法所得10万元以上的")
    remark = (
        f"（1）{names[0]}罚款金额={names[0]}裁量百分值总和×10万；"
        f"（2）{names[1]}罚款金额={names[1]}裁量百分值总和×违法所得×5倍。"
    )
    formulas, doubts = read_formulas(remark, starts(*names), NO_SPOT)
    assert doubts == ()
    assert [(f.multiplier, f.base, f.ratio) for f in formulas] == [(100_000, None, None), (None, "违法所得", 5)]


@pytest.mark.parametrize(
    ("sentence", "floor", "cap"),
    [
        ("裁量百分值总和不足20%的，按20%计算。", 20, None),
        ("裁量百分值总和低于20%的按照20%计算", 20, None),
        ("裁量百分值总和超过100%的，按100%计算。", None, 100),
        ("裁量百分值总和高于百分之百的，按百分之百计算。", None, 100),
        ("对单位裁量百分值总和超过100%的，按100%计算。", None, 100),
    ],
)
def test_floors_and_caps_of_the_total(sentence: str, floor: int | None, cap: int | None) -> None:
    (formula,), doubts = read_formulas(f"1.罚款金额=裁量百分值总和×20万。\n2.{sentence}", ONE, NO_SPOT)
    assert doubts == ()
    assert (formula.floor, formula.cap) == (floor, cap)


@pytest.mark.parametrize(
    ("remark", "code"),
    [
        ("", "formula_missing"),
        ("参照第五条裁量标准进行处罚。", "formula_missing"),
        ("罚款金额=裁量百分值总和×法定系数×20万。", "formula_not_read"),
        ("罚款金额=裁量百分值总和×20。", "formula_not_read"),
        ("罚款金额=10万+裁量百分值总和×20万。", "formula_not_read"),
        ("罚款金额=20万。", "formula_not_read"),
        ("罚款金额=裁量百分值总和×20万。裁量百分值总和超过100%的，按90%计算。", "limit_not_read"),
    ],
)
def test_what_is_not_understood_is_a_doubt_and_no_number(remark: str, code: str) -> None:
    (formula,), doubts = read_formulas(remark, ONE, NO_SPOT)
    assert code in {doubt.code for doubt in doubts}
    assert (formula.floor, formula.cap) == (None, None)
    assert code == "limit_not_read" or (formula.multiplier, formula.ratio) == (None, None)


def test_a_formula_for_a_start_that_is_not_there_is_a_doubt() -> None:
    formulas, doubts = read_formulas(
        "（1）首次的罚款金额=首次的裁量百分值总和×5万；（2）停业的罚款金额=停业的裁量百分值总和×9万。",
        starts("首次", "再次"),
        NO_SPOT,
    )
    assert [f.multiplier for f in formulas] == [50_000, None]
    assert {doubt.code for doubt in doubts} == {"formula_not_read", "formula_missing"}


def test_two_different_formulas_for_one_start_are_a_doubt() -> None:
    remark = "（1）首次的罚款金额=首次的裁量百分值总和×5万；（2）首次的罚款金额=首次的裁量百分值总和×8万。"
    formulas, doubts = read_formulas(remark, starts("首次", "再次"), NO_SPOT)
    assert formulas[0].multiplier is None
    assert "formula_not_read" in {doubt.code for doubt in doubts}


@pytest.mark.parametrize(
    ("text", "floor"),
    [
        ("有前款第七项行为，处所需处置费用一倍以上三倍以下的罚款，所需处置费用不足十万元的，按十万元计算。", 100_000),
        ("处所需处置费用三倍以上五倍以下的罚款，所需处置费用不足二十万元的，按二十万元计算。", 200_000),
        ("处所需处置费用一倍以上三倍以下的罚款。", None),
        ("处所需处置费用一倍以上三倍以下的罚款，所需处置费用不足十万元的，按二十万元计算。", None),
        ("处货值金额一倍以上三倍以下的罚款，货值金额不足十万元的，按十万元计算。", None),
    ],
)
def test_the_statute_says_what_a_small_base_counts_as(text: str, floor: int | None) -> None:
    formula = Formula(Fraction(20), base="所需处置费用", ratio=Decimal(3))
    (read,) = with_base_floor([formula], [Basis("《示例市条例》第一条", (), text)])
    assert read.base_floor == floor


@given(st.integers(1, 10_000), st.integers(0, 100))
def test_the_multiplier_is_exact(wan: int, weight: int) -> None:
    (formula,), doubts = read_formulas(f"罚款金额=裁量百分值总和×{wan}万。", [(None, Fraction(weight), "")], NO_SPOT)
    assert (formula.multiplier, formula.start, doubts) == (wan * 10_000, weight, ())
