"""Figures keep value, unit and direction however they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answer.figures import Bound, find_dates, find_figures, ordinals, vague_amounts

GE, LE, LT, GT, EQ = Bound.AT_LEAST, Bound.AT_MOST, Bound.BELOW, Bound.ABOVE, Bound.EXACT

FIGURES = {
    "below": ("五万元以下罚款", ("元", (50000, LE))),
    "at least": ("五万元以上", ("元", (50000, GE))),
    "range": ("五万元以上十万元以下", ("元", (50000, GE), (100000, LE))),
    "range in digits": ("5万-10万元", ("元", (50000, GE), (100000, LE))),
    "range with 至": ("三至五倍", ("倍", (3, GE), (5, LE))),
    "unit of the lower end left out": ("二千以上五千元以下", ("元", (2000, GE), (5000, LE))),
    "less than": ("货值不足一万元", ("元", (10000, LT))),
    "more than": ("超过三十日", ("日", (30, GT))),
    "not more than": ("不得超过30天", ("日", (30, LE))),
    "not less than": ("不得少于五日", ("日", (5, GE))),
    "within": ("十五日内", ("日", (15, LE))),
    "within, long": ("一年以内", ("年", (1, LE))),
    "inside is another word": ("一年内容", ("年", (1, EQ))),
    "ages": ("已满十四周岁不满十八周岁", ("周岁", (14, GE), (18, LT))),
    "percent": ("百分之三十以上", ("%", (30, GE))),
    "percent sign": ("30%以上", ("%", (30, GE))),
    "fraction": ("三分之二以上", ("分之", (Decimal(2) / 3, GE))),
    "most": ("最高可处十万元", ("元", (100000, LE))),
    "least and most": ("最低五万元，最高十万元", ("元", (50000, GE), (100000, LE))),
    "fixed": ("处五千元罚款", ("元", (5000, EQ))),
    "counted by a word": ("三种情形", ("种", (3, EQ))),
}


@pytest.mark.parametrize(("text", "expected"), FIGURES.values(), ids=FIGURES.keys())
def test_a_figure_is_read_with_its_bounds(text: str, expected: tuple[object, ...]) -> None:
    (figure,) = find_figures(text)
    assert (figure.unit, *figure.ends) == expected


@pytest.mark.parametrize(
    "text",
    [
        "一般情形",
        "统一规定",
        "一个单位",
        "第三十三条",
        "第三次",
        "2026年8月15日",
        "陆生动物",
        "上一级机关",
        "前两款",
        "之一",
    ],
)
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    assert find_figures(text) == []


AGREE = {
    "same in digits": ("5万元以上10万元以下", "五万元以上十万元以下", True),
    "as a range": ("5万元至10万元", "五万元以上十万元以下", True),
    "one end alone": ("十万元以下", "五万元以上十万元以下", False),
    "one end on purpose": ("最高十万元", "五万元以上十万元以下", True),
    "wrong end on purpose": ("最高五万元", "五万元以上十万元以下", False),
    "other direction": ("五万元以上", "五万元以下", False),
    "at least is not more than": ("超过五万元", "五万元以上", False),
    "days are not working days": ("五日内", "五个工作日内", False),
    "days are days": ("5天内", "五日内", True),
    "below is not at most": ("不满五万元", "五万元以下", False),
    "bound left out": ("五万元", "五万元以下", False),
}


@pytest.mark.parametrize(("said", "held", "expected"), AGREE.values(), ids=AGREE.keys())
def test_figures_agree_only_in_value_unit_and_bounds(said: str, held: str, expected: bool) -> None:
    assert find_figures(said)[0].agrees(find_figures(held)[0]) is expected


def test_two_figures_of_one_sentence_are_no_range() -> None:
    assert len(find_figures("二百元以下、三千元以下")) == 2
    assert len(find_figures("不足一万元的，并处五万元以上")) == 2


def test_a_figure_spans_the_words_of_its_bounds() -> None:
    text = "处五万元以上十万元以下罚款"
    (figure,) = find_figures(text)
    assert text[figure.start : figure.end] == "五万元以上十万元以下"


def test_dates_ordinals_and_vague_amounts_are_read_apart() -> None:
    assert find_dates("自2026年8月15日起，二〇二一年7月") == [
        ("2026年8月15日", (2026, 8, 15)),
        ("二〇二一年7月", (2021, 7, None)),
    ]
    assert ordinals("第三次、第（二）项、第三方") == [("第三次", (3, "次")), ("第（二）项", (2, "项"))]
    assert vague_amounts("处数万元罚款，每日加处，半年内，三成") == ["数万元", "每日", "半年", "三成"]
