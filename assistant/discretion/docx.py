"""裁量说明 as a Word document: A4, Chinese fonts, page numbers; tables of the choice and of the working."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import cn2an
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from assistant.discretion.contract import Cite, Line
from assistant.discretion.explain import Explanation, Section, cited
from corpus.citations.format import format_title

_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_WORKING = "裁量基准的适用"
_INDENT = Pt(24)  # two characters of 12 points


def write_docx(explanation: Explanation) -> bytes:
    """The explanation as a .docx; the working is a table with the place of each line."""
    document = Document()
    _set_up(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(14)
    _write(title, explanation.title, size=18, font=_HEI, bold=True)
    for words in explanation.intro:
        _write(document.add_paragraph(), words)
    for number, section in enumerate(explanation.sections, start=1):
        _heading(document, f"{cn2an.an2cn(number)}、{section.heading}")
        if section.heading == _WORKING:
            whole = format_title(explanation.document)
            _table(document, ("步骤", "内容", "结果", "依据"), (8, 52, 16, 24), _rows(section, whole))
            _write(document.add_paragraph(), f"注：未写明文件的页码、行次均指{whole}。", size=10.5)
        else:
            for line in section.lines:
                _paragraph(document, line)
    _signatures(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _rows(section: Section, whole: str) -> list[tuple[str, ...]]:
    """The working as rows; a place in the benchmark itself, whose title is ``whole``, without the title."""
    return [
        (str(number), line.text, line.value, _places(line.cites, whole))
        for number, line in enumerate(section.lines, start=1)
    ]


def _places(cites: Iterable[Cite], whole: str) -> str:
    return "；".join(dict.fromkeys(cite.citation.replace(whole, "") for cite in cites if cite.citation))


def _signatures(document: WordDocument) -> None:
    """The signatures that a case file asks for."""
    document.add_paragraph()
    for name in ("承办人（签名）：", "审核人（签名）：", "日期：　　　　年　　月　　日"):
        _write(document.add_paragraph(), name)


# ---- look --------------------------------------------------------------------------------------------------


def _set_up(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2.5)
    section.left_margin = section.right_margin = Cm(2.6)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = _LATIN, Pt(12)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _SONG)
    normal.paragraph_format.line_spacing = 1.4
    normal.paragraph_format.space_after = Pt(0)
    _page_number(section.footer.paragraphs[0])


def _page_number(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in (("第 ", "PAGE"), (" 页 / 共 ", "NUMPAGES"), (" 页", "")):
        _write(paragraph, words, size=9)
        if field:
            _field(paragraph, field)


def _field(paragraph: Paragraph, name: str) -> None:
    """A field that Word and LibreOffice fill in."""
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = paragraph.add_run()
        _fonts(run, size=9)
        if kind == "instruction":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {name} "
        elif kind == "shown":
            run.text = "1"
            continue
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _heading(document: WordDocument, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.keep_with_next = True
    _write(paragraph, text, size=13, font=_HEI, bold=True)


def _paragraph(document: WordDocument, line: Line) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = _INDENT
    _write(paragraph, line.text)
    _write(paragraph, cited(line.cites, line.text), size=10.5)


def _table(document: WordDocument, header: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
    """A ruled table; ``widths`` are shares of the text width in percent. The header is repeated on every page."""
    table = document.add_table(rows=1 + len(rows), cols=len(header), style="Table Grid")
    table.autofit = False
    whole = Cm(21 - 2 * 2.6)
    for column, share in zip(table.columns, widths, strict=True):
        column.width = int(whole * share / 100)
    for number, row in enumerate((header, *rows)):
        for cell, words, share in zip(table.rows[number].cells, row, widths, strict=True):
            cell.width = int(whole * share / 100)
            _write_cell(cell, words, head=number == 0)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in table.rows:
        whole_row = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole_row)


def _write_cell(cell: _Cell, words: str, *, head: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.line_spacing = 1.2
    if head:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, words, size=10.5, font=_HEI if head else _SONG, bold=head)


def _write(paragraph: Paragraph, text: str, *, size: float = 12, font: str = _SONG, bold: bool = False) -> None:
    if text:
        run = paragraph.add_run(text)
        run.bold = bold
        _fonts(run, size=size, font=font)


def _fonts(run: Run, *, size: float, font: str = _SONG) -> None:
    run.font.size = Pt(size)
    run.font.name = _LATIN
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
