"""An entry as its cells or paragraphs give it (清单条目原文), before its words are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.discretion.model import NO_SPOT, Doubt, Spot
from ingest.readers.model import Place

_NUMBERED = re.compile(r"(?<=[。；;])\s*(?=\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,3}、)")


@dataclass(frozen=True, slots=True)
class Conditions:
    """The words of one condition column or label, and its name: what the name says of the effect counts."""

    name: str
    text: str


@dataclass(slots=True)
class RawEntry:
    """One entry before reading. ``context`` are the words above it that may say the effect, nearest last."""

    number: str = ""
    violation: str = ""
    category: str = ""
    category_heading: str = ""
    violated: str = ""
    basis: str = ""
    conditions: list[Conditions] = field(default_factory=list)
    exclusions: str = ""
    effect: str = ""
    remark: list[str] = field(default_factory=list)
    context: tuple[str, ...] = ()
    pages: set[int] = field(default_factory=set)
    spot: Spot = NO_SPOT
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(slots=True)
class RawList:
    """Everything of one list: entries in printed order, remarks on the whole, and what could not be read."""

    entries: list[RawEntry] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def spot_of(place: Place) -> Spot:
    """The spot that a reader's place names; a line of plain text counts as its row."""
    row = place.row if place.row is not None else place.line
    return Spot(page=place.page, sheet=place.sheet, table=place.table, row=row)


def remark_lines(text: str) -> list[str]:
    """Remarks one by one as printed: a line each, and where one line numbers several."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [part.strip() for line in lines for part in _NUMBERED.split(line) if part.strip()]
