"""Marks of a comparison (比对结果): which values agree, by field, and every difference with both values."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

_NEAR = Decimal("0.000001")  # a third, written with six digits
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs: the record, the field, where in the record, what the gold says and what was found."""

    record: str
    field: str
    where: str
    gold: str
    found: str


@dataclass(slots=True)
class Marks:
    """Values compared and values that agree, by field, over all records; a value that is not in the gold counts too."""

    compared: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    def of(self, record: str) -> RecordMarks:
        return RecordMarks(self, record)

    @property
    def accuracy(self) -> float | None:
        """The share of all values that agree; None where nothing was compared."""
        total = sum(self.compared.values())
        return sum(self.right.values()) / total if total else None


@dataclass(frozen=True, slots=True)
class RecordMarks:
    """Marks for one record."""

    marks: Marks
    record: str

    def put(self, name: str, gold: object, found: object, same: bool, where: str = "") -> bool:
        self.marks.compared[name] += 1
        if same:
            self.marks.right[name] += 1
        else:
            self.marks.differences.append(Difference(self.record, name, where, shown(gold), shown(found)))
        return same

    def text(self, name: str, gold: object, found: object, where: str = "") -> bool:
        """Words after deleting all white space; nothing and no words are the same."""
        return self.put(name, gold, found, squeezed(gold) == squeezed(found), where)

    def number(self, name: str, gold: object, found: object, where: str = "") -> bool:
        return self.put(name, gold, found, near(gold, found), where)

    def truth(self, name: str, gold: object, found: object, where: str = "") -> bool:
        return self.put(name, gold, found, bool(gold) == bool(found), where)

    def texts(self, name: str, gold: object, found: object, where: str = "") -> None:
        """Lists of words, value by value."""
        for g, f in aligned(listed(gold), listed(found), squeezed):
            self.text(name, g, f, where)

    def numbers(self, name: str, gold: object, found: object, where: str = "") -> None:
        """Lists of numbers as a whole (pages)."""
        one, other = [decimal(v) for v in listed(gold)], [decimal(v) for v in listed(found)]
        self.put(name, gold, found, one == other, where)


def squeezed(value: object) -> str:
    """Words without white space, U+3000 and line breaks included."""
    return "" if value is None else "".join(str(value).split())


def listed(value: object) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def decimal(value: object) -> Decimal | None:
    if value is None or isinstance(value, bool) or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def near(gold: object, found: object) -> bool:
    one, other = decimal(gold), decimal(found)
    if one is None or other is None:
        return one is None and other is None
    return abs(one - other) <= _NEAR


def aligned(gold: Sequence[Any], found: Sequence[Any], key: Callable[[Any], str]) -> Iterator[tuple[Any, Any]]:
    """Pairs in printed order: equal keys beside each other, what lies between them one by one, None for no fellow."""
    one, other = [key(g) for g in gold], [key(f) for f in found]
    for kind, g0, g1, f0, f1 in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        for offset in range(max(g1 - g0, f1 - f0)):
            g = gold[g0 + offset] if g0 + offset < g1 else None
            f = found[f0 + offset] if f0 + offset < f1 else None
            assert kind != "equal" or (g is not None and f is not None)
            yield g, f


def shown(value: object) -> str:
    """A value for the list of differences, on one line and not too long."""
    if value is None:
        return "–"
    words = ", ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, Mapping) else str(value)
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
