"""Row-oriented benchmarks: whatever the columns are called and however the cells are merged, each step is read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.discretion.model import DiscretionRecords, DiscretionStandard, FineKind, Mode, Tier
from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify.profile import Profile
from ingest.parsers.benchmarks.tier_rows import read_tier_rows
from ingest.readers.model import Block, Format, Note, NoteKind, Place, Table
from tests.ingest.lists.tables import ABOVE, LEFT, document, table

PROFILE = Profile(title="示范市裁量基准（示例）", kind=DocumentKind.BENCHMARK, level=EffectLevel.NONE)
BASIS = "《中华人民共和国消防法》第六十条第一款：单位违反本法规定，责令改正，处五千元以上五万元以下罚款。"
LOW, MIDDLE, HIGH = "处五千元以上一万元以下罚款", "处一万元以上三万元以下罚款", "处三万元以上五万元以下罚款"
HEADER = ["序号", "违法行为", "处罚依据", "裁量阶次", "适用情形", "裁量幅度", "备注"]


def read(*blocks: Block | str) -> DiscretionRecords:
    return read_tier_rows(document(*blocks), PROFILE)


def standards(rows: Sequence[Sequence[str]], hidden: Sequence[int] = ()) -> list[DiscretionStandard]:
    records = read(table(rows, hidden=hidden))
    assert records.doubts == ()
    return list(records.standards)


def only(rows: Sequence[Sequence[str]], hidden: Sequence[int] = ()) -> DiscretionStandard:
    (standard,) = standards(rows, hidden)
    return standard


def bounds(tier: Tier, column: str = "罚款") -> tuple[int, int]:
    fine = dict(tier.fines)[column]
    assert fine.minimum is not None
    assert fine.maximum is not None
    return int(fine.minimum), int(fine.maximum)


THREE = [(5000, 10000), (10000, 30000), (30000, 50000)]


@pytest.mark.parametrize(
    "header",
    [
        ["序号", "违法行为", "法律依据", "类别", "裁量情节", "裁量标准"],
        ["序号", "违法行为", "处罚依据", "阶次", "情形", "幅度"],
        ["序号", "案由", "罚则", "违法程度", "违法情节", "处罚标准"],
        ["项次", "违法行为名称", "处罚依据", "裁量档次", "适用条件", "具体标准"],
        ["序号", "处罚事项", "设定依据", "裁量等级", "违法情形", "处罚裁量标准"],
        ["序号", "违法事实", "法律责任", "情节", "具体情形", "罚款幅度"],
        ["序号", "违法行为", "处罚依据", "裁量情节", LEFT, "自由裁量标准"],
    ],
    ids="".join,
)
def test_columns_are_understood_by_what_they_mean(header: list[str]) -> None:
    standard = only(
        [
            header,
            ["7", "占用疏散通道", BASIS, "较轻", "当场改正", LOW],
            [ABOVE, ABOVE, ABOVE, "一般", "限期改正", MIDDLE],
            [ABOVE, ABOVE, ABOVE, "严重", "拒不改正", HIGH],
        ]
    )
    assert (standard.id, standard.mode, standard.title) == ("7", Mode.TIERED, "占用疏散通道")
    assert [tier.grade for tier in standard.tiers] == ["较轻", "一般", "严重"]
    assert [tier.circumstances for tier in standard.tiers] == [("当场改正",), ("限期改正",), ("拒不改正",)]
    assert [bounds(tier) for tier in standard.tiers] == THREE
    assert [basis.written for basis in standard.basis] == ["《中华人民共和国消防法》第六十条第一款"]
    assert standard.doubts == ()


def test_rows_under_one_merged_step_are_circumstances_of_which_one_is_enough() -> None:
    standard = only(
        [
            HEADER,
            ["1", "占用疏散通道", BASIS, "一般", "限期改正", MIDDLE, "先责令改正"],
            [ABOVE, ABOVE, ABOVE, ABOVE, "两年内首次", ABOVE, ABOVE],
            [ABOVE, ABOVE, ABOVE, "严重", "拒不改正", HIGH, ABOVE],
        ]
    )
    first, second = standard.tiers
    assert (first.circumstances, first.joint, first.rows) == (("限期改正", "两年内首次"), False, (2, 3))
    assert second.rows == (4, 4)
    assert (standard.remark, first.remark, second.remark) == ("先责令改正", "", "")


def test_empty_cells_that_are_not_merged_mean_as_above() -> None:
    standard = only(
        [
            HEADER,
            ["1", "占用疏散通道", BASIS, "一般", "限期改正", MIDDLE, ""],
            ["", "", "", "", "两年内首次", "", ""],
            ["", "", "", "严重", "拒不改正", HIGH, ""],
        ]
    )
    assert [tier.circumstances for tier in standard.tiers] == [("限期改正", "两年内首次"), ("拒不改正",)]


def test_one_step_may_hold_two_penalties() -> None:
    standard = only(
        [
            HEADER,
            ["1", "占用疏散通道", BASIS, "一般", "限期改正", LOW, ""],
            [ABOVE, ABOVE, ABOVE, ABOVE, "两年内再犯", MIDDLE, ""],
        ]
    )
    assert [(tier.grade, tier.circumstances) for tier in standard.tiers] == [
        ("一般", ("限期改正",)),
        ("一般", ("两年内再犯",)),
    ]
    assert [bounds(tier) for tier in standard.tiers] == THREE[:2]


def test_a_violation_in_sections_keeps_the_basis_of_each_and_lets_the_steps_begin_anew() -> None:
    late = "逾期不改正的，处一万元以上五万元以下罚款"
    standard = only(
        [
            HEADER,
            ["1", "占用疏散通道", BASIS, "1", "首次", LOW, ""],
            [ABOVE, ABOVE, ABOVE, "2", "再犯", MIDDLE, "通报"],
            [ABOVE, ABOVE, late, "1", "首次", MIDDLE, ""],
            [ABOVE, ABOVE, ABOVE, "2", "再犯", HIGH, ""],
        ]
    )
    assert [tier.grade for tier in standard.tiers] == ["1", "2", "1", "2"]
    assert [tier.basis_text for tier in standard.tiers] == [BASIS, BASIS, late, late]
    assert [tier.basis_rows for tier in standard.tiers] == [(2, 3), (2, 3), (4, 5), (4, 5)]
    assert standard.basis_text == f"{BASIS}\n{late}"
    assert ([tier.remark for tier in standard.tiers], standard.remark) == (["", "通报", "", ""], "")


def test_a_basis_may_cover_two_violations() -> None:
    first, second = standards(
        [
            HEADER,
            ["1", "占用疏散通道", BASIS, "一般", "首次", LOW, ""],
            ["2", "遮挡消火栓", ABOVE, "一般", "首次", LOW, ""],
        ]
    )
    assert first.basis_text == second.basis_text == BASIS
    assert second.tiers[0].basis_rows == (2, 3)


def test_hidden_rows_are_no_steps() -> None:
    rows = [
        HEADER,
        ["1", "占用疏散通道", BASIS, "一般", "首次", LOW, ""],
        [ABOVE, ABOVE, ABOVE, "较重", "再犯", MIDDLE, ""],
        [ABOVE, ABOVE, ABOVE, "严重", "拒不改正", HIGH, ""],
    ]
    assert [tier.grade for tier in only(rows, hidden=[2]).tiers] == ["一般", "严重"]


def test_a_violation_repeated_in_every_row_is_one_and_as_above_is_looked_up() -> None:
    first, second = standards(
        [
            HEADER[1:],
            ["占用疏散通道", BASIS, "一般", "首次", LOW, ""],
            ["占用疏散通道", BASIS, "严重", "再犯", MIDDLE, ""],
            ["遮挡消火栓", "同上", "一般", "首次", LOW, ""],
        ]
    )
    assert [tier.grade for tier in first.tiers] == ["一般", "严重"]
    assert (second.title, second.basis_text) == ("遮挡消火栓", BASIS)
    assert first.id != second.id


def test_serial_numbers_may_count_steps_but_a_violation_listed_twice_stays_two() -> None:
    rows = [
        HEADER,
        ["1", "占用疏散通道", BASIS, "一般", "首次", LOW, ""],
        ["2", "占用疏散通道", BASIS, "严重", "再犯", MIDDLE, ""],
        ["3", "占用疏散通道", BASIS, "一般", "人员密集场所首次", MIDDLE, ""],
    ]
    assert [(s.id, len(s.tiers)) for s in standards(rows)] == [("1", 2), ("3", 1)]


def test_two_levels_of_header_give_axes_and_a_fine_for_each_party() -> None:
    standard = only(
        [
            ["序号", "违法行为", "处罚依据", "裁量因素", LEFT, "处罚幅度", LEFT],
            [ABOVE, ABOVE, ABOVE, "次数", "后果", "单位", "个人"],
            ["1", "占用疏散通道", BASIS, "1次", "无后果", "五千元以上一万元以下", "五百元以下"],
            [ABOVE, ABOVE, ABOVE, ABOVE, "有后果", "一万元以上三万元以下", "/"],
            [ABOVE, ABOVE, ABOVE, "2次以上", "—", "三万元以上五万元以下", "给予警告"],
            [ABOVE, ABOVE, ABOVE, "造成人员伤亡的", LEFT, "五万元", LEFT],
        ]
    )
    assert standard.axes == ("次数", "后果")
    assert standard.fine_columns == ("单位", "个人")
    assert [dict(tier.when) for tier in standard.tiers] == [
        {"次数": "1次", "后果": "无后果"},
        {"次数": "1次", "后果": "有后果"},
        {"次数": "2次以上", "后果": None},
        {},
    ]
    assert [bounds(tier, "单位") for tier in standard.tiers] == [*THREE, (50000, 50000)]
    kinds = [dict(tier.fines)["个人"].kind for tier in standard.tiers[:3]]
    assert kinds == [FineKind.UPTO, FineKind.NONE, FineKind.WARNING]
    assert standard.tiers[3].catch_all == "造成人员伤亡的"


def test_axes_that_are_left_empty_go_on_from_above() -> None:
    standard = only(
        [
            ["序号", "违法行为", "处罚依据", "次数", "违法后果", "危害程度", "处罚幅度"],
            ["1", "占用疏散通道", BASIS, "", "无后果", "轻微影响范围", LOW],
            ["", "", "", "", "", "较大影响范围", MIDDLE],
            ["", "", "", "", "有后果", "较大影响范围", ""],
        ]
    )
    assert standard.axes == ("违法后果", "危害程度")
    assert [tuple(label for _, label in tier.when) for tier in standard.tiers] == [
        ("无后果", "轻微影响范围"),
        ("无后果", "较大影响范围"),
        ("有后果", "较大影响范围"),
    ]
    assert [bounds(tier) for tier in standard.tiers] == [THREE[0], THREE[1], THREE[1]]


def test_columns_of_unknown_name_that_tell_steps_apart_are_axes_and_others_are_kept_aside() -> None:
    standard = only(
        [
            ["序号", "违法行为", "承办科室甲", "场所类型", "整改快慢", "罚款"],
            ["1", "占用疏散通道", "一科", "一般场所", "当日", LOW],
            [ABOVE, ABOVE, ABOVE, ABOVE, "次日", MIDDLE],
            [ABOVE, ABOVE, ABOVE, "密集场所", "当日", HIGH],
        ]
    )
    assert standard.axes == ("场所类型", "整改快慢")
    assert [tuple(label for _, label in tier.when) for tier in standard.tiers] == [
        ("一般场所", "当日"),
        ("一般场所", "次日"),
        ("密集场所", "当日"),
    ]
    assert standard.other == (("承办科室甲", "一科"),)


GRADES = ("从轻", "一般", "从重")


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["序号", "违法行为", "处罚依据", "裁量幅度", LEFT, LEFT, LEFT],
            [ABOVE, ABOVE, ABOVE, "减轻", "从轻", "一般", "从重"],
            ["1", "占用疏散通道", BASIS, "/", f"首次的，{LOW}", f"再犯的，{MIDDLE}", f"拒不改正的，{HIGH}"],
        ],
        [
            ["序号", "违法行为", "处罚依据", "从轻处罚", LEFT, "一般处罚", LEFT, "从重处罚", LEFT],
            [ABOVE, ABOVE, ABOVE, "适用条件", "裁量幅度", "适用条件", "裁量幅度", "适用条件", "裁量幅度"],
            ["1", "占用疏散通道", BASIS, "首次的", LOW, "再犯的", MIDDLE, "拒不改正的", HIGH],
        ],
        [
            ["序号", "违法行为", "处罚依据", "内容", "减轻", "从轻", "一般", "从重"],
            ["1", "占用疏散通道", BASIS, "适用情形", "/", "首次的", "再犯的", "拒不改正的"],
            [ABOVE, ABOVE, ABOVE, "裁量幅度", "/", LOW, MIDDLE, HIGH],
        ],
    ],
    ids=["in one cell", "side by side", "in two rows"],
)
def test_steps_may_be_columns_and_a_step_that_does_not_apply_is_left_out(rows: list[list[str]]) -> None:
    standard = only(rows)
    assert [tier.grade[:2] for tier in standard.tiers] == list(GRADES)
    assert [tier.circumstances for tier in standard.tiers] == [("首次的",), ("再犯的",), ("拒不改正的",)]
    assert [bounds(tier) for tier in standard.tiers] == THREE
    assert standard.doubts == ()


def test_a_violation_column_may_be_divided() -> None:
    standard = only(
        [
            ["序号", "违法行为", LEFT, "处罚依据", "阶次", "情形", "幅度"],
            ["1", "妨碍疏散", "占用疏散通道", BASIS, "较轻", "首次", LOW],
            [ABOVE, ABOVE, "封闭安全出口", ABOVE, "较轻", "首次", MIDDLE],
        ]
    )
    assert [tier.behaviour for tier in standard.tiers] == ["占用疏散通道", "封闭安全出口"]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("有下列情形之一的：\n1.首次违法；\n2.当场改正。", (("首次违法", "当场改正"), False)),
        ("同时具备下列情形的：（1）首次违法；（2）当场改正。", (("首次违法", "当场改正"), True)),
        ("1.首次违法；2.当场改正", (("1.首次违法；2.当场改正",), False)),
        ("货值不足一万元，且有下列情形之一的：1.首次违法；2.当场改正。", None),
    ],
)
def test_items_of_one_cell_are_divided_only_where_it_says_any_or_all(
    cell: str, expected: tuple[tuple[str, ...], bool] | None
) -> None:
    (tier,) = only([HEADER, ["1", "占用疏散通道", BASIS, "一般", cell, LOW, ""]]).tiers
    assert (tier.circumstances, tier.joint) == (expected or ((cell,), False))


def test_the_unit_may_stand_in_the_header() -> None:
    rows = [
        ["违法行为", "处罚依据", "阶次", "情形", "罚款幅度（万元）"],
        ["占用疏散通道", BASIS, "较轻", "首次", "0.5-1"],
    ]
    (fine,) = (fine for _, fine in only(rows).tiers[0].fines)
    assert (fine.kind, fine.minimum, fine.maximum) == (FineKind.RANGE, Decimal(5000), Decimal(10000))


def test_headings_remarks_and_repeated_headers_inside_a_table_are_no_rows() -> None:
    records = read(
        table(
            [
                ["一、消防类", *[LEFT] * 6],
                HEADER,
                ["1", "占用疏散通道", BASIS, "一般", "首次", LOW, ""],
                HEADER,
                ["二、通行类", *[LEFT] * 6],
                ["2", "遮挡消火栓", BASIS, "一般", "首次", LOW, ""],
                [""] * 7,
                ["备注：以上包括本数。", *[LEFT] * 6],
            ]
        ),
        "注：本表自2026年9月1日起施行。",
    )
    assert [(s.id, s.chapter) for s in records.standards] == [("1", "一、消防类"), ("2", "二、通行类")]
    assert records.remarks == ("备注：以上包括本数。", "注：本表自2026年9月1日起施行。")
    assert records.doubts == ()


def test_a_number_printed_twice_is_told_apart_by_its_sheet() -> None:
    rows = [HEADER, ["1", "占用疏散通道", BASIS, "一般", "首次", LOW, ""]]
    records = read(table(rows, sheet="消防"), table(rows, sheet="通行"))
    assert [(s.id, s.printed_id, s.sheet) for s in records.standards] == [("1", "1", "消防"), ("通行·1", "1", "通行")]


def test_only_the_tables_asked_for_are_read() -> None:
    blocks = [table([HEADER, [n, "占用疏散通道", BASIS, "一般", "首次", LOW, ""]]) for n in ("1", "2")]
    found = read_tier_rows(document("示例", *blocks), PROFILE, tables={2})
    assert [standard.id for standard in found.standards] == ["2"]


def test_a_table_without_header_goes_on_with_that_of_the_table_directly_above() -> None:
    first = table([HEADER, ["1", "占用疏散通道", BASIS, "一般", "首次", LOW, ""]])
    second = table([["2", "遮挡消火栓", BASIS, "一般", "首次", MIDDLE, "先责令改正"]])
    records = read(first, second)
    assert [(s.id, bounds(s.tiers[0]), s.remark) for s in records.standards] == [
        ("1", THREE[0], ""),
        ("2", THREE[1], "先责令改正"),
    ]
    assert records.doubts == ()
    apart = read(first, "以下另有规定：", second)
    assert ([s.id for s in apart.standards], [d.code for d in apart.doubts]) == (["1"], ["header_not_understood"])


def on_pages(rows: Sequence[Sequence[str]], break_before: int) -> Table:
    """The rows as a PDF's table whose rows from ``break_before`` on stand on the next page."""
    plain = table(rows)
    cells = [replace(c, place=Place(page=1 + (c.row >= break_before), table=1, row=c.row + 1)) for c in plain.cells]
    return replace(plain, cells=tuple(cells), place=Place(page=1, table=1))


