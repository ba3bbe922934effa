"""Rows of guidance (指引分条): a row for each unit of the two upper levels of the numbering; lists stay whole."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.parsers.blocks import Headings, row_of, rows_of_table
from ingest.parsers.guidance_outline import Mark, Numbered, Outline, numbered
from ingest.parsers.guidance_parts import GuidancePart
from ingest.readers.model import Block, Paragraph, Table
from ingest.sources.text import SourceRow

NOTICE = "印发通知"
FOREWORD = "引言"
WHOLE_TEXT = "全文"
_DEEPEST = 2  # 一、（二） is a row, 1. below it is part of its text


class _Rows:
    """The rows of one part while its blocks are read in order."""

    def __init__(self, part: GuidancePart) -> None:
        self._part = part
        self._outline = Outline()
        self._rows: list[SourceRow] = []
        self._blocks: list[Block] = []
        self._first: str | None = None  # the words after the number of the row's first paragraph
        self._tables = 0
        self._pending: list[SourceRow] = []  # rows of the tables inside the row being read
        self._questions = 0
        self._list: Mark | None = None  # the form of a list that a colon announced inside the row

    def read(self) -> list[SourceRow]:
        for block in self._part.blocks:
            if isinstance(block, Table):
                self._tables += 1
                self._pending += rows_of_table(block, self._tables, self._headings())
            elif (unit := numbered(block)) is not None and self._opens_row(unit):
                self._open(unit, block)
            else:
                self._note_list(unit)
                self._blocks.append(block)
        self._close()
        return self._rows

    def _opens_row(self, unit: Numbered) -> bool:
        if unit.mark is Mark.SMALL_BRACKET:
            return False
        if unit.mark is self._list and not unit.heading:
            return False
        announced = bool(self._blocks) and self._last_line().endswith(("：", ":"))
        if announced and not unit.heading and self._outline.depth_of(unit.mark) > 0:
            return False
        return self._outline.depth_of(unit.mark) < _DEEPEST

    def _note_list(self, unit: Numbered | None) -> None:
        """Remember the form of the list that goes on inside the row."""
        if unit is not None and self._last_line().endswith(("：", ":")):
            self._list = unit.mark

    def _last_line(self) -> str:
        if len(self._blocks) == 1 and self._first is not None:
            return self._first.rstrip()
        last = self._blocks[-1] if self._blocks else None
        return last.text.rstrip() if isinstance(last, Paragraph) else ""

    def _open(self, unit: Numbered, paragraph: Paragraph) -> None:
        self._close()
        if unit.mark is Mark.QUESTION and not any(c.isdigit() or c in "一二三四五六七八九十" for c in unit.number):
            self._questions += 1
            unit = Numbered(unit.mark, f"问{self._questions}", unit.words, unit.heading, unit.level)
        self._outline.enter(unit)
        if unit.mark is Mark.HEADING or (unit.heading and not unit.words):
            self._first = None
        else:
            self._blocks, self._first = [paragraph], unit.words

    def _close(self) -> None:
        """The row read so far; a bare heading is no row: it stands above the rows below it."""
        blocks, first = self._blocks, self._first
        self._blocks, self._first, self._list = [], None, None
        unit = self._outline.open[-1] if self._outline.open else None
        if unit is not None and unit.heading and first is not None:
            blocks, first = blocks[1:], None
        if blocks:
            self._rows.append(row_of(self._label(), blocks, self._headings(), first=first))
        self._rows += self._pending
        self._pending = []

    def _label(self) -> str:
        if label := self._outline.label():
            return label
        if self._part.mark is None and self._part.title is None and self._is_notice:
            return NOTICE
        return FOREWORD

    @property
    def _is_notice(self) -> bool:
        words = "".join(b.text for b in self._part.blocks if isinstance(b, Paragraph))
        return "印发" in words and "现将" in words

    def _headings(self) -> Headings:
        names = self._outline.headings()
        part = self._part.title or self._part.mark
        if part is None and len(names) > _DEEPEST:
            part, names = names[0], names[1:]
        chapter = names[0] if names else None
        section = names[-1] if len(names) > 1 else None
        return Headings(part=part, chapter=chapter, section=section)


def rows_of_part(part: GuidancePart) -> Sequence[SourceRow]:
    """The rows of a notice or annex; one row 全文 where it has no numbering at all."""
    rows = _Rows(part).read()
    if part.mark is None and len(rows) == 1 and rows[0].label == FOREWORD:
        return [row_of(WHOLE_TEXT, part.blocks)]
    return rows
