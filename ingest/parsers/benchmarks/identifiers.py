"""Ids of violations (编号): as printed, made unique; one printed twice is corrected by the heading's own number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.discretion.model import Doubt, Spot
from corpus.errors import InvalidInput
from corpus.numerals import parse_number
from ingest.parsers.benchmarks.headings import Heading

_PARTS = re.compile(r"(?P<mark>\D*)(?P<first>\d+)(?P<join>[.\-－–—])(?P<second>\d+)(?P<rest>.*)", re.DOTALL)
_PARENT = re.compile(r"(?P<parent>.+[.\-－–—]\d+)[.\-－–—]\d+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Identity:
    """The id of a violation; ``printed`` where the printing is wrong, ``doubt`` where only a suffix makes it unique."""

    id: str
    printed: str = ""
    doubt: Doubt | None = None


def identify_all(headings: Sequence[Heading], chapters: Sequence[str], spots: Sequence[Spot]) -> list[Identity]:
    """One identity per violation, in order."""
    printed = Counter(heading.printed_id for heading in headings if heading.printed_id)
    taken: set[str] = set()
    found: list[Identity] = []
    for heading, chapter, spot in zip(headings, chapters, spots, strict=True):
        wanted = heading.printed_id
        if wanted and wanted in taken:
            corrected = _corrected(heading)
            if corrected and corrected not in printed and corrected not in taken:
                identity = Identity(corrected, printed=wanted)
            else:
                doubt = Doubt("id_repeated", f"编号“{wanted}”在文件中出现多次，无法确定正确的编号。", spot)
                identity = Identity(_unique(wanted, taken), wanted, doubt)
        else:
            identity = Identity(
                wanted or _unique(_from_heading(heading, chapter, len(found) + 1), taken | set(printed))
            )
        taken.add(identity.id)
        found.append(identity)
    return found


def same_parent(one: str, other: str) -> bool:
    """Whether two ids are parts of one number: §2.5.1 and §2.5.2."""
    first, second = _PARENT.fullmatch(one), _PARENT.fullmatch(other)
    return first is not None and second is not None and first["parent"] == second["parent"]


def _corrected(heading: Heading) -> str | None:
    """The printed id with the heading's number in the place of its second part: §8.17 under 十八、 is §8.18."""
    parts = _PARTS.fullmatch(heading.printed_id)
    number = _number(heading.number)
    if parts is None or number is None:
        return None
    return f"{parts['mark']}{parts['first']}{parts['join']}{number}{parts['rest']}"


def _from_heading(heading: Heading, chapter: str, position: int) -> str:
    """An id where none is printed: the numbers of chapter and heading (3.12), else the position."""
    number = _number(heading.number)
    if number is None:
        return str(position)
    found = re.match(r"第([一二三四五六七八九十百\d]+)", chapter)
    above = _number(found[1]) if found else None
    return f"{above}.{number}" if above is not None else str(number)


def _number(text: str) -> int | None:
    try:
        return parse_number(text.strip("（()）"))
    except InvalidInput:
        return None


def _unique(wanted: str, taken: set[str]) -> str:
    if wanted not in taken:
        return wanted
    n = 2
    while f"{wanted}（{n}）" in taken:
        n += 1
    return f"{wanted}（{n}）"
