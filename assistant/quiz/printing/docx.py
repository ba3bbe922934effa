"""A laid-out paper as a Word document."""

from __future__ import annotations

import io

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from assistant.quiz.printing.layout import Block, Grid, Line, Ruled, Sheet
from assistant.word_document import HEI, MARGIN, add_table, new_document, write

_WIDTH = 21 - 2 * MARGIN
_SMALL = 9.5


def write_docx(sheet: Sheet) -> bytes:
    """The .docx; a question stays together with its options."""
    document = new_document()
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(8)
    write(title, sheet.title, size=17, font=HEI, bold=True)
    for words in sheet.under:
        under = document.add_paragraph()
        under.alignment = WD_ALIGN_PARAGRAPH.CENTER if len(words) < 60 else WD_ALIGN_PARAGRAPH.LEFT
        under.paragraph_format.space_after = Pt(4)
        write(under, words, size=10.5)
    for block in sheet.body:
        if isinstance(block, Block):
            _block(document, block)
        elif isinstance(block, Grid):
            _grid(document, block)
        else:
            _ruled(document, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _block(document: WordDocument, block: Block) -> None:
    for number, line in enumerate(block.lines):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_together = True
        heading = line.role == "heading"
        paragraph.paragraph_format.keep_with_next = heading or number < len(block.lines) - 1
        _line(paragraph, line)


def _line(paragraph: Paragraph, line: Line) -> None:
    shape = paragraph.paragraph_format
    if line.role == "heading":
        shape.space_before, shape.space_after = Pt(12), Pt(4)
        write(paragraph, line.text, size=12, font=HEI, bold=True)
    elif line.role == "stem":
        shape.space_before = Pt(6)
        write(paragraph, line.text)
    elif line.role == "quotation":
        shape.left_indent = Cm(0.8)
        write(paragraph, line.text, size=_SMALL)
    else:
        shape.left_indent = Cm(0.8)
        write(paragraph, line.text, size=10.5)


def _grid(document: WordDocument, grid: Grid) -> None:
    widths = [1.8] + [1.4] * len(grid.numbers)
    rows = [["题号", *map(str, grid.numbers)], ["答案", *[""] * len(grid.numbers)]]
    table = add_table(document, rows, widths, size=10.5)
    for row in table.rows:
        row.height = Cm(0.8)
        for cell in row.cells:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph().paragraph_format.line_spacing = 0.6


def _ruled(document: WordDocument, ruled: Ruled) -> None:
    for number in range(ruled.count):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(8)
        paragraph.paragraph_format.keep_with_next = number < ruled.count - 1
        write(paragraph, ruled.label if number == 0 else " ", size=10.5)
        _underline(paragraph)


def _underline(paragraph: Paragraph) -> None:
    """A rule under the whole paragraph."""
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "808080")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)
