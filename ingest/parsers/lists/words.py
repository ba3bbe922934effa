"""Words of cells and headings (单元格文字): lines joined where they were only wrapped, numbers at their beginning."""

from __future__ import annotations

import re

from ingest.readers.model import Format

_WRAPPING = frozenset({Format.PDF, Format.IMAGE})  # their line ends show the width of the column, not a new line
_NEW_LINE = re.compile(r"[（(]?(?:[一二三四五六七八九十]+|\d+)[）)、．.](?!\d)|[①-⑳]|[（(]注|注[：:]|备注")
_SENTENCE_END = re.compile(r"[。；：:;！？]$")
_LATIN_END = re.compile(r"[A-Za-z]$")
_LATIN_START = re.compile(r"[A-Za-z]")
_BLANK_IN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])[\s　]+|[\s　]+(?=[^\x00-\x7f])")
_CODE = re.compile(r"[0-9A-Za-z./*-]*\d[0-9A-Za-z./*-]*")
_BLANKS = " \t　\xa0"
_ROW_OF_BLANKS = re.compile(r"(?:(?<=([!-~]))|(?<![!-~]))[ \t　\xa0]{2,}(?=([!-~])?)")
_BLANK = re.compile(r"[\s　]+")


def cell_lines(text: str, form: Format) -> list[str]:
    """The lines of a cell. Of a PDF those that the column's width broke are joined; an item （二） begins a new one."""
    lines = [line for raw in text.splitlines() if (line := _close_up(raw.strip(_BLANKS)))]
    if form not in _WRAPPING:
        return lines
    joined: list[str] = []
    for line in lines:
        begins = _NEW_LINE.match(line) and joined and _SENTENCE_END.search(joined[-1])
        codes = joined and _CODE.fullmatch(line) and _CODE.fullmatch(joined[-1])
        if not joined or begins or codes:  # codes below each other are several, not one that was broken
            joined.append(line)
        else:
            between = " " if _LATIN_END.search(joined[-1]) and _LATIN_START.match(line) else ""
            joined[-1] += between + line
    return joined


def _close_up(line: str) -> str:
    """A line without the rows of blanks that push its words to the cell's edge."""
    return _ROW_OF_BLANKS.sub(lambda m: " " if m.group(1) and m.group(2) else "", line)


def cell_words(text: str, form: Format) -> str:
    return "\n".join(cell_lines(text, form))


def column_name(text: str) -> str:
    """A printed column name on one line, without the blanks that only spread it: 备　　注 is 备注."""
    return _BLANK.sub(" ", _BLANK_IN_CHINESE.sub("", text)).strip()


def bare(text: str) -> str:
    """The text without any white space, to compare."""
    return "".join(text.split())
