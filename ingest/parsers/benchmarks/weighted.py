"""Weighted benchmarks (权重累加模式): starting weights, factors with their options, and the self-check on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from corpus.discretion.model import Doubt, Factor, Option, Spot
from corpus.lists import Column
from ingest.parsers.benchmarks.anatomy import Anatomy, HeaderColumn, Row
from ingest.parsers.benchmarks.words import (
    in_percent,
    is_dash,
    is_start,
    is_weight_name,
    one_line,
    read_weight,
    spot_of,
    tidy,
    without_weight_name,
)
from ingest.parsers.lists.headers import distinct
from ingest.readers.model import Cell

WHOLE = Fraction(100)
Read = Callable[[str], Fraction | None]
_NOT_COUNTED = frozenset({Column.VIOLATION, Column.SERIAL, Column.CODE})


class NotUnderstood(Exception):
    """A table whose reading would be a guess; ``doubt`` says what and where."""

    def __init__(self, message: str, spot: Spot, code: str = "header_not_understood") -> None:
        super().__init__(message)
        self.doubt = Doubt(code, message, spot)


@dataclass(frozen=True, slots=True)
class Start:
    """A starting weight (裁量起点): its variant (对单位·限期内改正; None for all), value, and where it stands.

    ``columns`` are the grid's columns whose weights belong to it.
    """

    variant: str | None
    weight: Fraction
    text: str
    spot: Spot
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Weighted:
    """What a weighted table holds."""

    starts: tuple[Start, ...]
    factors: tuple[Factor, ...]
    doubts: tuple[Doubt, ...]


def is_weighted(anatomy: Anatomy) -> bool:
    """Whether a table adds up weights: it has a starting weight, whatever its header says, or a column of weights."""
    return _start_cell(anatomy) is not None or any(is_weight_name(column.name) for column in anatomy.header)


def read_weighted(anatomy: Anatomy) -> Weighted:
    """Starts and factors of a weighted table. Raises NotUnderstood rather than guess at columns or weights."""
    start_cell = _start_cell(anatomy)
    corner = start_cell or anatomy.header_cell
    place = spot_of(corner) if corner is not None else Spot()
    if start_cell is None:
        raise NotUnderstood("有裁量权重列，但没有裁量起点，无法累加。", place, "start_not_found")
    first_weight = start_cell.column + start_cell.column_span
    factor_at, label_at = _label_columns(anatomy.header, first_weight, place)
    bare_percent = any(is_weight_name(column.name) and in_percent(column.name) for column in anatomy.header)
    read = partial(read_weight, bare_percent=bare_percent)
    last_start_row = _last_start_row(anatomy, start_cell, first_weight, read)
    starts = _starts(anatomy, start_cell, last_start_row, first_weight, read)
    rows = [n for n in anatomy.body if n > last_start_row]
    factors = tuple(_factors(anatomy.grid, rows, (factor_at, label_at), starts, read))
    if not factors:
        raise NotUnderstood("裁量起点以下没有读到裁量要素。", place, "factors_not_found")
    return Weighted(starts, factors, (*_check_names(factors), *check_weights(starts, factors)))


def check_weights(starts: Sequence[Start], factors: Sequence[Factor]) -> Iterator[Doubt]:
    """The self-check: start and heaviest options add up to 100 %; of several starts, the lowest does."""
    lowest = min(starts, key=lambda start: start.weight)
    total = lowest.weight + sum(max(_weight_for(option, lowest.variant) for option in f.options) for f in factors)
    if total != WHOLE:
        code = "weights_do_not_reach_100" if total < WHOLE else "weights_pass_100"
        name = f"“{lowest.variant}”的" if lowest.variant else ""
        yield Doubt(code, f"{name}裁量起点加各要素最高权重为{_percent(total)}，不是100%。", lowest.spot)


def _weight_for(option: Option, variant: str | None) -> Fraction:
    return next((weight for name, weight in option.weights if name == variant), option.weight)


def _percent(value: Fraction) -> str:
    return f"{float(value):g}%"


def _start_cell(anatomy: Anatomy) -> Cell | None:
    return next((c for n in anatomy.body for c in distinct(anatomy.grid[n]) if c.row == n and is_start(c.text)), None)


def _label_columns(header: Sequence[HeaderColumn], first_weight: int, place: Spot) -> tuple[int, int]:
    """The grid's columns of factors and of their options: the two before the weights, under whatever names."""
    before = [column for column in header if column.start < first_weight and column.meaning not in _NOT_COUNTED]
    if len(before) != 2:
        names = "、".join(column.name for column in header)
        raise NotUnderstood(f"无法从表头（{names}）确定裁量要素和违法程度所在的列。", place)
    return before[0].start, before[1].start


def _last_start_row(anatomy: Anatomy, start_cell: Cell, first_weight: int, read: Read) -> int:
    """The last row of the starting weights: names of variants may stand above them, also without a merged cell."""
    last = start_cell.row + start_cell.row_span - 1
    for n in range(start_cell.row, len(anatomy.grid)):
        if n > last and not _nothing_new(anatomy.grid[n], n, start_cell.column, first_weight):
            break
        last = max(last, n)
        if n >= start_cell.row + start_cell.row_span - 1 and any(
            read(cell.text) is not None for cell in distinct(anatomy.grid[n][first_weight:])
        ):
            break
    return last


def _nothing_new(row: Row, n: int, start: int, end: int) -> bool:
    return not any(cell.text.strip() for cell in distinct(row[start:end]) if cell.row == n)