def test_words_of_a_violation_that_a_page_break_put_beside_its_next_row_are_joined() -> None:
    rows = [
        HEADER,
        ["1", "占用、堵塞", "《中华人民共和国消防法》第六十条第一款：责令改正，处五千元以上", "一般", "首次", LOW, ""],
        ["", "疏散通道", "五万元以下罚款", "严重", "再犯", MIDDLE, ""],
        ["2", "遮挡消火栓", BASIS, "一般", "首次", LOW, ""],
    ]
    first, second = read_tier_rows(document(on_pages(rows, 2), form=Format.PDF), PROFILE).standards
    assert (first.title, first.pages, [t.grade for t in first.tiers]) == (
        "占用、堵塞疏散通道",
        (1, 2),
        ["一般", "严重"],
    )
    assert first.basis_text == "《中华人民共和国消防法》第六十条第一款：责令改正，处五千元以上五万元以下罚款"
    assert (second.id, second.pages) == ("2", (2,))


def test_a_penalty_cut_by_a_page_break_is_joined_where_only_both_halves_can_be_read_and_asks_for_review() -> None:
    rows = [
        HEADER,
        ["1", "占用疏散通道", BASIS, "一般", "位于人员密集场", "处五千元以上", ""],
        [ABOVE, ABOVE, ABOVE, ABOVE, "所的", "一万元以下罚款", ""],
        [ABOVE, ABOVE, ABOVE, "严重", "再犯", MIDDLE, ""],
    ]
    (standard,) = read_tier_rows(document(on_pages(rows, 2), form=Format.PDF), PROFILE).standards
    assert [tier.circumstances for tier in standard.tiers] == [("位于人员密集场所的",), ("再犯",)]
    assert [bounds(tier) for tier in standard.tiers] == THREE[:2]
    assert [doubt.code for doubt in standard.doubts] == ["cut_by_page_break"]


