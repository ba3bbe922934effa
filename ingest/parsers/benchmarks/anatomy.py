"""The parts of one violation's table (裁量表的结构): pairs of name and value, the header, the rows below, the remark.

违反条款 | … and 处罚依据 | … are pairs; the header is 违法行为 | 裁量要素 | 违法程度 | 裁量权重 or
违法行为 | axes | 罚款. Rows are counted from 0 in the whole table, as ``Cell.row`` counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.lists import Column, meaning_of
from ingest.parsers.benchmarks.tier_rows_columns import Role, role_of
from ingest.parsers.benchmarks.words import is_start, is_weight_name, one_line, tidy
from ingest.parsers.lists.headers import distinct, header_at
from ingest.readers.model import Cell

Row = Sequence[Cell | None]

LAW_PAIRS = frozenset({Column.VIOLATED, Column.PENALTY_BASIS, Column.BASIS})
_PAIR_NAMES = LAW_PAIRS | {
    Column.VIOLATION,
    Column.ITEM,
    Column.CODE,
    Column.SERIAL,
    Column.LEVEL,
    Column.SUPERVISING_BODY,
    Column.PUNISHING_BODY,
    Column.PARTY,
    Column.REMARK,
    Column.MEASURE,
}
_REMARK = re.compile(r"[\s　]*(?:备\s*注|附\s*注|说\s*明|注)[\s　]*[:：]")
_OVERFLOW = re.compile(r"[\s　]*[）)】」』”]+[\s　]+(?=\S)")
_LONGEST_NAME = 60
_LONGEST_CAPTION = 20  # 裁量标准, above the header


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and its value (处罚依据 | 《…》第…条 …)."""

    meaning: Column
    name: str
    value: Cell


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """One column of the header over the grid's columns ``[start, end)``; ``path`` are the names above each other."""

    path: tuple[str, ...]
    start: int
    end: int

    @property
    def name(self) -> str:
        return "·".join(self.path)

    @property
    def meaning(self) -> Column | None:
        return Column.FINE if any(is_fine_name(part) for part in self.path) else meaning_of(self.name)


@dataclass(frozen=True, slots=True)
class Anatomy:
    """One violation's table in its parts; ``body`` are the rows below the header, ``remark`` the lines of 备注."""

    grid: Sequence[Row]
    pairs: tuple[Pair, ...]
    header: tuple[HeaderColumn, ...]
    header_cell: Cell | None
    body: tuple[int, ...]
    remark: tuple[str, ...]
    remark_cell: Cell | None = None
    unexplained: tuple[Cell, ...] = ()  # cells that stand alone in their row and are no remark
    overflown: tuple[Cell, ...] = ()  # cells that began with a mark of their neighbour, as printed

    def values(self, meaning: Column) -> Iterator[Cell]:
        return (pair.value for pair in self.pairs if pair.meaning is meaning)


def is_fine_name(name: str) -> bool:
    """Whether a column's name says that fines stand below (罚款, 处罚幅度, 裁量标准)."""
    return meaning_of(name) is Column.FINE or role_of(name) is Role.FINE


def pairs_of(row: Row) -> tuple[Pair, ...]:
    """The pairs that a row is made of, () where it is none: names at every other cell, values that are no names."""
    cells = distinct(row)
    if len(cells) < 2 or len(cells) % 2 or cells[0].column != _first_column(row):
        return ()
    pairs = []
    for name, value in zip(cells[::2], cells[1::2], strict=True):
        meaning = meaning_of(name.text)
        wide = len(cells) == 2 and value.column_span > 1
        if meaning is None or not (meaning in _PAIR_NAMES or wide) or _is_name(value.text):
            return ()
        pairs.append(Pair(meaning, one_line(name.text), value))
    return tuple(pairs)


def remark_of(row: Row) -> str | None:
    """The words of a remark that takes the whole row (备注：…), None where the row is none."""
    cells = distinct(row)
    if len(cells) == 1 and (found := _REMARK.match(cells[0].text)):
        return tidy(cells[0].text[found.end() :])
    return None


def is_remark(text: str) -> bool:
    """Whether a line below a table is its remark (备注：…)."""
    return bool(_REMARK.match(text))


def without_remark_name(text: str) -> str:
    return tidy(_REMARK.sub("", text, count=1))


