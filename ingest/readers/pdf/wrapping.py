"""Paragraphs from wrapped lines (断行重排): a line that ends because the column does goes on in the next line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pdf.lines import Line

_SENTENCE_END = re.compile(r"[。；：！？;:!?…][”’」』）)]?$")
NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百千万零〇\d]+(?:编|分编|章|节|条|部分)(?!第|规定|所|的)"
    r"|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.．、）)](?!\d)|[①-⑳]|附件|附录|附表|备注|注[:：]|《)"
)
_HEADED = re.compile(
    r"(?:第[一二三四五六七八九十百千万零〇\d]+(?:编|分编|章|节|条)(?:之[一二三四五六七八九十]+)?(?:[\s\u3000]|$)|[一二三四五六七八九十]+、)"
)
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


def joined(before: str, after: str) -> str:
    """Two lines as one: no blank beside a Chinese character or within a number, a blank between Latin words."""
    if not before or not after:
        return before + after
    last, first = before[-1], after[0]
    if last.isascii() and first.isascii() and last.isalpha() and first.isalnum():
        return f"{before} {after}"
    return before + after


def begins_item(text: str) -> bool:
    """Whether a line begins with a number as paragraphs and items do (第三条, 一、, （二）, 3.)."""
    return bool(NUMBERED.match(text))


def begins_article(text: str) -> bool:
    """Whether a line begins with the label of an article or a heading and a blank after it (第三条　…)."""
    return bool(_HEADED.match(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence or a clause of an enumeration may end."""
    return bool(_SENTENCE_END.search(text))


def is_full(line: Line, right: float) -> bool:
    """Whether a line reaches the right edge of its column but for a character and a half."""
    return right - line.x1 < 1.6 * line.size


def cell_text(lines: Sequence[Line]) -> str:
    """The words of a cell: wrapped lines joined, a line break where the source begins a new paragraph."""
    if not lines:
        return ""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    result = lines[0].text
    for before, line in pairwise(lines):
        text = line.text
        ended = ends_sentence(before.text)
        short = not is_full(before, right)
        fresh = ended and (short or begins_item(text) or line.x0 > left + 1.5 * line.size)
        result = f"{result}\n{text}" if fresh else joined(result, text)
    return result
