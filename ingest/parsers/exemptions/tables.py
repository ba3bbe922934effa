"""Lists printed as tables (清单表格): one entry per number, cells that are empty or merged mean what stands above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.discretion.fines import read_fines
from corpus.discretion.model import Doubt, Spot
from ingest.parsers.exemptions.raw import Conditions, RawEntry, RawList, remark_lines, spot_of
from ingest.parsers.exemptions.roles import Role, after_remark_head, role_of
from ingest.parsers.lists.headers import Header, Row, distinct, find_header, is_header_again
from ingest.parsers.lists.words import cell_words, column_name
from ingest.readers.model import Cell, Format, Note, NoteKind, Table

_NUMBER = re.compile(r"[（(]?(?:\d+(?:[.\-]\d+)*|[一二三四五六七八九十百]+)[）)]?[、.．]?")
_NOTHING = re.compile(r"[\s/／\\—–\-－]*")
_AS_ABOVE = re.compile(r"\s*[同如](?:上|前)\s*")
_SENTENCE = re.compile(r"[。；;]")
_SENTENCE_END = re.compile(r"[。；;的]\s*$")
_LONGEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of a table stand: role → columns, and the names of all."""

    roles: tuple[Role | None, ...]
    names: tuple[str, ...]

    def columns(self, role: Role) -> tuple[int, ...]:
        return tuple(n for n, found in enumerate(self.roles) if found is role)

    def first(self, role: Role) -> int | None:
        return next(iter(self.columns(role)), None)


def read_table(
    table: Table, form: Format, context: tuple[str, ...], notes: Iterable[Note], into: RawList, layout: Layout | None
) -> Layout | None:
    """Append the entries and remarks of ``table``; gives its layout, which a next table without a header carries on.

    A table that cannot be understood leaves a doubt, never entries.
    """
    grid = table.grid()
    header = find_header(grid, table.columns, table.header_rows)
    found, start = None, 0
    if header is not None:
        names, start = _names_below(header, grid)
        found = _layout(header, names)
    if found is None or found.first(Role.VIOLATION) is None:
        if layout is None or len(layout.roles) != table.columns or (header is not None and header.printed and found):
            if _is_list_table(table):
                first = "、".join(column_name(c.text) for c in distinct(grid[0])[:8]) if grid else ""
                message = f"没有读懂表头（{first}），本表的条目未读出。"
                into.doubts.append(Doubt("header_not_understood", message, spot_of(table.place)))
            return layout
        found, start = layout, 0
    if _states_fines(table, found, start):
        message = "表中“条件”各栏写的是处罚幅度，本表是裁量基准而不是清单，条目未读出。"
        into.doubts.append(Doubt("table_of_fines", message, spot_of(table.place)))
        return layout
    reading = _Reading(table, form, found, header, context, _continued(table, notes), into)
    for n, row in enumerate(grid[:start]):
        reading.above_header(row, n)
    for n in range(start, len(grid)):
        reading.row(grid[n], n)
    return found


def _states_fines(table: Table, layout: Layout, start: int) -> bool:
    """Whether most cells of a column of conditions state a fine: 减轻 and 从轻 head the steps of a benchmark."""

    def mostly(column: int) -> bool:
        texts = [cell.text for cell in table.cells if cell.row >= start and cell.column == column and cell.text.strip()]
        return 2 * sum(all(fine.kind.is_fine for _, fine in read_fines(text)) for text in texts) > len(texts)

    return any(mostly(column) for column in layout.columns(Role.CONDITION))


def _names_below(header: Header, grid: Sequence[Row]) -> tuple[tuple[str, ...], int]:
    """The names of the columns with those that stand below a first row of names (不予处罚 above 适用条件)."""
    names, end = list(header.names), header.end
    while end < len(grid):
        cells = [cell for cell in distinct(grid[end]) if cell.text.strip()]
        if not cells or not all(_is_name(cell) for cell in cells) or cells[0].column == 0:
            break
        for cell in cells:
            names[cell.column] = f"{names[cell.column]}·{column_name(cell.text)}"
        end += 1
    return tuple(names), end


def _is_name(cell: Cell) -> bool:
    return role_of(column_name(cell.text)) is not None and cell.column_span == 1


def _layout(header: Header, names: tuple[str, ...]) -> Layout:
    roles = [None if n in header.guessed else role_of(name) for n, name in enumerate(names)]
    if Role.VIOLATION not in roles:
        for n, name in enumerate(names):  # 轻微违法情形 beside 适用条件 is the conduct
            if roles[n] is Role.CONDITION and "违法" in name and roles.count(Role.CONDITION) > 1:
                roles[n] = Role.VIOLATION
                break
    if Role.VIOLATED not in roles and roles.count(Role.BASIS) == 1:
        n = roles.index(Role.BASIS)
        if "处罚" not in names[n] and "罚则" not in names[n] and "责任" not in names[n]:
            roles[n] = Role.VIOLATED
    return Layout(tuple(roles), names)


