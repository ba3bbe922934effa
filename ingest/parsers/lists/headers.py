"""The header of a table (表头): which rows it takes, what each column is called, and what was understood of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.lists import Column, meaning_of
from ingest.parsers.lists.words import column_name
from ingest.readers.model import Cell

Row = Sequence[Cell | None]
"""One row of a table's grid: the live cell of every column, None where there is none."""

_SEARCHED = 10  # rows in which a header is looked for
_LONGEST_NAME = 40
_NUMBER = re.compile(r"[（(]?\d+(?:[.-]\d+)*[）)]?|[（(]?[一二三四五六七八九十甲乙丙丁戊己]+[）)]?")
_SENTENCE = re.compile(r"[。；;]|[：:]$")


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its rows ``[start, end)``, the name of each column, what the names mean (None: not understood).

    ``guessed`` names (列3) stand where nothing is printed. ``numbers`` is a row of column numbers below it, or empty.
    """

    start: int
    end: int
    names: tuple[str, ...]
    guessed: frozenset[int] = frozenset()
    numbers: tuple[str, ...] = ()

    @property
    def printed(self) -> bool:
        """Whether the table has a header at all; else its columns are only counted."""
        return self.end > self.start

    @property
    def meanings(self) -> tuple[Column | None, ...]:
        return tuple(None if n in self.guessed else meaning_of(name) for n, name in enumerate(self.names))

    def column(self, meaning: Column) -> int | None:
        """The first column of a meaning."""
        return next((n for n, found in enumerate(self.meanings) if found is meaning), None)


def find_header(grid: Sequence[Row], columns: int, said: int = 0) -> Header | None:
    """The header of a table among its first rows; ``said`` rows of it are known to the format (a repeated header).

    A row is the header when two of its columns are understood; else, when the format says so; else the first row of
    several short names without numbers that has longer rows below. None: the table has no header.
    """
    searched = range(min(len(grid), _SEARCHED))
    start = next((n for n in searched if _understood(grid[n]) >= 2 and _all_short(grid[n])), None)
    if start is None and said:
        start = next((n for n in range(min(said, len(grid))) if len(distinct(grid[n])) > 1), None)
    if start is None:
        searched_names = (n for n in searched if not is_pair(grid, n) and _looks_like_names(grid, n, columns))
        start = next(searched_names, None)
    if start is None:
        return None
    return header_at(grid, columns, start, at_least=said)


def header_at(grid: Sequence[Row], columns: int, start: int, at_least: int = 0) -> Header:
    """The header that begins in row ``start``; it goes on while its cells span rows or stand above others."""
    end = max(start + 1, at_least)
    while end < len(grid) and _goes_on(grid, start, end):
        end += 1
    names, guessed = _names(grid[start:end], columns)
    numbers: tuple[str, ...] = ()
    if end < len(grid) and _is_row_of_numbers(grid[end], columns):
        numbers = tuple(cell.text.strip() for cell in distinct(grid[end]))
        end += 1
    return Header(start, end, names, guessed, numbers)


def is_header_again(row: Row, header: Header) -> bool:
    """Whether a row only repeats the header's names (a new page, a new section)."""
    found = [(n, column_name(cell.text)) for n, cell in enumerate(row) if cell is not None]
    return len(distinct(row)) > 1 and all(name in header.names[n].split("·") for n, name in found)


def begins_new_header(row: Row) -> bool:
    """Whether a row inside a table is the header of another one: three names that are understood, and no other."""
    cells = distinct(row)
    return len(cells) >= 3 and _understood(row) == len(cells)


def is_pair(grid: Sequence[Row], n: int) -> bool:
    """Whether row ``n`` is a name and its value (处罚依据 | 《…》法第…条): what cards have in the place of a header.

    The value is wide, or the row above or below is such a pair too; else it could be a header of two columns.
    """
    if not _names_its_value(grid[n]):
        return False
    wide = distinct(grid[n])[1].column_span > 1
    return wide or any(_names_its_value(grid[m]) for m in (n - 1, n + 1) if 0 <= m < len(grid))


def _names_its_value(row: Row) -> bool:
    cells = distinct(row)
    if len(cells) != 2 or cells[0].column != 0:
        return False
    return meaning_of(cells[0].text) is not None and meaning_of(cells[1].text) is None


