"""The rows of a document that a record was read from (记录所在行), and the words of them that an item quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assistant.discretion.contract import ItemInfo, StandardInfo
from assistant.discretion.working import squeeze
from assistant.quiz.contract import ItemCitation
from assistant.quiz.material import SourceText, cite
from corpus.discretion.weights import read_weight
from corpus.vocabulary import Provision

_LONG_ENOUGH = 6  # characters from which words are looked for inside a cell
_LONGEST_QUOTE = 700
_PERCENTAGE = re.compile(r"[0-9]+(?:\.[0-9]+)?\s*[%％]")
_ROUNDED = Fraction(1, 1000)
"""Weights are shown rounded (33.3333 of 三分之一)."""
_BOUNDS_NOTE = re.compile(r"[^。；\n]*“?以上”?[^。；\n]{0,12}(?:包括|包含|含)本数[^。；\n]*")


@dataclass(frozen=True, slots=True)
class Place:
    """Words where they stand: a provision and their half-open span."""

    provision: Provision
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.provision.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class RecordRows:
    """The provisions of one record, in printed order."""

    text: SourceText
    provisions: tuple[Provision, ...]

    def find(self, wanted: Sequence[str], near: str = "") -> Place | None:
        """The shortest stretch of one row that has all the words; the row at ``near`` before others."""
        for provision in self._from(near):
            span = span_with(provision, wanted)
            if span is not None and span[1] - span[0] <= _LONGEST_QUOTE:
                return Place(provision, *span)
        return None

    def weighing(self, wanted: Sequence[str], weight: Decimal, column: str = "") -> Place | None:
        """The row that has all the words and beside them, in ``column`` where it is named, this very weight."""
        for provision in self.provisions:
            span = span_with(provision, wanted)
            at = _weight_span(provision, span, weight, column) if span is not None else None
            if span is not None and at is not None:
                start, end = min(span[0], at[0]), max(span[1], at[1])
                if end - start <= _LONGEST_QUOTE:
                    return Place(provision, start, end)
        return None

    def heading(self, wanted: Sequence[str]) -> tuple[Place, str] | None:
        """The row that has all the words in cells of their own, and the column of the last of them."""
        for provision in self.provisions:
            span = span_with(provision, wanted)
            name = next((n for n, cell in provision.fields if squeeze(cell) == squeeze(wanted[-1])), "")
            if span is not None and name:
                return Place(provision, *span), name
        return None

    def cite(self, place: Place) -> ItemCitation:
        return cite(self.text, place.provision, place.start, place.end)

    def _from(self, near: str) -> Iterator[Provision]:
        at = next((n for n, p in enumerate(self.provisions) if near and p.place == near), 0)
        yield from self.provisions[at:]
        yield from self.provisions[:at]


def rows_of(text: SourceText, standard: StandardInfo, starts: Sequence[str]) -> RecordRows | None:
    """The rows of a standard: from its place to that of the next; ``starts`` are the places of all of its document."""
    return _between(text, standard.place, frozenset(starts))


def row_of(text: SourceText, item: ItemInfo) -> RecordRows | None:
    """The row of a list entry."""
    found = tuple(p for p in text.provisions if item.place and p.place == item.place)
    return RecordRows(text, found) if len(found) == 1 else None


def _between(text: SourceText, start: str, starts: frozenset[str]) -> RecordRows | None:
    places = [p.place for p in text.provisions]
    if not start or places.count(start) != 1:
        return None
    at = places.index(start)
    end = next((n for n in range(at + 1, len(places)) if places[n] in starts), len(places))
    return RecordRows(text, text.provisions[at:end])


def span_with(provision: Provision, wanted: Sequence[str]) -> tuple[int, int] | None:
    """The stretch of a provision that has all the words: whole cells where it is a row of a table."""
    cells = _cells(provision)
    spans = [_in_cells(cells, words) if cells else word_span(provision.text, words) for words in wanted]
    found = [span for span in spans if span is not None]
    if not found or len(found) < len(wanted):
        return None
    return min(s for s, _ in found), max(e for _, e in found)


def _cells(provision: Provision) -> list[tuple[str, int, int]]:
    """Every cell of a row with the span of its line."""
    cells: list[tuple[str, int, int]] = []
    at = 0
    for name, cell in provision.fields:
        line = f"{name}：{cell}"
        start = provision.text.find(line, at)
        if start < 0:
            return []
        at = start + len(line)
        cells.append((squeeze(cell), start, at))
    return cells


def _weight_span(provision: Provision, span: tuple[int, int], weight: Decimal, column: str) -> tuple[int, int] | None:
    """Where a row states a weight: a cell that is nothing else, or the percentage that follows the words."""
    cells = _cells(provision)
    for (name, _), (cell, start, end) in zip(provision.fields, cells, strict=False):
        if (not column or name == column) and _is_weight(cell, weight):
            return start, end
    if cells or column:
        return None
    found = _PERCENTAGE.search(provision.text, span[1])
    return found.span() if found is not None and _is_weight(found[0], weight) else None


def _is_weight(words: str, weight: Decimal) -> bool:
    read = read_weight(words)
    return read is not None and abs(read - Fraction(weight)) < _ROUNDED


def _in_cells(cells: Sequence[tuple[str, int, int]], words: str) -> tuple[int, int] | None:
    wanted = squeeze(words)
    whole = [(start, end) for cell, start, end in cells if cell == wanted]
    inside = [(start, end) for cell, start, end in cells if len(wanted) >= _LONG_ENOUGH and wanted in cell]
    return next(iter(whole or inside[-1:]), None)


def bounds_note(text: SourceText) -> Place | None:
    """The sentence in which a benchmark itself says that 以上 includes the number."""
    for provision in text.provisions:
        if found := _BOUNDS_NOTE.search(provision.text):
            return Place(provision, *found.span())
    return None


def word_span(text: str, words: str) -> tuple[int, int] | None:
    """Where words stand in a text, white space aside."""
    wanted = squeeze(words)
    at = [n for n, c in enumerate(text) if not c.isspace()]
    start = "".join(text[n] for n in at).find(wanted)
    return (at[start], at[start + len(wanted) - 1] + 1) if wanted and start >= 0 else None
