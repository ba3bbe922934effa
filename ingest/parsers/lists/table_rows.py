"""Rows of a table (表格的行): every live cell under its column's name, merged cells carried down, nothing left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from corpus.lists import Column
from ingest.parsers.lists.headers import (
    Header,
    Row,
    begins_new_header,
    distinct,
    find_header,
    header_at,
    is_header_again,
    is_pair,
)
from ingest.parsers.lists.words import cell_words, column_name
from ingest.readers.model import Cell, Format, Place, Table

_AS_ABOVE = re.compile(r"[“\"]?(?:同上|同前|〃|″)[”\"。]?")
_REMARK = re.compile(r"[（(]?(?:备\s*注|注\s*\d*[：:．.、]|说\s*明[：:]|附注|※|注释|编制说明|填表说明|单位[：:])")
_REMARK_NUMBER = re.compile(r"(?:备\s*注|说\s*明|注|附注)[：:]?")
_GROUP = re.compile(
    r"第[一二三四五六七八九十百\d]+(?:编|章|节|部分|类|篇)|[（(]?[一二三四五六七八九十]+[）)、．.]|附[件表]\s*\d*"
)
_LONGEST_HEADING = 80
_LONGEST_SERIAL = 16


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table with its meaning: a row of cells, a heading inside the table, or a remark."""

    fields: tuple[tuple[str, str], ...]
    text: str
    place: Place
    ocr: bool
    serial: str = ""
    serial_cell: Cell | None = None  # rows under one merged serial number share it
    heading: str = ""
    remark: bool = False
    about_columns: bool = False  # words of the header that no row carries
    number: int = 0  # as people count: the sheet's row, else the table's


@dataclass(slots=True)
class TableReading:
    """What came of one table: its lines, and the headers that were used."""

    lines: list[Line] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    live: bool = False  # whether any cell is shown at all


def read_table(table: Table, number: int, form: Format) -> TableReading:
    """Read a table row by row; ``number`` is its place among the tables of the document, ``form`` the file's format."""
    reading = TableReading()
    grid = [[cell if cell and not cell.hidden and cell.text.strip() else None for cell in row] for row in table.grid()]
    reading.live = any(cell is not None for row in grid for cell in row)
    if not reading.live:
        return reading
    found = find_header(grid, table.columns, table.header_rows)
    row = _read_above(reading, grid, found.start if found else len(grid), found is None, table, number, form)
    if row == len(grid):
        return reading
    header = found or Header(row, row, *_unnamed(table.columns))
    reading.headers.append(header)
    row = header.end
    used: set[int] = set()
    above: dict[int, str] = {}
    while row < len(grid):
        cells = grid[row]
        begun = [cell for cell in distinct(cells) if cell.row == row]
        if not begun or (header.printed and is_header_again(cells, header)):
            row += 1
            continue
        if begins_new_header(cells) and all(cell.row == row for cell in distinct(cells)):
            reading.lines += _unused_names(header, used, table, number)
            header = header_at(grid, table.columns, row)
            reading.headers.append(header)
            used, above = set(), {}
            row = header.end
            continue
        line = _alone(cells, row, table, number, form) or _row(cells, row, header, above, table, number, form)
        if not line.heading and not line.remark:
            used |= {n for n, _ in _named(cells)}
        reading.lines.append(line)
        row += 1
    reading.lines += _unused_names(header, used, table, number)
    return reading


def _unnamed(columns: int) -> tuple[tuple[str, ...], frozenset[int]]:
    return tuple(f"列{n + 1}" for n in range(columns)), frozenset(range(columns))


def _read_above(
    reading: TableReading, grid: Sequence[Row], end: int, only_pairs: bool, table: Table, number: int, form: Format
) -> int:
    """Read the rows above the header: pairs of name and value as one entry, the others as titles and remarks.

    Of a table without header only the pairs it begins with are read here. Gives the first row that was not read.
    """
    row = 0
    while row < end:
        pairs = list(takewhile(lambda n: is_pair(grid, n), range(row, end)))
        if pairs:
            reading.lines.append(_card(grid, pairs, table, number, form))
            row = pairs[-1] + 1
        elif only_pairs:
            return row
        else:
            reading.lines += _above_header(grid[row], row, table, number, form)
            row += 1
    return row


def _card(grid: Sequence[Row], rows: Sequence[int], table: Table, number: int, form: Format) -> Line:
    """Rows of a name and its value, as one entry: 违反条款 and 处罚依据 above the tiers of a benchmark."""
    cells = [distinct(grid[row]) for row in rows]
    fields = tuple((column_name(name.text), cell_words(value.text, form)) for name, value in cells)
    return Line(
        fields=fields,
        text="\n".join(f"{name}：{words}" for name, words in fields),
        place=_place(cells[0][0], rows[0], table, number),
        ocr=any(cell.ocr for pair in cells for cell in pair),
        number=_number(cells[0][0], rows[0]),
    )


