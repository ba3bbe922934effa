"""How the rows of a table become rows of a text: merged cells, headings, remarks, headers of every sort, labels."""

from __future__ import annotations

import pytest

from corpus.vocabulary import DocumentKind, FindingKind, Severity
from ingest.readers.model import Format, Paragraph
from tests.ingest.lists.tables import ABOVE, LEFT, labels, parsed, row, table

HEADER = ["序号", "违法行为", "裁量情节", "裁量标准"]


def test_a_merged_cell_is_carried_down_and_an_empty_one_is_not() -> None:
    text = parsed(table([HEADER, ["1", "甲", "轻", "一千元"], [ABOVE, ABOVE, "重", ""], ["2", "", "轻", "两千元"]]))
    assert labels(text) == ["序号1第1行", "序号1第2行", "序号2"]
    assert row(text, "序号1第2行").fields == (("序号", "1"), ("违法行为", "甲"), ("裁量情节", "重"))
    assert row(text, "序号2").fields == (("序号", "2"), ("裁量情节", "轻"), ("裁量标准", "两千元"))
    assert row(text, "序号1第1行").text == "序号：1\n违法行为：甲\n裁量情节：轻\n裁量标准：一千元"


@pytest.mark.parametrize("mark", ["同上", "〃", "同上。", "“同上”"])
def test_as_above_is_shown_with_what_it_means(mark: str) -> None:
    text = parsed(table([HEADER, ["1", "甲", "轻", "一千元"], ["2", "乙", mark, "一千元"], ["3", "丙", mark, "x"]]))
    assert row(text, "序号3").fields[2] == ("裁量情节", "轻")
    assert f"裁量情节：{mark}（轻）" in row(text, "序号3").text


def test_as_above_in_the_first_row_stays_as_printed() -> None:
    text = parsed(table([HEADER, ["1", "同上", "轻", "一千元"]]))
    assert row(text, "序号1").fields[1] == ("违法行为", "同上")


def test_a_header_of_two_rows_names_each_column_by_both() -> None:
    rows = [["序号", "违法行为", "裁量标准", LEFT], [ABOVE, ABOVE, "从轻", "从重"], ["1", "甲", "一千元", "两千元"]]
    fields = row(parsed(table(rows)), "序号1").fields
    assert fields == (("序号", "1"), ("违法行为", "甲"), ("裁量标准·从轻", "一千元"), ("裁量标准·从重", "两千元"))


def test_the_lower_names_of_a_header_count_without_vertical_merging() -> None:
    rows = [["序号", "违法行为", "裁量标准", LEFT], ["", "", "从轻", "从重"], ["1", "甲", "一千元", "两千元"]]
    assert [name for name, _ in row(parsed(table(rows)), "序号1").fields][2:] == ["裁量标准·从轻", "裁量标准·从重"]


def test_a_data_row_under_a_wide_name_is_no_header() -> None:
    rows = [["序号", "违法行为", LEFT, "裁量标准"], ["1", "甲", "乙", "一千元"], ["2", "丙", "丁", "两千元"]]
    text = parsed(table(rows))
    assert labels(text) == ["序号1", "序号2"]
    assert row(text, "序号1").fields[1:3] == (("违法行为", "甲"), ("违法行为（2）", "乙"))


def test_the_header_is_found_below_title_and_unit() -> None:
    rows = [["示范市清单（示例）", LEFT, LEFT, LEFT], ["", "", "", "单位：元"], HEADER, ["1", "甲", "轻", "一千"]]
    text = parsed(table(rows))
    assert labels(text) == ["备注", "序号1"]
    assert row(text, "备注").text == "单位：元"


def test_headings_inside_a_table_stand_above_their_rows_and_remarks_above_none() -> None:
    rows = [
        HEADER,
        ["一、消防", LEFT, LEFT, LEFT],
        ["1", "甲", "轻", "一千元"],
        ["二、市容", LEFT, LEFT, LEFT],
        ["1", "乙", "轻", "一千元"],
        ["备注：以上包含本数。", LEFT, LEFT, LEFT],
    ]
    text = parsed(table(rows))
    assert [(r.label, r.chapter) for r in text.rows] == [("第3行", "一、消防"), ("第5行", "二、市容"), ("备注", None)]


