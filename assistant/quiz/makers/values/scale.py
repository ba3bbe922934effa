"""The steps in which laws set sums, multiples and periods (法律常用的数值档次), and how they print them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.encyclopedia.contract import TimeUnit
from assistant.quiz.makers.values.model import Limit, Range
from corpus.discretion.expressions import Expression
from corpus.money import format_amount
from corpus.numerals import format_number

_LADDERS: dict[str, tuple[Decimal, ...]] = {
    "元": tuple(Decimal(digit * 10**power) for power in range(1, 8) for digit in (1, 2, 3, 5)),
    "倍": tuple(Decimal(n) for n in (1, 2, 3, 5, 10, 15, 20, 30)),
    "%": tuple(Decimal(n) / 100 for n in (1, 2, 3, 5, 8, 10, 15, 20, 30, 50)),
}
_PERIODS: dict[TimeUnit, tuple[int, ...]] = {
    TimeUnit.HOUR: (2, 4, 8, 12, 24, 48, 72),
    TimeUnit.DAY: (2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180),
    TimeUnit.MONTH: (1, 2, 3, 6, 9, 12, 18),
    TimeUnit.YEAR: (1, 2, 3, 5, 10, 15, 20, 30, 50, 70),
}
_UNIT_WORDS = {TimeUnit.HOUR: "小时", TimeUnit.DAY: "日", TimeUnit.MONTH: "个月", TimeUnit.YEAR: "年"}


def bounds_of(expression: Expression) -> tuple[Decimal | None, Decimal | None]:
    """Lowest and highest as stated: 五万元以下 has no lowest."""
    low = None if expression.minimum == 0 else expression.minimum
    return low, expression.maximum


def written(value: Range) -> str:
    """A range as laws print it: 五千元以上五万元以下, 十倍以上二十倍以下, 百分之十以下."""
    low, high = value.minimum, value.maximum
    if low is not None and low == high:
        return _sum(low, value.unit)
    return (f"{_sum(low, value.unit)}以上" if low is not None else "") + (
        f"{_sum(high, value.unit)}以下" if high is not None else ""
    )


def _sum(amount: Decimal, unit: str) -> str:
    if unit == "元":
        return format_amount(amount)
    if unit == "%":
        share = amount * 100
        return f"百分之{format_number(int(share))}" if share == int(share) else str(amount)
    return f"{format_number(int(amount))}倍" if amount == int(amount) else str(amount)


def spelled(amount: Decimal, unit: str) -> list[str]:
    """Equal spellings of one bound: 五千元, 5000元, 5千元; the printed one first."""
    if unit == "倍":
        return [_sum(amount, unit), f"{int(amount)}倍"]
    if unit == "%":
        return [_sum(amount, unit), f"{int(amount * 100)}%"]
    whole = int(amount)
    spellings = [_sum(amount, unit), f"{whole}元"]
    for word, scale in (("亿", 10**8), ("万", 10**4), ("千", 10**3)):
        if whole >= scale and whole % (scale // 10) == 0:
            spellings.append(f"{(Decimal(whole) / scale).normalize():f}{word}元")
            break
    return list(dict.fromkeys(spellings))


def period(limit: Limit) -> str:
    """A period as laws print it: 五日, 七个工作日, 三个月."""
    unit = "个工作日" if limit.written_working else _UNIT_WORDS[limit.unit]
    return f"{format_number(limit.number)}{unit}"


def spelled_period(limit: Limit, *, working_by_rule: bool) -> list[str]:
    """Equal spellings of a period, the printed one first; 五天 is no 五日 where the law counts working days."""
    number = format_number(limit.number)
    if limit.written_working or working_by_rule:
        spellings = [f"{number}个工作日", f"{limit.number}个工作日", f"{number}工作日", f"{limit.number}工作日"]
        plain = [f"{number}日", f"{limit.number}日"]
        return [*plain, *spellings] if working_by_rule else spellings
    units = {
        TimeUnit.HOUR: ("小时", "个小时"),
        TimeUnit.DAY: ("日", "天"),
        TimeUnit.MONTH: ("个月",),
        TimeUnit.YEAR: ("年",),
    }[limit.unit]
    numbers = [number, str(limit.number), *(["两"] if limit.number == 2 else [])]
    return [f"{n}{u}" for u in units for n in numbers]


def steps_around(value: Range) -> Iterator[Range]:
    """Ranges of the same form some steps lower and higher, the nearest first."""
    ladder = _LADDERS[value.unit]
    for distance in (1, 2, 3, 4):
        for sign in (-1, 1):
            low = _moved(ladder, value.minimum, sign * distance)
            high = _moved(ladder, value.maximum, sign * distance)
            if (low is None) != (value.minimum is None) or (high is None) != (value.maximum is None):
                continue
            if value.minimum == value.maximum:
                high = low
            elif low is not None and high is not None and low >= high:
                continue
            yield Range(value.unit, low, high, value.base)


def periods_around(limit: Limit) -> Sequence[Limit]:
    """Periods of the same unit, the nearest first."""
    ladder = _PERIODS[limit.unit]
    near = sorted(
        (n for n in ladder if n != limit.number), key=lambda n: abs(_rank(ladder, n) - _rank(ladder, limit.number))
    )
    return [Limit(n, limit.unit, limit.written_working) for n in near]


def _rank(ladder: Sequence[int], number: int) -> float:
    below = sum(n < number for n in ladder)
    return below if number in ladder else below - 0.5


def _moved(ladder: Sequence[Decimal], amount: Decimal | None, by: int) -> Decimal | None:
    if amount is None:
        return None
    at = sum(step < amount for step in ladder)
    if at < len(ladder) and ladder[at] != amount and by > 0:
        at -= 1
    to = at + by
    return ladder[to] if 0 <= to < len(ladder) else None
