"""Multiples, percentages, periods, ages and measures, found with value and unit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.quantities import find_quantities


def quantities(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], f"{m.value.normalize():f} {m.unit.value}") for m in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三倍以上五倍以下", [("三倍", "3 倍"), ("五倍", "5 倍")]),
        ("3-5倍", [("3", "3 倍"), ("5倍", "5 倍")]),
        ("三至五倍", [("三", "3 倍"), ("五倍", "5 倍")]),
        ("百分之五以上百分之十以下", [("百分之五", "5 %"), ("百分之十", "10 %")]),
        ("千分之三", [("千分之三", "0.3 %")]),
        ("按日万分之五", [("万分之五", "0.05 %")]),
        ("5%-10%", [("5%", "5 %"), ("10%", "10 %")]),
        ("5至10％", [("5", "5 %"), ("10％", "10 %")]),
        ("应当自立案之日起六十日内", [("六十日", "60 日")]),
        ("60天", [("60天", "60 日")]),
        ("七个工作日内", [("七个工作日", "7 工作日")]),
        ("在二年内未被发现的", [("二年", "2 年")]),
        ("六个月以上三年以下有期徒刑", [("六个月", "6 个月"), ("三年", "3 年")]),
        ("24小时", [("24小时", "24 小时")]),
        ("不满十四周岁", [("十四周岁", "14 周岁")]),
        ("65岁的老人", [("65岁", "65 周岁")]),
        ("不得少于两人", [("两人", "2 人")]),
        ("两名执法人员", [("两名", "2 人")]),
        ("一次记12分", [("一次", "1 次"), ("12分", "12 记分")]),
        ("五千克", [("五千克", "5 千克")]),
        ("五十千克", [("五十千克", "50 千克")]),
        ("二吨", [("二吨", "2000 千克")]),
        ("三十平方米", [("三十平方米", "30 平方米")]),
        ("五公里", [("五公里", "5000 米")]),
        ("55分贝", [("55分贝", "55 分贝")]),
        ("2026年8月15日起十五日内", [("十五日", "15 日")]),
    ],
)
def test_quantities_in_running_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert quantities(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "2021年", "二〇二一年八月", "2026年8月15日", "8月15日", "一九九五年", "第二年", "第三次会议", "第三人"),
        *(
            "一次性餐具",
            "一年级",
            "十余日",
            "数十日",
            "几天",
            "一级保护",
            "三分之二以上",
            "一分公司",
            "二次供水",
            "人民",
            "一切",
        ),
        *("第三十三条", "第五款", "五万元", "一般", "一年半", "半年"),
    ],
)
def test_what_is_no_quantity_is_left_alone(text: str) -> None:
    assert quantities(text) == []


def test_the_same_period_in_two_spellings_compares_equal() -> None:
    law, model = find_quantities("六十日内")[0], find_quantities("60天内")[0]
    assert (law.value, law.unit) == (model.value, model.unit)


def test_working_days_are_not_days() -> None:
    assert find_quantities("七个工作日")[0].unit != find_quantities("七日")[0].unit


@given(st.text(alphabet="一二五十百千分之倍日年月个工作以上下至-123%第", max_size=30))
def test_spans_are_in_order(text: str) -> None:
    found = find_quantities(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= m.start < m.end <= len(text) for m in found)
