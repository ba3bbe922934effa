"""Tiered benchmarks (幅度罚款模式): axes, columns of fines, tiers, and what is sent to review."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.discretion.model import DiscretionStandard, FineKind, Mode
from ingest.readers.model import Note, NoteKind, Place
from tests.ingest.lists.tables import table
from tests.ingest.parsers.benchmarks.section_tables import A, L, codes, law, on_pages, read, read_one

HEADER = ["违法行为", "区域", "整改情况", "罚款"]
BODY = [
    ["示例单位未登记", "一般区域", "限期内改正", "2万元以上5万元以下"],
    [A, A, "逾期未改正", "5万元以上10万元以下"],
    [A, "敏感区域", "限期内改正", "10万元以上15万元以下"],
    [A, A, "逾期未改正", "15万元以上20万元以下"],
    [A, "造成重大影响的", L, "20万元"],
]


def when(standard: DiscretionStandard) -> list[dict[str, str | None] | str]:
    return [tier.catch_all or dict(tier.when) for tier in standard.tiers]


def bounds(standard: DiscretionStandard) -> list[list[tuple[FineKind, Decimal | None, Decimal | None]]]:
    return [[(fine.kind, fine.minimum, fine.maximum) for _, fine in tier.fines] for tier in standard.tiers]


def test_the_usual_table() -> None:
    standard = read_one([*law(4), HEADER, *BODY])
    assert standard.mode is Mode.TIERED
    assert standard.axes == ("区域", "整改情况")
    assert standard.fine_columns == ("罚款",)
    assert when(standard) == [
        {"区域": "一般区域", "整改情况": "限期内改正"},
        {"区域": "一般区域", "整改情况": "逾期未改正"},
        {"区域": "敏感区域", "整改情况": "限期内改正"},
        {"区域": "敏感区域", "整改情况": "逾期未改正"},
        "造成重大影响的",
    ]
    assert bounds(standard)[0] == [(FineKind.RANGE, Decimal(20000), Decimal(50000))]
    assert bounds(standard)[4] == [(FineKind.FIXED, Decimal(200000), Decimal(200000))]
    assert [tier.rows for tier in standard.tiers] == [(n, n) for n in range(4, 9)]
    assert [tier.spot.row for tier in standard.tiers] == list(range(4, 9))
    assert all(tier.behaviour == "" for tier in standard.tiers)
    assert standard.doubts == ()


def test_a_dash_says_that_the_axis_does_not_apply() -> None:
    body = [
        ["甲", "未造成污染", "—", "限期内改正", "1万元"],
        [A, A, A, "逾期未改正", "2万元"],
        [A, "造成污染", "500平方米以下", "/", "3万元"],
        [A, A, "500平方米以上", A, "4万元"],
    ]
    standard = read_one([*law(5), ["违法行为", "违法程度", "面积", "整改情况", "罚款"], *body])
    assert when(standard) == [
        {"违法程度": "未造成污染", "面积": None, "整改情况": "限期内改正"},
        {"违法程度": "未造成污染", "面积": None, "整改情况": "逾期未改正"},
        {"违法程度": "造成污染", "面积": "500平方米以下", "整改情况": None},
        {"违法程度": "造成污染", "面积": "500平方米以上", "整改情况": None},
    ]


def test_of_one_axis_the_last_row_is_a_label_like_the_others() -> None:
    standard = read_one([*law(3), ["违法行为", "次数", "罚款"], ["甲", "1次", "1万元"], [A, "造成重大影响的", "2万元"]])
    assert when(standard) == [{"次数": "1次"}, {"次数": "造成重大影响的"}]


def test_a_row_across_the_violation_s_column_is_for_all_cases() -> None:
    standard = read_one([*law(3), ["违法行为", "次数", "罚款"], ["甲", "1次", "1万元"], ["造成重大影响的", L, "2万元"]])
    assert when(standard) == [{"次数": "1次"}, "造成重大影响的"]
    assert standard.behaviours == ("甲",)


def test_a_cell_over_two_of_three_axes_leaves_the_second_open() -> None:
    header = ["违法行为", "违法程度", "面积", "整改情况", "罚款"]
    body = [["甲", "轻微", "1亩", "限期内改正", "1万元"], [A, "严重", "造成污染", L, "2万元"]]
    standard = read_one([*law(5), header, *body])
    assert when(standard)[1] == {"违法程度": "严重", "面积": "造成污染", "整改情况": None}


def test_columns_for_units_and_persons() -> None:
    body = [
        ["甲", "1次", "1万元以上2万元以下", "0.1万元"],
        [A, "2次以上", "2万元以上3万元以下", A],
        [A, "3次以上", "5万元", "/"],
    ]
    standard = read_one([*law(4), ["违法行为", "次数", "对单位罚款", "对个人罚款"], *body])
    assert standard.fine_columns == ("对单位罚款", "对个人罚款")
    assert [row[1] for row in bounds(standard)] == [
        (FineKind.FIXED, Decimal(1000), Decimal(1000)),
        (FineKind.FIXED, Decimal(1000), Decimal(1000)),
        (FineKind.NONE, None, None),
    ]
    assert standard.doubts == ()


def test_a_header_of_two_levels() -> None:
    rows = [
        *law(4),
        ["违法行为", "次数", "罚款", L],
        [A, A, "对单位", "对个人"],
        ["甲", "1次", "1万元", "0.1万元"],
        [A, "2次", "2万元", "0.2万元"],
    ]
    standard = read_one(rows)
    assert standard.fine_columns == ("罚款·对单位", "罚款·对个人")
    assert bounds(standard)[1] == [
        (FineKind.FIXED, Decimal(20000), Decimal(20000)),
        (FineKind.FIXED, Decimal(2000), Decimal(2000)),
    ]


def test_a_violation_in_parts_is_told_by_each_tier() -> None:
    body = [["甲", "1次", "1万元"], [A, "2次", "2万元"], ["甲，逾期未改正", "1次", "3万元"], [A, "2次", "4万元"]]
    standard = read_one([*law(3), ["违法行为", "次数", "罚款"], *body])
    assert standard.behaviours == ("甲", "甲，逾期未改正")
    assert [tier.behaviour for tier in standard.tiers] == ["甲", "甲", "甲，逾期未改正", "甲，逾期未改正"]
    assert standard.doubts == ()


def test_the_name_of_the_step_is_no_axis_beside_the_case() -> None:
    body = [["甲", "轻微", "主动改正", "1万元"], [A, "一般", "责令后改正", "2万元"]]
    standard = read_one([*law(4), ["违法行为", "裁量阶次", "违法情节", "裁量幅度"], *body])
    assert standard.axes == ("违法情节",)
    assert [tier.grade for tier in standard.tiers] == ["轻微", "一般"]


def test_rows_beside_one_label() -> None:
    rows = [
        ["违法行为", "示例单位未登记", L, L],
        ["处罚依据", "《示范市示例管理办法》第二十条　处2万元以上20万元以下的罚款。", L, L],
        ["裁量基准", "违法程度", "违法情节", "处罚幅度"],
        [A, "轻微", "主动改正", "2万元以上5万元以下"],
        [A, "严重", "拒不改正", "5万元以上20万元以下"],
    ]
    standard = read_one(rows)
    assert standard.axes == ("违法程度", "违法情节")
    assert standard.behaviours == ("示例单位未登记",)
    assert when(standard)[1] == {"违法程度": "严重", "违法情节": "拒不改正"}
    assert standard.doubts == ()


# ---- page breaks -------------------------------------------------------------------------------------------


def test_empty_cells_below_a_page_break_are_those_above() -> None:
    body = [
        ["甲", "一般区域", "限期内改正", "1万元", "0.1万元"],
        [" ", " ", "逾期未改正", "2万元", " "],
        [A, "敏感区域", "限期内改正", "3万元", "0.2万元"],
    ]
    rows = [*law(5), ["违法行为", "区域", "整改情况", "对单位罚款", "对个人罚款"], *body]
    standard = read_one(rows, pages={0: 1, 4: 2})
    assert when(standard)[1] == {"区域": "一般区域", "整改情况": "逾期未改正"}
    assert bounds(standard)[1][1] == (FineKind.FIXED, Decimal(1000), Decimal(1000))
    assert [tier.pages for tier in standard.tiers] == [(1,), (2,), (2,)]
    assert standard.pages == (1, 2)
    assert standard.doubts == ()


def test_a_tier_whose_cell_goes_on_overleaf_is_on_both_pages() -> None:
    made = on_pages(table([*law(4), HEADER, *BODY]), {0: 1, 4: 2})
    note = Note(
        NoteKind.REPAIRED, "单元格被分页截断，已与上一页的部分合并。", Place(page=2, table=1, row=4), "限期内｜改正"
    )
    (standard,) = read("一、甲", made, notes=[note]).standards
    assert [tier.pages for tier in standard.tiers][:2] == [(1, 2), (2,)]


def test_the_rest_of_a_table_without_a_header_is_joined() -> None:
    whole = read_one([*law(4), HEADER, *BODY])
    first = table([*law(4), HEADER, *BODY[:2]])
    second = table([[" ", *row[1:]] if n == 0 else row for n, row in enumerate(BODY[2:])])
    found = read("一、示例单位未登记", "§1.1", first, second)
    (standard,) = found.standards
    assert when(standard) == when(whole)
    assert found.doubts == ()


def test_a_rest_that_does_not_fit_is_in_doubt() -> None:
    first, second = table([*law(4), HEADER, *BODY[:2]]), table([["敏感区域", "10万元以上15万元以下"]])
    standard = read("一、示例单位未登记", first, second).standards[0]
    assert codes(standard) == ["table_torn"]


# ---- sent to review ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "column", "words", "code"),
    [
        (4, 1, " ", "axis_empty"),
        (4, 3, " ", "fine_missing"),
        (4, 3, "由本机关酌情决定数额", "fine_not_read"),
        (5, 2, "限期内改正", "tier_repeated"),
    ],
    ids=["axis", "fine missing", "fine in words", "the same case twice"],
)
def test_a_cell_that_cannot_be_read_is_in_doubt(row: int, column: int, words: str, code: str) -> None:
    rows = [*law(4), HEADER, ["甲", "一般区域", "从未改正", "1万元"], *([*r] for r in BODY)]
    rows[4][0] = A
    rows[row][column] = words
    if code == "axis_empty":
        rows[5][1] = "郊区"
        rows[3][1:3] = ["一般区域", L]
    standard = read_one(rows)
    assert code in codes(standard)
    assert standard.doubts[0].spot.row == row + 1


def test_a_mark_that_ran_over_from_the_left_is_no_part_of_a_label() -> None:
    body = [["甲", "敏感区域（水源地除外）", "有排污", "1万元"], [A, A, "）　无排污", "2万元"]]
    standard = read_one([*law(4), ["违法行为", "区域", "排污情况", "罚款"], *body])
    assert when(standard)[1] == {"区域": "敏感区域（水源地除外）", "排污情况": "无排污"}
    assert codes(standard) == ["mark_of_neighbour"]


def test_an_unread_fine_has_no_numbers() -> None:
    rows = [*law(3), ["违法行为", "次数", "罚款"], ["甲", "1次", "由本机关酌情决定数额"]]
    (tier,) = read_one(rows).tiers
    ((_, fine),) = tier.fines
    assert (fine.kind, fine.minimum, fine.maximum) == (FineKind.UNREAD, None, None)
    assert fine.text == "由本机关酌情决定数额"


@pytest.mark.parametrize(
    "header",
    [
        ["违法行为", "轻微", "一般", "严重"],
        ["违法行为", "罚款", "区域", "整改情况"],
        ["甲", "乙", "丙", "丁"],
    ],
    ids=["steps side by side", "fines before the cases", "names that say nothing"],
)
def test_a_header_that_is_not_understood_makes_an_unread_record(header: list[str]) -> None:
    standard = read_one([*law(4), header, *BODY])
    assert standard.mode is Mode.UNREAD
    assert standard.tiers == ()
    assert codes(standard)[-1] == "header_not_understood"
    assert standard.title == "示例单位未登记"


def test_a_line_inside_the_table_that_is_no_row_is_told() -> None:
    rows = [*law(4), HEADER, *BODY[:2], ["以下情形按上限处罚，由局务会议集体讨论决定并报备案。", L, L, L], *BODY[2:4]]
    rows[6] = ["示例单位未登记", *rows[6][1:]]
    standard = read_one(rows)
    assert codes(standard) == ["row_not_understood"]
    assert "集体讨论" in standard.doubts[0].message
