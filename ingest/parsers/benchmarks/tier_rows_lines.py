"""The rows of a row-oriented benchmark, each under its violation (违法行为的各行): merged cells, blanks and repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.discretion.fines import read_fines
from corpus.discretion.model import Doubt, FineKind, Spot
from ingest.parsers.benchmarks.tier_rows_columns import ColumnUse, Role, columns_of, find_columns, role_of
from ingest.parsers.benchmarks.words import tidy
from ingest.parsers.lists.headers import Header, Row, distinct, header_at, is_header_again
from ingest.parsers.lists.words import bare, cell_words, column_name
from ingest.readers.model import Cell, Format, Table

_TOTAL = re.compile(r"(?:合计|小计|总计|共计|总数)(?:[：:]?[\d\s]+[项条个类件]?)?")
_OF_STEP = (Role.GRADE, Role.CIRCUMSTANCE, Role.FINE)
_CONTINUED = re.compile(r"[（(]?(?:续(?:上)?表?|接上[页表]|表\d*续)[\d一二三四五六七八九十]*[）)]?")
_UNIT = re.compile(r"单位[：:](?:人民币)?(?P<unit>万元|元)")
_AS_ABOVE = re.compile(r"[“\"]?(?:同上|同前|〃|″)[”\"。]?")
_REMARK = re.compile(r"[（(]?(?:备\s*注|注\s*\d*[：:．.、]|说\s*明[：:]|附注|※|注释)")
_GROUP = re.compile(r"第[一二三四五六七八九十百\d]+(?:编|章|节|部分|类|篇)|[（(]?[一二三四五六七八九十]+[）)、．.]")
_LONGEST_HEADING = 80
_PAGED = frozenset({Format.PDF, Format.IMAGE})
_SENTENCE_END = re.compile(r"[。；;]$")
_FINE_END = re.compile(r"(?:罚款|以下|元|倍|[%％]|处罚|[。；;）)])$")
_ITEM = re.compile(r"[（(][一二三四五六七八九十]+[）)]")
_CASE_END = re.compile(r"(?:[的。；;）)次]|以[上下内外])$")
_SERIAL = re.compile(r"[（(]?[A-Za-z]{0,3}[\d一二三四五六七八九十百]+(?:[-－—–.．、_/][\dA-Za-z]+)*[）)]?(?:号)?")


@dataclass(frozen=True, slots=True)
class Field:
    """What one column says in one row: the words, the cell they stand in, and whether it begins in this row.

    ``rows`` are the cell's first and last, as people count.
    """

    text: str
    cell: Cell | None
    own: bool
    rows: tuple[int, ...] = ()

    @property
    def blank(self) -> bool:
        return not self.text


BLANK = Field("", None, False)


@dataclass(frozen=True, slots=True)
class Line:
    """One visible row: ``number`` as people count, a field for each column."""

    number: int
    page: int | None
    fields: tuple[Field, ...]


@dataclass(slots=True)
class Violation:
    """One violation with its rows (违法行为及其各行): the columns of its table, the heading above it."""

    serial: str
    title: str
    chapter: str
    header: Header
    uses: tuple[ColumnUse, ...]
    spot: Spot
    lines: list[Line] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    unit: str = ""  # 单位：万元 above the header, or in its upper rows, where the columns' own names say none

    def columns(self, *roles: Role) -> list[int]:
        """The columns of some roles, in printed order."""
        return [n for n, use in enumerate(self.uses) if use.role in roles]


@dataclass(slots=True)
class TableLines:
    """What came of one table: its violations in printed order, remarks on all of them, and what was not understood."""

    violations: list[Violation] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    found: tuple[Header, tuple[ColumnUse, ...]] | None = None  # the header and columns last in force
    columns: int = 0

    @property
    def understood(self) -> bool:
        return self.found is not None


def read_lines(
    table: Table, number: int, form: Format, chapter: str = "", before: TableLines | None = None, above: str = ""
) -> TableLines:
    """Read a table into violations; ``number`` is its place in the document, ``chapter`` the heading above it.

    ``above`` are the words directly above it, which may name the unit of its sums (单位：万元).

    A table without a header goes on with that of ``before``, the table that stands directly above it, where it has
    as many columns.
    """
    read = TableLines()
    grid = [[cell if cell and not cell.hidden and cell.text.strip() else None for cell in row] for row in table.grid()]
    found = find_columns(grid, table.columns, table.header_rows)
    if found is None and before is not None and before.columns == table.columns and before.found is not None:
        header, uses = before.found
        found = replace(header, start=0, end=0), uses
    if found is None:
        return read
    reader = _Reader(table, number, form, grid, chapter, read, above)
    reader.read(*found)
    read.columns = table.columns
    return read


class _Reader:
    """Walks down one table, holding the violation that the rows belong to."""

    def __init__(
        self,
        table: Table,
        number: int,
        form: Format,
        grid: Sequence[Row],
        chapter: str,
        read: TableLines,
        above: str = "",
    ) -> None:
        self._table, self._number, self._form, self._grid = table, number, form, grid
        self._chapter, self._out = chapter, read
        self._current: Violation | None = None
        self._above: dict[int, str] = {}
        self._last: Row = ()
        self._words_above, self._unit = above, ""
        self._copied: set[int] = set()  # columns of the row whose words are those above (同上)
        self._mended: dict[int, str] = {}  # words of cells that a page break cut, by the identity of the lower half

    def read(self, header: Header, uses: tuple[ColumnUse, ...]) -> None:
        self._out.found = header, uses
        self._unit = self._unit_above(header)
        self._headings(range(header.start))
        row = header.end
        while row < len(self._grid):
            cells = self._grid[row]
            present = distinct(cells)
            if not any(cell.row == row for cell in present) or is_header_again(cells, header):
                row += 1
                continue
            if _is_header(cells, row):
                header = header_at(self._grid, self._table.columns, row)
                uses = columns_of(header, self._grid)
                self._out.found = header, uses
                self._current, self._above, self._last = None, {}, ()
                row = header.end
                continue
            if not self._stands_alone(present, row):
                self._take(row, cells, header, uses)
            row += 1

    def _unit_above(self, header: Header) -> str:
        """The unit that the rows above the names of the columns print for all of them (单位：万元)."""
        texts = [bare(cell.text) for row in self._grid[: header.start] for cell in distinct(row)]
        said = {match["unit"] for text in (*texts, bare(self._words_above)) for match in _UNIT.finditer(text)}
        return f"（{said.pop()}）" if len(said) == 1 else ""

    def _headings(self, rows: range) -> None:
        for row in rows:
            present = distinct(self._grid[row])
            if len(present) == 1 and not self._stands_alone(present, row):
                self._chapter = column_name(present[0].text)

    def _stands_alone(self, present: Sequence[Cell], row: int) -> bool:
        """Take a row of one wide cell as the heading of what follows, or as a remark on the whole table."""
        if len(present) != 1 or present[0].row != row:
            return False
        cell = present[0]
        text = cell_words(cell.text, self._form)
        wide = cell.column_span * 2 > self._table.columns
        if _TOTAL.fullmatch(bare(text)) or _CONTINUED.fullmatch(bare(text)):
            return True
        if _REMARK.match(text) and (wide or cell.column == 0):
            self._out.remarks.append(text)
        elif len(text) <= _LONGEST_HEADING and (wide or (cell.column == 0 and _GROUP.match(text))):
            self._chapter = column_name(text)
        elif wide:
            self._out.remarks.append(text)
        else:
            return False
        self._current = None
        return True

    def _take(self, row: int, cells: Row, header: Header, uses: tuple[ColumnUse, ...]) -> None:
        self._copied = set()
        fields = tuple(self._fields(cells))
        self._last = cells
        serial_field = _first(fields, uses, Role.SERIAL)
        serial = bare(serial_field.text).strip(".．、")
        if _REMARK.match(serial):
            self._out.remarks.append("\n".join(cell_words(cell.text, self._form) for cell in distinct(cells)))
            return
        if _TOTAL.fullmatch(serial):
            self._current = None
            return
        line = Line(self._row_number(row), self._page(cells, row), fields)
        if self._current is not None and self._is_cut(line, serial_field, uses):
            line = self._join_cut(self._current, line)
        title = _first(line.fields, uses, Role.VIOLATION)
        fields = line.fields
        if self._begins(serial_field, serial, title, fields, uses):
            before = self._current
            self._current = Violation(
                serial, title.text, self._chapter, header, uses, self._spot(line), unit=self._unit
            )
            self._out.violations.append(self._current)
            if before is not None and len(before.lines) > 1 and self._copied & set(self._current.columns(*_OF_STEP)):
                message = f"第{line.number}行写“同上”，不能确定指上一项的哪一阶次，暂按紧邻的上一行读取，请核对。"
                self._current.doubts.append(Doubt("as_above_open", message, self._spot(line)))
        if self._current is None:
            words = "；".join(cell_words(cell.text, self._form) for cell in distinct(cells))[:60]
            self._out.doubts.append(
                Doubt(
                    "row_without_violation", f"第{line.number}行不属于任何违法行为，未采用：{words}", self._spot(line)
                )
            )
            return
        self._current.lines.append(line)

    def _fields(self, cells: Row) -> Iterator[Field]:
        for column, cell in enumerate(cells):
            if cell is None or (column and cells[column - 1] is cell):
                yield BLANK if cell is None else Field("", cell, False)
                continue
            own = not (column < len(self._last) and self._last[column] is cell)
            text = self._mended.get(id(cell)) or tidy(cell_words(cell.text, self._form))
            if _AS_ABOVE.fullmatch(bare(text)):
                text = self._above.get(column, text)
                self._copied.add(column)
            self._above[column] = text
            yield Field(text, cell, own, (self._row_number(cell.row), self._row_number(cell.row + cell.row_span - 1)))

    def _begins(
        self, serial_field: Field, serial: str, title: Field, fields: tuple[Field, ...], uses: tuple[ColumnUse, ...]
    ) -> bool:
        """Whether a row begins a violation: its cell is new and says something else, or only its number is new."""
        current = self._current
        if title.blank:
            new_number = serial_field.own and bool(_SERIAL.fullmatch(serial))
            return new_number and (current is None or serial != current.serial)
        if current is None:
            return True
        if not title.own:
            return False
        if bare(title.text) != bare(current.title):
            return True
        return not self._goes_on(serial, fields, uses, current)

    def _goes_on(self, serial: str, fields: tuple[Field, ...], uses: tuple[ColumnUse, ...], current: Violation) -> bool:
        """Whether a row that repeats the violation's words is one more row of it, not a second one of that name."""
        if not serial or serial == current.serial:
            return True
        same = all(
            _same(fields[n], line.fields[n])
            for n in current.columns(Role.BASIS, Role.VIOLATED)
            for line in current.lines[-1:]
        )
        steps = current.columns(Role.GRADE)
        known = {bare(line.fields[n].text) for n in steps for line in current.lines}
        return same and bool(steps) and all(bare(fields[n].text) not in known for n in steps)

    def _is_cut(self, line: Line, serial: Field, uses: Sequence[ColumnUse]) -> bool:
        """Whether a row at the top of a page carries no number of its own, though violations here have one."""
        current = self._current
        if (
            current is None
            or self._form not in _PAGED
            or not current.lines
            or not current.serial
            or (serial.own and serial.text)
        ):
            return False
        above, here = current.lines[-1].page, line.page
        return above is not None and here is not None and here > above and _has(uses, Role.SERIAL)

    def _join_cut(self, current: Violation, line: Line) -> Line:
        """The first row of a page with the words that its cells go on with from the page before.

        What belongs to the violation is joined where no sentence ends or the next item of a list follows. A penalty
        is joined where only both halves together can be read, and that is told as a doubt.
        """
        fields, above = list(line.fields), current.lines[-1].fields

        def join(n: int) -> None:
            joined = above[n].text + fields[n].text
            self._mended[id(fields[n].cell)] = joined
            fields[n] = replace(fields[n], text=joined, own=False)
            current.lines = [_with_text(old, n, above[n].cell, joined) for old in current.lines]

        def goes_on(n: int) -> bool:
            return fields[n].own and bool(fields[n].text and above[n].text)

        for n in current.columns(Role.VIOLATION):
            if fields[n].own and fields[n].text:
                current.title += fields[n].text
                fields[n] = BLANK
        for n in current.columns(Role.BASIS, Role.VIOLATED):
            if goes_on(n) and (not _SENTENCE_END.search(above[n].text) or _ITEM.match(fields[n].text)):
                join(n)
        if any(fields[n].own and fields[n].text for n in current.columns(Role.GRADE)):
            return replace(line, fields=tuple(fields))
        torn = [n for n in current.columns(Role.FINE) if goes_on(n) and _read_together(above[n].text, fields[n].text)]
        open_cases = [
            n for n in current.columns(Role.CIRCUMSTANCE) if goes_on(n) and not _CASE_END.search(above[n].text)
        ]
        for n in [*torn, *(open_cases if torn else ())]:
            join(n)
        whole_row = any(fields[n].own and fields[n].text for n in current.columns(Role.FINE))
        if torn or (open_cases and not whole_row):
            what = "已合并" if torn else "未合并"
            message = f"第{line.page}页顶部的一行可能是上一页末行的下半部分，{what}，请对照原件核对。"
            current.doubts.append(Doubt("cut_by_page_break", message, self._spot(line)))
        return replace(line, fields=tuple(fields))

    def _row_number(self, row: int) -> int:
        first = self._table.place.row
        return first + row if self._table.place.sheet is not None and first is not None else row + 1

    def _page(self, cells: Row, row: int) -> int | None:
        pages = [cell.place.page for cell in distinct(cells) if cell.row == row and cell.place.page is not None]
        return max(pages) if pages else self._table.place.page

    def _spot(self, line: Line) -> Spot:
        sheet = self._table.place.sheet
        return Spot(line.page, sheet, None if sheet is not None else self._number, line.number)