def test_a_new_circumstance_at_the_top_of_a_page_is_not_joined() -> None:
    rows = [
        HEADER,
        ["1", "占用疏散通道", BASIS, "一般", "位于人员密集场所的", LOW, ""],
        [ABOVE, ABOVE, ABOVE, ABOVE, "两年内再犯的", ABOVE, ""],
        [ABOVE, ABOVE, "逾期不改正的，处一万元以上五万元以下罚款", "一般", "首次", MIDDLE, ""],
    ]
    for page_break in (2, 3):
        found = read_tier_rows(document(on_pages(rows, page_break), form=Format.PDF), PROFILE)
        first, second = found.standards[0].tiers
        assert first.circumstances == ("位于人员密集场所的", "两年内再犯的")
        assert (second.basis_text[:5], found.standards[0].basis_text) == ("逾期不改正", f"{BASIS}\n{rows[3][2]}")


def test_what_the_reader_doubted_or_took_from_a_picture_asks_for_review() -> None:
    rows = [HEADER, ["1", "占用疏散通道", BASIS, "一般", "首次", LOW, ""]]
    pdf = document(on_pages(rows, 9), form=Format.PDF)
    told = replace(pdf, notes=(Note(NoteKind.DOUBTFUL, "有文字不在任何单元格内。", Place(page=1)),))
    assert [d.code for s in read_tier_rows(told, PROFILE).standards for d in s.doubts] == ["reader_in_doubt"]
    (page,) = pdf.tables()
    picture = replace(pdf, blocks=(replace(page, cells=tuple(replace(c, ocr=True) for c in page.cells)),))
    assert [d.code for s in read_tier_rows(picture, PROFILE).standards for d in s.doubts] == ["read_from_picture"]


