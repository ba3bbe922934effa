"""Row-oriented benchmarks of odd make: what stands in an unexpected place is read there, or asks for review."""

from __future__ import annotations

import pytest

from corpus.discretion.model import DiscretionStandard, FineKind, Mode
from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify.profile import Profile
from ingest.parsers.benchmarks.tier_rows import read_tier_rows
from ingest.readers.model import Block
from tests.ingest.lists.tables import ABOVE, LEFT, document, table
from tests.ingest.parsers.benchmarks.test_tier_rows import BASIS, HEADER, HIGH, LOW, MIDDLE, bounds

PROFILE = Profile(title="示范市裁量基准（示例）", kind=DocumentKind.BENCHMARK, level=EffectLevel.NONE)


def standards(*blocks: Block | str) -> list[DiscretionStandard]:
    return list(read_tier_rows(document(*blocks), PROFILE).standards)


@pytest.mark.parametrize(
    "cell",
    [
        f"轻微：首次违法的，{LOW}；\n一般：再次违法的，{MIDDLE}；\n严重：多次违法的，{HIGH}。",
        f"轻微：首次违法的，{LOW}；一般：再次违法的，{MIDDLE}；严重：多次违法的，{HIGH}。",
        f"（一）轻微：首次违法的，{LOW}；\n（二）一般：再次违法的，{MIDDLE}；\n（三）严重：多次违法的，{HIGH}。",
        f"1.轻微：首次违法的，{LOW}\n2.一般：再次违法的，{MIDDLE}\n3.严重：多次违法的，{HIGH}",
    ],
    ids=["lines", "one line", "brackets", "numbers"],
)
def test_grades_that_head_the_parts_of_a_single_cell_are_steps(cell: str) -> None:
    (standard,) = standards(table([["序号", "违法行为", "处罚依据", "裁量标准"], ["1", "占用疏散通道", BASIS, cell]]))
    assert [tier.grade for tier in standard.tiers] == ["轻微", "一般", "严重"]
    assert [tier.circumstances for tier in standard.tiers] == [("首次违法的",), ("再次违法的",), ("多次违法的",)]
    assert [bounds(tier) for tier in standard.tiers] == [(5000, 10000), (10000, 30000), (30000, 50000)]
    assert [fine.also for tier in standard.tiers for _, fine in tier.fines] == ["", "", ""]


def test_steps_within_the_cell_of_a_step_are_never_read_as_measures() -> None:
    cell = f"轻微：首次违法的，{LOW}；一般：再次违法的，{MIDDLE}"
    (standard,) = standards(
        table([["序号", "违法行为", "处罚依据", "情形", "裁量标准"], ["1", "占用疏散通道", BASIS, "未造成后果", cell]])
    )
    assert [fine.kind for tier in standard.tiers for _, fine in tier.fines] == [FineKind.UNREAD]
    assert "fine_not_read" in {doubt.code for doubt in standard.doubts}


@pytest.mark.parametrize("row", [["合计", "2项", *[LEFT] * 5], ["小计：2项", *[LEFT] * 6]], ids=["cells", "wide"])
def test_a_row_of_totals_is_neither_a_violation_nor_a_heading(row: list[str]) -> None:
    found = standards(
        table(
            [
                HEADER,
                ["1", "占用疏散通道", BASIS, "较轻", "当场改正", LOW, ""],
                row,
                ["2", "遮挡消火栓", BASIS, "较轻", "当场改正", LOW, ""],
            ]
        )
    )
    assert [(standard.id, standard.title, standard.chapter) for standard in found] == [
        ("1", "占用疏散通道", ""),
        ("2", "遮挡消火栓", ""),
    ]


def test_a_table_without_header_behind_a_sentence_puts_the_record_above_in_doubt() -> None:
    above = table([HEADER, ["1", "占用疏散通道", BASIS, "较轻", "当场改正", LOW, ""]])
    below = table([["", "", "", "一般", "限期改正", MIDDLE, ""], ["", "", "", "严重", "拒不改正", HIGH, ""]])
    (standard,) = standards(above, "第 2 页", below)
    assert [doubt.code for doubt in standard.doubts] == ["table_torn"]


@pytest.mark.parametrize("title", ["偷税", "盗窃", "赌博"])
def test_two_characters_can_name_a_violation(title: str) -> None:
    (standard,) = standards(table([HEADER, ["1", title, BASIS, "较轻", "当场改正", LOW, ""]]))
    assert (standard.mode, standard.title, standard.doubts) == (Mode.TIERED, title, ())


@pytest.mark.parametrize("title", ["警告", "罚款", "较轻", "12", "同上"])
def test_what_is_no_conduct_never_names_a_violation(title: str) -> None:
    (standard,) = standards(table([HEADER, ["1", title, BASIS, "较轻", "当场改正", LOW, ""]]))
    assert standard.mode is Mode.UNREAD


def test_the_unit_in_an_upper_row_of_the_header_holds_for_the_columns_below() -> None:
    (standard,) = standards(
        table(
            [
                ["序号", "违法行为", "处罚依据", "违法程度", "罚款金额（万元）", LEFT],
                [ABOVE, ABOVE, ABOVE, ABOVE, "单位", "直接责任人员"],
                ["1", "占用疏散通道", BASIS, "轻微", "3-12", "0.5-1"],
            ]
        )
    )
    (tier,) = standard.tiers
    assert [bounds(tier, name) for name in ("单位", "直接责任人员")] == [(30000, 120000), (5000, 10000)]


def test_the_unit_above_a_table_holds_for_its_bare_numbers() -> None:
    rows = [["序号", "违法行为", "阶次", "情形", "罚款幅度"], ["1", "占用疏散通道", "轻微", "1处", "1—3"]]
    (standard,) = standards("裁量表（单位：万元）", table(rows))
    assert bounds(standard.tiers[0]) == (10000, 30000)


