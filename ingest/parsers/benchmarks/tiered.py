"""Tiered benchmarks (幅度罚款模式): axes, columns of fines, and a tier per row with what must be the case for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.discretion.fines import read_fine
from corpus.discretion.model import Doubt, Fine, FineKind, Spot, Tier
from corpus.lists import Column
from ingest.parsers.benchmarks.anatomy import Anatomy, HeaderColumn, Row
from ingest.parsers.benchmarks.weighted import NotUnderstood
from ingest.parsers.benchmarks.words import is_dash, one_line, spot_of
from ingest.parsers.lists.headers import distinct
from ingest.readers.model import Cell

_NO_AXIS = frozenset(
    {Column.SERIAL, Column.CODE, Column.MEASURE, Column.LEVEL, Column.PUNISHING_BODY, Column.SUPERVISING_BODY}
)


@dataclass(frozen=True, slots=True)
class Tiered:
    """What a tiered table holds; ``behaviours`` are the parts of the violation's column, in order."""

    axes: tuple[str, ...]
    fine_columns: tuple[str, ...]
    behaviours: tuple[str, ...]
    tiers: tuple[Tier, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The header's columns by what they hold."""

    axes: tuple[HeaderColumn, ...]
    fines: tuple[HeaderColumn, ...]
    behaviour: HeaderColumn | None = None
    grade: HeaderColumn | None = None
    remark: HeaderColumn | None = None
    besides: tuple[HeaderColumn, ...] = ()


def sort_columns(anatomy: Anatomy) -> Columns:
    """Which column holds what. Raises NotUnderstood where no column of fines, or nothing beside it, is found."""
    place = spot_of(anatomy.header_cell) if anatomy.header_cell is not None else Spot()
    behaviour = next((c for c in anatomy.header if c.meaning is Column.VIOLATION), None)
    fines = tuple(c for c in anatomy.header if c.meaning is Column.FINE)
    grade = next((c for c in anatomy.header if c.meaning is Column.TIER), None)
    remark = next((c for c in anatomy.header if c.meaning is Column.REMARK), None)
    besides = tuple(c for c in anatomy.header if c.meaning in _NO_AXIS)
    known = {behaviour, grade, remark, *fines, *besides}
    axes = tuple(c for c in anatomy.header if c not in known)
    if not axes and grade is not None:
        axes, grade = (grade,), None
    names = "、".join(c.name for c in anatomy.header)
    if not fines or not axes:
        raise NotUnderstood(f"表头（{names}）中没有读懂裁量情形或罚款所在的列。", place)
    if any(axis.start > fines[0].start for axis in axes) or len({c.name for c in (*axes, *fines)}) < len(axes + fines):
        raise NotUnderstood(f"表头（{names}）的列次序或名称不能确定。", place)
    return Columns(axes, fines, behaviour, grade, remark, besides)


@dataclass(slots=True)
class _Reading:
    """The labels last given, for cells that are empty because the one above goes on."""

    columns: Columns
    behaviour: str = ""
    behaviours: list[str] = field(default_factory=list)
    grade: str = ""
    labels: dict[str, str | None] = field(default_factory=dict)
    fines: dict[str, tuple[Cell, Fine]] = field(default_factory=dict)
    page: int | None = None
    doubts: list[Doubt] = field(default_factory=list)


PagesOf = Callable[[Sequence[Cell]], tuple[int, ...]]


def read_tiered(anatomy: Anatomy, pages_of: PagesOf) -> Tiered:
    """Every row of a tiered table. ``pages_of`` tells the pages on which cells stand.

    Raises NotUnderstood where the header is not understood.
    """
    columns = sort_columns(anatomy)
    reading = _Reading(columns)
    tiers = [tier for n in anatomy.body if (tier := _tier(anatomy.grid[n], n, reading, pages_of)) is not None]
    if not tiers:
        place = spot_of(anatomy.header_cell) if anatomy.header_cell is not None else Spot()
        raise NotUnderstood("表头以下没有读到裁量档次。", place, "tiers_not_found")
    if len(reading.behaviours) < 2:
        tiers = [replace(tier, behaviour="") for tier in tiers]
    return Tiered(
        axes=tuple(c.name for c in columns.axes),
        fine_columns=tuple(c.name for c in columns.fines),
        behaviours=tuple(reading.behaviours),
        tiers=tuple(tiers),
        doubts=(*reading.doubts, *_check_tiers(tiers)),
    )


def _tier(row: Row, n: int, reading: _Reading, pages_of: PagesOf) -> Tier | None:
    begun = [cell for cell in distinct(row) if cell.row == n]
    if not any(cell.text.strip() for cell in begun):
        return None
    columns = reading.columns
    spot = spot_of(begun[0])
    new = _enter_behaviour(row, n, reading)
    catch_all, when = _conditions(row, n, reading, new)
    fines = tuple((column.name, _fine(row, n, column, reading)) for column in columns.fines)
    if columns.grade is not None and (cell := row[columns.grade.start]) is not None and cell.text.strip():
        reading.grade = one_line(cell.text)
    numbers = [cell.place.row for cell in begun if cell.place.row is not None]
    pages = pages_of([cell for cell in begun if cell.row_span == 1])
    tier = Tier(
        fines=fines,
        when=() if catch_all else tuple(when.items()),
        catch_all=catch_all,
        grade=reading.grade if columns.grade is not None else "",
        behaviour=reading.behaviour,
        remark=_besides(row, columns),
        rows=(min(numbers), max(numbers)) if numbers else (),
        pages=pages or pages_of(begun),
        spot=spot,
    )
    reading.page = begun[0].place.page
    return tier


def _enter_behaviour(row: Row, n: int, reading: _Reading) -> bool:
    """Take note of the violation's column; whether another part of it begins in this row."""
    column = reading.columns.behaviour
    cell = row[column.start] if column is not None else None
    if cell is None or cell.row != n or not cell.text.strip() or cell in _cells(row, reading.columns.axes):
        return False
    words = one_line(cell.text)
    if words not in reading.behaviours:
        reading.behaviours.append(words)
    changed = words != reading.behaviour
    reading.behaviour = words
    return changed


def _conditions(row: Row, n: int, reading: _Reading, new: bool) -> tuple[str, dict[str, str | None]]:
    """The words of a row that spans all axes, or each axis's label.

    An empty cell is as the one above while nothing to the left of it changed.
    """
    axes = reading.columns.axes
    cells = _cells(row, axes)
    wide = cells[0]
    if wide is not None and all(cell is wide for cell in cells) and wide.text.strip():
        across = wide.column < axes[0].start  # also over the violation's column
        if len(axes) > 1 or across:
            return one_line(wide.text), {}
    when: dict[str, str | None] = {}
    before: Cell | None = None
    for axis, cell in zip(axes, cells, strict=True):
        words = one_line(cell.text) if cell is not None else ""
        if cell is not None and cell is before:  # one cell over two axes of several
            when[axis.name] = None
        elif words:
            label = None if is_dash(words) else words
            new = new or reading.labels.get(axis.name, "") != label
            when[axis.name] = label
        elif axis.name in reading.labels and not new:
            when[axis.name] = reading.labels[axis.name]
        else:
            when[axis.name] = ""
            spot = spot_of(cell) if cell is not None else _first_spot(row)
            reading.doubts.append(Doubt("axis_empty", f"“{axis.name}”一格为空，上方也没有可以沿用的内容。", spot))
        before = cell
    reading.labels = dict(when)
    return "", when


def _fine(row: Row, n: int, column: HeaderColumn, reading: _Reading) -> Fine:
    cell = row[column.start]
    above = reading.fines.get(column.name)
    if cell is not None and above is not None and cell is above[0]:
        return above[1]  # merged with the row above
    over_axis = cell is not None and cell in _cells(row, reading.columns.axes)
    words = one_line(cell.text) if cell is not None and not over_axis else ""
    if not words and above is not None and not over_axis and _on_next_page(row, reading.page):
        return above[1]
    spot = spot_of(cell) if cell is not None else _first_spot(row)
    if not words:
        reading.doubts.append(Doubt("fine_missing", f"“{column.name}”一格为空。", spot))
        return Fine("", FineKind.UNREAD)
    fine = read_fine(words, column.name)
    if fine.kind is FineKind.UNREAD:
        reading.doubts.append(Doubt("fine_not_read", f"“{words}”不能确定地读成罚款幅度。", spot))
    if cell is not None:
        reading.fines[column.name] = (cell, fine)
    return fine


def _on_next_page(row: Row, page: int | None) -> bool:
    """Whether a row is the first of its page: a cell cut by the page break is empty below it."""
    now = _first_spot(row).page
    return now is not None and page is not None and now > page


def _first_spot(row: Row) -> Spot:
    cells = distinct(row)
    return spot_of(max(cells, key=lambda cell: cell.row)) if cells else Spot()


def _cells(row: Row, columns: Sequence[HeaderColumn]) -> list[Cell | None]:
    return [row[column.start] for column in columns]


def _besides(row: Row, columns: Columns) -> str:
    """The remark of a row, and what stands in columns that decide nothing, under their names."""
    lines = []
    if columns.remark is not None and (cell := row[columns.remark.start]) is not None and cell.text.strip():
        lines.append(one_line(cell.text))
    for column in columns.besides:
        cell = row[column.start]
        if column.meaning not in (Column.SERIAL, Column.CODE) and cell is not None and cell.text.strip():
            lines.append(f"{column.name}：{one_line(cell.text)}")
    return "\n".join(lines)


def _check_tiers(tiers: Sequence[Tier]) -> Iterator[Doubt]:
    """Two tiers for the very same case cannot both hold."""
    seen: dict[tuple[str, str, Mapping[str, str | None] | tuple[tuple[str, str | None], ...]], Tier] = {}
    for tier in tiers:
        case = (tier.behaviour, tier.catch_all + tier.grade, tier.when)
        if case in seen and seen[case].fines != tier.fines:
            yield Doubt("tier_repeated", "两档的适用情形完全相同而罚款不同，不能区分。", tier.spot)
        seen[case] = tier
