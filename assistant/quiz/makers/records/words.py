"""Words of records as an item says them (记录文字): without stray blanks, without the marks at their ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.discretion.contract import BoundsInfo
from corpus.citations.keys import short_title

BRIEF = 400
_READING = re.compile(r"(?<=）)，“以上”“以下”均包括本数（[^）]*）(?=；)")
"""How the statute's own bounds are read: beside the benchmark's other reading it would seem to contradict it."""
_CJK_BLANK = re.compile(r"\s+(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s+|(?<=\d)\s+(?=\d)")
_ORDER_TO_MEND = re.compile(r"^(?:责令)?(?:限期|立即)?改正，(?=.)")
_MENDED = re.compile(r"(?<!未)(?<!不)(?<!没有)改正[”」]?$")
_NUMBERED = re.compile(r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.．、])\s*")


def tidy(words: str) -> str:
    """One line without the blanks that layout put between Chinese characters, and without marks at its end."""
    return _CJK_BLANK.sub("", words.strip()).replace("\n", "").strip().rstrip("；;。，,、：:")


def act(title: str) -> str:
    """A violation as a noun phrase for a sentence: 未按规定明码标价 (…的 and its number taken away)."""
    return _NUMBERED.sub("", tidy(title)).removesuffix("的")


def short(title: str) -> str:
    """《…》 with the title as examiners say it."""
    return f"《{short_title(title)}》"


def fine_alone(fine: str) -> str:
    """处三千元以下罚款 of 并处三千元以下罚款: a fine that is told without what it is imposed beside."""
    return re.sub(r"^(可以)?并处", r"\1处", fine)


def sum_alone(fine: str) -> str:
    """三千元以下罚款 of 可以处三千元以下罚款: beside fines that are told with another verb."""
    return re.sub(r"^(?:可以)?并?处(?=[〇一二两三四五六七八九十百千万0-9])", "", fine)


def verb_of_fine(fine: str) -> str:
    """How a fine is imposed: 可以处, 并处; "" where none is."""
    found = re.search(r"(?:可以)?(?:单处或者)?并?处(?=[^，；。]*罚款)", fine)
    return found.group() if found is not None else ""


def with_fine(when: str, fine: str) -> str:
    """…的，处三千元以下罚款: a condition and its fine as one sentence; who has mended is not told to mend again."""
    return f"{when}的，{without_order(fine) if tells_mended(when) else fine}"


def tells_mended(when: str) -> bool:
    return bool(_MENDED.search(when))


def without_order(fine: str) -> str:
    """处三千元以下罚款 of 限期改正，处三千元以下罚款."""
    return _ORDER_TO_MEND.sub("", fine)


def bounds_told(bounds: BoundsInfo) -> str:
    """“以上”包括本数。: what puts a number at the lower end of a band into it."""
    return bounds.text.partition("（")[0].partition("，“以下”")[0].rstrip("。") + "。"


def brief(words: str) -> str:
    return words if len(words) <= BRIEF else f"{words[: BRIEF - 1]}…"


def working_lines(lines: Sequence[str]) -> list[str]:
    """The desk's working as an item shows it."""
    return [brief(_READING.sub("", line)) for line in lines][:60]


def wan(yuan: Decimal) -> str:
    """A sum as an officer writes it: 120万元, 8500元."""
    if yuan >= 10000 and yuan % 1000 == 0:
        return f"{yuan / 10000:f}".rstrip("0").rstrip(".") + "万元" if yuan % 10000 else f"{int(yuan / 10000)}万元"
    return f"{plain_number(yuan)}元"


def plain_number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def joined(parts: Sequence[str]) -> str:
    return "；".join(part for part in parts if part)
