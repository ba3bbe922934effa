"""The other numbers that decide cases (数量): multiples, percentages, periods, ages, counts and measures.

Each is found with its value in a common unit, so that 60天 written by anyone can be compared with 六十日 in the law.
Calendar dates (2026年8月15日), ordinals (第三次) and guesses (十余日) are no quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.numerals import NumberMention, find_numbers


class Unit(StrEnum):
    """What is counted (计量单位), under its Chinese name."""

    TIMES = "倍"
    PERCENT = "%"
    YEAR = "年"
    MONTH = "个月"
    DAY = "日"
    WORKING_DAY = "工作日"
    HOUR = "小时"
    MINUTE = "分钟"
    AGE = "周岁"
    PERSON = "人"
    OCCASION = "次"
    POINT = "记分"
    METRE = "米"
    SQUARE_METRE = "平方米"
    CUBIC_METRE = "立方米"
    KILOGRAM = "千克"
    DECIBEL = "分贝"


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """One quantity in running text: half-open span, value in ``unit`` (六十日 → 60 日; 二吨 → 2000 千克)."""

    start: int
    end: int
    value: Decimal
    unit: Unit


# Unit words after the number, longest first where one begins another; the factor brings the value to the unit.
_UNITS: tuple[tuple[str, Unit, str], ...] = (
    (r"倍(?![增频率])", Unit.TIMES, "1"),
    (r"[%％]|个百分点", Unit.PERCENT, "1"),
    (r"‰", Unit.PERCENT, "0.1"),
    (r"个?工作日", Unit.WORKING_DAY, "1"),
    (r"周?岁", Unit.AGE, "1"),
    (r"年(?![级度代会半])", Unit.YEAR, "1"),
    (r"个月(?!半)", Unit.MONTH, "1"),
    (r"(?:日|天)(?![常用报记])", Unit.DAY, "1"),
    (r"个?(?:小时|钟头)", Unit.HOUR, "1"),
    (r"分钟", Unit.MINUTE, "1"),
    (r"人次", Unit.OCCASION, "1"),
    (r"次(?![性序要品生供污元级装])", Unit.OCCASION, "1"),
    (r"名(?![称义单录誉词次额牌胜优贵])|人(?![民员大才口体工身格行类士事权道物力们家生均])", Unit.PERSON, "1"),
    (r"平方米|㎡|m²|m2", Unit.SQUARE_METRE, "1"),
    (r"平方公里|平方千米", Unit.SQUARE_METRE, "1000000"),
    (r"公顷", Unit.SQUARE_METRE, "10000"),
    (r"立方米|m³|m3", Unit.CUBIC_METRE, "1"),
    (r"公里|千米|km", Unit.METRE, "1000"),
    (r"厘米|公分|cm", Unit.METRE, "0.01"),
    (r"毫米|mm", Unit.METRE, "0.001"),
    (r"米(?![饭粉面酒])", Unit.METRE, "1"),
    (r"吨", Unit.KILOGRAM, "1000"),
    (r"千克|公斤|kg", Unit.KILOGRAM, "1"),
    (r"克(?![服隆扣制拉])", Unit.KILOGRAM, "0.001"),
    (r"分贝|dB(?:\(A\)|（A）)?", Unit.DECIBEL, "1"),
    (r"分(?![之别类公局店期支级销工业析担配割散布])", Unit.POINT, "1"),
)
_UNIT = re.compile(r"\s?(?:" + "|".join(f"({words})" for words, _, _ in _UNITS) + ")")
_POINT_BEFORE = re.compile(r"(?:记|扣|满)\s?$")
_RANGE = re.compile(r"\s?(?:至|到|-|－|—|–|~|～)\s?")

_NUMERAL = "[0-9０-９〇○零一二两三四五六七八九十百]"
_DATE = re.compile(
    rf"""
    (?: [0-9０-９]{{4}} | [〇○零一二三四五六七八九]{{4}} ) \s? 年
    (?: \s? {_NUMERAL}{{1,3}} \s? 月 )? (?: \s? {_NUMERAL}{{1,3}} \s? [日号] )?
  | {_NUMERAL}{{1,3}} \s? 月 \s? {_NUMERAL}{{1,3}} \s? [日号]
  | (?<= 月 ) \s? {_NUMERAL}{{1,3}} \s? [日号]
    """,
    re.VERBOSE,
)
_PER_BEFORE = re.compile(r"([百千万])分之\s?$")
_PERCENT_OF = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}


def find_quantities(text: str) -> list[QuantityMention]:
    """Every quantity in ``text``, in order; a range (三至五倍, 三倍以上五倍以下, 百分之五至百分之十) is two."""
    dates = [match.span() for match in _DATE.finditer(text)]
    found: list[QuantityMention] = []
    later: tuple[NumberMention, QuantityMention] | None = None
    for number in reversed(find_numbers(text)):
        if any(start <= number.start < end for start, end in dates):
            later = None
            continue
        mention = _per_hundred(text, number) or _with_unit(text, number) or _lower_bound(text, number, later)
        later = (number, mention) if mention else None
        if mention:
            found.append(mention)
    return found[::-1]


def _per_hundred(text: str, number: NumberMention) -> QuantityMention | None:
    if per := _PER_BEFORE.search(_just_before(text, number)):
        start = number.start - len(per.group())
        return QuantityMention(start, number.end, number.value * _PERCENT_OF[per[1]], Unit.PERCENT)
    return None


def _with_unit(text: str, number: NumberMention) -> QuantityMention | None:
    match = _UNIT.match(text, number.end)
    if not match or match.lastindex is None:
        return None
    _, unit, factor = _UNITS[match.lastindex - 1]
    if unit is Unit.POINT and not _POINT_BEFORE.search(_just_before(text, number)):
        return None
    return QuantityMention(number.start, match.end(), number.value * Decimal(factor), unit)


def _lower_bound(
    text: str, number: NumberMention, later: tuple[NumberMention, QuantityMention] | None
) -> QuantityMention | None:
    """``number`` as the lower bound of a range whose upper bound carries the unit: 三 in 三至五倍."""
    if later is None or not _RANGE.fullmatch(text, number.end, later[1].start):
        return None
    upper_number, upper = later
    factor = upper.value / upper_number.value if upper_number.value else Decimal(1)
    return QuantityMention(number.start, number.end, number.value * factor, upper.unit)


def _just_before(text: str, number: NumberMention) -> str:
    return text[max(0, number.start - 4) : number.start]
