"""Lines above a violation's table (章、标题、编号): which of 第一章 …, 一、…, §1.1 裁量标准 belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.parsers.benchmarks.anatomy import is_remark
from ingest.parsers.lists.outline import depth_by_number
from ingest.parsers.lists.words import bare
from ingest.readers.model import Place

_ID = re.compile(
    r"[\s　]*(?P<id>(?:§|表|附表)[\s　]*\d+(?:[.\-－–—]\d+)*|\d+(?:[.\-－–—]\d+)+)[\s　]*(?P<rest>.*)", re.DOTALL
)
_KIND_ONLY = re.compile(r"(?:行政)?(?:处罚)?(?:自由)?裁量(?:权)?(?:标准|基准|表)?")
_NUMBERED = re.compile(
    r"[\s　]*(?P<no>[一二三四五六七八九十百]+|\d+|[（(][一二三四五六七八九十百\d]+[）)])[、．.　\s]*(?P<title>.+)",
    re.DOTALL,
)
_SENTENCE_END = re.compile(r"[。；;：:，,]$")
_NO_CHAPTER = re.compile(r"[。；;：:，,]$|^附[件表]\s*[\d一二三四五六七八九十]*$")
_UNIT_LINE = re.compile(r"[（(]?(?:金额)?单位[：:]")
_LONGEST_CHAPTER = 60
_LONGEST_PLAIN_TITLE = 150
_UNNUMBERED = 99


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line outside the rows of any violation: a paragraph, or a cell alone in its row."""

    text: str
    place: Place
    level: int | None = None
    title: bool = False  # the document's own title


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a table: its number and words, the printed id; ``lines`` are those that belong to it."""

    number: str = ""
    title: str = ""
    printed_id: str = ""
    lines: tuple[TextLine, ...] = ()
    depth: int = _UNNUMBERED


def id_of(text: str) -> tuple[str, str] | None:
    """The printed id of a line and the title behind it (§1.1 裁量标准 → §1.1 and no title), None where it is none."""
    found = _ID.fullmatch(text)
    if not found:
        return None
    rest = "".join(found["rest"].split())
    return "".join(found["id"].split()), "" if _KIND_ONLY.fullmatch(rest) else found["rest"].strip()


def read_heading(lines: Sequence[TextLine]) -> Heading:
    """The heading of the table that follows ``lines``: the nearest id, and the nearest title above it."""
    rest = list(lines)
    own: list[TextLine] = []
    printed_id = title = ""
    while rest and _UNIT_LINE.match(rest[-1].text):
        own.insert(0, rest.pop())
    if rest and (found := id_of(rest[-1].text)):
        own.insert(0, rest.pop())
        printed_id, title = found
    if title or not rest or not _is_title(rest[-1]):
        return Heading("", title, printed_id, tuple(own))
    line = rest.pop()
    own.insert(0, line)
    numbered = _NUMBERED.fullmatch(line.text) if depth_by_number(line.text) is not None else None
    number, words = (numbered["no"], numbered["title"]) if numbered else ("", line.text)
    return Heading(number, "".join(words.splitlines()).strip(), printed_id, tuple(own), _depth(line) or _UNNUMBERED)


def _is_title(line: TextLine) -> bool:
    """Whether a line names one violation: numbered or marked as a heading, else short and no sentence."""
    if line.title or _is_part(line.text) or is_remark(line.text):
        return False
    if depth_by_number(line.text) is not None:
        return not line.text.rstrip().endswith(("。", "：", ":"))
    return line.level is not None or (
        len(line.text) <= _LONGEST_PLAIN_TITLE and not _SENTENCE_END.search(line.text.strip())
    )


def _is_part(text: str) -> bool:
    depth = depth_by_number(text)
    return depth is not None and depth == depth_by_number("第一章")


def _depth(line: TextLine) -> int | None:
    """How deep a heading stands: by its number where it has one, since formats mark numbered lines alike."""
    depth = depth_by_number(line.text)
    return depth if depth is not None else line.level


@dataclass(slots=True)
class Chapters:
    """The headings in force above the violation being read, highest first (章)."""

    document_title: str
    _stack: list[tuple[int, str]] = field(default_factory=list)

    def pass_line(self, line: TextLine) -> None:
        """Take note of a line that belongs to no table; the document's title begins everything anew."""
        text = " ".join(line.text.split())
        depth = _depth(line)
        if line.title or bare(text) == bare(self.document_title):
            self._stack = []
        elif depth is not None and len(text) <= _LONGEST_CHAPTER and not _NO_CHAPTER.search(text):
            self._stack = [(d, t) for d, t in self._stack if d < depth]
            self._stack.append((depth, text))

    def above(self, depth: int) -> str:
        """The chapter above a heading of ``depth``; several levels are joined."""
        return " › ".join(text for d, text in self._stack if d < depth)