def test_a_remark_in_the_place_of_a_serial_number_is_one() -> None:
    text = parsed(table([HEADER, ["1", "甲", "轻", "一千元"], ["备 注", "一、以上包含本数。", LEFT, LEFT]]))
    assert "一、以上包含本数。" in row(text, "备注").text
    assert row(text, "备注").fields == ()


def test_a_header_that_is_repeated_is_no_row_and_a_new_one_begins_again() -> None:
    rows = [
        HEADER,
        ["1", "甲", "轻", "一千元"],
        HEADER,
        ["2", "乙", "重", "两千元"],
        ["序号", "事项名称", "实施依据", "备注"],
    ]
    text = parsed(table([*rows, ["1", "丙", "某法第一条", "无"]]))
    assert [r.fields[1] for r in text.rows] == [("违法行为", "甲"), ("违法行为", "乙"), ("事项名称", "丙")]


def test_a_row_that_numbers_the_columns_is_kept_but_is_no_entry() -> None:
    text = parsed(table([HEADER, ["1", "2", "3", "4"], ["1", "甲", "轻", "一千元"]]))
    assert labels(text) == ["序号1", "表1表头"]
    assert "1 2 3 4" in row(text, "表1表头").text


def test_hidden_rows_stand_in_no_row_and_leave_the_others_their_numbers() -> None:
    rows = [["违法行为", "裁量标准"], ["甲", "一千元"], ["藏", "两千元"], ["乙", "三千元"]]
    text = parsed(table(rows, hidden=[2], sheet="清单"))
    assert [(r.label, r.place) for r in text.rows] == [
        ("第2行", "工作表“清单”第2行"),
        ("第4行", "工作表“清单”第4行"),
    ]


def test_a_table_without_header_is_kept_under_numbered_columns_with_a_warning() -> None:
    text = parsed(table([["甲于示范市从事经营活动。", "处一千元罚款。"], ["乙。", "警告。"]]))
    assert text.rows[0].text == "列1：甲于示范市从事经营活动。\n列2：处一千元罚款。"
    assert [f.severity for f in text.faults] == [Severity.WARNING]


def test_the_report_says_which_columns_were_understood() -> None:
    text = parsed(table([["序号", "事项名称", "经办人"], ["1", "甲", "乙"]]), kind=DocumentKind.ITEM_LIST)
    (fault,) = text.faults
    assert (fault.kind, fault.severity) == (FindingKind.NEEDS_REVIEW, Severity.INFO)
    assert "已识别的列：序号、事项名称" in fault.message
    assert "未识别的列：经办人" in fault.message


def test_lines_broken_by_a_narrow_column_of_a_pdf_are_joined_and_items_begin_anew() -> None:
    rows = [["序号", "违法行为"], ["1", "未依法备\n案的：\n（1）首次\n违法；\n（2）pH\nvalue"]]
    lines = row(parsed(table(rows), form=Format.PDF), "序号1").fields[1][1].split("\n")
    assert lines == ["未依法备案的：", "（1）首次违法；", "（2）pH value"]


def test_lines_of_a_spreadsheet_cell_are_kept() -> None:
    rows = [["序号", "违法行为"], ["1", "第一行\n  \n第二行        甲"]]
    assert row(parsed(table(rows), form=Format.XLSX), "序号1").fields[1][1] == "第一行\n第二行甲"


def test_serial_numbers_of_several_tables_are_told_apart() -> None:
    one = [["序号", "违法行为"], ["1", "甲"], ["2", "乙"]]
    two = [["序号", "违法行为"], ["1", "丙"]]
    text = parsed("一、消防", table(one), "二、市容", table(two))
    assert [(r.label, r.chapter) for r in text.rows] == [
        ("表1序号1", "一、消防"),
        ("序号2", "一、消防"),
        ("表2序号1", "二、市容"),
    ]


