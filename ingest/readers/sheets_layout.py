"""A sheet as it is shown becomes paragraphs and tables (工作表 → 段落与表格), the same for XLSX and XLS.

Only what a person sees counts as live: of a merged range its top left value, no hidden row, column or sheet. Whatever
else the file holds is kept as hidden cells or told in a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.readers.model import Block, Cell, Note, NoteKind, Paragraph, Place, Table

Range = tuple[int, int, int, int]
"""First row, end row, first column, end column; from 0, ends excluded."""

_REGION_GAP = 3  # so many empty rows in a row end a table; fewer stand inside one
_NUMBERED = re.compile(r"\s*(?:附件|附表|附[：:]|[（(]?[一二三四五六七八九十\d]+[、.．）)])")


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """One sheet as its file holds it: displayed texts by (row, column) from 0, before hiding and merging count."""

    name: str
    cells: Mapping[tuple[int, int], str]
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    notes: tuple[Note, ...] = ()


def cell_name(row: int, column: int) -> str:
    """The name of a cell as spreadsheets print it: (4, 27) is AB5."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def lay_out(sheets: Sequence[SheetGrid]) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """The blocks of all sheets in order, and the notes on what is hidden, left under merged cells, or calculated."""
    blocks: list[Block] = []
    notes: list[Note] = []
    tables = 0
    titled = False
    for sheet in sheets:
        cells, stale = _shown_cells(sheet)
        notes += [*sheet.notes, *stale, *_notes_on_hidden(sheet, cells)]
        for region in _regions(cells):
            above, rest = ([], region) if sheet.hidden else _split_titles(region)
            for cell in above:
                is_title = not titled and not _NUMBERED.match(cell.text)
                level = 2 if (titled and cell is above[0]) or _NUMBERED.match(cell.text) else None
                blocks.append(Paragraph(_one_line(cell.text), cell.place, level=level, title=is_title))
                titled = titled or is_title
            if rest:
                tables += 1
                blocks.append(_table(sheet, rest, tables))
                titled = titled or not sheet.hidden
    return tuple(blocks), tuple(notes)


def _shown_cells(sheet: SheetGrid) -> tuple[list[Cell], list[Note]]:
    """Every cell with text, spans clipped to what is used and begun at its first visible row; stale values as notes."""
    if not sheet.cells:
        return [], []
    last_row = max(row for row, _ in sheet.cells) + 1
    last_column = max(column for _, column in sheet.cells) + 1
    spans: dict[tuple[int, int], Range] = {}
    covered: dict[tuple[int, int], tuple[int, int]] = {}
    by_row: dict[int, list[int]] = {}
    for row, column in sheet.cells:
        by_row.setdefault(row, []).append(column)
    for top, bottom, left, right in sheet.merged:
        bottom, right = min(bottom, last_row), min(right, last_column)
        spans[top, left] = (top, bottom, left, right)
        for row in _rows_between(by_row, top, bottom):
            for column in by_row[row]:
                if left <= column < right and (row, column) != (top, left):
                    covered[row, column] = (top, left)
    cells = [
        _cell(sheet, text, spans.get(at, (at[0], at[0] + 1, at[1], at[1] + 1)))
        for at, text in sheet.cells.items()
        if at not in covered
    ]
    stale = [
        Note(
            NoteKind.HIDDEN,
            f"单元格{cell_name(*at)}被合并单元格{cell_name(*covered[at])}遮盖，残留的内容看不见，未采用。",
            Place(sheet=sheet.name, row=at[0] + 1),
            sheet.cells[at],
        )
        for at in sorted(covered)
    ]
    return sorted(cells, key=lambda cell: (cell.row, cell.column)), stale


def _rows_between(by_row: Mapping[int, list[int]], top: int, bottom: int) -> Iterable[int]:
    """The used rows of a range; a range over a million rows costs no more than what is used."""
    if bottom - top < len(by_row):
        return (row for row in range(top, bottom) if row in by_row)
    return (row for row in by_row if top <= row < bottom)


def _cell(sheet: SheetGrid, text: str, span: Range) -> Cell:
    top, bottom, left, right = span
    rows = [row for row in range(top, bottom) if row not in sheet.hidden_rows]
    columns = [column for column in range(left, right) if column not in sheet.hidden_columns]
    hidden = sheet.hidden or not rows or not columns
    first_row, first_column = (rows[0] if rows else top), (columns[0] if columns else left)
    return Cell(
        text=text,
        row=first_row,
        column=first_column,
        row_span=bottom - first_row,
        column_span=right - first_column,
        place=Place(sheet=sheet.name, row=top + 1),
        hidden=hidden,
    )


def _regions(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Cells in runs of rows, divided where ``_REGION_GAP`` empty rows stand between."""
    region: list[Cell] = []
    end = 0
    for cell in cells:
        if region and cell.row - end >= _REGION_GAP:
            yield region
            region = []
        region.append(cell)
        end = max(end, cell.row + cell.row_span)
    if region:
        yield region