def test_a_penalty_named_beside_an_empty_range_is_the_penalty() -> None:
    standard = only(
        [
            ["编号", "违法行为", "处罚依据", "违法程度", "违法情节", "处罚种类", "处罚幅度"],
            ["XF-1", "占用疏散通道", BASIS, "轻微", "首次", "警告", "/"],
            [ABOVE, ABOVE, ABOVE, "严重", "再犯", "罚款", "五千元以上一万元以下"],
        ]
    )
    assert [fine.kind for tier in standard.tiers for _, fine in tier.fines] == [FineKind.WARNING, FineKind.RANGE]
    assert (standard.id, standard.other) == ("XF-1", (("处罚种类", "警告\n罚款"),))


def test_a_single_cell_of_cases_and_penalties_is_a_step_for_each_case() -> None:
    cell = f"1.首次违法的，{LOW}；\n2.再次违法的，{MIDDLE}；\n3.拒不改正的，{HIGH}。"
    standard = only([["序号", "违法行为", "处罚依据", "裁量标准"], ["1", "占用疏散通道", BASIS, cell]])
    assert [tier.circumstances for tier in standard.tiers] == [("首次违法的",), ("再次违法的",), ("拒不改正的",)]
    assert [bounds(tier) for tier in standard.tiers] == THREE


