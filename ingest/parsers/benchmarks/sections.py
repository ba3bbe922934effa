"""Violations of a document (违法行为的分节): each with the lines above its table, its rows, and the remark below.

A violation's rows begin with pairs (违反条款 | …, 处罚依据 | …); a table may hold one violation or, on a sheet, many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.parsers.benchmarks.anatomy import (
    LAW_PAIRS,
    Row,
    is_remark,
    pairs_of,
    remark_of,
    without_remark_name,
)
from ingest.parsers.benchmarks.headings import Chapters, Heading, TextLine, id_of, read_heading
from ingest.parsers.benchmarks.tier_rows_columns import find_columns
from ingest.parsers.lists.headers import distinct
from ingest.parsers.lists.outline import depth_by_number
from ingest.readers.model import Block, Cell, Paragraph, Table


@dataclass(slots=True)
class Section:
    """One violation as it stands in the document: rows ``[start, end)`` of ``grid``, with what stands around them."""

    heading: Heading
    chapter: str
    table: Table
    grid: Sequence[Row]
    start: int
    end: int
    last_page: int | None = None  # of the table, where the rows reach its end
    remark: list[str] = field(default_factory=list)  # lines below the table
    torn: Table | None = None  # the rest of the table, perhaps, whose columns do not fit

    @property
    def ends_table(self) -> bool:
        return self.end == len(self.grid)

    @property
    def cells(self) -> list[Cell]:
        """The cells that begin in the section's rows."""
        return [cell for n in range(self.start, self.end) for cell in distinct(self.grid[n]) if cell.row == n]


@dataclass(frozen=True, slots=True)
class Sections:
    """The violations of a document; ``stray_ids`` are printed ids with no table.

    ``others`` are the indices of the tables that hold no sections.
    """

    sections: tuple[Section, ...]
    stray_ids: tuple[TextLine, ...]
    others: tuple[int, ...]


def find_sections(blocks: Sequence[Block], document_title: str) -> Sections:
    """Every violation of ``blocks`` in order."""
    chapters = Chapters(document_title)
    sections: list[Section] = []
    stray: list[TextLine] = []
    lines: list[TextLine] = []
    others: list[int] = []
    for n, item in _items(blocks):
        if isinstance(item, TextLine):
            lines.append(item)
        elif isinstance(item, Table):
            follows = bool(sections) and not lines and sections[-1].ends_table
            if not (follows and _go_on(sections[-1], item)):
                others.append(n)
            _pass(lines, chapters, sections, stray)
            lines = []
        else:
            heading = read_heading(lines)
            before = lines[: len(lines) - len(heading.lines)]
            _pass(before, chapters, sections, stray)
            chapter = chapters.above(heading.depth)
            sections.append(_section(heading, chapter, item))
            lines = []
    _pass(lines, chapters, sections, stray)
    return Sections(tuple(sections), tuple(stray), tuple(others))


def _section(heading: Heading, chapter: str, rows: _Rows) -> Section:
    last_page = rows.table.last_page if rows.end == len(rows.grid) else None
    return Section(heading, chapter, rows.table, rows.grid, rows.start, rows.end, last_page)


def has_sections(table: Table) -> bool:
    """Whether a table holds violations as sections: a pair of a law's name and value, with rows of more cells below."""
    grid = live_grid(table)
    law = next((n for n, row in enumerate(grid) if any(p.meaning in LAW_PAIRS for p in pairs_of(row))), None)
    return law is not None and any(len(distinct(row)) > 1 and not pairs_of(row) for row in grid[law:])


def live_grid(table: Table) -> list[list[Cell | None]]:
    """The grid without what the source hides."""
    return replace(table, cells=tuple(cell for cell in table.cells if not cell.hidden)).grid()


@dataclass(frozen=True, slots=True)
class _Rows:
    table: Table
    grid: Sequence[Row]
    start: int
    end: int


def _go_on(section: Section, table: Table) -> bool:
    """Whether a table right below a section's, without a header of its own, is the rest of it; then it is joined."""
    grid = live_grid(table)
    if find_columns(grid, table.columns, table.header_rows) is not None:
        return False
    if table.columns != len(section.grid[section.start]):
        section.torn = table
        return False
    offset = section.end
    moved = {cell: replace(cell, row=cell.row + offset) for cell in table.cells}
    section.grid = [*section.grid, *([moved[cell] if cell is not None else None for cell in row] for row in grid)]
    section.end += len(grid)
    section.last_page = table.last_page or table.place.page
    return True


def _items(blocks: Sequence[Block]) -> Iterator[tuple[int, TextLine | Table | _Rows]]:
    """Lines, rows of violations, and tables that hold none, each with the index of its block."""
    for n, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            if block.text.strip():
                yield n, TextLine(block.text.strip(), block.place, block.level, block.title)
        elif has_sections(block):
            yield from ((n, item) for item in _divide(block))
        else:
            yield n, block


def _divide(table: Table) -> Iterator[TextLine | _Rows]:
    """A table of one or more violations: its lines alone in a row, and the rows of each violation."""
    grid = live_grid(table)
    start: int | None = None
    in_body = False
    for n, row in enumerate(grid):
        cells = [cell for cell in distinct(row) if cell.row == n]
        alone = len(distinct(row)) == 1 and len(cells) == 1 and remark_of(row) is None
        pairs = [pair for pair in pairs_of(row) if pair.meaning.value != "remark"]
        if alone and (start is None or _begins_next(grid, n)):
            if start is not None:
                yield _Rows(table, grid, start, n)
                start, in_body = None, False
            if cells[0].text.strip():
                yield TextLine(cells[0].text.strip(), cells[0].place)
        elif pairs and (start is None or in_body):
            if start is not None:
                yield _Rows(table, grid, start, n)
            start, in_body = n, False
        elif start is None:
            for cell in cells:
                if cell.text.strip():
                    yield TextLine(cell.text.strip(), cell.place)
        elif not pairs and len(distinct(row)) > 1:
            in_body = True
    if start is not None:
        yield _Rows(table, grid, start, len(grid))


def _begins_next(grid: Sequence[Row], n: int) -> bool:
    """Whether only lines alone in their rows stand between row ``n`` and the first pair of another violation."""
    text = distinct(grid[n])[0].text
    if depth_by_number(text) is None and id_of(text) is None:
        return False
    for row in grid[n + 1 :]:
        if pairs_of(row):
            return True
        if len(distinct(row)) > 1:
            return False
    return False


def _pass(lines: Sequence[TextLine], chapters: Chapters, sections: Sequence[Section], stray: list[TextLine]) -> None:
    """Lines that belong to no table's heading: the remark below the last table, chapters, ids without a table."""
    in_remark = bool(sections)
    for n, line in enumerate(lines):
        if in_remark and is_remark(line.text):
            sections[-1].remark += without_remark_name(line.text).splitlines()
            continue
        in_remark = in_remark and n > 0 and is_remark(lines[0].text) and _continues_remark(line)
        if in_remark:
            sections[-1].remark += line.text.splitlines()
            continue
        if line.text.startswith("§") and id_of(line.text):
            stray.append(line)
        chapters.pass_line(line)


def _continues_remark(line: TextLine) -> bool:
    """Whether a line below a remark is its next item (2.…, （二）…) and no heading."""
    return line.level is None and line.text.rstrip().endswith(("。", "；", ";"))
