"""A4 Word documents in Chinese (Word 文档): page, fonts, page numbers, and tables that keep their header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

SONG, HEI, KAI, LATIN = "宋体", "黑体", "楷体", "Times New Roman"
MARGIN = 2.4
"""Left and right, in cm."""
TEXT_WIDTH = 21 - 2 * MARGIN
"""Of a line, in cm."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def new_document(size: float = 11) -> WordDocument:
    """An empty A4 document with page numbers at the foot; ``size`` of the text in points."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2.2)
    section.left_margin = section.right_margin = Cm(MARGIN)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = LATIN, Pt(size)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), SONG)
    language = OxmlElement("w:lang")  # so that punctuation takes its mainland shape
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.line_spacing = 1.35
    normal.paragraph_format.space_after = Pt(0)
    document.core_properties.author, document.core_properties.comments = "执法e助理", ""
    _page_number(section.footer.paragraphs[0])
    return document


def write(
    paragraph: Paragraph,
    text: str,
    *,
    size: float | None = None,
    font: str = SONG,
    bold: bool = False,
    colour: RGBColor | None = None,
) -> None:
    """Add words to a paragraph; line ends stay line ends, what a Word file cannot hold is left out."""
    text = plain(text)
    if text:
        run = paragraph.add_run(text)
        run.bold = bold
        if colour is not None:
            run.font.color.rgb = colour
        set_fonts(run, size=size, font=font)


def plain(text: str) -> str:
    """Without the control characters that a Word file cannot hold."""
    return _NOT_XML.sub("", text)


def set_fonts(run: Run, *, size: float | None = None, font: str = SONG) -> None:
    if size is not None:
        run.font.size = Pt(size)
    run.font.name = LATIN
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def add_table(
    document: WordDocument,
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    size: float,
    header: bool = False,
) -> Table:
    """A ruled table; ``widths`` in cm; rows are not cut by the page's end. A ``header`` is repeated on every page."""
    table: Table = document.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for number, (row, words) in enumerate(zip(table.rows, rows, strict=True)):
        head = header and number == 0
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(row.cells, words, widths, strict=True):
            cell.width = Cm(width)
            paragraph = cell.paragraphs[0]
            if head:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            write(paragraph, text, size=size, font=HEI if head else SONG, bold=head)
    if header:
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
    return table


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
        write(paragraph, words, size=9)
        if field:
            add_field(paragraph, field, size=9)


def add_field(paragraph: Paragraph, instruction: str, *, size: float | None = None) -> None:
    """A field that Word and LibreOffice fill in, such as ``PAGE``."""
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = paragraph.add_run("1" if kind == "shown" else None)
        set_fonts(run, size=size)
        if kind == "shown":
            continue
        element = OxmlElement("w:instrText" if kind == "instruction" else "w:fldChar")
        if kind == "instruction":
            element.set(qn("xml:space"), "preserve")
            element.text = f" {instruction} "
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