LAW = "《中华人民共和国生态环境法典》第一百条：责令改正，处五千元以上五万元以下罚款"


@pytest.mark.parametrize(
    ("basis", "party"),
    [
        (f"{LAW}。", "罚款"),
        (f"{LAW}；对直接负责的主管人员和其他直接责任人员，依法给予处分。", "对单位"),
        (f"{LAW}；对直接负责的主管人员和其他直接责任人员处一千元以上二千元以下罚款。", "对单位"),
        (f"{LAW}；对直接负责的主管人员和其他直接责任人员处五千元以上二万元以下罚款。", "罚款"),
        ("《中华人民共和国生态环境法典》第一百条：对单位和个人处五千元以上五万元以下罚款。", "罚款"),
    ],
    ids=["nobody named", "persons are not fined", "persons are fined less", "could be either", "both alike"],
)
def test_a_fine_without_party_is_for_the_one_that_the_basis_leaves(basis: str, party: str) -> None:
    assert only([HEADER, ["1", "占用疏散通道", basis, "一般", "首次", LOW, ""]]).fine_columns == (party,)


def test_the_section_for_persons_says_for_whom_its_fines_are() -> None:
    persons = "对直接负责的主管人员和其他责任人员，处一千元以上二千元以下罚款"
    standard = only(
        [
            HEADER,
            ["1", "占用疏散通道", f"{LAW}。", "一般", "首次", LOW, ""],
            [ABOVE, ABOVE, persons, "一般", "首次", "处一千元以上二千元以下罚款", ""],
        ]
    )
    assert [[name for name, _ in tier.fines] for tier in standard.tiers] == [["对单位"], ["对个人"]]


