"""Small marks of form (行文标记) that parsers of several kinds look for: articles, numbering, blanks to fill in."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

from ingest.readers.model import Paragraph, ReadDocument, Table

_ARTICLE = re.compile(
    r"\s*第[〇零一二三四五六七八九十百千\d]{1,9}条(?:之[一二三四五六七八九十]+)?(?:[\s\u3000　:：]|$)"
)
_EMPHASIS = re.compile(r"^(?P<mark>\*\*|__)(?P<words>[^*_]+?)(?P=mark)(?P<rest>.*)$", re.DOTALL)
_DAY = re.compile(
    r"[（(]?(?:(?:发布|公布|裁判|成文|印发|施行)?(?:日期|时间)?[:：]?)"
    r"(?P<year>(?:19|20)\d{2})(?:年|[-/.])(?P<month>\d{1,2})(?:月|[-/.])(?P<day>\d{1,2})日?(?:发布|公布|印发)?[）)]?"
)
_HEAD = 15  # blocks in which the title, the number and the issuer of a document stand


def is_article(text: str) -> bool:
    """Whether a paragraph begins an article (第十二条 …); a citation in running text has no blank after 条."""
    return _ARTICLE.match(text) is not None


def article_count(document: ReadDocument) -> int:
    """How many paragraphs begin an article."""
    return sum(is_article(p.text) for p in document.paragraphs())


def half_width(text: str) -> str:
    """Full-width letters, digits and signs in their half-width form: ＧＢ１２３４８―２００８ → GB12348―2008."""
    return unicodedata.normalize("NFKC", text)


def plain(text: str) -> str:
    """The words for comparison: half-width letters and digits, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def without_emphasis(text: str) -> str:
    """``**基本案情**`` without the marks that a Markdown reader may have left at both ends of a paragraph."""
    stripped = text.strip()
    match = _EMPHASIS.match(stripped)
    return (match["words"] + match["rest"]).strip() if match else stripped


def head_lines(document: ReadDocument, most: int = _HEAD) -> list[str]:
    """The first lines of a document, where its title, number and issuer stand."""
    lines = (p.text.strip() for p in document.paragraphs())
    return [line for line in lines if line][:most]


def title_lines(document: ReadDocument) -> list[str]:
    """What a document calls itself: the words marked as title, the highest headings, else its first two lines."""
    marked = [p.text.strip() for p in document.paragraphs() if p.title or p.level == 1]
    return [line for line in marked if line][:3] or head_lines(document)[:2]


def all_text(document: ReadDocument) -> Iterator[str]:
    """The words of every paragraph and every cell, in reading order."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from (cell.text for cell in block.cells)


def day_on_its_own_line(text: str) -> dt.date | None:
    """The day that a line of ``text`` consists of (2022-03-15, 发布日期：2022年3月15日); None where none or two do."""
    days = set()
    for line in text.split("\n"):
        if match := _DAY.fullmatch(plain(line)):
            with suppress(ValueError):
                days.add(dt.date(int(match["year"]), int(match["month"]), int(match["day"])))
    return days.pop() if len(days) == 1 else None
