"""Hand-verified discretion records (裁量金标准), and which text that was read each of them speaks of.

A file is a list of standards, or an object with ``title`` and ``items`` (of a list, with its ``remarks``) or ``rows``
(tier rows of a spreadsheet, with ``structure.totals``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import SourceUnreadable
from evals.discretion_marks import squeezed

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """One file of verified records; ``totals`` are numbers of the whole document, where the file knows them."""

    name: str
    title: str = ""
    standards: Sequence[Json] = ()
    items: Sequence[Json] = ()
    remarks: Sequence[str] | None = None
    rows: Sequence[Json] = ()
    totals: Mapping[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.standards) + len(self.items) + len(self.rows)


@dataclass(frozen=True, slots=True)
class Matching:
    """Gold records with their fellows (None: lost), and ids that the text was read to hold more than once."""

    pairs: Sequence[tuple[Json, Json | None]]
    twice: Sequence[str]

    @property
    def lost(self) -> list[str]:
        return [name_of(gold) for gold, found in self.pairs if found is None]


def read_gold(folder: Path) -> list[Gold]:
    """Every gold file of a folder, by name. Raises SourceUnreadable."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise SourceUnreadable("The folder holds no gold file (*.json).", where=str(folder), remedy="Check --data.")
    return [_gold(path) for path in files]


def _gold(path: Path) -> Gold:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceUnreadable(f"Not a gold file ({error}).", where=str(path), remedy="See evals/README.md.") from error
    if isinstance(content, list):
        return Gold(path.stem, standards=content)
    return Gold(
        path.stem,
        content.get("title", ""),
        content.get("standards", ()),
        content.get("items", ()),
        content.get("remarks"),
        content.get("rows", ()),
        content.get("structure", {}).get("totals", {}),
    )


def name_of(record: Json) -> str:
    """The id by which a record is known: corrected where the printing is wrong."""
    return str(record.get("corrected_id") or record.get("id") or record.get("no"))


def match_standards(gold: Sequence[Json], found: Sequence[Json]) -> Matching:
    """By id; where that has no fellow, or its heading speaks of something else, by pages and heading."""
    by_id: dict[str, Json] = {}
    by_heading: dict[tuple[str, str], Json] = {}
    for record in found:
        by_id.setdefault(squeezed(name_of(record)), record)
        by_heading.setdefault(_heading(record), record)
    pairs = []
    for record in gold:
        fellow = by_id.get(squeezed(name_of(record)))
        if fellow is None or squeezed(fellow.get("title")) != squeezed(record.get("title")):
            fellow = by_heading.get(_heading(record), fellow)
        pairs.append((record, fellow))
    return Matching(pairs, _twice(name_of(r) for r in found))


def match_items(gold: Sequence[Json], found: Sequence[Json]) -> Matching:
    """By number."""
    by_number: dict[str, Json] = {}
    for record in found:
        by_number.setdefault(squeezed(record.get("no")), record)
    pairs = [(record, by_number.get(squeezed(record["no"]))) for record in gold]
    return Matching(pairs, _twice(squeezed(r.get("no")) for r in found))


def match_rows(gold: Sequence[Json], found: Sequence[Json]) -> Matching:
    """By sheet and rows."""
    places: dict[tuple[str, str], Json] = {}
    for record in found:
        places.setdefault(_place(record), record)
    return Matching(
        [(record, places.get(_place(record))) for record in gold], _twice("，".join(_place(r)) for r in found)
    )


def _heading(record: Json) -> tuple[str, str]:
    return str(list(record.get("pages") or ())), squeezed(record.get("title"))


def _place(record: Json) -> tuple[str, str]:
    return squeezed(record.get("sheet")), str(list(record.get("excel_rows") or ()))


def _twice(names: Any) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)
