"""A laid-out paper as a PDF, with the Chinese font that MuPDF carries, cut to the characters used."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html import escape
from typing import Any

import pymupdf

from assistant.quiz.printing.layout import Block, Grid, Line, Ruled, Sheet

mupdf: Any = pymupdf  # its types are partial

_CSS = """
body { font-size: 10.5pt; line-height: 1.45; }
h1 { font-size: 16pt; text-align: center; margin-bottom: 6pt; }
h2 { font-size: 12pt; margin-top: 12pt; margin-bottom: 4pt; }
p { margin: 0; }
p.under { text-align: center; margin-bottom: 4pt; font-size: 10pt; }
p.stem { margin-top: 7pt; }
p.option, p.label { margin-left: 16pt; font-size: 10pt; }
p.quotation { margin-left: 16pt; font-size: 9pt; color: #404040; }
p.rule { margin-top: 12pt; border-bottom: 0.6pt solid #808080; }
table { margin-top: 4pt; margin-bottom: 8pt; border-collapse: collapse; }
td { border: 0.6pt solid #606060; padding: 5pt; text-align: center; }
"""
_MARGINS = (56, 56, -56, -64)
_FOOT = 40


def write_pdf(sheet: Sheet) -> bytes:
    """The PDF, A4, with page numbers; a question is cut by the end of a page only where it is longer than one."""
    out = io.BytesIO()
    writer = mupdf.DocumentWriter(out)
    page = mupdf.paper_rect("a4")
    whole = page + _MARGINS
    left = whole
    device = writer.begin_page(page)
    for words in _pieces(sheet):
        story = mupdf.Story(f'<body lang="zh-Hans">{words}</body>', user_css=_CSS)
        more, filled = story.place(left)
        if more and left.y0 > whole.y0:
            writer.end_page()
            device, left = writer.begin_page(page), whole
            more, filled = story.place(left)
        story.draw(device)
        while more:
            writer.end_page()
            device, left = writer.begin_page(page), whole
            more, filled = story.place(left)
            story.draw(device)
        left = mupdf.Rect(left.x0, filled[3], left.x1, left.y1)
    writer.end_page()
    writer.close()
    return _finished(out.getvalue(), sheet.title, page)


def _finished(written: bytes, title: str, page: Any) -> bytes:
    """The file with page numbers and a font of no more characters than it uses."""
    document: Any
    with mupdf.open("pdf", written) as document:
        for number, leaf in enumerate(document, start=1):
            place = mupdf.Rect(0, page.y1 - _FOOT, page.x1, page.y1)
            leaf.insert_htmlbox(
                place, f'<p style="text-align:center;font-size:8pt">第{number}页，共{len(document)}页</p>'
            )
        document.set_metadata({"title": title})
        document.subset_fonts()
        small: bytes = document.tobytes(garbage=3, deflate=True)
        return small


def _pieces(sheet: Sheet) -> Iterator[str]:
    """HTML of what stays on one page: the head; each question, the first of a section with its heading."""
    yield f"<h1>{_words(sheet.title)}</h1>" + "".join(f'<p class="under">{_words(w)}</p>' for w in sheet.under)
    heading = ""
    for block in sheet.body:
        if isinstance(block, Block):
            words = "".join(_line(line) for line in block.lines)
            if block.lines[0].role == "heading":
                heading = words
                continue
        else:
            words = _grid(block) if isinstance(block, Grid) else _ruled(block)
        yield heading + words
        heading = ""
    if heading:
        yield heading


def _line(line: Line) -> str:
    if line.role == "heading":
        return f"<h2>{_words(line.text)}</h2>"
    return f'<p class="{line.role}">{_words(line.text)}</p>'


def _grid(grid: Grid) -> str:
    numbers = "".join(f"<td>{n}</td>" for n in grid.numbers)
    boxes = "<td>　　</td>" * len(grid.numbers)
    return f"<table><tr><td>题号</td>{numbers}</tr><tr><td>答案</td>{boxes}</tr></table>"


def _ruled(ruled: Ruled) -> str:
    labels = [ruled.label, *["&#160;"] * (ruled.count - 1)]
    return "".join(f'<p class="rule">{label}</p>' for label in labels)


def _words(text: str) -> str:
    return escape(text).replace("\n", "<br/>")
