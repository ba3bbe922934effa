"""Differences between two versions of a list (清单版本对比): added, removed, changed, and in which columns.

Rows are the same by item code, else by name and basis, else by a name that only one row of each side has, else by a
basis that only one row of each side has where the names are alike. Serial numbers tell nothing: lists are renumbered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.lists.columns import Column, meaning_of
from corpus.lists.rows import ListRow, comparable

_ALIKE = 0.6  # share of equal characters at which a renamed item with the same basis counts as the same item


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that differs (变动的列); "" where one side has no such cell."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that stands in both versions and differs (变动的条目)."""

    old: ListRow
    new: ListRow
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class ListDiff:
    """What the new version changes (版本差异). Columns that only one version has are told once, not row by row."""

    added: tuple[ListRow, ...]
    removed: tuple[ListRow, ...]
    changed: tuple[RowChange, ...]
    unchanged: int
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()


def diff_lists(old: Sequence[ListRow], new: Sequence[ListRow]) -> ListDiff:
    """What became of the rows of ``old`` in ``new``; every row of either side is counted exactly once."""
    pairs = match_rows(old, new)
    taken_old, taken_new = {a for a, _ in pairs}, {b for _, b in pairs}
    columns_old, columns_new = _columns(old), _columns(new)
    both = columns_old.keys() & columns_new.keys()
    changed = []
    for a, b in sorted(pairs, key=lambda pair: pair[1]):
        cells = tuple(_changes(old[a], new[b], both))
        if cells:
            changed.append(RowChange(old[a], new[b], cells))
    return ListDiff(
        added=tuple(row for n, row in enumerate(new) if n not in taken_new),
        removed=tuple(row for n, row in enumerate(old) if n not in taken_old),
        changed=tuple(changed),
        unchanged=len(pairs) - len(changed),
        columns_added=tuple(name for key, name in columns_new.items() if key not in both),
        columns_removed=tuple(name for key, name in columns_old.items() if key not in both),
    )


def match_rows(old: Sequence[ListRow], new: Sequence[ListRow]) -> list[tuple[int, int]]:
    """Which row of ``old`` is which of ``new``, as pairs of positions; each position at most once."""
    pairs: list[tuple[int, int]] = []
    left = list(range(len(old)))
    right = list(range(len(new)))
    steps: list[tuple[Callable[[ListRow], Hashable], bool, bool]] = [
        (lambda row: comparable(row.code), True, False),
        (lambda row: _whole(row), False, False),
        (lambda row: _both(comparable(row.name), comparable(row.basis)), False, False),
        (lambda row: comparable(row.name), True, False),
        (lambda row: comparable(row.basis), True, True),
    ]
    for key, only_single, names_alike in steps:
        for a, b in _matched(old, new, left, right, key, only_single):
            if not names_alike or _alike(old[a], new[b]):
                pairs.append((a, b))
                left.remove(a)
                right.remove(b)
    return pairs


def _matched(
    old: Sequence[ListRow],
    new: Sequence[ListRow],
    left: Sequence[int],
    right: Sequence[int],
    key: Callable[[ListRow], Hashable],
    only_single: bool,
) -> list[tuple[int, int]]:
    """Positions with equal keys; several of one key are paired in order, or not at all where ``only_single``."""
    rows: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, (table, positions) in enumerate(((old, left), (new, right))):
        for n in positions:
            if found := key(table[n]):
                rows[found][side].append(n)
    matched = []
    for ours, theirs in rows.values():
        if not only_single or (len(ours) == 1 and len(theirs) == 1):
            matched += list(zip(ours, theirs, strict=False))
    return matched


def _whole(row: ListRow) -> Hashable:
    """Everything but the serial number: rows of a benchmark have one name and one basis for many tiers."""
    return tuple(
        (_column_key(name), comparable(cell)) for name, cell in row.fields if meaning_of(name) is not Column.SERIAL
    )


def _both(name: str, basis: str) -> Hashable:
    return (name, basis) if name and basis else None


def _alike(old: ListRow, new: ListRow) -> bool:
    if comparable(old.code) and comparable(new.code):
        return False  # two codes, not equal: two items
    return SequenceMatcher(None, comparable(old.name), comparable(new.name), autojunk=False).ratio() >= _ALIKE


def _columns(rows: Sequence[ListRow]) -> dict[Hashable, str]:
    """The columns of a list, as printed, by what they mean or else by name; the serial number is not compared."""
    found: dict[Hashable, str] = {}
    for row in rows:
        for name, _ in row.fields:
            if meaning_of(name) is not Column.SERIAL:
                found.setdefault(_column_key(name), name)
    return found


def _column_key(name: str) -> Hashable:
    return meaning_of(name) or comparable(name)


def _changes(old: ListRow, new: ListRow, columns: set[Hashable]) -> Iterator[CellChange]:
    cells_old, cells_new = _cells(old), _cells(new)
    for key in [*cells_new, *(key for key in cells_old if key not in cells_new)]:
        name_old, cell_old = cells_old.get(key, ("", ""))
        name_new, cell_new = cells_new.get(key, ("", ""))
        if key in columns and comparable(cell_old) != comparable(cell_new):
            yield CellChange(name_new or name_old, cell_old, cell_new)


def _cells(row: ListRow) -> dict[Hashable, tuple[str, str]]:
    """The cells of a row by column, several of one meaning joined."""
    cells: dict[Hashable, tuple[str, str]] = {}
    for name, cell in row.fields:
        key = _column_key(name)
        known = cells.get(key)
        cells[key] = (name, cell) if known is None else (known[0], f"{known[1]}\n{cell}")
    return cells