def test_rows_without_serial_number_below_a_numbered_one_stand_under_it() -> None:
    text = parsed(table([HEADER, ["1", "甲", "轻", "一千元"], ["", "", "重", "两千元"]]))
    assert labels(text) == ["序号1第1行", "序号1第2行"]
    assert row(text, "序号1第2行").fields == (("裁量情节", "重"), ("裁量标准", "两千元"))


def test_paragraphs_around_a_table_are_rows_too() -> None:
    text = parsed(
        "示范市清单（示例）",
        "本清单供示范使用。",
        "一、本清单自2026年3月1日起施行。",
        "单位：元",
        table([HEADER, ["1", "甲", "乙", "丙"]]),
        "注：示例。",
    )
    assert labels(text) == ["说明", "说明一", "序号1", "备注"]
    assert row(text, "说明一").text == "一、本清单自2026年3月1日起施行。\n单位：元"


def test_numbered_entries_without_a_table_are_rows_with_their_parts_as_fields() -> None:
    text = parsed(
        Paragraph("一、市容", level=2),
        Paragraph("1、擅自设摊", level=3),
        Paragraph("违反条款", level=4),
        "某条例第一条",
        Paragraph("不予处罚的情节", level=4),
        "首次违法；",
        "及时改正。",
        Paragraph("2、占道", level=3),
        kind=DocumentKind.EXEMPTION_LIST,
    )
    assert [(r.label, r.chapter) for r in text.rows] == [("序号1", "一、市容"), ("序号2", "一、市容")]
    assert row(text, "序号1").fields == (
        ("序号", "1"),
        ("违法行为", "擅自设摊"),
        ("违反条款", "某条例第一条"),
        ("不予处罚的情节", "首次违法；\n及时改正。"),
    )


def test_articles_beside_a_table_keep_their_numbers() -> None:
    text = parsed("第一条　为了示范，制定本名录。", "第二条　本名录见下表。", table([["类别", "名称"], ["甲", "乙"]]))
    assert labels(text) == ["第一条", "第二条", "第2行"]


def test_a_heading_without_anything_below_it_is_not_lost() -> None:
    text = parsed(Paragraph("一、空的章", level=2), Paragraph("二、有内容的章", level=2), "内容。")
    assert [(r.label, r.text) for r in text.rows] == [("说明", "一、空的章"), ("说明（2）", "内容。")]


def test_names_and_values_above_the_header_are_one_entry() -> None:
    rows = [
        ["违反条款", "某法第一条", LEFT],
        ["处罚依据", "某法第二条", LEFT],
        ["违法行为", "违法程度", "罚款"],
        ["甲", "轻", "一千元"],
        [ABOVE, "重", "两千元"],
    ]
    text = parsed("一、擅自设摊", "§1.1 裁量标准", table(rows))
    assert labels(text) == ["第1行", "第4行", "第5行"]
    assert row(text, "第1行").fields == (("违反条款", "某法第一条"), ("处罚依据", "某法第二条"))
    assert {r.chapter for r in text.rows} == {"一、擅自设摊"}


def test_a_table_of_names_and_values_alone_is_one_entry_without_warning() -> None:
    text = parsed(table([["事项名称", "对擅自设摊的处罚"], ["实施依据", "某条例第一条"]]), kind=DocumentKind.ITEM_LIST)
    (entry,) = text.rows
    assert entry.fields == (("事项名称", "对擅自设摊的处罚"), ("实施依据", "某条例第一条"))
    assert text.faults == ()


def test_codes_below_each_other_in_one_cell_of_a_pdf_stay_apart() -> None:
    text = parsed(table([["序号", "事项编码"], ["1", "1407020500\n1407020700"]]), form=Format.PDF)
    assert row(text, "序号1").fields[1][1] == "1407020500\n1407020700"
