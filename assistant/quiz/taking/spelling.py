"""When two ways of writing are the same answer (填空比较): 五日, 5日 and ５ 日; 百分之五 and 5%; 5万元 and 50000元."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from corpus.errors import InvalidInput
from corpus.money import parse_amount
from corpus.numerals import parse_decimal

_NUMBER = re.compile(
    r"""
    (?: [0-9]{1,3} (?: , [0-9]{3} (?![0-9]) )+ | [0-9]+ ) (?: \.[0-9]+ )? [十百千万亿]* (?: [0-9]+ [十百千万亿]+ )*
  | (?: (?! 百分之 | 千分之 ) [〇○零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟] )+
    (?: 点 [〇零一二三四五六七八九]+ [十百千万亿]* )?
    """,
    re.VERBOSE,
)
_PERCENT = re.compile(r"百分之([0-9.]+)")
_PER_MILLE = re.compile(r"千分之([0-9.]+)")
_FRACTION = re.compile(r"([0-9]+)分之([0-9]+)")
_MARKS = str.maketrans({**dict.fromkeys("《》〈〉“”‘’「」\"'", None), "、": ",", "。": ".", "—": "-", "–": "-"})
_LARGEST = Decimal(10) ** 18


def plain(text: str) -> str:
    """The words as they are compared: half-width, without white space, quotation marks and a closing mark."""
    text = "".join(unicodedata.normalize("NFKC", text).split()).translate(_MARKS)
    text = _NUMBER.sub(_in_digits, text)
    text = _FRACTION.sub(r"\2/\1", _PER_MILLE.sub(r"\1‰", _PERCENT.sub(r"\1%", text)))
    return text.rstrip(".,;:").casefold()


def same_words(given: str, accepted: str) -> bool:
    """Whether two ways of writing are the same; nothing is never the same as something."""
    return bool(plain(given)) and plain(given) == plain(accepted)


def yuan(text: str) -> Decimal | None:
    """The sum that is written (5000, 5000元, 5千元, 0.5万元, 五千元整); None where it is no sum."""
    written = "".join(unicodedata.normalize("NFKC", text).split())
    for read in (parse_amount, parse_decimal):
        try:
            found = read(written) if written else None
        except (InvalidInput, ArithmeticError, ValueError):
            continue
        if found is not None and 0 <= found < _LARGEST:
            return found
    return None


def _in_digits(match: re.Match[str]) -> str:
    try:
        value = parse_decimal(match.group())
    except (InvalidInput, ArithmeticError, ValueError):
        return match.group()
    return format(value.normalize(), "f") if value < _LARGEST else match.group()
