"""Chinese numerals (中文数字) of articles, amounts and periods, in both directions.

``cn2an`` does the positional arithmetic (its strict mode is proved on every number up to 99,999 by the tests); this
module decides which ways of writing a number are accepted at all.
"""

from __future__ import annotations

import re

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
    raise InvalidInput(
        f"“{text}”不是能够确定的数字。", remedy="请写成阿拉伯数字，或规范的中文数字，例如“124”“一百二十四”。"
    )


def format_number(n: int) -> str:
    """``n`` as 法律 prints it: 十, 一百一十, 一百二十四, 一千零五十六. Raises InvalidInput outside 0..10**16-1."""
    if not 0 <= n <= LARGEST:
        raise InvalidInput(f"{n} 超出可写成中文数字的范围（0 至 {LARGEST}）。")
    return str(cn2an.an2cn(n, "low"))
