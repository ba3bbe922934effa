"""Figures (数额) as law and answers state them: value, unit and direction, so that 五万元以下 is not 五万元以上.

Sums, multiples, percentages, periods, ages and counts are read by ``corpus.money`` and ``corpus.quantities``; here
each gets its bound (以上、以下、不足、超过 …), and the two ends of a range become one figure. A number without a known
unit is a figure of its own, its unit the character behind it (三种: 3 种).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from corpus.errors import InvalidInput
from corpus.money import find_amounts
from corpus.numerals import find_numbers, parse_number
from corpus.quantities import Unit, find_quantities

YUAN = "元"
SHARE = "分之"
_KNOWN_UNITS = frozenset({YUAN, SHARE, *Unit})


class Bound(StrEnum):
    """Direction of a bound (界限): 以上、以下、以内 include the number, 不满、超过、以外 do not (民法典 art. 1259)."""

    AT_LEAST = "以上"
    AT_MOST = "以下"
    BELOW = "不足"
    ABOVE = "超过"
    EXACT = ""

    @property
    def is_lower(self) -> bool:
        return self in (Bound.AT_LEAST, Bound.ABOVE)

    @property
    def is_upper(self) -> bool:
        return self in (Bound.AT_MOST, Bound.BELOW)


End = tuple[Decimal, Bound]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in a text with its half-open span, words of the bound included.

    ``ends`` is one value with its bound, or the lower and the upper end of a range. ``one_sided`` figures name one
    end of a range on purpose (最高十万元).
    """

    start: int
    end: int
    unit: str
    ends: tuple[End, ...]
    one_sided: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether the unit is one that law measures in, rather than the word that happens to follow (三种)."""
        return self.unit in _KNOWN_UNITS

    def same_values(self, stored: Figure) -> bool:
        """Whether every number of this figure stands in ``stored``, whatever the bounds."""
        return self.unit == stored.unit and {v for v, _ in self.ends} <= {v for v, _ in stored.ends}

    def agrees(self, stored: Figure) -> bool:
        """Whether the law's figure ``stored`` says the same: unit, values and bounds, both ends of a range."""
        if self.one_sided:
            return self.unit == stored.unit and set(self.ends) <= set(stored.ends)
        return self.unit == stored.unit and self.ends == stored.ends


_AFTER: tuple[tuple[re.Pattern[str], Bound], ...] = (
    (re.compile(r"\s?(?:及|或者?)?以上"), Bound.AT_LEAST),
    (re.compile(r"\s?(?:(?:及|或者?)?以下|以内|之内|内(?![容部心地外在设])|封顶)"), Bound.AT_MOST),
    (re.compile(r"\s?以外"), Bound.ABOVE),
)
_SKIPPED = r"[^，。；：、0-9一二三四五六七八九十百千万]{0,6}"
_BEFORE: tuple[tuple[re.Pattern[str], Bound, bool], ...] = (
    (re.compile(r"(?:不得|不应|不能|不可|不|未|没有?)(?:超过|超出|高于|多于|大于|逾)\s?$"), Bound.AT_MOST, False),
    (re.compile(r"(?:不得|不应|不能|不可|不)(?:低于|少于|小于|不足|不满)\s?$"), Bound.AT_LEAST, False),
    (re.compile(rf"(?:至多|最[高多长]{_SKIPPED}|上限{_SKIPPED})\s?$"), Bound.AT_MOST, True),
    (re.compile(rf"(?:至少|最[低少短]{_SKIPPED}|下限{_SKIPPED})\s?$"), Bound.AT_LEAST, True),
    (re.compile(r"(?:不足|不满|未满|低于|少于|小于|不到|未达到?)\s?$"), Bound.BELOW, False),
    (re.compile(r"(?:超过|超出|高于|多于|大于|逾)\s?$"), Bound.ABOVE, False),
    (re.compile(r"(?:年?满|达到?)\s?$"), Bound.AT_LEAST, False),
)
_REACH_BEFORE = 10
_THROUGH = re.compile(r"\s?(?:至|到|-|－|—|–|~|～)\s?")
_JOINT = re.compile(r"\s?[、，,且和并至到]?\s?")

