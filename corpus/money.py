"""Sums of money (金额) in law and in what people write about it: exact ``Decimal`` yuan, never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from corpus.errors import InvalidInput
from corpus.numerals import NumberMention, find_numbers, format_number, parse_decimal

_SMALL_UNITS = {"角": Decimal("0.1"), "分": Decimal("0.01")}

_AMOUNT = re.compile(
    r"""
    (?: (?P<sign> [¥￥] ) | 人民币 )? \s*
    (?P<number> [^元圆块角分\s] .*? ) \s*
    (?P<unit> (?: 元 | 圆 | 块钱 | 块 ) (?P<small> [^整正]* ) [整正]? )?
    """,
    re.VERBOSE,
)
_SMALL = re.compile(r"(?:([0-9０-９一二三四五六七八九])角)?(?:零?([0-9０-９一二三四五六七八九])分)?")


def parse_amount(text: str) -> Decimal:
    """The sum in yuan that ``text`` writes: 五万元, 5万元, 1.5万元, 1,000元, ２０００元, 一亿元, 3万5千元, 5万, ￥5000.

    Without 元 a number counts as a sum only after ￥ or with 万/亿 at its end. Raises InvalidInput otherwise.
    """
    match = _AMOUNT.fullmatch(text.strip())
    small = _SMALL.fullmatch(match["small"] or "") if match else None
    if not match or not small or not (match["unit"] or match["sign"] or match["number"][-1] in "万亿"):
        raise InvalidInput(f"“{text}”不是金额。", remedy="请写成“50000元”“5万元”或“五万元”。")
    return parse_decimal(match["number"]) + _small_change(small)


def _small_change(match: re.Match[str]) -> Decimal:
    digits = zip(match.groups(), _SMALL_UNITS.values(), strict=True)
    return sum((parse_decimal(digit) * unit for digit, unit in digits if digit), Decimal(0))


def format_amount(yuan: Decimal) -> str:
    """``yuan`` as 法律 prints it: 五万元, 三元五角. Raises InvalidInput below zero or finer than a 分."""
    fen = yuan * 100
    if yuan < 0 or fen != int(fen):
        raise InvalidInput(f"{yuan} 元不能写成中文金额。", remedy="金额应为非负数，最小单位为分。")
    whole, rest = divmod(int(fen), 100)
    jiao, cent = divmod(rest, 10)
    small = (f"{format_number(jiao)}角" if jiao else "零" if cent else "") + (
        f"{format_number(cent)}分" if cent else ""
    )
    return f"{format_number(whole)}元{small}"


# ---- sums in running text ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AmountMention:
    """One sum in running text: half-open span of its words and its value in yuan (处五万元以下: 五万元, 50000)."""

    start: int
    end: int
    value: Decimal


# 元旦, 元件, 二元结构, 一元二次, 三元区 … are no money, nor is 圆 or 块 alone.
_UNIT = re.compile(
    r"""
    \s? (?: 元 (?! [旦素件宵化论帅首老勋月年区桥] | 结构 | 体制 | 二次 | 复始 ) | 圆整 | 块钱 )
    (?: [0-9０-９一二三四五六七八九] 角 )? (?: 零? [0-9０-９一二三四五六七八九] 分 (?! 之 ) )?
    """,
    re.VERBOSE,
)
_SIGN = re.compile(r"[¥￥]\s?$")
# 五千至一万元, 1-3万元; and 二千以上五千元以下, where the first 元 is left out.
_RANGE = re.compile(r"\s?(?:至|到|-|－|—|–|~|～)\s?")
_AND_ABOVE = re.compile(r"以上(?:不满|不足|至)?")
# 处五万以下, 罚5万, 货值3万: 元 left out after 万, in a sentence about money and before nothing that is counted.
_BARE_FOLLOW = re.compile(
    r"""\s? (?:
        $ | [，。；、！？,.;!?)）”"’：:\n至到\-－—–~～和或罚吗呢吧]
      | 以[上下内] | 之间 | 左右 | 封顶 | 起步 | 的?罚 | 的处罚
    )""",
    re.VERBOSE,
)
_MONEY_NEAR = re.compile(r"[罚款金钱价费元赔缴]|货值|所得|营业额|没收|处[^理所于]?$|处(?=[一二三四五六七八九十百0-9])")
_NEAR_CHARS = 12


def find_amounts(text: str) -> list[AmountMention]:
    """Every sum of money in ``text``, in order; a range (五万元以上十万元以下, 1-3万元) is two sums.

    A bare 5万 counts where the sentence speaks of money. Foreign currency (五万美元) and guesses (数万元, 5万余元)
    are left out.
    """
    numbers = find_numbers(text)
    found: list[AmountMention] = []
    later: NumberMention | None = None  # the number after this one, when that is a sum
    for number in reversed(numbers):
        mention = _with_unit(text, number) or _lower_bound(text, number, later) or _bare(text, number)
        later = number if mention else None
        if mention:
            found.append(mention)
    return found[::-1]


def _with_unit(text: str, number: NumberMention) -> AmountMention | None:
    if unit := _UNIT.match(text, number.end):
        try:
            return AmountMention(number.start, unit.end(), parse_amount(text[number.start : unit.end()]))
        except InvalidInput:
            return None
    if sign := _SIGN.search(text[max(0, number.start - 2) : number.start]):
        return AmountMention(number.start - len(sign.group()), number.end, number.value)
    return None


def _lower_bound(text: str, number: NumberMention, later: NumberMention | None) -> AmountMention | None:
    """``number`` as the lower bound of a range whose upper bound ``later`` carries the unit."""
    if later is None:
        return None
    between = text[number.end : later.start]
    if _RANGE.fullmatch(between):
        value = number.value * _shared_scale(
            text[number.start : number.end], number, text[later.start : later.end], later
        )
        return AmountMention(number.start, number.end, value)
    if _AND_ABOVE.fullmatch(between) and number.value >= 100:
        return AmountMention(number.start, number.end, number.value)
    return None


def _shared_scale(low_text: str, low: NumberMention, high_text: str, high: NumberMention) -> Decimal:
    """The 万 or 亿 that 1-3万元 and 一至三万元 write once; 1 in 五千至一万元."""
    for word, scale in (("亿", Decimal(10**8)), ("万", Decimal(10**4))):
        if high_text.endswith(word) and low_text[-1] not in "万亿" and low.value * scale < high.value:
            return scale
    return Decimal(1)


def _bare(text: str, number: NumberMention) -> AmountMention | None:
    if text[number.end - 1] not in "万亿" or not _BARE_FOLLOW.match(text, number.end):
        return None
    before = re.split(r"[。；！？\n]", text[max(0, number.start - _NEAR_CHARS) : number.start])[-1]
    after = re.split(r"[。；！？\n]", text[number.end : number.end + _NEAR_CHARS])[0]
    if not (_MONEY_NEAR.search(before) or _MONEY_NEAR.search(after)):
        return None
    return AmountMention(number.start, number.end, number.value)
