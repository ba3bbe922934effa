"""Numbers that decide (界限): 不足五种, 不超过20日; the number met, missed, and others of its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from corpus.errors import InvalidInput
from corpus.numerals import format_number, parse_decimal

_THRESHOLD = re.compile(
    r"(?P<how>不足|不满|不超过|少于|低于)?(?P<number>[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千]+)"
    r"(?P<unit>个工作日|工作日|个月|小时|分钟|平方米|立方米|公斤|千克|种|件|份|日|天|吨|倍|人|个|次|张|台|辆|米|桶|瓶|袋)"
    r"(?P<after>以下|以内|内)?(?!以上)"
)
_SERIES = tuple(Decimal(n) for n in (1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 60, 90, 100, 200, 300, 500, 1000))
_HOURS = tuple(Decimal(n) for n in (1, 2, 4, 8, 12, 24, 48, 72))


@dataclass(frozen=True, slots=True)
class Threshold:
    """An upper bound in a condition: its words and their half-open span."""

    start: int
    end: int
    words: str
    how: str
    value: Decimal
    unit: str
    after: str
    in_digits: bool

    @property
    def strict(self) -> bool:
        """Whether the number itself is outside (不足)."""
        return self.how in ("不足", "不满", "少于", "低于")

    @property
    def _series(self) -> tuple[Decimal, ...]:
        """Numbers as such bounds have them."""
        return _HOURS if self.unit == "小时" else _SERIES

    def others(self, random: Random) -> list[str]:
        """The same words with other numbers, two wider and one narrower where there are."""
        at = sorted(self._series, key=lambda n: (abs(n - self.value), n))
        wider = [n for n in at if n >= self.value * Decimal("1.5")][:2]
        narrower = [n for n in at if n * Decimal("1.5") <= self.value][:1]
        found = [self._with(n) for n in [*wider, *narrower]]
        random.shuffle(found)
        return found

    def wider(self) -> str | None:
        found = [n for n in self._series if n >= self.value * 2]
        return self._with(found[0]) if found else None

    def inside(self) -> str | None:
        """A number that meets the bound, bare: 3种."""
        found = [n for n in self._series if n < self.value and n * 3 >= self.value]
        return self._bare(found[-1]) if found else None

    def outside(self) -> str | None:
        """The least number that misses the bound: the bound itself where it is outside."""
        if self.strict:
            return self._bare(self.value)
        found = [n for n in self._series if n > self.value]
        return self._bare(found[0]) if found else None

    def _with(self, value: Decimal) -> str:
        return f"{self.how}{self._number(value)}{self.unit}{self.after}"

    def _bare(self, value: Decimal) -> str:
        return f"{self._number(value)}{self.unit}"

    def _number(self, value: Decimal) -> str:
        if self.in_digits or value != int(value):
            return f"{value:f}"
        return "两" if value == 2 and self.unit not in ("日", "次") else format_number(int(value))


def threshold_of(condition: str) -> Threshold | None:
    """The one upper bound of a condition; None where it has none, or several numbers."""
    found = [m for m in _THRESHOLD.finditer(condition) if m["how"] or m["after"]]
    numbers = re.findall(r"[0-9]+(?:\.[0-9]+)?|[一二两三四五六七八九十百千]+(?=[^般切定旦律经])", condition)
    if len(found) != 1 or len(numbers) != 1 or re.search("年", condition):
        return None
    match = found[0]
    try:
        value = parse_decimal(match["number"])
    except InvalidInput:
        return None
    return Threshold(
        match.start(),
        match.end(),
        match.group(),
        match["how"] or "",
        value,
        match["unit"],
        match["after"] or "",
        match["number"][0].isascii(),
    )