def distinct(row: Row) -> list[Cell]:
    """The cells of a row, each once however many columns it spans."""
    cells: list[Cell] = []
    for cell in row:
        if cell is not None and (not cells or cell is not cells[-1]):
            cells.append(cell)
    return cells


def _understood(row: Row) -> int:
    return sum(meaning_of(cell.text) is not None for cell in distinct(row))


def _all_short(row: Row) -> bool:
    return all(len(column_name(cell.text)) <= _LONGEST_NAME for cell in distinct(row))


def _looks_like_names(grid: Sequence[Row], n: int, columns: int) -> bool:
    cells = distinct(grid[n])
    texts = [column_name(cell.text) for cell in cells]
    plain = all(len(t) <= _LONGEST_NAME // 2 and not _SENTENCE.search(t) and not t[0].isdigit() for t in texts if t)
    filled = sum(cell is not None for cell in grid[n])
    return len(set(texts)) > 1 and plain and filled == columns and n + 1 < len(grid)


def _goes_on(grid: Sequence[Row], start: int, end: int) -> bool:
    """Whether row ``end`` still belongs to the header above it."""
    above, row = grid[end - 1], grid[end]
    begun = [(n, cell) for n, cell in enumerate(row) if cell is not None and cell.row >= end]
    if not begun:
        return any(cell is not None and cell.row >= start for cell in row)  # only cells of the header reach down
    if any(cell is not None and start <= cell.row < end for cell in row):
        return all(len(column_name(cell.text)) <= _LONGEST_NAME for _, cell in begun)
    under_groups = all(_span(above[n]) > 1 for n, _ in begun)
    left_open = any(above[n] is not None and _span(above[n]) == 1 and row[n] is None for n in range(len(row)))
    return (
        under_groups
        and left_open
        and all(
            len(column_name(cell.text)) <= _LONGEST_NAME and not _NUMBER.fullmatch(cell.text.strip())
            for _, cell in begun
        )
    )


def _span(cell: Cell | None) -> int:
    return cell.column_span if cell is not None else 1


def _is_row_of_numbers(row: Row, columns: int) -> bool:
    """A row that only numbers the columns: 1 2 3 4, （1）（2）（3）, 甲 乙 丙."""
    texts = [cell.text.strip() for cell in distinct(row)]
    if len(texts) < max(3, columns - 1) or not all(_NUMBER.fullmatch(text) for text in texts):
        return False
    digits = [text.strip("（()）") for text in texts]
    return digits == [str(n) for n in range(1, len(texts) + 1)] or all(not d[0].isdigit() for d in digits)


def _names(rows: Sequence[Row], columns: int) -> tuple[tuple[str, ...], frozenset[int]]:
    """One name per column: the names above each other joined by ``·``; equal names are numbered."""
    names: list[str] = []
    guessed: set[int] = set()
    for column in range(columns):
        parts: list[str] = []
        for row in rows:
            cell = row[column]
            name = column_name(cell.text) if cell is not None else ""
            if name and name not in parts:
                parts.append(name)
        if not parts:
            guessed.add(column)
        name = "·".join(parts) or f"列{column + 1}"
        same = sum(known == name or known.startswith(f"{name}（") for known in names)
        names.append(f"{name}（{same + 1}）" if same else name)
    return tuple(names), frozenset(guessed)


def understanding(headers: Mapping[tuple[str, ...], Sequence[str]]) -> list[str]:
    """One sentence per distinct header: which columns were understood as what, and which were not.

    ``headers`` maps the names to the tables that have them.
    """
    told = []
    for names, tables in headers.items():
        known = [
            f"{name}＝{meaning.zh}" if meaning.zh != name else name for name in names if (meaning := meaning_of(name))
        ]
        unknown = [name for name in names if meaning_of(name) is None]
        where = "、".join(tables[:5]) + (f"等 {len(tables)} 张表" if len(tables) > 5 else "")
        parts = [f"已识别的列：{'、'.join(known) or '无'}", f"未识别的列：{'、'.join(unknown)}" if unknown else ""]
        told.append(f"{where}：" + "；".join(part for part in parts if part) + "。")
    return told
