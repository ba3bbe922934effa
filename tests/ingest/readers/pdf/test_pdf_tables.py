"""Tables of PDF files: cells, spans, places, and one table of parts on several pages."""

from __future__ import annotations

from ingest.readers.model import NoteKind, ReadDocument, Table
from ingest.readers.pdf import read_pdf
from tests.ingest.readers.pdf.pdf_samples import LEFT, Pages

XS = (90.0, 200.0, 400.0, 500.0)


def table_of(pages: Pages) -> tuple[ReadDocument, Table]:
    document = read_pdf(pages.data(), "示例.pdf")
    (table,) = document.tables()
    return document, table


def rows(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


def test_words_of_a_table_stand_in_it_only_and_in_reading_order() -> None:
    pages = (
        Pages()
        .new()
        .write(LEFT, 100, "表一　罚款幅度（示例）")
        .grid(XS, (120, 140, 160), [["行为", "情节", "罚款"], ["甲", "轻微", "警告"]])
    )
    pages.write(LEFT, 200, "以下无正文。")
    document, table = table_of(pages)
    assert rows(table) == [["行为", "情节", "罚款"], ["甲", "轻微", "警告"]]
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Table", "Paragraph"]
    assert table.caption == "表一　罚款幅度（示例）"
    assert str(table.cells[-1].place) == "第1页表1第2行"


def test_a_merged_cell_stands_once_with_its_span() -> None:
    pages = Pages().new()
    for y in (100, 160):
        pages.page.draw_line((90, y), (500, y))
    pages.page.draw_line((200, 130), (500, 130))
    for x in (90, 200, 500):
        pages.page.draw_line((x, 100), (x, 160))
    pages.write(95, 130, "甲").write(205, 118, "轻微").write(205, 148, "严重")
    _, table = table_of(pages)
    assert [(cell.text, cell.row_span) for cell in table.cells] == [("甲", 2), ("轻微", 1), ("严重", 1)]


def test_a_header_on_every_page_stands_once() -> None:
    head = ["行为", "情节", "罚款"]
    pages = Pages().new().grid(XS, (700, 720, 740), [head, ["甲", "轻微", "警告"]])
    pages.new().grid(XS, (80, 100, 120), [head, ["乙", "严重", "5万元"]])
    document, table = table_of(pages)
    assert rows(table) == [head, ["甲", "轻微", "警告"], ["乙", "严重", "5万元"]]
    assert (table.header_rows, table.place.page, table.last_page) == (1, 1, 2)
    assert [cell.place.page for cell in table.cells[-3:]] == [2, 2, 2]
    assert any("表头" in note.message for note in document.notes)


def test_a_cell_cut_by_the_page_break_is_made_whole() -> None:
    upper = "未按照规定对所排放的工业废气和有\n毒有害大气污染物进行监测并且保存"
    pages = Pages().new().grid(XS, (700, 720, 755), [["行为", "情节", "罚款"], ["甲", upper, "5万元"]])
    pages.new().grid(XS, (80, 100, 120), [["", "原始监测记录的", ""], ["乙", "轻微", "警告"]])
    document, table = table_of(pages)
    assert rows(table)[1] == ["甲", upper.replace("\n", "") + "原始监测记录的", "5万元"]
    assert table.rows == 3
    assert any(note.kind is NoteKind.REPAIRED and "截断" in note.message for note in document.notes)


def test_a_new_row_on_a_new_page_is_no_lower_half() -> None:
    pages = Pages().new().grid(XS, (720, 740), [["甲", "3万元以上4万元以下", "一般"]])
    pages.new().grid(XS, (80, 100), [["", "4万元以上5万元以下", "较重"]])
    _, table = table_of(pages)
    assert rows(table) == [["甲", "3万元以上4万元以下", "一般"], ["", "4万元以上5万元以下", "较重"]]


def test_words_between_two_tables_part_them() -> None:
    pages = Pages().new().grid(XS, (720, 740), [["甲", "轻微", "警告"]])
    pages.new().write(LEFT, 80, "表二").grid(XS, (100, 120), [["乙", "严重", "罚款"]])
    assert len(list(read_pdf(pages.data(), "示例.pdf").tables())) == 2


def test_a_frame_of_one_cell_is_text() -> None:
    pages = Pages().new()
    pages.page.draw_rect((80, 80, 500, 140))
    document = read_pdf(pages.write(LEFT, 110, "提示：本表为示例。").data(), "示例.pdf")
    assert not list(document.tables())
    assert [paragraph.text for paragraph in document.paragraphs()] == ["提示：本表为示例。"]
