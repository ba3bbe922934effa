"""Cases told apart by a sum, as cells print them and as statutes do (按货值金额、违法所得分的情形)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.discretion.expressions import find_expressions
from corpus.discretion.fines import read_fine, read_fines
from corpus.discretion.model import FineKind
from corpus.discretion.sum_cases import read_sum_cases
from corpus.discretion.variants import matching


def stated(text: str, column: str = "") -> list[tuple[str, str, str | None, str | None]]:
    return [
        (name, fine.kind.value, None if fine.maximum is None else f"{fine.maximum.normalize():f}", fine.base)
        for name, fine in read_fines(text, column)
    ]


LITTLE = ("货值不足一万元", "range", "65000", None)
MUCH = ("货值一万元以上", "ratio_range", "13", "货值金额")


@pytest.mark.parametrize(
    "text",
    [
        "货值不足一万元：处5万元以上6.5万元以下；货值一万元以上：处10倍以上13倍以下",
        "货值不足一万元的，处5万元以上6.5万元以下罚款；货值一万元以上的，处货值金额10倍以上13倍以下罚款",
        "货值不足一万元的：5万元以上6.5万元以下；货值一万元以上的：10倍以上13倍以下",
        "货值不足一万元，处5万元以上6.5万元以下罚款。货值一万元以上，处10倍以上13倍以下罚款。",
        "（1）货值不足一万元：处5万元以上6.5万元以下\n；（2）货值一万元以上：处10倍以上13倍以下",
        "1.货值不足一万元：处5万元以上6.5万元以下；2.货值一万元以上：处10倍以上13倍以下",
        "货值不足一万元的并处5万元以上6.5万元以下罚款，货值一万元以上的并处货值金额10倍以上13倍以下罚款",
    ],
)
def test_each_case_of_a_cell_has_its_own_fine_however_it_is_marked(text: str) -> None:
    assert stated(text) == [LITTLE, MUCH]
    assert read_fine(text).kind is FineKind.UNREAD


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "违法生产经营的食品货值金额不足一万元的，并处五万元以上六万五千元以下罚款；"
            "货值金额一万元以上的，并处货值金额十倍以上十三倍以下罚款",
            [
                ("违法生产经营的食品货值金额不足一万元", "range", "65000", None),
                ("货值金额一万元以上", "ratio_range", "13", "货值金额"),
            ],
        ),
        (
            "违法经营额五万元以上的，可以处违法经营额二倍以下的罚款；"
            "没有违法经营额或者违法经营额不足五万元的，可以处五万元以下的罚款",
            [
                ("违法经营额五万元以上", "ratio_upto", "2", "违法经营额"),
                ("没有违法经营额或者违法经营额不足五万元", "upto", "50000", None),
            ],
        ),
        (
            "货值金额不足1万元，处5万元罚款；货值金额1万元以上5万元以下，处10倍罚款；货值金额5万元以上，处11倍罚款",
            [
                ("货值金额不足1万元", "fixed", "50000", None),
                ("货值金额1万元以上5万元以下", "ratio_fixed", "10", "货值金额"),
                ("货值金额5万元以上", "ratio_fixed", "11", "货值金额"),
            ],
        ),
        ("逾期不改正的，处5000元以上2万元以下罚款", [("逾期不改正", "range", "20000", None)]),
        ("逾期不改正：处5000元以上2万元以下", [("逾期不改正", "range", "20000", None)]),
        ("货值一万元以上：处10倍以上13倍以下", [MUCH]),
        (
            "首次违法的，不予处罚；再次违法的，处1万元罚款",
            [("首次违法", "other", None, None), ("再次违法", "fixed", "10000", None)],
        ),
    ],
)
def test_cases_keep_their_printed_words(text: str, expected: list[tuple[str, str, str | None, str | None]]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "违法所得不足1万元的，处1倍以上3倍以下罚款；货值金额1万元以上的，处5倍罚款",  # of which of the two?
        "违法所得1万元以上的，处货值金额2倍罚款；违法所得5万元以上的，处5倍罚款",
        "没有违法所得的，处2倍罚款；有违法所得的，处违法所得3倍罚款",  # nothing to multiply
        "合同金额1万元以上：处2倍罚款",  # statutes take multiples of other sums
        "情节较轻：处1倍罚款；情节严重：处3倍罚款",
        "货值金额不足1万元的，处5万元罚款；1万元以上的，处10倍罚款",
        "逾期不改正的：货值不足一万元的，处5万元罚款；货值一万元以上的，处10倍罚款",
        "没有违法所得的，处1万元以下罚款；有违法所得的，处1倍以上3倍以下罚款；最高不超过3万元",
        "货值不足一万元：处5万元；货值一万元以上",
        "货值不足一万元：处5万元；货值不足一万元：处6万元",
        "货值不足一万元：处5万元、10倍；货值一万元以上：处10倍",
        "逾期不改正的，处…",
    ],
)
def test_cases_open_to_two_readings_stay_unread(text: str) -> None:
    assert stated(text) == [("罚款", "unread", None, None)]


def test_a_head_that_names_another_base_leaves_a_bare_multiple_unread() -> None:
    assert stated("货值一万元以上：1至3倍", "违法所得倍数")[0][1] == "unread"
    assert stated("违法所得一万元以上：1至3倍", "违法所得倍数")[0][1:] == ("ratio_range", "3", "违法所得")


@pytest.mark.parametrize("link", ["但", "，但", "，", "、", "的罚款，但是"])
def test_a_ceiling_limits_the_fine_it_stands_with(link: str) -> None:
    text = f"没有违法所得的，处1万元以下罚款；有违法所得的，处违法所得1倍以上3倍以下{link}最高不超过3万元的罚款"
    (_, plain), (name, share) = read_fines(text)
    assert (name, share.base, share.minimum, share.maximum, share.ceiling) == ("有违法所得", "违法所得", 1, 3, 30_000)
    assert (plain.maximum, plain.ceiling) == (10_000, None)


def test_measures_go_with_every_case_before_which_they_stand_or_with_their_own() -> None:
    text = "没收违法所得；货值不足一万元的，处5万元罚款；货值一万元以上的，处10倍罚款；情节严重的，吊销许可证"
    assert [(name, fine.kind.value, fine.also) for name, fine in read_fines(text)] == [
        ("货值不足一万元", "fixed", "没收违法所得"),
        ("货值一万元以上", "ratio_fixed", "没收违法所得"),
        ("情节严重", "other", ""),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("货值不足一万元", [("货值金额", "0.01", "10000")]),
        ("违法生产的食品、食品添加剂货值金额一万元以上的", [("货值金额", "10000", None)]),
        ("货值金额在1万元以上且不足5万元的", [("货值金额", "10000", "50000")]),
        ("没有违法所得或者违法所得不足五万元的", [("违法所得", "0", "0"), ("违法所得", "0.01", "50000")]),
        ("没有违法所得或者不足五万元的", [("违法所得", "0", "0"), ("违法所得", "0.01", "50000")]),
        ("有违法所得的", [("违法所得", "0.01", None)]),
        ("违法所得无法计算的", []),
        ("货值金额较大的", []),
        ("违法所得1万元以上货值金额5万元以上的", []),
        ("货值金额一万元以上或者情节严重的", []),
        ("超标一倍以上的", []),
    ],
)
def test_a_case_of_a_sum_is_read_to_its_bounds(words: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(one.base, one.low, one.high) for one in read_sum_cases(words)] == [
        (base, Decimal(low), None if high is None else Decimal(high)) for base, low, high in expected
    ]


@pytest.mark.parametrize(
    ("statute", "columns", "meant"),
    [
        ("……违法生产经营的食品货值金额不足一万元的", ["货值不足一万元", "货值一万元以上"], [0]),
        ("货值金额一万元以上的", ["货值不足1万元", "货值1万元以上5万元以下", "货值5万元以上"], [1, 2]),
        ("没有违法所得或者违法所得不足五万元的", ["没有违法所得", "违法所得五万元以上", "有违法所得"], [0]),
        ("违法所得不足一万元的", ["货值不足一万元", "没有违法所得", "违法所得不足二万元"], []),
        ("有违法所得的", ["没有违法所得", "违法所得1万元以上"], [1]),
    ],
)
def test_a_case_of_the_statute_means_the_columns_inside_it(statute: str, columns: list[str], meant: list[int]) -> None:
    assert matching(statute, columns) == meant


_CASES = st.sampled_from(
    [
        "货值不足一万元",
        "货值金额1万元以上",
        "违法所得五万元以上",
        "没有违法所得",
        "有违法所得",
        "逾期不改正",
        "情节严重",
    ]
)
_FINES = st.sampled_from(
    [
        "处5万元以上6万元以下",
        "处10倍以上13倍以下罚款",
        "并处违法所得2倍罚款",
        "处3万元以下、7倍罚款",
        "不予处罚",
        "警告",
    ]
)
_MARKS = st.sampled_from(["：", "的，", "，", "的：", "的", ""])
_PARTS = st.lists(
    st.tuples(_CASES, _MARKS, _FINES, st.sampled_from(["；", "。", "，", "，最高不超过30万元；"])), max_size=4
)


@given(_PARTS)
def test_every_sum_of_the_text_stands_in_one_fine_or_case_or_all_is_unread(
    parts: list[tuple[str, str, str, str]],
) -> None:
    text = "".join("".join(part) for part in parts)
    fines = read_fines(text)
    if any(fine.kind is FineKind.UNREAD for _, fine in fines):
        assert len(fines) == 1
        return
    printed = sum(1 for _, _, words, end in parts for _ in find_expressions(words + end))
    limits = sum(fine.ceiling is not None for _, fine in fines)
    assert sum(fine.kind.is_fine for _, fine in fines) + limits == printed
    assert len({name for name, _ in fines}) == len(fines)
    for name, fine in fines:
        assert not fine.kind.is_ratio or fine.base
        if fine.kind.is_fine and len(fines) > 1:
            assert any(name.endswith(case) and fine.text in words + end for case, _, words, end in parts), (name, fine)
        elif fine.kind.is_fine:
            assert name == "罚款" or any(name.endswith(case) for case, *_ in parts)
