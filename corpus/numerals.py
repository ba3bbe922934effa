"""Chinese numerals (中文数字) of articles, amounts and periods, in both directions.

``cn2an`` does the positional arithmetic (its strict mode is proved on every number up to 99,999 by the tests); this
module decides which ways of writing a number are accepted at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from math import prod

import cn2an

from corpus.errors import InvalidInput

LARGEST = 10**16 - 1

_ARABIC = re.compile(r"[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+")
_DIGITS = "零一二三四五六七八九"
_CHINESE = re.compile(f"[{_DIGITS}十百千万亿]+")
_POSITIONAL = re.compile(f"[{_DIGITS[1:]}][{_DIGITS}]+")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９，", "0123456789,")
_SPELLINGS = str.maketrans("〇○两壹贰叁肆伍陆柒捌玖拾佰仟", "零零二一二三四五六七八九十百千")
# 一百十二 and 一千零十 leave out the 一 that 法律 prints; nothing else they could mean.
_BARE_TEN = re.compile(r"(?<=[百千万亿零])十")


def parse_number(text: str) -> int:
    """The whole number that ``text`` writes: 一百二十四, 一千零五十六, 十, 二〇二一, 124, １２４, 1,000.

    Accepts 〇/零, 两, banker's forms (壹佰), digit by digit writing (二〇二一) and a left out 一 before 十 (一百十二).
    Raises InvalidInput for everything else, also for what reads two ways (一百五: 105 or 150).
    """
    plain = text.strip().translate(_HALF_WIDTH)
    if _ARABIC.fullmatch(plain):
        return int(plain.replace(",", ""))
    plain = plain.translate(_SPELLINGS)
    if _POSITIONAL.fullmatch(plain):
        return int("".join(str(_DIGITS.index(c)) for c in plain))
    if _CHINESE.fullmatch(plain):
        try:
            return int(cn2an.cn2an(_BARE_TEN.sub("一十", plain), "strict"))
        except ValueError:
            pass
    raise _undecided(text)


def format_number(n: int) -> str:
    """``n`` as 法律 prints it: 十, 一百一十, 一百二十四, 一千零五十六. Raises InvalidInput outside 0..10**16-1."""
    if not 0 <= n <= LARGEST:
        raise InvalidInput(f"{n} 超出可写成中文数字的范围（0 至 {LARGEST}）。")
    return str(cn2an.an2cn(n, "low"))


_SCALE_VALUES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SCALED_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)([十百千万亿]*)")
_CHINESE_FRACTION = re.compile(f"(?P<whole>.+)点(?P<digits>[{_DIGITS}]+)(?P<scale>[十百千万亿]*)")


def parse_decimal(text: str) -> Decimal:
    """The exact number that ``text`` writes, with a fraction or a mixed scale: 1.5万 → 15000, 3万5千 → 35000.

    Accepts all that ``parse_number`` accepts. Raises InvalidInput for nonsense and for what reads two ways
    (3万5: 30,005 or 35,000).
    """
    plain = text.strip().translate(_HALF_WIDTH).replace("．", ".").replace(" ", "")
    if plain[:1].isdecimal() and not _ARABIC.fullmatch(plain):
        return _mixed_scale(_without_separators(plain), text)
    if fraction := _CHINESE_FRACTION.fullmatch(plain.translate(_SPELLINGS)):
        digits = "".join(str(_DIGITS.index(c)) for c in fraction["digits"])
        return Decimal(f"{parse_number(fraction['whole'])}.{digits}") * _scale(fraction["scale"])
    return Decimal(parse_number(plain))


def _without_separators(plain: str) -> str:
    return re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", plain)


def _mixed_scale(plain: str, written: str) -> Decimal:
    parts = _SCALED_PART.findall(plain)
    if "".join(number + scale for number, scale in parts) != plain:
        raise _undecided(written)
    total, room = Decimal(0), None
    for number, scale in parts:
        value = Decimal(number) * _scale(scale)
        # After 3万 comes 5千 or 5000; a lone 5 may be 5千 or 5.
        if room is not None and not (value < room and (scale or value >= room / 10)):
            raise _undecided(written)
        total, room = total + value, _scale(scale)
    return total


def _scale(words: str) -> Decimal:
    return Decimal(prod(_SCALE_VALUES[c] for c in words))


def _undecided(text: str) -> InvalidInput:
    return InvalidInput(
        f"“{text}”不是能够确定的数字。", remedy="请写成阿拉伯数字，或规范的中文数字，例如“124”“一百二十四”。"
    )


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number in running text: its half-open span and its value, e.g. 五万 in 处五万元以上罚款."""

    start: int
    end: int
    value: Decimal


_RUNNING_NUMBER = re.compile(
    r"""
    (?<! [0-9０-９a-zA-Z.．] )
    (?:
        (?: [0-9０-９]{1,3} (?: [,，] [0-9０-９]{3} (?! [0-9０-９] ) )+ | [0-9０-９]+ )   # 1,000 or 1000
        (?: [.．] [0-9０-９]+ )?                                                       # 1.5
        (?: [ ]? (?: [十百万亿] | 千 (?! [克米瓦] ) )+ (?: [0-9０-９]+ [十百千万亿]* )* )?   # 1.5万, 3万5千
      | (?: [〇○零一二两三四五六七八九十百万亿壹贰叁肆伍陆柒捌玖拾佰仟] | 千 (?! [克米瓦] ) )+
        (?: 点 [〇零一二三四五六七八九]+ [十百千万亿]* )?                                   # 一点五万
    )
    """,
    re.VERBOSE,
)
_VAGUE = re.compile(r"[数几多好余]$|第\s?$")


def find_numbers(text: str) -> list[NumberMention]:
    """Every number in ``text`` that counts or measures, in order; no ordinals (第三), no guesses (数十)."""
    found = []
    for match in _RUNNING_NUMBER.finditer(text):
        if _VAGUE.search(text[max(0, match.start() - 2) : match.start()]):
            continue
        try:
            found.append(NumberMention(match.start(), match.end(), parse_decimal(match.group())))
        except InvalidInput:
            continue
    return found