def _above_header(cells: Sequence[Cell | None], row: int, table: Table, number: int, form: Format) -> Iterator[Line]:
    """Rows above the header: a title or a remark each, whatever stands in them."""
    begun = [cell for cell in distinct(cells) if cell.row == row]
    if not begun:
        return
    text = " ".join(cell_words(cell.text, form) for cell in begun)
    is_heading = len(begun) == 1 and len(text) <= _LONGEST_HEADING and not _REMARK.match(text)
    yield Line(
        fields=(),
        text=text,
        place=_place(begun[0], row, table, number),
        ocr=any(cell.ocr for cell in begun),
        heading=column_name(text) if is_heading else "",
        remark=not is_heading,
        number=_number(begun[0], row),
    )


def _alone(cells: Sequence[Cell | None], row: int, table: Table, number: int, form: Format) -> Line | None:
    """A row of one cell: a remark on the whole list, or the heading of the rows below; None where it is neither."""
    present = distinct(cells)
    if len(present) != 1:
        return None
    cell = present[0]
    text = cell_words(cell.text, form)
    wide = cell.column_span * 2 > table.columns
    is_remark = bool(_REMARK.match(text)) and (wide or cell.column == 0)
    is_heading = not is_remark and (wide or cell.column == 0) and len(text) <= _LONGEST_HEADING
    is_heading = is_heading and (bool(_GROUP.match(text)) or wide) and not text.endswith(("。", "；"))
    if not is_remark and not is_heading and not wide:
        return None
    return Line(
        fields=(),
        text=text,
        place=_place(cell, row, table, number),
        ocr=cell.ocr,
        heading=column_name(text) if is_heading else "",
        remark=not is_heading,
        number=_number(cell, row),
    )


def _row(
    cells: Sequence[Cell | None],
    row: int,
    header: Header,
    above: dict[int, str],
    table: Table,
    number: int,
    form: Format,
) -> Line:
    """A row of cells; ``above`` holds the words last given in each column, for 同上, and is brought up to date."""
    fields: list[tuple[str, str]] = []
    lines: list[str] = []
    for column, cell in _named(cells):
        printed = cell_words(cell.text, form)  # a merged 同上 finds what its first row found
        refers_up = _AS_ABOVE.fullmatch(printed) and column in above
        words = above[column] if refers_up else printed
        name = header.names[column]
        fields.append((name, words))
        lines.append(f"{name}：{printed}（{words}）" if refers_up else f"{name}：{words}")
        above[column] = words
    begun = (cell for cell in distinct(cells) if cell.row == row)
    last = max(begun, key=lambda cell: cell.place.row or 0)  # a merged cell may begin in a hidden row above
    at = header.column(Column.SERIAL)
    serial = cells[at] if at is not None else None
    if serial is not None and _REMARK_NUMBER.fullmatch(serial.text.strip()):  # 备注 where a serial number would stand
        words = "\n".join(cell_words(cell.text, form) for cell in distinct(cells))
        return Line((), words, _place(last, row, table, number), last.ocr, remark=True, number=_number(last, row))
    return Line(
        fields=tuple(fields),
        text="\n".join(lines),
        place=_place(last, row, table, number),
        ocr=any(cell.ocr for cell in distinct(cells)),
        serial=_serial(serial),
        serial_cell=serial,
        number=_number(last, row),
    )


def _named(cells: Sequence[Cell | None]) -> Iterator[tuple[int, Cell]]:
    """Each cell of a row under the first of the columns that it covers: that column's name is the one given to it."""
    for column, cell in enumerate(cells):
        if cell is not None and not (column and cells[column - 1] is cell):
            yield column, cell


def _serial(cell: Cell | None) -> str:
    """The serial number as printed, without its stop: 12. is 12; longer words in that column are no number."""
    text = "".join(cell.text.split()).strip(".．、") if cell is not None else ""
    return text if len(text) <= _LONGEST_SERIAL and not _AS_ABOVE.fullmatch(text) else ""


def _unused_names(header: Header, used: set[int], table: Table, number: int) -> Iterator[Line]:
    """What the header says and no row repeats: names of empty columns, and a row that numbers the columns."""
    names = [name for n, name in enumerate(header.names) if n not in used and n not in header.guessed]
    carried = "·".join(name for n, name in enumerate(header.names) if n in used)
    lines = [f"没有内容的列：{'、'.join(names)}"] if [name for name in names if name not in carried] else []
    if header.numbers:
        lines.append(f"列号：{' '.join(header.numbers)}")
    if lines:
        cell = next((c for c in table.cells if c.row >= header.start and not c.hidden), table.cells[0])
        place = _place(cell, header.start, table, number)
        yield Line((), "\n".join(lines), place, cell.ocr, about_columns=True, number=_number(cell, header.start))


def _number(cell: Cell, row: int) -> int:
    if cell.place.sheet is not None and cell.place.row is not None:
        return cell.place.row + row - cell.row
    return row + 1


def _place(cell: Cell, row: int, table: Table, number: int) -> Place:
    """Where the row is: its sheet and row, or its page and the table's number and row."""
    if cell.place.sheet is not None:
        return Place(sheet=cell.place.sheet, row=_number(cell, row))
    page = cell.place.page if cell.place.page is not None else table.place.page
    return Place(page=page, table=number, row=row + 1)