def _with_text(line: Line, column: int, cell: Cell | None, text: str) -> Line:
    """The row with other words in a column, where it is that cell which stands there."""
    if line.fields[column].cell is not cell:
        return line
    mended = replace(line.fields[column], text=text)
    return replace(line, fields=(*line.fields[:column], mended, *line.fields[column + 1 :]))


def _read_together(above: str, below: str) -> bool:
    """Whether two halves of a penalty can be read together, but one of them not alone or not to an end."""

    def stated(text: str) -> bool:
        return all(fine.kind.is_fine or fine.kind is FineKind.WARNING for _, fine in read_fines(text))

    return stated(above + below) and not (_FINE_END.search(above) and stated(above) and stated(below))


def _has(uses: Sequence[ColumnUse], role: Role) -> bool:
    return any(use.role is role for use in uses)


def _first(fields: Sequence[Field], uses: Sequence[ColumnUse], role: Role) -> Field:
    return next((fields[n] for n, use in enumerate(uses) if use.role is role), BLANK)


def _same(one: Field, other: Field) -> bool:
    return one.blank or bare(one.text) == bare(other.text)


def _is_header(cells: Row, row: int) -> bool:
    """Whether a row inside a table is the header of another one: three names, all understood."""
    present = distinct(cells)
    names = [cell for cell in present if cell.row == row]
    return len(names) >= 3 and len(names) == len(present) and all(role_of(cell.text) is not None for cell in names)
