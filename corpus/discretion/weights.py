"""Weights as tables print them (裁量权重): exact percentage points, or nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from corpus.discretion.expressions import compact
from corpus.errors import InvalidInput
from corpus.numerals import parse_decimal

_NUMBER = r"\d+(?:\.\d+)?"
_PERCENT = re.compile(rf"(?P<sign>[+\-－﹣]?)(?P<number>{_NUMBER})%")
_FRACTION = re.compile(r"(?P<over>\d{1,3})/(?P<under>\d{1,3})")
_CHINESE = re.compile(r"(?P<under>[一二三四五六七八九十百千]+)分之(?P<over>[零一二三四五六七八九十百点]+)")
_BARE = re.compile(rf"(?P<number>{_NUMBER})")
_HUNDREDS = {"百": Decimal(100), "千": Decimal(1000)}


def read_weight(text: str) -> Fraction | None:
    """The weight in percentage points: 20%, 1/3, 三分之一, 百分之二十, 0.2 (20 points), 20; None for anything else.

    A bare number below 1 with a decimal point is a share of 1, any other bare number up to 100 counts points.
    """
    words = compact(text)
    if match := _PERCENT.fullmatch(words):
        value = Fraction(match["number"])
        return -value if match["sign"] in ("-", "－", "﹣") else value
    if match := _FRACTION.fullmatch(words):
        over, under = int(match["over"]), int(match["under"])
        return Fraction(over * 100, under) if under > 0 and over <= under else None
    if match := _CHINESE.fullmatch(words):
        try:
            return _number(match["over"]) * 100 / _number(match["under"])
        except InvalidInput:
            return None
    if match := _BARE.fullmatch(words):
        value = Fraction(match["number"])
        if "." in match["number"] and value < 1:
            return value * 100
        return value if value <= 100 else None
    return None


def _number(words: str) -> Fraction:
    return Fraction(_HUNDREDS.get(words) or parse_decimal(words))
