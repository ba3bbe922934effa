"""The headings of a list (清单的层次): 第一章, 一、, （一）, 1、 or marked by the format; which of them are entries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.model import Block, Paragraph, Place, Table

_PART = re.compile(r"[\s　]*第[一二三四五六七八九十百\d]+(?:编|章|部分|类|篇)")
_FIRST_LEVEL = re.compile(r"[\s　]*([一二三四五六七八九十百]+)[、．.]")
_SECOND_LEVEL = re.compile(r"[\s　]*(?:第[一二三四五六七八九十百]+节|[（(][一二三四五六七八九十百]+[）)])")
_ITEM_NUMBER = re.compile(r"[\s　]*(\d+)[、．.]\s*(?=\D)")
_SENTENCE_END = re.compile(r"[。；;：:，,]$")
_STATEMENT = re.compile(r"[：:]|\d{4}年\d{1,2}月")  # 单位：万元, 编制单位：…, 2026年1月12日
_LONGEST_HEADING = 120
_BELOW_LEVELS = 10  # headings told by their numbers alone stand below those that the format marks
_JOIN = " › "


@dataclass(slots=True)
class Heading:
    """A heading in force: its depth (smaller is higher), words and place; ``used`` once a row stands under it."""

    depth: int
    text: str
    place: Place
    ocr: bool = False
    used: bool = False


class Outline:
    """The headings above the row being read, highest first."""

    def __init__(self) -> None:
        self._stack: list[Heading] = []

    def enter(self, heading: Heading) -> list[Heading]:
        """Put a heading in force; gives those that it ends and no row ever stood under, whose words must be kept."""
        ended = self.end(heading.depth)
        self._stack.append(heading)
        return ended

    def end(self, depth: int) -> list[Heading]:
        """End the headings at ``depth`` and below it: 四、… is no part of （三）; gives those without any row."""
        ended = [h for h in self._stack if h.depth >= depth]
        self._stack = [h for h in self._stack if h.depth < depth]
        return [h for h in ended if not h.used]

    def leave(self) -> list[Heading]:
        """End all headings; gives those without any row."""
        return self.end(0)

    def above(self) -> tuple[str | None, str | None]:
        """Chapter and section of the next row; deeper headings are joined to the section."""
        for heading in self._stack:
            heading.used = True
        texts = [heading.text for heading in self._stack]
        return (texts[0] if texts else None), (_JOIN.join(texts[1:]) or None)

    def innermost(self) -> str:
        return self._stack[-1].text if self._stack else ""


def first_level_number(text: str) -> str | None:
    """一 of 一、首次违法按照…执行。"""
    found = _FIRST_LEVEL.match(text)
    return found[1] if found else None


def item_number(text: str) -> str | None:
    """1 of 1、建设单位未依法备案."""
    found = _ITEM_NUMBER.match(text)
    return found[1] if found else None


def depth_by_number(text: str) -> int | None:
    """How deep a heading stands by its own number, None where it has none."""
    for depth, pattern in enumerate((_PART, _FIRST_LEVEL, _SECOND_LEVEL, _ITEM_NUMBER), start=_BELOW_LEVELS):
        if pattern.match(text):
            return depth
    return None


def depth_of(blocks: Sequence[Block], at: int) -> int | None:
    """The depth of the heading that block ``at`` is, None where it is text or a table.

    What the format marks is a heading. Else a short line without an end mark is one that is a 第…章, stands right
    above a table, or is numbered and followed by a deeper number or a table's caption.
    """
    paragraph = blocks[at]
    if not isinstance(paragraph, Paragraph):
        return None
    text = paragraph.text.strip()
    if paragraph.level is not None:
        return paragraph.level
    if len(text) > _LONGEST_HEADING or _SENTENCE_END.search(text):
        return None
    depth = depth_by_number(text)
    if paragraph.title or depth == _BELOW_LEVELS:
        return depth or 0
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if isinstance(following, Table):
        return None if depth is None and _STATEMENT.search(text) else depth or _BELOW_LEVELS + 2
    if depth is None or not isinstance(following, Paragraph):
        return None
    next_depth = depth_by_number(following.text.strip())
    is_above = (next_depth is not None and next_depth > depth) or _is_caption(blocks, at + 1)
    return depth if is_above else None


def _is_caption(blocks: Sequence[Block], at: int) -> bool:
    """Whether block ``at`` is a short line without number right above a table."""
    line, following = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
    if not isinstance(line, Paragraph) or not isinstance(following, Table):
        return False
    text = line.text.strip()
    return len(text) <= _LONGEST_HEADING and depth_by_number(text) is None and not _SENTENCE_END.search(text)


def is_item(blocks: Sequence[Block], at: int, depth: int) -> bool:
    """Whether a heading numbered 1、 is an entry of the list itself: only text, no table, stands under it."""
    heading = blocks[at]
    if not isinstance(heading, Paragraph) or item_number(heading.text) is None:
        return False
    for n in range(at + 1, len(blocks)):
        if isinstance(blocks[n], Table):
            return False
        below = depth_of(blocks, n)
        if below is not None and below <= depth:
            return True
    return True
