"""XLSX workbooks are read as they are shown; whatever else they hold is told."""

from __future__ import annotations

import datetime as dt
import io
import random
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import openpyxl
import pytest
from openpyxl.comments import Comment

from ingest.readers.model import FileUnreadable, NoteKind, ReadDocument, Reason, Table
from ingest.readers.xlsx import read_xlsx
from tests.ingest.readers.workbooks import SHEET, with_cell, with_parts, workbook

HEADER = ["序号", "违法行为", "裁量标准"]
ROWS = [["示范市裁量基准（示例）"], HEADER, [1, "甲", "一档"], [2, "乙", "二档"]]


def table_of(document: ReadDocument) -> Table:
    (table,) = document.tables()
    return table


def live(document: ReadDocument) -> list[str]:
    return [cell.text for table in document.tables() for cell in table.cells if not cell.hidden]


def note(document: ReadDocument, kind: NoteKind) -> str:
    return "\n".join(f"{n.message}{n.text}" for n in document.notes if n.kind is kind)


def test_the_title_row_is_the_title_and_the_rest_a_table_with_its_sheet_rows() -> None:
    document = read_xlsx(workbook(ROWS, lambda page: page.merge_cells("A1:C1")), "a.xlsx")
    title = next(document.paragraphs())
    assert (title.text, title.title, title.place.row) == ("示范市裁量基准（示例）", True, 1)
    table = table_of(document)
    assert [cell.text for cell in table.cells if cell.row == 0] == HEADER
    assert [cell.place.row for cell in table.cells if cell.column == 0] == [2, 3, 4]
    assert str(table.cells[0].place) == "工作表“清单”第2行"


def test_only_the_top_left_of_a_merged_range_counts_and_the_stale_value_is_told() -> None:
    data = workbook([*ROWS, [3, "丙", "三档"]], lambda page: page.merge_cells("B3:B5"))
    document = read_xlsx(with_cell(data, "B4", "旧的违法行为"), "a.xlsx")
    merged = next(cell for cell in table_of(document).cells if cell.text == "甲")
    assert (merged.row_span, merged.column_span) == (3, 1)
    assert "旧的违法行为" not in live(document)
    assert "B4" in note(document, NoteKind.HIDDEN)
    assert "旧的违法行为" in note(document, NoteKind.HIDDEN)


def test_hidden_rows_columns_and_sheets_come_as_hidden_cells_with_notes() -> None:
    def change(page: Any) -> None:
        page.row_dimensions[3].hidden = True
        page.column_dimensions["C"].hidden = True
        page.parent.create_sheet("底稿").append(["删去的事项", "理由"])
        page.parent["底稿"].sheet_state = "veryHidden"

    document = read_xlsx(workbook(ROWS, change), "a.xlsx")
    assert live(document) == ["序号", "违法行为", "2", "乙"]
    hidden = [cell.text for table in document.tables() for cell in table.cells if cell.hidden]
    assert hidden == ["裁量标准", "1", "甲", "一档", "二档", "删去的事项", "理由"]
    for words in ("第3行", "C列", "工作表“底稿”"):
        assert words in note(document, NoteKind.HIDDEN)


def test_a_merged_cell_that_begins_in_a_hidden_row_is_shown_in_the_first_visible_one() -> None:
    def change(page: Any) -> None:
        page.merge_cells("B3:B4")
        page.row_dimensions[3].hidden = True

    table = table_of(read_xlsx(workbook(ROWS, change), "a.xlsx"))
    merged = next(cell for cell in table.cells if cell.text == "甲")
    below = next(cell for cell in table.cells if cell.text == "二档")
    assert (merged.hidden, merged.row, merged.row_span) == (False, below.row, 1)


def test_numbers_dates_and_percents_are_read_as_displayed() -> None:
    def change(page: Any) -> None:
        page.append([0.3, dt.date(2026, 3, 1), 7])
        for cell, pattern in zip(page[5], ["0%", 'yyyy"年"m"月"d"日"', "0000"], strict=True):
            cell.number_format = pattern

    assert live(read_xlsx(workbook(ROWS, change), "a.xlsx"))[-3:] == ["30%", "2026年3月1日", "0007"]


def test_a_formula_gives_its_saved_result_and_one_without_result_is_doubtful() -> None:
    def formulas(xml: bytes) -> bytes:
        row = (
            b'<row r="5"><c r="A5"><f>A4+1</f><v>3</v></c><c r="B5"><f>B4</f></c><c r="C5" t="e"><v>#REF!</v></c></row>'
        )
        return xml.replace(b"</sheetData>", row + b"</sheetData>")

    document = read_xlsx(with_parts(workbook(ROWS), {SHEET: formulas}), "a.xlsx")
    assert live(document)[-2:] == ["3", "#REF!"]
    assert "A5：=A4+1" in note(document, NoteKind.ACTIVE)
    assert "B5：=B4" in note(document, NoteKind.DOUBTFUL)
    assert "C5：#REF!" in note(document, NoteKind.DOUBTFUL)


def test_comments_are_told_and_macros_are_not_run() -> None:
    def change(page: Any) -> None:
        page["B3"].comment = Comment("示例批注", "示例")

    data = with_parts(workbook(ROWS, change), {"xl/vbaProject.bin": lambda _: b"macro"})
    document = read_xlsx(data, "a.xlsm")
    assert "示例批注" in note(document, NoteKind.HIDDEN)
    assert "示例批注" not in live(document)
    assert "宏" in note(document, NoteKind.ACTIVE)