def dissect(grid: Sequence[Row], start: int, end: int) -> Anatomy:
    """The parts of rows ``[start, end)`` of a table; an empty ``header`` where none was understood."""
    grid, overflown = _without_overflow(grid, start, end)
    pairs: list[Pair] = []
    remark: list[str] = []
    body: list[int] = []
    alone: list[Cell] = []
    header: tuple[HeaderColumn, ...] = ()
    header_cell: Cell | None = None
    remark_cell: Cell | None = None
    below = start
    for n in range(start, end):
        row = grid[n]
        cells = distinct(row)
        if n < below or not any(cell.row == n for cell in cells):
            continue
        if found := pairs_of(row):
            for pair in found:
                if pair.value.row != n:
                    continue  # merged with the row above
                if pair.meaning is Column.REMARK:
                    remark += tidy(pair.value.text).splitlines()
                    remark_cell = remark_cell or pair.value
                else:
                    pairs.append(pair)
        elif (words := remark_of(row)) is not None:
            remark += words.splitlines()
            remark_cell = remark_cell or cells[0]
        elif len(cells) == 1:
            is_caption = header_cell is None and len(one_line(cells[0].text)) <= _LONGEST_CAPTION
            if cells[0].row == n and cells[0].text.strip() and not is_caption:
                alone.append(cells[0])
        elif header_cell is None:
            header_cell = cells[0]
            if _is_side_label(cells):
                grid = _without(grid, cells[0])
                row, cells = grid[n], cells[1:]
            if _is_header(cells):
                below = min(header_at(grid, len(row), n).end, end)
                header = _columns(grid[n:below], n)
            else:
                body.append(n)
        else:
            body.append(n)
    return Anatomy(
        grid, tuple(pairs), header, header_cell, tuple(body), tuple(remark), remark_cell, tuple(alone), overflown
    )


def _without_overflow(grid: Sequence[Row], start: int, end: int) -> tuple[Sequence[Row], tuple[Cell, ...]]:
    """The grid without closing marks that ran over from the left (）　有排污), and the cells that had them."""
    cells = {cell for row in grid[start:end] for cell in distinct(row) if _OVERFLOW.match(cell.text)}
    if not cells:
        return grid, ()
    mended = {cell: replace(cell, text=_OVERFLOW.sub("", cell.text, count=1)) for cell in cells}
    return [[mended.get(c, c) if c is not None else None for c in row] for row in grid], tuple(cells)


def _is_side_label(cells: Sequence[Cell]) -> bool:
    """Whether the first cell of a header names the rows beside it (裁量基准, over all of them) and no column."""
    name = one_line(cells[0].text)
    named = is_fine_name(name) or name.startswith("裁量")
    return cells[0].row_span > max(cell.row_span for cell in cells[1:]) and named and _is_header(cells[1:])


def _without(grid: Sequence[Row], gone: Cell) -> Sequence[Row]:
    return [[None if cell is gone else cell for cell in row] for row in grid]


def _is_header(cells: Sequence[Cell]) -> bool:
    names = [one_line(cell.text) for cell in cells]
    short = all(name and len(name) <= _LONGEST_NAME and not is_start(name) for name in names)
    return short and any(is_weight_name(name) or is_fine_name(name) for name in names)


def _columns(rows: Sequence[Row], first: int) -> tuple[HeaderColumn, ...]:
    """Columns whose names are the same cells are one."""
    columns: list[HeaderColumn] = []
    above: tuple[Cell, ...] = ()
    for n in range(len(rows[0])):
        cells = tuple(dict.fromkeys(cell for row in rows if (cell := row[n]) is not None and cell.row >= first))
        if not cells:
            continue
        if columns and cells == above:
            last = columns[-1]
            columns[-1] = HeaderColumn(last.path, last.start, n + 1)
            continue
        path = tuple(dict.fromkeys(name for cell in cells if (name := one_line(cell.text))))
        columns.append(HeaderColumn(path, n, n + 1))
        above = cells
    return tuple(columns)


def _is_name(text: str) -> bool:
    return meaning_of(text) is not None or (is_weight_name(text) and len("".join(text.split())) < 12)


def _first_column(row: Row) -> int | None:
    return next((n for n, cell in enumerate(row) if cell is not None), None)
