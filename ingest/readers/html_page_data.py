"""What a web page says of itself (网页信息): meta tags, title, and its table of 索引号, 文号 and 发布机构."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from lxml import etree

from ingest.readers.html_blocks import PageBlock
from ingest.readers.html_words import squeeze, tag_of

_LABELS = (
    "索引号|信息索引|文号|发文字号|发布机构|发文机关|发文机构|发布单位|制定机关|成文日期|发文日期|生成日期|发布日期|发布时间|公开日期|实施日期"
    "|施行日期|失效日期|生效日期|有效性|时效性|效力状态|信息状态|主题分类|体裁分类|公开方式|公开范围|组配分类|主题词|关键词|名称|标题|信息名称"
)
_PAIR = re.compile(
    rf"[【\[]?({_LABELS})[】\]]?\s*[:：]\s*([^\s:：【][^:：【]{{0,80}}?)(?=\s+\S{{2,6}}\s*[:：]|\s*【|$)"
)
_LABEL = re.compile(rf"[【\[]?({_LABELS})[】\]]?[:：]?")
_META_NAMES = frozenset({"articletitle", "pubdate", "contentsource", "sitename", "keywords", "description", "og:title"})
_OF_THE_PAGE = frozenset({"发布日期", "发布时间", "公开日期", "pubdate"})
_SITE = re.compile(r"\s*[-_|—–›»]+\s*[^-_|—–]*(?:政府|网|网站|局|厅|委|门户|平台|中心|公报)[^-_|—–]{0,6}$")


def page_data(root: etree._Element, blocks: Sequence[PageBlock]) -> dict[str, str]:
    """Metadata of a page, keys lower case; dates of the page itself (发布时间) have ``page_`` before their key."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        key = (element.get("name") or element.get("property") or "").lower()
        text = squeeze(element.get("content") or "")
        if key in _META_NAMES and text:
            found.setdefault(_key(key), text)
    for block in blocks:
        if block.table is not None:
            for label, text in _pairs(block.table):
                found.setdefault(_key(label), text)
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


def is_page_data(table: etree._Element) -> bool:
    """Whether a table is the page's own card (索引号、文号、发布机构…): labels and short values, nothing else."""
    return 4 * len(_pairs(table)) >= len([cell for cell in _cells(table) if cell]) > 0 and len(_pairs(table)) >= 2


def _pairs(table: etree._Element) -> list[tuple[str, str]]:
    """Label and value in neighbouring cells; a table with long cells is the document's own."""
    cells = _cells(table)
    if len(cells) > 60 or any(len(cell) > 120 for cell in cells):
        return []
    found = []
    for label, text in pairwise(cells):
        match = _LABEL.fullmatch(label)
        if match and text and not _LABEL.fullmatch(text):
            found.append((match[1], text))
    return found


def _cells(table: etree._Element) -> list[str]:
    return ["".join("".join(e.itertext()).split()) for e in table.iter() if tag_of(e) in ("td", "th")]


def _key(label: str) -> str:
    return f"page_{label}" if label in _OF_THE_PAGE else label
