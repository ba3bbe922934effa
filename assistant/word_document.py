"""A4 Word documents in Chinese (Word 文档): page, fonts, page numbers, and tables that keep their header."""

from __future__ import annotations

from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

SONG, HEI, LATIN = "宋体", "黑体", "Times New Roman"
MARGIN = 2.4
"""Left and right, in cm."""


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
    _page_number(section.footer.paragraphs[0])
    return document


def write(paragraph: Paragraph, text: str, *, size: float | None = None, font: str = SONG, bold: bool = False) -> None:
    """Add words to a paragraph; line ends stay line ends."""
    if text:
        run = paragraph.add_run(text)
        run.bold = bold
        set_fonts(run, size=size, font=font)


def set_fonts(run: Run, *, size: float | None = None, font: str = SONG) -> None:
    if size is not None:
        run.font.size = Pt(size)
    run.font.name = LATIN
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def add_table(document: WordDocument, rows: Sequence[Sequence[str]], widths: Sequence[float], *, size: float) -> Table:
    """A ruled table; ``widths`` in cm; rows are not cut by the page's end."""
    table: Table = document.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    table.autofit = False
    for row, words in zip(table.rows, rows, strict=True):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(row.cells, words, widths, strict=True):
            cell.width = Cm(width)
            write(cell.paragraphs[0], text, size=size)
    return table


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("第 ", "PAGE"), (" 页，共 ", "NUMPAGES"), (" 页", "")):
        write(paragraph, words, size=9)
        if field:
            _field(paragraph, field)


def _field(paragraph: Paragraph, name: str) -> None:
    """A field that Word and LibreOffice fill in."""
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = paragraph.add_run("1" if kind == "shown" else None)
        set_fonts(run, size=9)
        if kind == "shown":
            continue
        element = OxmlElement("w:instrText" if kind == "instruction" else "w:fldChar")
        if kind == "instruction":
            element.set(qn("xml:space"), "preserve")
            element.text = f" {name} "
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