def _is_list_table(table: Table) -> bool:
    return table.rows > 1 and table.columns > 1


def _continued(table: Table, notes: Iterable[Note]) -> dict[int, set[int]]:
    """Row of the table → the further pages onto which its cells go on, as the reader noted when it joined them."""
    pages: dict[int, set[int]] = {}
    for note in notes:
        place = note.place
        if note.kind is NoteKind.REPAIRED and place.table == table.place.table and place.row and place.page:
            pages.setdefault(place.row, set()).add(place.page)
    return pages


class _Reading:
    """The rows of one table being read: what stands above them, and whether the remarks have begun."""

    def __init__(
        self,
        table: Table,
        form: Format,
        layout: Layout,
        header: Header | None,
        context: tuple[str, ...],
        continued: dict[int, set[int]],
        into: RawList,
    ) -> None:
        self._form = form
        self._layout = layout
        self._header = header
        self._context = context
        self._section = ""
        self._continued = continued
        self._into = into
        self._in_remarks = False
        self._category = ""
        self._hidden = False
        self._last: RawEntry | None = None
        self._caption = table.caption

    def above_header(self, row: Row, n: int) -> None:
        """Sentences between the table's top and its header are remarks on the whole list; names and titles are not."""
        if self._header is not None and n >= self._header.start:
            return
        for cell in distinct(row):
            if cell.row == n and _SENTENCE.search(cell.text):
                self._into.remarks += remark_lines(self._words(cell))

    def row(self, row: Row, n: int) -> None:
        cells = [cell for cell in distinct(row) if cell.row == n and cell.text.strip()]
        if not cells or (self._header is not None and is_header_again(row, self._header)):
            return
        if all(cell.hidden for cell in cells):
            self._note_hidden(cells[0])
            return
        if self._remarks(row, cells) or self._heading(row, cells):
            return
        self._entry(row, n)

    def _note_hidden(self, cell: Cell) -> None:
        if not self._hidden:
            message = "表中有隐藏的行，未作为条目读取，请核对。"
            self._into.doubts.append(Doubt("hidden_rows", message, spot_of(cell.place)))
            self._hidden = True

    def _remarks(self, row: Row, cells: Sequence[Cell]) -> bool:
        first = self._words(cells[0])
        after = after_remark_head(first) if len(cells) <= 2 and self._is_wide(row, cells) else None
        if after is not None:
            self._in_remarks = True
            texts = [after, *(self._words(cell) for cell in cells[1:])]
        elif self._in_remarks and len(cells) <= 2:
            texts = [self._words(cell) for cell in cells]
        else:
            return False
        self._into.remarks += [line for text in texts for line in remark_lines(text)]
        return True

    def _heading(self, row: Row, cells: Sequence[Cell]) -> bool:
        """A row with one name across the table (二、从轻处罚事项) names what stands below it."""
        if len(cells) != 1 or not self._is_wide(row, cells):
            return False
        words = self._words(cells[0])
        if _SENTENCE.search(words) or len(words) > _LONGEST_HEADING:
            self._into.remarks += remark_lines(words)
        else:
            self._section, self._category = " ".join(words.split()), ""
        return True

    def _is_wide(self, row: Row, cells: Sequence[Cell]) -> bool:
        """Whether the row is no ordinary one: its cell spans most columns, or stands alone where a number would."""
        if any(cell.column_span * 2 > len(row) for cell in cells):
            return True
        number = self._layout.first(Role.NUMBER)
        alone = len(cells) == 1 and cells[0].column <= (number or 0) and not _NUMBER.fullmatch(cells[0].text.strip())
        return alone and not any(cell is not None and cell.row < cells[0].row for cell in row)

    def _entry(self, row: Row, n: int) -> None:
        layout = self._layout
        number_at, violation_at = layout.first(Role.NUMBER), layout.first(Role.VIOLATION)
        begins = _begins(row, n, number_at) if number_at is not None else False
        names_conduct = _begins(row, n, violation_at)
        if not begins and not names_conduct and self._last is not None and self._goes_on(self._last, row, n):
            self._join(self._last, row, n)
            return
        entry = RawEntry(context=(*self._context, self._caption, self._section))
        number = row[number_at] if number_at is not None else None
        entry.number = self._words(number).strip("、.．（）() ") if number is not None else ""
        entry.violation = "".join(self._words(cell) for cell in self._cells(row, Role.VIOLATION))
        self._fill(entry, row)
        if self._last is not None:
            entry.violated = self._last.violated if _AS_ABOVE.fullmatch(entry.violated) else entry.violated
            entry.basis = self._last.basis if _AS_ABOVE.fullmatch(entry.basis) else entry.basis
        if not entry.violation and self._last is not None:
            entry.violation = self._last.violation
            entry.number = entry.number or self._last.number
            entry.effect = entry.effect or self._last.effect
            entry.violated = entry.violated or self._last.violated
            entry.basis = entry.basis or self._last.basis
            message = "违法行为一格为空，按与上一行相同读取，请核对。"
            entry.doubts.append(Doubt("violation_as_above", message, self._spot(row, n)))
        categories = [words for cell in self._cells(row, Role.CATEGORY) if (words := self._words(cell))]
        if categories:
            self._category = " › ".join(categories)
        entry.category = self._category or self._section
        entry.category_heading = self._section
        entry.spot = self._spot(row, n)
        entry.pages = self._pages(row, n)
        self._into.entries.append(entry)
        self._last = entry

    def _fill(self, entry: RawEntry, row: Row) -> None:
        entry.violated = "\n".join(self._words(cell) for cell in self._cells(row, Role.VIOLATED))
        entry.basis = "\n".join(self._words(cell) for cell in self._cells(row, Role.BASIS))
        entry.exclusions = "\n".join(self._words(cell) for cell in self._cells(row, Role.EXCLUSION))
        entry.effect = " ".join(self._words(cell) for cell in self._cells(row, Role.EFFECT))
        for column in self._layout.columns(Role.CONDITION):
            cell = row[column]
            if cell is not None and not _NOTHING.fullmatch(cell.text):
                entry.conditions.append(Conditions(self._layout.names[column], self._words(cell)))
        for column, role in enumerate(self._layout.roles):
            cell = row[column]
            if cell is None or cell.column != column or _NOTHING.fullmatch(cell.text):
                continue
            if role is Role.REMARK:
                entry.remark.append(self._words(cell))
            elif role is None or role is Role.GROUNDS:
                entry.remark.append(f"{self._layout.names[column]}：{self._words(cell)}")

    def _goes_on(self, entry: RawEntry, row: Row, n: int) -> bool:
        """Whether a row without number and conduct is the rest of the entry above, not a further case of it."""
        cut = bool(entry.conditions) and not _SENTENCE_END.search(entry.conditions[-1].text)
        return cut or not self._own_conditions(row, n)

    def _join(self, entry: RawEntry, row: Row, n: int) -> None:
        below = RawEntry()
        self._fill(below, row)
        entry.violated = "\n".join(t for t in (entry.violated, below.violated) if t)
        entry.basis = "\n".join(t for t in (entry.basis, below.basis) if t)
        entry.exclusions = "\n".join(t for t in (entry.exclusions, below.exclusions) if t)
        entry.effect = " ".join(t for t in (entry.effect, below.effect) if t)
        for more in below.conditions:
            above = entry.conditions.pop() if entry.conditions else Conditions(more.name, "")
            entry.conditions.append(Conditions(above.name, above.text + more.text))
        entry.remark += below.remark
        entry.pages |= self._pages(row, n)
        entry.doubts.append(Doubt("row_joined", "下一行没有序号和违法行为，已并入本条，请核对。", self._spot(row, n)))

    def _own_conditions(self, row: Row, n: int) -> bool:
        return any(_begins(row, n, column) for column in self._layout.columns(Role.CONDITION))

    def _cells(self, row: Row, role: Role) -> list[Cell]:
        cells: list[Cell] = []
        for column in self._layout.columns(role):
            cell = row[column]
            if cell is not None and cell not in cells and not _NOTHING.fullmatch(cell.text):
                cells.append(cell)
        return cells

    def _words(self, cell: Cell) -> str:
        return cell_words(cell.text, self._form)

    def _spot(self, row: Row, n: int) -> Spot:
        return spot_of(next(cell.place for cell in distinct(row) if cell.row == n))

    def _pages(self, row: Row, n: int) -> set[int]:
        places = [cell.place for cell in distinct(row) if cell.row == n]
        pages = {place.page for place in places if place.page is not None}
        for place in places:
            if place.row is not None:
                pages |= self._continued.get(place.row, set())
        return pages


def _begins(row: Row, n: int, column: int | None) -> bool:
    """Whether a cell with words begins in this row of the column (and does not only reach into it from above)."""
    cell = row[column] if column is not None else None
    return cell is not None and cell.row == n and not _NOTHING.fullmatch(cell.text)
