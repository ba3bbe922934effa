"""Sums, multiples and shares as fines state them (罚款幅度的写法): one expression, its bounds and its misprints.

Works on compacted words (``compact``). An expression is one quantity (5万元以下) or two that bound a range
(5000元以上2万元以下, 1-3万元, 货值金额的一倍以上三倍以下). A slip of the pen with one evident reading is read, and the
reading is told (``read_as``); whatever else is odd is no expression at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.discretion.model import FineKind
from corpus.errors import InvalidInput
from corpus.numerals import parse_decimal

_FULL_WIDTH = str.maketrans(
    {**{chr(0xFF10 + i): str(i) for i in range(10)}, "％": "%", "．": ".", "﹪": "%", "(": "（", ")": "）", "／": "/"}
)
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_MONEY, _TIMES, _PERCENT = "元", "倍", "%"
_WAN = Decimal(10**4)

_DIGITS = "〇○零一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_EQUAL = "等值"  # 货值金额等值以上三倍以下
_ARABIC = r"\d+(?:\.\d+)?(?:[十百千万亿]+(?:\d+[十百千]+)?)?"
_CHINESE = rf"[{_DIGITS}十百千万亿拾佰仟]+(?:点[{_DIGITS}]+[万亿]?)?"
_NUMBER = rf"(?:{_EQUAL}(?=以[上下])|{_ARABIC}|{_CHINESE})"
_INCLUDED = r"（(?:含本数|不含本数|含本级|含|不含|包含|包括|不包括|不包含)(?:[^（），,；;]{0,8})）"


def _quantity(n: int) -> str:
    return rf"""
    (?P<lead{n}> 最高不超过 | 不超过 | 不得超过 | 不高于 | 最高(?:为|可达)?
      | 不低于 | 不少于 | 不得低于 | 最低(?:为|不低于)? )?
    (?P<per{n}> [百千万]分之 )?
    (?P<number{n}> {_NUMBER} )
    (?P<unit{n}> 元万 | 元{{1,2}} | 圆 | 块钱 | 倍 | % | ‰ )?
    (?P<inside{n}> {_INCLUDED} )?
    """


_MARK = r"以上 | 以下 | 以内 | 及以上 | 及以下"
_EXPRESSION = re.compile(
    rf"""
    (?<! [0-9.第] )
    {_quantity(1)}
    (?:
        (?P<mark1> {_MARK} | 以(?=[0-9{_DIGITS}十]) ) (?P<after1> {_INCLUDED} )?
    )?
    (?:
        (?P<through> (?(mark1) [,，、]?(?:至|到|不满|不足|且|并)? | (?:至|到|-|－|—|–|~|～|~~|--|——) ) )
        {_quantity(2)}
        (?: (?P<mark2> {_MARK} ) (?P<after2> {_INCLUDED} )? )?
    )?
    (?P<stray> 元 (?= 的?罚款 ) )?
    """,
    re.VERBOSE,
)
_SWAPPED = re.compile(r"([一二三四五六七八九]百)万([一二三四五六七八九]十)")
_ORDINARY = ("以上", "以下")


def compact(text: str) -> str:
    """``text`` without white space, digits and signs in half width, brackets in full width, 1,000 as 1000."""
    return _THOUSANDS.sub("", re.sub(r"\s+", "", text).translate(_FULL_WIDTH))


@dataclass(frozen=True, slots=True)
class Expression:
    """One stated sum or share in compacted words: half-open span, kind, and bounds in yuan or multiples of the base.

    ``unit`` is 元, 倍 or %.
    ``read_as`` is the expression as it was evidently meant, "" where nothing had to be mended.
    """

    start: int
    end: int
    kind: FineKind
    unit: str
    minimum: Decimal | None
    maximum: Decimal | None
    includes_minimum: bool | None = None
    includes_maximum: bool | None = None
    read_as: str = ""

    @property
    def is_ratio(self) -> bool:
        return self.unit in (_TIMES, _PERCENT)


@dataclass(frozen=True, slots=True)
class _Quantity:
    value: Decimal
    unit: str | None
    mark: str
    lead: str
    scaled: bool  # 万 or 亿 is written with it
    included: bool | None
    words: str
    mended: str  # words as meant


def find_expressions(words: str, bare_scale: Decimal | None = None) -> Iterator[Expression]:
    """Every expression in compacted ``words``, in order.

    Bare numbers count only with ``bare_scale``: what one unit of the column is in yuan (10000 under 万元).
    """
    for match in _EXPRESSION.finditer(words):
        expression = _read(match, bare_scale)
        if expression is not None:
            yield expression


def _read(match: re.Match[str], bare_scale: Decimal | None) -> Expression | None:
    first = _read_quantity(match, 1)
    if first is None:
        return None
    if match["number2"] is None:
        return _single(match, first, bare_scale)
    second = _read_quantity(match, 2)
    if second is None or second.lead or first.lead:
        return None
    return _pair(match, first, second, bare_scale)


def _read_quantity(match: re.Match[str], n: int) -> _Quantity | None:
    number, unit, per = match[f"number{n}"], match[f"unit{n}"], match[f"per{n}"]
    words = match[f"number{n}"] + (unit or "")
    mended = words
    swapped = _SWAPPED.fullmatch(number)
    if swapped and unit == "元":
        number = f"{swapped[1]}{swapped[2]}万"
        mended = f"{number}元"
    try:
        value = Decimal(1) if number == _EQUAL else parse_decimal(number)
    except InvalidInput:
        return None
    if unit in ("元元", "元万"):
        value, unit, mended = (value * _WAN, "元", f"{number}万元") if unit == "元万" else (value, "元", f"{number}元")
    scaled = number[-1] in "万亿" or mended.endswith("万元")
    if number == _EQUAL:
        unit = _TIMES
    if per:
        if unit is not None:
            return None
        unit = _PERCENT
        value = value / {"百": 100, "千": 1000, "万": 10000}[per[0]]
        words = mended = per + number
    elif unit == "%":
        value = value / 100
    elif unit == "‰":
        value, unit = value / 1000, _PERCENT
    elif unit in ("圆", "块钱"):
        unit = _MONEY
    included = _included(match[f"inside{n}"]) if match[f"inside{n}"] else _included(match[f"after{n}"])
    mark = (match[f"mark{n}"] or "").removeprefix("及").replace("以内", "以下")
    return _Quantity(value, unit, mark, match[f"lead{n}"] or "", scaled, included, words, mended)


def _included(words: str | None) -> bool | None:
    if not words:
        return None
    return not words.strip("（）").startswith("不")


def _single(match: re.Match[str], only: _Quantity, bare_scale: Decimal | None) -> Expression | None:
    unit, value = only.unit, only.value
    if unit is None:
        if only.scaled and only.mark:
            unit = _MONEY
        elif bare_scale is not None and not only.scaled:
            unit, value = _MONEY, value * bare_scale
        elif only.scaled and bare_scale is not None:
            unit = _MONEY
        else:
            return None
    ratio = unit != _MONEY
    stray = bool(match["stray"])
    up = only.mark == "以下" or only.lead.startswith(("最高", "不超过", "不得超过", "不高于"))
    down = only.mark == "以上" or only.lead.startswith(("最低", "不低于", "不少于", "不得低于"))
    if up and down:
        return None
    words = only.mended + only.mark
    read_as = words if stray or only.mended != only.words else ""
    span = match.span()
    if up:
        kind = FineKind.RATIO_UPTO if ratio else FineKind.UPTO
        return Expression(*span, kind, unit, Decimal(0), value, None, only.included, read_as)
    if down:
        kind = FineKind.RATIO_FROM if ratio else FineKind.FROM
        return Expression(*span, kind, unit, value, None, only.included, None, read_as)
    kind = FineKind.RATIO_FIXED if ratio else FineKind.FIXED
    return Expression(*span, kind, unit, value, value, None, None, read_as)


def _pair(match: re.Match[str], first: _Quantity, second: _Quantity, bare_scale: Decimal | None) -> Expression | None:
    agreed = _agree(first, second, bool(match["mark1"]), bare_scale)
    if agreed is None:
        return None
    low, high, unit, unit_mended = agreed
    if low > high or (low == high and first.mark != "以上"):
        return None
    marks = (first.mark, second.mark)
    joined = not first.mark
    tail = match.string[match.end() :]
    mended = unit_mended or bool(match["stray"]) or first.mended != first.words or second.mended != second.words
    if joined:
        if second.mark not in ("", "以下"):
            return None
    elif marks != _ORDINARY:
        # 10万元以上20万元以上, 7万元以下9万元以下, 1000元以2000元以下, 20%以上30%的罚款: one reading each
        evident = marks in (("以上", "以上"), ("以下", "以下"), ("以", "以下")) or (
            marks == ("以上", "") and (tail.startswith(("的罚款", "罚款")) or not tail or bool(match["through"]))
        )
        if not evident:
            return None
        mended = mended or match["through"] not in ("至", "到", "不满", "不足") or bool(second.mark)
    includes_maximum = second.included
    if match["through"] in ("不满", "不足") and second.included is None:
        includes_maximum = False
    read_as = ""
    if mended:
        low_words = first.mended if first.unit else first.mended + unit
        high_words = second.mended if second.unit else second.mended + unit
        read_as = f"{low_words}{match['through']}{high_words}" if joined else f"{low_words}以上{high_words}以下"
    kind = FineKind.RATIO_RANGE if unit != _MONEY else FineKind.RANGE
    return Expression(*match.span(), kind, unit, low, high, first.included, includes_maximum, read_as)


def _agree(
    first: _Quantity, second: _Quantity, marked: bool, bare_scale: Decimal | None
) -> tuple[Decimal, Decimal, str, bool] | None:
    """Both values in one unit: low, high, the unit, and whether a unit left out by mistake was added."""
    low, high = first.value, second.value
    if first.unit is not None and second.unit is not None:
        if _MONEY in (first.unit, second.unit):
            return (low, high, _MONEY, False) if first.unit == second.unit else None
        return low, high, first.unit, False  # also 百分之五十以上三倍以下
    if first.unit is None and second.unit is None:
        if bare_scale is None and second.scaled and not marked:  # 1-3万
            return low if first.scaled else low * _shared_scale(low, second), high, _MONEY, False
        if bare_scale is None:
            return (low, high, _MONEY, False) if first.scaled and second.scaled else None
        if first.scaled or second.scaled:
            plain = (first.scaled and second.scaled) or bare_scale == 1  # 5000以上1万以下 under 元
            return (low, high, _MONEY, False) if plain else None
        return low * bare_scale, high * bare_scale, _MONEY, False
    if first.unit is None:
        assert second.unit is not None
        return _first_without_unit(first, second, second.unit, marked)
    if first.unit == _PERCENT:
        return low, high / 100, _PERCENT, True
    if first.unit == _MONEY and (second.scaled or high >= 100):
        return low, high, _MONEY, not second.scaled
    return None


def _first_without_unit(
    first: _Quantity, second: _Quantity, unit: str, marked: bool
) -> tuple[Decimal, Decimal, str, bool] | None:
    """1-3万元, 一至三倍, 5-10%, 二百以上五百元以下, 18万以上20万元以下; 35以上50%以下 is a slip."""
    low, high = first.value, second.value
    if unit == _TIMES:
        return (low, high, unit, False) if not first.scaled else None
    if unit == _PERCENT:
        return (low / 100, high, unit, marked) if not first.scaled else None
    if first.scaled:
        return low, high, unit, False
    if not marked:
        scale = _shared_scale(low, second)
        return low * scale, high, unit, False
    return (low, high, unit, False) if low >= 100 else None


def _shared_scale(low: Decimal, second: _Quantity) -> Decimal:
    """The 万 or 亿 that 1-3万元 writes once; 1 in 5000-10000元."""
    if second.scaled:
        scale = Decimal(10**8) if "亿" in second.words else _WAN
        if low * scale < second.value:
            return scale
    return Decimal(1)
