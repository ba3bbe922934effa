"""Words of a benchmark's table (裁量表用语): what a cell's name means there, labels on one line, places, weights."""

from __future__ import annotations

import re
from fractions import Fraction

from corpus.discretion.model import Spot
from ingest.parsers.lists.words import column_name
from ingest.readers.model import Cell

_START = re.compile(r"(?:裁量|量罚|处罚)?(?:起点|基点|基础|起始|基准)(?:裁量)?(?:分值|权重|分|值|百分值|百分比)?[:：]?")
_WEIGHT_NAME = re.compile(r"(?:裁量|处罚)?(?:权重|分值|百分值|百分比|比重|得分)(?:值)?")
_DASHES = frozenset({"—", "——", "-", "--", "－", "–", "/", "／", "\\", "―"})
_BESIDE_NUMBERS = re.compile(
    r"(?<=[一-鿿（）、，。：；])[ \t\xa0]+(?=[0-9０-９A-Za-zⅠ-Ⅻ])"
    r"|(?<=[0-9０-９%％A-Za-zⅠ-Ⅻ])[ \t\xa0]+(?=[一-鿿（）、，。：；])"
)
_PERCENT = re.compile(r"([+\-－]?)(\d+(?:\.\d+)?)[%％]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SHARE = re.compile(r"(\d+)[/／](\d+)")
_HUNDREDTHS = re.compile(r"百分之(\d+(?:\.\d+)?)")


def tidy(text: str) -> str:
    """The words of a cell, line by line, without the blanks that justified lines put beside numbers (3 个月)."""
    lines = (_BESIDE_NUMBERS.sub("", line.strip(" \t\xa0")) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """A label (违法程度, 罚款): its lines joined, since they only show the width of the cell."""
    return column_name("".join(tidy(text).splitlines()))


def is_dash(text: str) -> bool:
    """Whether a cell says that its column does not apply (—, /)."""
    return "".join(text.split()) in _DASHES


def is_start(text: str) -> bool:
    """Whether a cell names the starting weight (裁量起点)."""
    return bool(_START.fullmatch("".join(text.split())))


def is_weight_name(text: str) -> bool:
    """Whether a column's name says that weights stand below (裁量权重, 对单位裁量权重)."""
    return bool(_WEIGHT_NAME.search("".join(text.split())))


def without_weight_name(text: str) -> str:
    """What a name of a weight column says besides: 对单位 of 对单位裁量权重."""
    return _WEIGHT_NAME.sub("", "".join(text.split()))


def in_percent(name: str) -> bool:
    """Whether the name of a weight column says that bare numbers are percentage points: 裁量权重（%）, 百分值."""
    return any(word in name for word in ("%", "％", "百分"))


def read_weight(text: str, bare_percent: bool = False) -> Fraction | None:
    """A weight in percentage points: 20% is 20, 1/3 is 100/3, 0 is 0.

    None for all else: a bare 20 may be points of any scale, unless the column says percent (``bare_percent``).
    """
    plain = "".join(text.split())
    if found := _PERCENT.fullmatch(plain):
        return Fraction(found[2]) * (-1 if found[1] in ("-", "－") else 1)
    if (found := _SHARE.fullmatch(plain)) and int(found[2]):
        return Fraction(int(found[1]) * 100, int(found[2]))
    if found := _HUNDREDTHS.fullmatch(plain):
        return Fraction(found[1])
    if bare_percent and _NUMBER.fullmatch(plain):
        return Fraction(plain)
    return Fraction(0) if plain == "0" else None


def spot_of(cell: Cell) -> Spot:
    """Where a cell begins."""
    return Spot(cell.place.page, cell.place.sheet, cell.place.table, cell.place.row)
