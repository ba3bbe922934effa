"""Conversations as a Word document (导出为 DOCX): the same matter as ``export``, A4, nothing loaded from elsewhere."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from assistant.contract import AskResponse
from assistant.conversations.contract import Message
from assistant.conversations.export import DISCLAIMER, UNANSWERED, Exported, facts_of, standing_of
from corpus.vocabulary import Shelf

_SONG, _HEI, _KAI, _LATIN = "宋体", "黑体", "楷体", "Times New Roman"
_CONTROL = {code: None for code in range(32) if chr(code) not in "\n\t"}


def write_docx(exported: Exported) -> bytes:
    """The export as a .docx."""
    document = Document()
    _set_up(document)
    document.core_properties.title, document.core_properties.author = _clean(exported.title), "执法e助理"
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(title, exported.title, size=17, font=_HEI, bold=True)
    _write(document.add_paragraph(), f"导出日期：{exported.day.isoformat()}", size=10.5)
    for message in exported.messages:
        _message(document, message)
    _write(_spaced(document, 14), DISCLAIMER, size=10.5)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _message(document: WordDocument, message: Message) -> None:
    _heading(document, f"{message.number}. {' '.join(message.question.split())}", 14)
    response = message.response
    if response is None:
        _write(document.add_paragraph(), UNANSWERED)
        return
    for fact in facts_of(message, response):
        _write(document.add_paragraph(), fact, size=10.5)
    if response.refused:
        _heading(document, "语料中没有依据", 12)
    _answer(document, response)
    if response.citations:
        _heading(document, "依据", 12)
    for number, cited in enumerate(response.citations, 1):
        _quoted(document, f"[{number}] {cited.citation}", standing_of(cited, message.changed), cited.text)
    materials = [m for m in response.materials if m.shelf is not Shelf.LAW]
    if materials:
        _heading(document, "参考材料（不是法律依据）", 12)
    for material in materials:
        _quoted(document, material.citation, f"{material.weight} {material.place}".strip(), material.quote)
    if message.withheld:
        words = f"（有 {message.withheld} 处所引文件已不在可阅范围，未导出。）"
        _write(document.add_paragraph(), words, size=10.5)


def _answer(document: WordDocument, response: AskResponse) -> None:
    numbers = {cited.key: number for number, cited in enumerate(response.citations, 1)}
    for sentence in response.sentences:
        paragraph = _spaced(document, 4)
        _write(paragraph, sentence.text)
        _write(paragraph, "".join(f"[{numbers[key]}]" for key in sentence.citations if key in numbers), size=10.5)
    for note in response.notes:
        _write(document.add_paragraph(), f"提示：{note}", size=10.5)


def _quoted(document: WordDocument, title: str, standing: str, words: str) -> None:
    heading = _spaced(document, 8)
    heading.paragraph_format.keep_with_next = True
    _write(heading, title, font=_HEI, bold=True)
    if standing:
        _write(document.add_paragraph(), standing, size=10.5)
    for line in words.split("\n"):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(24)
        paragraph.paragraph_format.left_indent = Cm(0.6)
        _write(paragraph, line, font=_KAI)


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
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(footer)


def _page_number(paragraph: Paragraph) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _heading(document: WordDocument, words: str, size: float) -> None:
    paragraph = _spaced(document, 12)
    paragraph.paragraph_format.keep_with_next = True
    _write(paragraph, words, size=size, font=_HEI, bold=True)


def _spaced(document: WordDocument, before: float) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(before)
    return paragraph


def _write(paragraph: Paragraph, words: str, *, size: float = 12, font: str = _SONG, bold: bool = False) -> None:
    if not words:
        return
    run = paragraph.add_run(_clean(words))
    run.bold = bold
    run.font.size, run.font.name = Pt(size), _LATIN
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _clean(words: str) -> str:
    """Without control characters, which a Word document cannot hold."""
    return words.translate(_CONTROL)
