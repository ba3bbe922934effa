"""Which refused questions are alike (归并), and what of their words is kept. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.curated.matching import plain_form

LEAST_SHARED = 0.75
"""Share of character pairs (Dice) from which on two questions are alike."""
_MOST_CHARS = 500
# Identity cards, telephones, account numbers, number plates: nothing of law is that long a row of digits.
_PERSONAL = re.compile(
    r"[0-9０-９][0-9０-９\s-]{5,}[0-9０-９XxＸｘ]"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Za-z][·\s]?[A-Za-z0-9]{5,6}"
    r"|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.]+"
)


def masked(question: str) -> str:
    """The question without long numbers, plates and mail addresses, which may tell of a person.

    >>> masked("13800138000的浙B12345停在盲道上")
    '＊＊＊的＊＊＊停在盲道上'
    """
    return _PERSONAL.sub("＊＊＊", " ".join(question.split()))[:_MOST_CHARS]


def alike(form: str, others: Iterable[str]) -> str | None:
    """The form most like this one, of those near enough; numbers must be the same."""
    pairs, numbers = _pairs(form), _numbers(form)
    best, share = None, LEAST_SHARED
    for other in others:
        if other == form:
            return other
        theirs = _pairs(other)
        dice = 2 * len(pairs & theirs) / max(1, len(pairs) + len(theirs))
        if dice >= share and _numbers(other) == numbers:
            best, share = other, dice
    return best


def form_of(question: str) -> str:
    """What a question is grouped by."""
    return plain_form(question)[:_MOST_CHARS]


def _pairs(form: str) -> frozenset[str]:
    return frozenset(form[i : i + 2] for i in range(len(form) - 1)) or frozenset({form})


def _numbers(form: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"[0-9]+", form)))
