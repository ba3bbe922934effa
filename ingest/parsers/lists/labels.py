"""Labels of rows (行的引用标签): 序号3, 序号2-1第2行, 表2第5行, 备注; no two rows of a text have the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row could be called: its own words (``label``), or its serial number, table and row.

    Rows of one ``group`` stand under one serial number; ``group`` differs where the same number begins again.
    """

    label: str = ""
    serial: str = ""
    group: Hashable = None
    table: int = 0
    row: int = 0


def label_rows(rows: Sequence[Wanted]) -> list[str]:
    """The label of every row, shortest first: the serial number alone where it is the only one of the document."""
    tables = {row.table for row in rows if row.table}
    in_tables: dict[str, set[int]] = defaultdict(set)
    groups: dict[tuple[str, int], set[Hashable]] = defaultdict(set)
    size: Counter[Hashable] = Counter()
    for row in rows:
        if row.serial:
            in_tables[row.serial].add(row.table)
            groups[row.serial, row.table].add(row.group)
            size[row.group] += 1
    reached: Counter[Hashable] = Counter()
    labels = []
    for row in rows:
        table = f"表{row.table}" if len(tables) > 1 else ""
        if row.label:
            labels.append(row.label)
        elif not row.serial or (row.table and len(groups[row.serial, row.table]) > 1):
            labels.append(f"{table}第{row.row}行")
        else:
            reached[row.group] += 1
            prefix = table if len(in_tables[row.serial]) > 1 else ""
            suffix = f"第{reached[row.group]}行" if size[row.group] > 1 else ""
            labels.append(f"{prefix}序号{row.serial}{suffix}")
    return _distinct(labels)


def _distinct(labels: Sequence[str]) -> list[str]:
    """Equal labels numbered from the second on: 备注, 备注（2）."""
    taken: set[str] = set()
    result = []
    for label in labels:
        name, n = label, 1
        while name in taken:
            n += 1
            name = f"{label}（{n}）"
        taken.add(name)
        result.append(name)
    return result
