"""Saved web pages (网页): the document's paragraphs, headings and tables; everything else in notes, word by word."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from lxml import etree

from ingest.readers.boilerplate import trimmings
from ingest.readers.captions import caption_below
from ingest.readers.characters import read_characters
from ingest.readers.encoding import Decoded
from ingest.readers.html_blocks import PageBlock, page_blocks
from ingest.readers.html_charset import page_of_mhtml, stated_charset
from ingest.readers.html_tables import read_table
from ingest.readers.html_words import parse_html, squeeze, tag_of
from ingest.readers.model import Block, FileUnreadable, Format, Note, NoteKind, Paragraph, Place, ReadDocument, Reason

_MIME = re.compile(rb"\s*(?:From|MIME-Version|Date|Subject|Snapshot)[\w-]*:", re.I)
_SITE = re.compile(r"\s*[-_|—–›»]+\s*[^-_|—–]*(?:政府|网|网站|局|厅|委|门户|平台|中心|公报)[^-_|—–]{0,6}$")
_LABELS = (
    "索引号|文号|发文字号|发布机构|发文机关|发文机构|制定机关|成文日期|发文日期|发布日期|发布时间|公开日期|实施日期|施行日期|"
    "失效日期|生效日期|有效性|时效性|效力状态|主题分类|名称|标题"
)
_PAIR = re.compile(rf"[【\[]?({_LABELS})[】\]]?\s*[:：]\s*([^\s:：][^:：]{{0,80}}?)(?=\s+\S{{2,6}}\s*[:：]|$)")
_LABEL = re.compile(rf"[【\[]?\s*({_LABELS})\s*[】\]]?\s*[:：]?")
_META_NAMES = frozenset({"articletitle", "pubdate", "contentsource", "sitename", "keywords", "description", "og:title"})
_OF_THE_PAGE = frozenset({"发布日期", "发布时间", "公开日期", "pubdate"})


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
    metadata = _metadata(root, blocks)
    reasons = trimmings(root, decoded.text, blocks, metadata.get("title", ""))
    kept = [block for block, reason in zip(blocks, reasons, strict=True) if not reason]
    return ReadDocument(
        name,
        Format.HTML,
        tuple(_document_blocks(kept, metadata.get("title", ""))),
        encoding=decoded.encoding,
        metadata=metadata,
        notes=(*decoded.notes, *_log(blocks, reasons), *_unread(root, kept)),
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


def _unread(root: etree._Element, kept: list[PageBlock]) -> list[Note]:
    """What a page holds besides words: scripts and frames, and pictures among the text."""
    notes = []
    scripts = sum(1 for e in root.iter() if tag_of(e) == "script")
    frames = sum(1 for e in root.iter() if tag_of(e) in ("iframe", "frame", "object", "embed", "applet"))
    if scripts or frames:
        notes.append(Note(NoteKind.ACTIVE, f"网页含脚本{scripts}段、内嵌页面或插件{frames}个，未运行，未读取。"))
    seen: set[etree._Element] = set()
    for block in kept:
        for image in block.element.iter("img"):
            if image not in seen and not (image.get("src") or "").startswith("data:image/gif"):
                seen.add(image)
                said = " ".join(filter(None, (image.get("alt"), (image.get("src") or "")[:200])))
                notes.append(Note(NoteKind.DOUBTFUL, "图片中的文字未读取。", Place(line=image.sourceline), said))
    return notes


def _metadata(root: etree._Element, blocks: list[PageBlock]) -> dict[str, str]:
    """What the page says of itself: meta tags, title, and its table of 索引号, 文号, 发布机构."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        key = (element.get("name") or element.get("property") or "").lower()
        text = squeeze(element.get("content") or "")
        if key in _META_NAMES and text:
            found.setdefault(_key(key), text)
    for block in blocks:
        if block.table is not None:
            _pairs_of_table(block.table, found)
        elif len(block.text) <= 300 and not block.is_law:
            for match in _PAIR.finditer(block.text):
                found.setdefault(_key(match[1]), match[2].strip())
    page_title = next((squeeze("".join(e.itertext())) for e in root.iter("title")), "")
    if page_title:
        found["page_title"] = page_title
    heading = next((b.text for b in blocks if b.level == 1 and b.link_share < 0.5 and not b.hidden), "")
    title = found.get("articletitle") or heading or _SITE.sub("", page_title) or found.get("og:title", "")
    if title:
        found["title"] = title
    return found


def _pairs_of_table(table: etree._Element, found: dict[str, str]) -> None:
    """Label and value in neighbouring cells; only tables of short cells are asked, others are the document's own."""
    cells = ["".join("".join(e.itertext()).split()) for e in table.iter() if tag_of(e) in ("td", "th")]
    if len(cells) > 60 or any(len(cell) > 120 for cell in cells):
        return
    for label, text in pairwise(cells):
        match = _LABEL.fullmatch(label)
        if match and text and not _LABEL.fullmatch(text):
            found.setdefault(_key(match[1]), text)


def _key(label: str) -> str:
    return f"page_{label}" if label in _OF_THE_PAGE else label
