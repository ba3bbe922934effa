"""Amounts that decide a case stand out; other numbers do not."""

from __future__ import annotations

import pytest

from ui.amounts import amount_marks


def found(text: str, css: str) -> list[str]:
    return [text[start:end] for start, end in amount_marks(text)[css]]


@pytest.mark.parametrize(
    ("text", "fines"),
    [
        ("并处五万元以上十万元以下罚款", ["五万元以上十万元以下罚款"]),
        ("并处货值金额十倍以上二十倍以下罚款", ["十倍以上二十倍以下罚款"]),
        ("处十万元以上一百万元以下的罚款", ["十万元以上一百万元以下的罚款"]),
        ("处五日以上十五日以下拘留", ["五日以上十五日以下拘留"]),
        ("处三年以上七年以下有期徒刑", ["三年以上七年以下有期徒刑"]),
        ("可以并处罚款500元", ["500元"]),
        ("一次记12分", ["12分"]),
    ],
)
def test_sanctions_are_found_whole(text, fines):
    assert found(text, "ea-fine") == fines


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("货值金额不足一万元的", ["不足一万元"]),
        ("货值金额一万元以上的", ["一万元以上"]),
        ("暂扣六个月机动车驾驶证", ["六个月"]),
        ("已满十四周岁不满十八周岁的人", ["十四周岁不满十八周岁"]),
    ],
)
def test_thresholds_and_terms_are_found_apart_from_sanctions(text, others):
    assert found(text, "ea-amount") == others
    assert found(text, "ea-fine") == []


@pytest.mark.parametrize(
    "text",
    ["第三十三条第一款", "自2026年8月15日起施行", "二〇二一年一月二十二日", "三分之二以上", "有下列情形之一的", ""],
)
def test_other_numbers_are_left_alone(text):
    assert amount_marks(text) == {"ea-fine": [], "ea-amount": []}