def test_bare_numbers_without_any_unit_are_not_read() -> None:
    rows = [["序号", "违法行为", "阶次", "情形", "罚款幅度"], ["1", "占用疏散通道", "轻微", "1处", "1—3"]]
    (standard,) = standards("裁量表", table(rows))
    assert [fine.kind for _, fine in standard.tiers[0].fines] == [FineKind.UNREAD]


def test_a_case_in_the_column_of_grades_is_a_circumstance() -> None:
    (standard,) = standards(
        table(
            [
                ["违法行为", "依据", "情形", "幅度"],
                ["占用疏散通道", BASIS, "情节较轻", LOW],
                [ABOVE, ABOVE, "一般情节", MIDDLE],
                [ABOVE, ABOVE, "多次占用或者造成后果的", HIGH],
            ]
        )
    )
    assert [(tier.grade, tier.circumstances) for tier in standard.tiers] == [
        ("情节较轻", ()),
        ("一般情节", ()),
        ("", ("多次占用或者造成后果的",)),
    ]


def test_a_dash_is_no_circumstance() -> None:
    (standard,) = standards(table([HEADER, ["1", "占用疏散通道", BASIS, "一般", "—", LOW, ""]]))
    assert standard.tiers[0].circumstances == ()


@pytest.mark.parametrize("words", ["续表", "（续）", "续上表", "续表1"])
def test_a_row_that_says_the_table_goes_on_divides_nothing(words: str) -> None:
    found = standards(
        table(
            [
                HEADER,
                ["1", "占用疏散通道", BASIS, "较轻", "当场改正", LOW, ""],
                [words, *[LEFT] * 6],
                HEADER,
                ["1", "占用疏散通道", BASIS, "严重", "拒不改正", HIGH, ""],
            ]
        )
    )
    assert [(standard.id, standard.chapter) for standard in found] == [("1", "")]
    assert [tier.grade for tier in found[0].tiers] == ["较轻", "严重"]


def test_a_column_that_changes_beside_columns_of_grades_is_a_circumstance() -> None:
    (standard,) = standards(
        table(
            [
                ["序号", "违法行为", "处罚依据", "货值金额", "从轻", "从重"],
                ["1", "占用疏散通道", BASIS, "不足1万元", LOW, MIDDLE],
                [ABOVE, ABOVE, ABOVE, "1万元以上", MIDDLE, HIGH],
            ]
        )
    )
    assert [(tier.grade, tier.circumstances) for tier in standard.tiers] == [
        ("从轻", ("不足1万元",)),
        ("从重", ("不足1万元",)),
        ("从轻", ("1万元以上",)),
        ("从重", ("1万元以上",)),
    ]
    assert standard.doubts == ()


@pytest.mark.parametrize("column", [4, 5], ids=["circumstance", "fine"])
def test_as_above_in_the_first_step_of_another_violation_asks_for_review(column: int) -> None:
    last = ["2", "遮挡消火栓", BASIS, "较轻", "未造成后果", MIDDLE, ""]
    last[column] = "同上"
    found = standards(
        table(
            [
                HEADER,
                ["1", "占用疏散通道", BASIS, "较轻", "当场改正", LOW, ""],
                [ABOVE, ABOVE, ABOVE, "严重", "拒不改正", HIGH, ""],
                last,
            ]
        )
    )
    assert [[doubt.code for doubt in standard.doubts] for standard in found] == [[], ["as_above_open"]]


@pytest.mark.parametrize(("words", "known"), [("50000", False), ("10000-30000", False), ("5", True), ("2000", True)])
def test_a_bare_number_too_large_for_its_unit_is_not_read(words: str, known: bool) -> None:
    rows = [["序号", "违法行为", "阶次", "情形", "罚款幅度（万元）"], ["1", "占用疏散通道", "轻微", "1处", words]]
    (standard,) = standards(table(rows))
    ((_, fine),) = standard.tiers[0].fines
    assert fine.kind is (FineKind.FIXED if known else FineKind.UNREAD)
    assert (standard.doubts == ()) is known


@pytest.mark.parametrize(
    "header", [["序号", "违法行为及处罚依据", "情形", "处罚幅度"], ["序号", "违法行为描述", "情形", "处罚幅度"]]
)
def test_a_basis_that_stands_with_the_violation_asks_for_review(header: list[str]) -> None:
    (standard,) = standards(table([header, ["1", "占用疏散通道，依据《中华人民共和国消防法》第六十条", "1处", LOW]]))
    assert [doubt.code for doubt in standard.doubts] == ["basis_not_told_apart"]


def test_the_cell_below_no_penalty_says_when_there_is_none() -> None:
    (standard,) = standards(
        table(
            [
                ["序号", "违法行为", "处罚依据", "不予处罚", "从轻", "从重"],
                ["1", "占用疏散通道", BASIS, "首次占用且及时改正", LOW, HIGH],
            ]
        )
    )
    first = standard.tiers[0]
    assert (first.grade, first.circumstances, first.standard_text) == ("不予处罚", ("首次占用且及时改正",), "不予处罚")
    assert [fine.kind for _, fine in first.fines] == [FineKind.OTHER]


def test_items_that_must_hold_together_are_told_apart() -> None:
    cell = "同时满足：（1）首次占用；（2）及时改正。"
    (standard,) = standards(table([HEADER, ["1", "占用疏散通道", BASIS, "较轻", cell, LOW, ""]]))
    assert (standard.tiers[0].circumstances, standard.tiers[0].joint) == (("首次占用", "及时改正"), True)
