"""裁量说明 as a Word document: A4, Chinese fonts, page numbers; tables of the choice and of the working."""

from __future__ import annotations

import io
from collections.abc import Iterable

import cn2an
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from assistant.discretion.contract import Cite, Line
from assistant.discretion.explain import Explanation, Section, cited
from assistant.word_document import HEI, TEXT_WIDTH, add_table, new_document, plain, write
from corpus.citations.format import format_title

_WORKING = "裁量基准的适用"
_INDENT = Pt(24)  # two characters of 12 points
_WIDTHS = [TEXT_WIDTH * share for share in (0.08, 0.52, 0.16, 0.24)]


def write_docx(explanation: Explanation) -> bytes:
    """The explanation as a .docx; the working is a table with the place of each line."""
    document = new_document(12)
    document.core_properties.title = plain(explanation.title)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(14)
    write(title, explanation.title, size=18, font=HEI, bold=True)
    for words in explanation.intro:
        write(document.add_paragraph(), words)
    for number, section in enumerate(explanation.sections, start=1):
        _heading(document, f"{cn2an.an2cn(number)}、{section.heading}")
        if section.heading == _WORKING:
            whole = format_title(explanation.document)
            rows = [("步骤", "内容", "结果", "依据"), *_rows(section, whole)]
            add_table(document, rows, _WIDTHS, size=10.5, header=True)
            write(document.add_paragraph(), f"注：未写明文件的页码、行次均指{whole}。", size=10.5)
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
        write(document.add_paragraph(), name)


# ---- look --------------------------------------------------------------------------------------------------


def _heading(document: WordDocument, text: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(10)
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.keep_with_next = True
    write(paragraph, text, size=13, font=HEI, bold=True)


def _paragraph(document: WordDocument, line: Line) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = _INDENT
    write(paragraph, line.text)
    write(paragraph, cited(line.cites, line.text), size=10.5)
