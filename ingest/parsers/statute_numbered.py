"""Texts without articles (无条文的文件): by their own numbering 一、（一）1., or, where they have none, whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.errors import InvalidInput
from corpus.numerals import format_number, parse_number
from ingest.readers.model import Place

_CHINESE = "[一二三四五六七八九十百]{1,4}"
# Outermost first: the first of these that counts up from one is the numbering of the text.
_STYLES = (
    re.compile(rf"(?P<number>{_CHINESE})[、.．](?P<text>.*)", re.DOTALL),
    re.compile(rf"[（(](?P<number>{_CHINESE})[）)](?P<text>.*)", re.DOTALL),
    re.compile(r"(?P<number>[0-9０-９]{1,3})[、.．](?![0-9０-９])(?P<text>.*)", re.DOTALL),
    re.compile(rf"第(?P<number>{_CHINESE})[，、,：:](?P<text>.*)", re.DOTALL),
)
WHOLE = "全文"
OPENING = "引言"


@dataclass(slots=True)
class Entry:
    """One entry being gathered: label, the lines of its text, and where it begins."""

    label: str
    lines: list[str]
    place: Place
    ocr: bool = False
    headings: tuple[str | None, str | None, str | None, str | None] = field(default=(None, None, None, None))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text with its place."""

    text: str
    place: Place
    ocr: bool = False


def numbering_of(lines: Sequence[Line]) -> re.Pattern[str] | None:
    """The numbering that counts up from one at the beginnings of lines, None where there is none."""
    for style in _STYLES:
        expected = 1
        for line in lines:
            if _number(style, line.text) == expected:
                expected += 1
        if expected > 2:
            return style
    return None


def gather_entries(lines: Sequence[Line]) -> list[Entry]:
    """The lines under 条目一, 条目二, …; what stands before the first is the 引言; without numbering all is 全文."""
    style = numbering_of(lines)
    if style is None:
        return [_whole(lines)] if lines else []
    entries: list[Entry] = []
    expected = 1
    for line in lines:
        if _number(style, line.text) == expected and (match := style.match(line.text.strip())):
            label = f"条目{format_number(expected)}"
            entries.append(Entry(label, [match["text"].strip()], line.place, line.ocr))
            expected += 1
        elif entries:
            entries[-1].lines.append(line.text)
            entries[-1].ocr |= line.ocr
        else:
            entries.append(Entry(OPENING, [line.text], line.place, line.ocr))
    return entries


def _whole(lines: Sequence[Line]) -> Entry:
    return Entry(WHOLE, [line.text for line in lines], lines[0].place, any(line.ocr for line in lines))


def _number(style: re.Pattern[str], text: str) -> int | None:
    match = style.match(text.strip())
    if match is None:
        return None
    try:
        return parse_number(match["number"])
    except InvalidInput:
        return None
