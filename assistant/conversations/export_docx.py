"""Conversations as a Word document (导出为 DOCX): the same matter as ``export``, A4, nothing loaded from elsewhere."""

from __future__ import annotations

import io

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from assistant.contract import AskResponse
from assistant.conversations.contract import Message
from assistant.conversations.export import DISCLAIMER, UNANSWERED, Exported, facts_of, standing_of
from assistant.word_document import HEI, KAI, new_document, plain, write
from corpus.vocabulary import Shelf


def write_docx(exported: Exported) -> bytes:
    """The export as a .docx."""
    document = new_document(12)
    document.core_properties.title = plain(exported.title)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(title, exported.title, size=17, font=HEI, bold=True)
    write(document.add_paragraph(), f"导出日期：{exported.day.isoformat()}", size=10.5)
    for message in exported.messages:
        _message(document, message)
    write(_spaced(document, 14), DISCLAIMER, size=10.5)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _message(document: WordDocument, message: Message) -> None:
    _heading(document, f"{message.number}. {' '.join(message.question.split())}", 14)
    response = message.response
    if response is None:
        write(document.add_paragraph(), UNANSWERED)
        return
    for fact in facts_of(message, response):
        write(document.add_paragraph(), fact, size=10.5)
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
        write(document.add_paragraph(), words, size=10.5)


def _answer(document: WordDocument, response: AskResponse) -> None:
    numbers = {cited.key: number for number, cited in enumerate(response.citations, 1)}
    for sentence in response.sentences:
        paragraph = _spaced(document, 4)
        write(paragraph, sentence.text)
        write(paragraph, "".join(f"[{numbers[key]}]" for key in sentence.citations if key in numbers), size=10.5)
    for note in response.notes:
        write(document.add_paragraph(), f"提示：{note}", size=10.5)


def _quoted(document: WordDocument, title: str, standing: str, words: str) -> None:
    heading = _spaced(document, 8)
    heading.paragraph_format.keep_with_next = True
    write(heading, title, font=HEI, bold=True)
    if standing:
        write(document.add_paragraph(), standing, size=10.5)
    for line in words.split("\n"):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(24)
        paragraph.paragraph_format.left_indent = Cm(0.6)
        write(paragraph, line, font=KAI)


def _heading(document: WordDocument, words: str, size: float) -> None:
    paragraph = _spaced(document, 12)
    paragraph.paragraph_format.keep_with_next = True
    write(paragraph, words, size=size, font=HEI, bold=True)


def _spaced(document: WordDocument, before: float) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(before)
    return paragraph