def test_further_columns_of_a_violation_are_kept_by_name() -> None:
    rows = [
        ["序号", "违法行为", "实施主体", "阶次", "情形", "幅度"],
        ["1", "占用疏散通道", "消防机构", "一般", "首次", LOW],
    ]
    assert only(rows).other == (("实施主体", "消防机构"),)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(  # violations: steps: number of circumstances
        st.lists(st.integers(1, 3), min_size=1, max_size=4), min_size=1, max_size=4
    ),
    st.booleans(),
)
def test_every_violation_step_and_circumstance_is_found_once_merged_or_not(
    shape: list[list[int]], merged: bool
) -> None:
    again = ABOVE if merged else ""
    rows = [HEADER]
    for v, steps in enumerate(shape, start=1):
        new_violation = True
        for s, count in enumerate(steps, start=1):
            for c in range(count):
                head = [str(v), f"违法行为第{v}种", BASIS] if new_violation else [again] * 3
                step = [f"{s}", f"处{s}万元以上{s + 1}万元以下罚款"] if c == 0 else [again] * 2
                rows.append([*head, step[0], f"情形{v}-{s}-{c}", step[1], ""])
                new_violation = False
    found = read(table(rows))
    assert found.doubts == ()
    assert [[len(t.circumstances) for t in s.tiers] for s in found.standards] == shape
    cases = [case for s in found.standards for t in s.tiers for case in t.circumstances]
    assert len(set(cases)) == len(cases) == sum(map(sum, shape))
    assert [bounds(t) for s in found.standards for t in s.tiers] == [
        (n * 10000, (n + 1) * 10000) for steps in shape for n in range(1, len(steps) + 1)
    ]


def test_places_are_those_of_the_sheet() -> None:
    rows = [HEADER, ["1", "占用疏散通道", BASIS, "一般", "首次", LOW, ""]]
    sheet = table(rows, sheet="消防")
    moved = Table(sheet.cells, sheet.rows, sheet.columns, type(sheet.place)(sheet="消防", row=5))
    (standard,) = read(moved).standards
    assert (standard.spot.sheet, standard.spot.row, standard.tiers[0].rows) == ("消防", 6, (6, 6))