def _starts(anatomy: Anatomy, start_cell: Cell, last_row: int, first_weight: int, read: Read) -> tuple[Start, ...]:
    columns = len(anatomy.grid[start_cell.row])
    found: dict[Cell, tuple[list[str], list[int]]] = {}
    for column in range(first_weight, columns):
        names = _names_in_header(anatomy.header, column)
        weight_cell: Cell | None = None
        for n in range(start_cell.row, last_row + 1):
            cell = anatomy.grid[n][column]
            words = one_line(cell.text) if cell is not None else ""
            if cell is None or not words or is_dash(words):
                continue
            if read(words) is not None:
                weight_cell = cell
            elif words not in names:
                names.append(words)
        if weight_cell is None:
            raise NotUnderstood("裁量起点没有能够确定的权重。", spot_of(start_cell), "start_not_read")
        known = found.setdefault(weight_cell, (names, []))
        known[1].append(column)
    if not found:
        raise NotUnderstood("裁量起点右边没有权重。", spot_of(start_cell), "start_not_read")
    if len(found) > 1 and not all(names for names, _ in found.values()):
        raise NotUnderstood("有几个裁量起点，但没有说明各适用于谁。", spot_of(start_cell), "start_names_not_found")
    starts = tuple(
        Start(
            variant="·".join(names) or None,
            weight=read(cell.text) or Fraction(0),
            text=one_line(cell.text),
            spot=spot_of(cell),
            columns=tuple(columns_),
        )
        for cell, (names, columns_) in found.items()
    )
    if len({start.variant for start in starts}) < len(starts):
        raise NotUnderstood("几个裁量起点的名称相同。", spot_of(start_cell), "start_names_not_found")
    return starts


def _names_in_header(header: Sequence[HeaderColumn], column: int) -> list[str]:
    """What the header itself says above a column of weights besides 裁量权重: 对单位."""
    for head in header:
        if head.start <= column < head.end and any(is_weight_name(part) for part in head.path):
            return [name for part in head.path if (name := without_weight_name(part))]
    return []


def _factors(
    grid: Sequence[Row], rows: Sequence[int], columns: tuple[int, int], starts: Sequence[Start], read: Read
) -> Iterator[Factor]:
    """The factors of ``rows``; ``columns`` are those of the factor's name and of the option."""
    factor_at, label_at = columns
    name, spot = "", Spot()
    options: list[Option] = []
    above: int | None = None  # page of the option above
    for n in rows:
        row = grid[n]
        factor_cell, label_cell = row[factor_at], row[label_at]
        if label_cell is None or not any(cell.row == n for cell in distinct(row)):
            continue
        words = one_line(factor_cell.text) if factor_cell is not None else ""
        if words and factor_cell is not None and factor_cell.row == n and words != name:
            if name:
                yield Factor(name, tuple(options), spot)
            name, spot, options, above = words, spot_of(factor_cell), [], None
        if not name:
            raise NotUnderstood("裁量要素的名称没有读到。", spot_of(label_cell), "factor_name_not_found")
        label = one_line(label_cell.text)
        weights = _weights(row, label_cell, starts, read)
        if weights is None and label and options and _lower_half(row, label_cell, above):
            last = options[-1]
            options[-1] = Option(last.label + label, last.weight, last.weight_text, last.spot, last.weights)
            continue
        if weights is None or not label:
            message = f"“{name}”的一项（{label or '无名称'}）权重或名称没有读到。"
            raise NotUnderstood(message, spot_of(label_cell), "weight_not_read")
        option = Option(label, weights[0][1], weights[0][2], spot_of(label_cell))
        if len({weight for _, weight, _ in weights}) > 1:
            by_variant = tuple((variant, weight) for variant, weight, _ in weights if variant is not None)
            option = Option(option.label, option.weight, option.weight_text, option.spot, by_variant)
        options.append(option)
        above = label_cell.place.page
    if name:
        yield Factor(name, tuple(options), spot)


def _weights(
    row: Row, label_cell: Cell, starts: Sequence[Start], read: Read
) -> list[tuple[str | None, Fraction, str]] | None:
    """The weight for each variant; one weight alone counts for all, under whichever column it stands."""
    cells = distinct(row[label_cell.column + label_cell.column_span :])
    weighed = [(cell, read(cell.text)) for cell in cells]
    if len(weighed) == 1 and weighed[0][1] is not None:
        return [(start.variant, weighed[0][1], tidy(weighed[0][0].text)) for start in starts]
    by_cell = dict(weighed)
    found: list[tuple[str | None, Fraction, str]] = []
    for start in starts:
        cell = row[start.columns[0]]
        weight = by_cell.get(cell) if cell is not None else None
        if cell is None or weight is None:
            return None
        found.append((start.variant, weight, tidy(cell.text)))
    return found


def _lower_half(row: Row, label_cell: Cell, above: int | None) -> bool:
    """Whether a label without weight is the rest of the one above, which a page break cut in two."""
    rest = distinct(row[label_cell.column + label_cell.column_span :])
    page = label_cell.place.page
    return not any(cell.text.strip() for cell in rest) and page is not None and above is not None and page > above


def _check_names(factors: Sequence[Factor]) -> Iterator[Doubt]:
    names: set[str] = set()
    for factor in factors:
        if factor.name in names:
            yield Doubt("factor_repeated", f"裁量要素“{factor.name}”出现两次。", factor.spot)
        names.add(factor.name)
        labels: set[str] = set()
        for option in factor.options:
            if option.label in labels:
                message = f"裁量要素“{factor.name}”的选项“{option.label}”出现两次，不能区分。"
                yield Doubt("option_repeated", message, option.spot)
            labels.add(option.label)