_DIGITS = r"[0-9０-９〇○零一二两三四五六七八九十百]"
_DATE = re.compile(
    rf"""
    (?P<y> [0-9０-９]{{4}} | [〇○零一二三四五六七八九]{{4}} ) \s? 年
      (?: \s? (?P<m> {_DIGITS}{{1,3}} ) \s? 月 (?: 份 | \s? (?P<d> {_DIGITS}{{1,3}} ) \s? [日号] )? )?
  | (?<![0-9]) (?P<iso_y> [0-9]{{4}} ) [-/.] (?P<iso_m> [0-9]{{1,2}} ) [-/.] (?P<iso_d> [0-9]{{1,2}} ) (?![0-9])
  | (?<!个) (?P<m2> {_DIGITS}{{1,3}} ) \s? 月 \s? (?P<d2> {_DIGITS}{{1,3}} ) \s? [日号]
    """,
    re.VERBOSE,
)
# 一般, 统一, 一个: the numeral counts nothing.
_ORDINARY = re.compile(
    r"""
    一(?: [般并律统定切些致旦样起直同经向贯旁边体味道概再度] | 系列 | 方面 | [个种项条款份名家](?!月) | 次性 | 下子? )
  | (?: 统 | 唯 | 万 | 单 | 同 | 任 | 逐 | 进 | 某 | 每 | 之 | 专 | 合 | 归 | 其 ) 一 (?: 步 )?
  | 前 [一两二三四五六七八九十]+ [款项条]
  | [壹贰叁肆伍陆柒捌玖拾佰仟](?![壹贰叁肆伍陆柒捌玖拾佰仟元圆]) | 十分(?!之) | 千万
  | 百分点? | 百姓 | [二两三]者 | 万分(?!之) | [上下]一[级步次年个] | [一二]审 | 九成(?=新) | 四周(?!岁)
    """,
    re.VERBOSE,
)
# 数万元, 半年, 三成, 每日: amounts that no figure can hold; they must stand in the law as they are.
_VAGUE = re.compile(
    r"""
    [数几若][干]? [十百千万亿]* (?: [元倍日天年次人] | 个月 ) | 半 (?: [年日天倍] | 个月 ) | [加双翻] 倍
  | 每 (?: [日月年天周次] | 小时 | 季度 )
  | [一二三四五六七八九两] 成 (?! [立为员品本就交果新] ) | [十百千万] (?: 余|多 ) [元倍日天年人]
    """,
    re.VERBOSE,
)
_FRACTION = re.compile(rf"(?P<of>{_DIGITS}+)分之(?P<n>{_DIGITS}+)")
_ORDINAL = re.compile(
    rf"第(?!三[方者]|一时间)\s?[（(]?(?P<n>{_DIGITS}{{1,5}}|[0-9０-９]{{1,4}})[）)]?\s?(?P<of>[\u4e00-\u9fff])"
)

Date = tuple[int | None, int | None, int | None]


def find_figures(text: str) -> list[Figure]:
    """Every figure of a text, in order, ranges joined; dates, ordinals and ordinary words (一般) are none."""
    dates = [match.span() for match in _DATE.finditer(text)]
    found: list[Figure] = []
    for start, end, value, unit in _numbers(text, dates):
        bound, begin, finish, one_sided = _bounded(text, start, end)
        found.append(Figure(begin, finish, unit, ((value, bound),), one_sided))
    return _ranges(text, found)


def vague_amounts(text: str) -> list[str]:
    """Amounts without a number (数万元, 半年, 加倍), as written."""
    return [match.group() for match in _VAGUE.finditer(text)]


def find_dates(text: str) -> list[tuple[str, Date]]:
    """Calendar dates of a text as written and as (year, month, day), what is not said being None."""
    found = []
    for match in _DATE.finditer(text):
        parts = [match["y"] or match["iso_y"], match["m"] or match["iso_m"] or match["m2"]]
        parts.append(match["d"] or match["iso_d"] or match["d2"])
        try:
            year, month, day = (parse_number(part) if part else None for part in parts)
        except InvalidInput:
            continue
        found.append((match.group(), (year, month, day)))
    return found


