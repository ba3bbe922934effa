"""The numbering of guidance (层次序号): 第一部分, 一、, （一）, 1., 1.1, 问：, and headings without a number."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.parsers.wording import without_emphasis
from ingest.readers.model import Paragraph

_N = r"[一二三四五六七八九十百]{1,4}"
_LONGEST_HEADING = 40


class Mark(StrEnum):
    """Forms of numbering (序号形式)."""

    PART = "part"  # 第一部分
    CHAPTER = "chapter"  # 第一章
    SECTION = "section"  # 第一节
    COMMA = "comma"  # 一、
    BRACKET = "bracket"  # （一）
    DECIMAL = "decimal"  # 1.1
    POINT = "point"  # 1.
    SMALL_BRACKET = "small_bracket"  # （1）
    QUESTION = "question"  # 问：
    HEADING = "heading"  # a heading without a number


_FORMS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (Mark.PART, re.compile(rf"(?P<mark>第{_N}(?:部分|编|篇))[\s\u3000:：]*")),
    (Mark.CHAPTER, re.compile(rf"(?P<mark>第{_N}章)[\s\u3000:：]*")),
    (Mark.SECTION, re.compile(rf"(?P<mark>第{_N}节)[\s\u3000:：]*")),
    (
        Mark.QUESTION,
        re.compile(r"(?P<mark>(?:\d{1,3}[.．、]\s*)?问(?:题)?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})?)[:：.．]"),
    ),
    (Mark.COMMA, re.compile(rf"(?P<mark>{_N}、)\s*")),
    (Mark.BRACKET, re.compile(rf"(?P<mark>[（(]{_N}[）)])\s*")),
    (Mark.DECIMAL, re.compile(r"(?P<mark>\d{1,2}(?:[.．]\d{1,2})+)(?:[.．、]|[\s\u3000]+|(?=[\u4e00-\u9fff]))\s*")),
    (Mark.POINT, re.compile(r"(?P<mark>\d{1,3}[.．、])(?!\d)\s*")),
    (Mark.SMALL_BRACKET, re.compile(r"(?P<mark>[（(]\d{1,3}[）)])\s*")),
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph that opens a unit: the form of its number, the number as printed, the words after it."""

    mark: Mark
    number: str
    words: str
    heading: bool  # the words are a heading, not a sentence
    level: int | None = None  # the rank that the format gives to the heading


def numbered(paragraph: Paragraph) -> Numbered | None:
    """The unit that a paragraph opens; None for running text."""
    text = without_emphasis(paragraph.text)
    for mark, form in _FORMS:
        if match := form.match(text):
            words = text if mark is Mark.QUESTION else text[match.end() :].strip()
            number = "".join(match["mark"].split())
            heading = mark is not Mark.QUESTION and (paragraph.level is not None or is_heading(words))
            return Numbered(mark, number, words, heading, paragraph.level)
    if paragraph.level is not None and not paragraph.title and is_heading(text):
        return Numbered(Mark.HEADING, text, "", heading=True, level=paragraph.level)
    return None


def is_heading(words: str) -> bool:
    """Whether words are a heading: short, and no sentence."""
    return 0 < len(words) <= _LONGEST_HEADING and not re.search(r"[。；：:;，？?]$|。", words)


@dataclass(slots=True)
class Outline:
    """Where in the numbering a document stands: the open units, outermost first."""

    open: list[Numbered] = field(default_factory=list)

    def enter(self, unit: Numbered) -> None:
        """Open ``unit``: beside the open unit of its form, else below the innermost one."""
        for depth, above in enumerate(self.open):
            same = above.mark is unit.mark and (
                unit.mark is not Mark.HEADING or (above.level or 0) >= (unit.level or 0)
            )
            if same or (unit.mark is Mark.HEADING and above.mark is not Mark.HEADING):
                del self.open[depth:]
                break
        if self.open and self.open[-1].mark is Mark.QUESTION:
            del self.open[-1]  # a question has no units below it
        self.open.append(unit)

    def depth_of(self, mark: Mark) -> int:
        """How many numbered units stand above a unit of this form."""
        units = [u for u in self.open if u.mark not in _ABOVE_NUMBERS]
        for depth, above in enumerate(units):
            if above.mark is mark:
                return depth
        return len(units)

    def label(self) -> str:
        """The numbers of the open units as a citation writes them: 一、（二）; a heading where nothing is numbered."""
        numbers = [u.number for u in self.open if u.mark is not Mark.HEADING]
        if not numbers:
            return self.open[-1].number if self.open else ""
        return "".join(numbers).rstrip("、.．")

    def headings(self) -> list[str]:
        """The headings of the open units as printed, outermost first."""
        return [f"{u.number}{u.words}" for u in self.open if u.heading]


_ABOVE_NUMBERS = frozenset({Mark.HEADING, Mark.PART, Mark.CHAPTER, Mark.SECTION})