def test_the_phonetic_guide_of_a_string_is_not_part_of_it() -> None:
    data = with_parts(
        workbook([["名", "称"], ["甲", "乙"]]),
        {
            "xl/sharedStrings.xml": lambda xml: xml.replace(
                b"</t></si>", b"</t><rPh sb='0' eb='1'><t>jia</t></rPh></si>"
            )
        },
    )
    assert live(read_xlsx(data, "a.xlsx")) == ["名", "称", "甲", "乙"]


def test_a_sheet_formatted_far_below_its_last_row_is_read_without_its_empty_cells() -> None:
    def fill(xml: bytes) -> bytes:
        rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/><c r="B%d" s="0"/></row>' % (n, n, n) for n in range(5, 200000))
        return xml.replace(b"</sheetData>", rows + b"</sheetData>")

    document = read_xlsx(with_parts(workbook(ROWS), {SHEET: fill}), "a.xlsx")
    assert table_of(document).rows == 3


def test_merged_ranges_over_whole_columns_are_clipped_to_what_is_used() -> None:
    ranges = b'</sheetData><mergeCells count="1"><mergeCell ref="D1:XFD1048576"/></mergeCells>'
    data = with_parts(workbook(ROWS), {SHEET: lambda xml: xml.replace(b"</sheetData>", ranges)})
    assert (table_of(read_xlsx(data, "a.xlsx")).rows, table_of(read_xlsx(data, "a.xlsx")).columns) == (3, 3)


def test_empty_rows_stand_inside_a_table_but_many_of_them_divide_it() -> None:
    rows = [["名", "称"], ["甲", "乙"], [], ["丙", "丁"], [], [], [], ["戊", "己"]]
    assert [table.rows for table in read_xlsx(workbook(rows), "a.xlsx").tables()] == [3, 1]


def test_rows_and_cells_without_references_are_counted() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>'
        b'<row><c/><c t="str"><v>d</v></c></row></sheetData></worksheet>'
    )
    table = table_of(read_xlsx(with_parts(workbook(ROWS), {SHEET: lambda _: sheet}), "a.xlsx"))
    assert [(cell.text, cell.row, cell.column) for cell in table.cells] == [("a", 0, 0), ("b", 0, 1), ("d", 1, 1)]


def encrypted(data: bytes, password: str) -> bytes:
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def refused(data: bytes) -> FileUnreadable:
    with pytest.raises(FileUnreadable) as caught:
        read_xlsx(data, "示例.xlsx")
    assert caught.value.where == "示例.xlsx"
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(encrypted(workbook(ROWS), "示例密码"), Reason.PASSWORD, id="password"),
        pytest.param(workbook(ROWS)[:3000], Reason.DAMAGED, id="truncated"),
        pytest.param(b"", Reason.DAMAGED, id="no bytes"),
        pytest.param(workbook([]), Reason.EMPTY, id="no cell"),
        pytest.param(with_parts(workbook(ROWS), {SHEET: lambda x: x[:300]}), Reason.DAMAGED, id="broken xml"),
        pytest.param(with_parts(workbook(ROWS), {SHEET: lambda x: b" " * (201 << 20)}), Reason.TOO_LARGE, id="bomb"),
        pytest.param(
            with_parts(workbook(ROWS), {"xl/workbook.bin": lambda _: b"x"}), Reason.NEEDS_CONVERSION, id="xlsb"
        ),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(data: bytes, reason: Reason) -> None:
    assert refused(data).reason is reason


def test_a_workbook_locked_only_against_writing_is_opened() -> None:
    assert "甲" in live(read_xlsx(encrypted(workbook(ROWS), "VelvetSweatshop"), "a.xlsx"))


def test_entities_are_not_expanded() -> None:
    def bomb(xml: bytes) -> bytes:
        head = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
        cell = b'<row r="9"><c r="A9" t="str"><v>&c;</v></c></row></sheetData>'
        return head + xml.replace(b"</sheetData>", cell)

    try:
        document = read_xlsx(with_parts(workbook(ROWS), {SHEET: bomb}), "a.xlsx")
    except FileUnreadable:
        return
    assert not any("aaaa" in text for text in live(document))


@pytest.mark.parametrize("seed", range(40))
def test_mutated_workbooks_are_read_or_refused(seed: int) -> None:
    """One to eight bytes changed, or the end cut off: never any other error than the refusal."""
    rng = random.Random(seed)
    data = bytearray(workbook(ROWS, lambda page: page.merge_cells("B3:B4")))
    for _ in range(rng.randint(1, 8)):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    if seed % 4 == 0:
        del data[rng.randrange(len(data)) :]
    try:
        document = read_xlsx(bytes(data), "a.xlsx")
    except FileUnreadable:
        return
    assert document.blocks


def test_a_workbook_written_by_openpyxl_reads_the_same_from_a_path(tmp_path: Path) -> None:
    """The reader takes bytes as any program wrote them: saved to disk and read back they are the same."""
    path = tmp_path / "清单.xlsx"
    path.write_bytes(workbook(ROWS))
    openpyxl.load_workbook(path).save(path)
    assert live(read_xlsx(path.read_bytes(), path.name)) == live(read_xlsx(workbook(ROWS), "a.xlsx"))
