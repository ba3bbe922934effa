"""Saved web pages (网页): the document's paragraphs, headings and tables; everything else in notes, word by word."""

from __future__ import annotations

import re
from itertools import groupby

from lxml import etree

from ingest.readers.boilerplate import trimmings
from ingest.readers.captions import caption_below
from ingest.readers.characters import read_characters
from ingest.readers.encoding import Decoded
from ingest.readers.html_blocks import PageBlock, page_blocks
from ingest.readers.html_charset import page_of_mhtml, stated_charset
from ingest.readers.html_page_data import page_data
from ingest.readers.html_tables import read_table
from ingest.readers.html_words import parse_html, tag_of
from ingest.readers.model import Block, FileUnreadable, Format, Note, NoteKind, Paragraph, Place, ReadDocument, Reason

_MIME = re.compile(rb"\s*(?:From|MIME-Version|Date|Subject|Snapshot)[\w-]*:", re.I)


def read_html(data: bytes, name: str) -> ReadDocument:
    """The document that a saved page carries; raises FileUnreadable when there is none or the page is too large.

    Dates of the page (发布时间) stand in the metadata with ``page_`` before their key: they are not the document's.
    """
    decoded = _decode(data, name)
    try:
        root = parse_html(decoded.text)
    except (ValueError, etree.LxmlError) as error:
        raise FileUnreadable(
            Reason.EMPTY, "网页中没有内容。", where=name, remedy="请用浏览器打开后重新保存。"
        ) from error
    blocks = page_blocks(root)
    metadata = page_data(root, blocks)
    reasons, content = trimmings(decoded.text, blocks, metadata.get("title", ""))
    kept = [block for block, reason in zip(blocks, reasons, strict=True) if not reason]
    return ReadDocument(
        name,
        Format.HTML,
        tuple(_document_blocks(kept, metadata.get("title", ""))),
        encoding=decoded.encoding,
        metadata=metadata,
        notes=(*decoded.notes, *_log(blocks, reasons), *_unread(root, content)),
    )


def _decode(data: bytes, name: str) -> Decoded:
    if _MIME.match(data) and b"multipart/" in data[:4096].lower():
        page, charset = page_of_mhtml(data, name)
        return read_characters(page, name, "gb18030" if charset in ("gb2312", "gbk") else charset)
    return read_characters(data, name, stated_charset(data))


def _document_blocks(blocks: list[PageBlock], title: str) -> list[Block]:
    result: list[Block] = []
    tables = 0
    titled = False
    for block in blocks:
        place = Place(line=block.line)
        if block.table is not None:
            tables += 1
            result.append(read_table(block.table, tables, caption=caption_below(result)))
            continue
        is_title = not titled and bool(title) and "".join(block.text.split()) == "".join(title.split())
        titled = titled or is_title
        result.append(Paragraph(block.text, place, level=block.level, title=is_title, centred=block.centred))
    return result


def _log(blocks: list[PageBlock], reasons: list[str]) -> list[Note]:
    """One note for each run of blocks that was taken out for one reason, with all its words."""
    notes = []
    for reason, run in groupby(zip(blocks, reasons, strict=True), key=lambda pair: pair[1]):
        if reason:
            taken = [block for block, _ in run]
            text = "\n".join(block.text for block in taken)
            notes.append(Note(NoteKind.STRIPPED, f"网页的{reason}未作为正文读取。", Place(line=taken[0].line), text))
    return notes


def _unread(root: etree._Element, content: etree._Element | None) -> list[Note]:
    """What a page holds besides words: scripts and frames, and pictures among the text."""
    notes = []
    scripts = sum(1 for e in root.iter() if tag_of(e) == "script")
    frames = sum(1 for e in root.iter() if tag_of(e) in ("iframe", "frame", "object", "embed", "applet"))
    if scripts or frames:
        notes.append(Note(NoteKind.ACTIVE, f"网页含脚本{scripts}段、内嵌页面或插件{frames}个，未运行，未读取。"))
    for image in () if content is None else content.iter("img"):
        said = " ".join(filter(None, (image.get("alt"), (image.get("src") or "")[:200])))
        notes.append(Note(NoteKind.DOUBTFUL, "图片中的文字未读取。", Place(line=image.sourceline), said))
    return notes
