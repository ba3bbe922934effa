"""A form is kept whole, and everything to be filled in stands in one row with its name."""

from __future__ import annotations

import pytest

from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify.profile import Profile
from ingest.parsers.template import looks_like_template, parse_template
from ingest.parsers.template_blanks import blanks_of, blanks_of_table
from ingest.readers import read_document
from ingest.readers.model import Cell, Format, Paragraph, ReadDocument, Table

FORM = """# 责令改正通知书（示例文书示范文本）

当事人：__________

你单位于____年__月__日实施了【违法行为】，违反了第____条的规定。
"""


def read(text: str) -> ReadDocument:
    return read_document(text.encode(), "示例.txt")


def profile(title: str) -> Profile:
    return Profile(title, DocumentKind.TEMPLATE, EffectLevel.NONE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("当事人：__________", [("当事人", "__________")]),
        ("当事人：＿＿＿＿", [("当事人", "＿＿＿＿")]),
        ("联系电话：", [("联系电话", "（空白）")]),
        ("单位（印章）    年  月  日", [("单位（印章）", "年  月  日")]),
        ("于____年__月__日前改正", [("日期", "____年__月__日")]),
        ("在【违法行为地点】实施", [("违法行为地点", "【违法行为地点】")]),
        ("{{当事人}}收", [("当事人", "{{当事人}}")]),
        ("违反第____条第____款", [("第几条", "____"), ("第几款", "____")]),
        ("示综执责改〔____〕第____号", [("文书编号", "示综执责改〔____〕第____号")]),
        ("改正要求：（填写应当达到的状态）", [("改正要求", "（填写应当达到的状态）")]),
        ("□立即改正 □限期改正", [("勾选项", "□立即改正 □限期改正")]),
        ("依据《行政处罚法》第二十八条第一款，责令改正。", []),
        ("于2026年3月1日前改正，现责令你单位按照下列要求停止一切相关的违法行为并接受复查：", []),
    ],
)
def test_blanks_are_found_and_named(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(blanks_of(text)) == expected


def test_empty_cells_are_named_by_the_cell_before_them() -> None:
    cells = (Cell("执法人员", 0, 0), Cell("", 0, 1), Cell("执法证号", 0, 2), Cell("", 0, 3))
    assert list(blanks_of_table(Table(cells, rows=1, columns=4))) == [
        ("执法人员", "（空白单元格）"),
        ("执法证号", "（空白单元格）"),
    ]


def test_a_form_has_its_text_and_a_row_of_what_must_be_filled_in() -> None:
    (text,) = parse_template(read(FORM), profile("责令改正通知书（示例文书示范文本）"))
    whole, fields = text.rows
    assert (whole.label, fields.label) == ("全文", "填写项")
    assert "当事人：__________" in whole.text
    assert fields.fields == (
        ("当事人", "__________"),
        ("日期", "____年__月__日"),
        ("违法行为", "【违法行为】"),
        ("第几条", "____"),
    )
    assert fields.text.split("\n") == [f"{name}：{blank}" for name, blank in fields.fields]


def test_each_form_of_a_file_has_its_own_rows() -> None:
    blocks = (
        Paragraph("文书格式汇编（示例）", title=True),
        Paragraph("询问笔录", level=2),
        Paragraph("被询问人：____"),
        Paragraph("送达回证", level=2),
        Paragraph("受送达人：____"),
    )
    (text,) = parse_template(ReadDocument("示例.docx", Format.DOCX, blocks), profile("文书格式汇编（示例）"))
    assert [row.label for row in text.rows] == ["询问笔录", "询问笔录填写项", "送达回证", "送达回证填写项"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FORM, True),
        ("# 行政处罚决定书\n\n当事人：____\n\n住所：____\n\n电话：____\n\n日期：____年__月__日\n", True),
        ("# 行政处罚决定书（示例）\n\n当事人某公司，罚款五千元。\n", False),
        ("# 示范市办法（示例）\n\n第一条 甲____。\n\n第二条 乙____。\n\n第三条 丙____。\n", False),
    ],
)
def test_only_forms_with_blanks_look_like_templates(text: str, expected: bool) -> None:
    assert looks_like_template(read(text)) is expected