def _split_titles(region: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    """The lines above a table (titles, notes), each alone in its row from the first column on, and the table itself.

    A region without any row of two cells is text: all its visible lines are returned as such.
    """
    rows: dict[int, list[Cell]] = {}
    for cell in region:
        if not cell.hidden:
            rows.setdefault(cell.row, []).append(cell)
    if not any(len(row) > 1 for row in rows.values()):
        return [cell for cell in region if not cell.hidden], [cell for cell in region if cell.hidden]
    first_column = min(cell.column for row in rows.values() for cell in row)
    width = max(cell.column + cell.column_span for row in rows.values() for cell in row) - first_column
    above: list[Cell] = []
    for row in sorted(rows):
        alone = rows[row][0]
        if len(rows[row]) > 1 or (alone.column > first_column and alone.column_span * 2 <= width):
            break
        above.append(alone)
    return above, [cell for cell in region if cell not in above]


def _table(sheet: SheetGrid, cells: Sequence[Cell], number: int) -> Table:
    """The cells as a table without its empty rows; each cell's place keeps the row of the sheet."""
    used = sorted({row for cell in cells for row in range(cell.row, cell.row + cell.row_span)})
    index = {row: n for n, row in enumerate(used)}
    left = min(cell.column for cell in cells)
    moved = [
        Cell(
            text=cell.text,
            row=index[cell.row],
            column=cell.column - left,
            row_span=cell.row_span,
            column_span=cell.column_span,
            place=cell.place,
            hidden=cell.hidden,
        )
        for cell in cells
    ]
    return Table(
        cells=tuple(moved),
        rows=len(used),
        columns=max(cell.column + cell.column_span for cell in moved),
        place=Place(sheet=sheet.name, table=number, row=used[0] + 1),
    )


def _notes_on_hidden(sheet: SheetGrid, cells: Sequence[Cell]) -> Iterator[Note]:
    place = Place(sheet=sheet.name)
    if sheet.hidden:
        if cells:
            words = "\n".join(cell.text for cell in cells)
            yield Note(NoteKind.HIDDEN, f"工作表“{sheet.name}”是隐藏的，其内容不作为有效内容。", place, words)
        return
    hidden = [cell for cell in cells if cell.hidden]
    rows = sorted({cell.row for cell in hidden if cell.row in sheet.hidden_rows})
    columns = sorted({cell.column for cell in hidden if cell.column in sheet.hidden_columns})
    if rows:
        words = "\n".join(cell.text for cell in hidden if cell.row in sheet.hidden_rows)
        numbers = "、".join(str(row + 1) for row in rows)
        yield Note(NoteKind.HIDDEN, f"隐藏的行不作为有效内容：第{numbers}行。", place, words)
    if columns:
        words = "\n".join(cell.text for cell in hidden if cell.column in sheet.hidden_columns)
        names = "、".join(cell_name(0, column).rstrip("1") for column in columns)
        yield Note(NoteKind.HIDDEN, f"隐藏的列不作为有效内容：{names}列。", place, words)


def _one_line(text: str) -> str:
    return " ".join(line.strip() for line in text.splitlines() if line.strip())