def ordinals(text: str) -> list[tuple[str, tuple[int, str]]]:
    """Ordinals (第三次, 第五章) as written, with number and the character counted."""
    found = []
    for match in _ORDINAL.finditer(text):
        try:
            found.append((match.group(), (parse_number(match["n"]), match["of"])))
        except InvalidInput:
            continue
    return found


# ---- how a figure is put together --------------------------------------------------------------------------------

_Number = tuple[int, int, Decimal, str]


def _numbers(text: str, dates: Sequence[tuple[int, int]]) -> list[_Number]:
    """Numbers with their units, in order and disjoint: sums, other quantities, then what has no known unit."""
    found: list[_Number] = [(a.start, a.end, a.value, YUAN) for a in find_amounts(text)]
    found += _fractions(text)
    found += [(q.start, q.end, q.value, q.unit.value) for q in find_quantities(text) if _is_free(q.start, q.end, found)]
    taken = [*((start, end) for start, end, _, _ in found), *dates, *(m.span() for m in _ORDINARY.finditer(text))]
    for number in find_numbers(text):
        if all(number.end <= start or end <= number.start for start, end in taken):
            found.append((number.start, number.end, number.value, text[number.end : number.end + 1]))
    return sorted(n for n in found if not any(start <= n[0] < end for start, end in dates))


def _fractions(text: str) -> Iterator[_Number]:
    """三分之二; percentages (百分之三十) are quantities."""
    for match in _FRACTION.finditer(text):
        with suppress(InvalidInput, ZeroDivisionError):
            if match["of"] not in ("百", "千"):
                share = Decimal(parse_number(match["n"])) / parse_number(match["of"])
                yield match.start(), match.end(), share, SHARE


def _is_free(start: int, end: int, found: Sequence[_Number]) -> bool:
    return all(end <= n[0] or n[1] <= start for n in found)


def _bounded(text: str, start: int, end: int) -> tuple[Bound, int, int, bool]:
    """Bound of the number at ``[start, end)``, the span with the words of the bound, and whether one end was meant."""
    for after, bound in _AFTER:
        if match := after.match(text, end):
            begin, one_sided = start, False
            for before, same, sided in _BEFORE:
                if same is bound and (led := before.search(text, max(0, start - _REACH_BEFORE), start)):
                    begin, one_sided = led.start(), sided
            return bound, begin, match.end(), one_sided
    for before, bound, one_sided in _BEFORE:
        if led := before.search(text, max(0, start - _REACH_BEFORE), start):
            return bound, led.start(), end, one_sided
    return Bound.EXACT, start, end, False


def _ranges(text: str, found: Sequence[Figure]) -> list[Figure]:
    joined: list[Figure] = []
    for figure in found:
        whole = _joined(text, joined[-1], figure) if joined else None
        if whole:
            joined[-1] = whole
        else:
            joined.append(figure)
    return joined


def _joined(text: str, low: Figure, high: Figure) -> Figure | None:
    """The range that two neighbouring figures make: 五万元以上十万元以下, 三至五倍, 已满十四周岁不满十八周岁."""
    if low.unit != high.unit or len(low.ends) > 1 or low.end > high.start:
        return None
    (low_value, low_bound), (high_value, high_bound) = low.ends[0], high.ends[0]
    between = text[low.end : high.start]
    if _THROUGH.fullmatch(between) and low_bound in (Bound.EXACT, Bound.AT_LEAST) and not high_bound.is_lower:
        low_bound = Bound.AT_LEAST
        high_bound = Bound.AT_MOST if high_bound is Bound.EXACT else high_bound
    elif not (low_bound.is_lower and high_bound.is_upper and _JOINT.fullmatch(between)):
        return None
    return replace(low, end=high.end, ends=((low_value, low_bound), (high_value, high_bound)), one_sided=False)
