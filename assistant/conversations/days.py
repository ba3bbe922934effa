"""Days in a follow-up (追问中的日期): a whole date, or a year or month from which only a likely day can be told."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

_WHOLE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})(?!\d)\s*[日号]?")
_PARTIAL = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年(?:\s*(\d{1,2})\s*月)?(?:份|底|初|时)?")
_NAMED = re.compile(r"大前年|前年|去年|现在|现行(?:的?规定)?|目前|如今|今年")
_YEARS_AGO = {"去年": 1, "前年": 2, "大前年": 3}
_AROUND = re.compile(r"(?:发生|做|干|犯)?(?:在|是|按|照|到)?")


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day that a question speaks of. ``whole``: the day itself is written, not only its year or month."""

    day: dt.date
    words: str
    whole: bool


def day_said(question: str, today: dt.date) -> SaidDay | None:
    """The one day a question speaks of; of a year or month its last day, or today where that has not passed.

    None where it speaks of no day, or of several.
    """
    whole = [d for d in (_day(*found.groups()) for found in _WHOLE.finditer(question)) if d]
    if whole:
        return SaidDay(whole[0], f"{whole[0]:%Y-%m-%d}", True) if len(set(whole)) == 1 else None
    partial = list(_PARTIAL.finditer(question))
    if len(partial) == 1:
        year, month = int(partial[0][1]), int(partial[0][2] or 12)
        if not 1 <= month <= 12:
            return None
        last = dt.date(year, month, calendar.monthrange(year, month)[1])
        return SaidDay(min(last, today), partial[0][0], False)
    named = _NAMED.search(question)
    if named is None or partial:
        return None
    ago = _YEARS_AGO.get(named[0])
    return SaidDay(dt.date(today.year - ago, 12, 31) if ago else today, named[0], ago is None)


def without_days(words: str) -> str:
    """The words without the days they name, and without what only led to them."""
    if not any(pattern.search(words) for pattern in (_WHOLE, _PARTIAL, _NAMED)):
        return words
    for pattern in (_WHOLE, _PARTIAL, _NAMED):
        words = re.sub(
            rf"(?:{_AROUND.pattern})(?:{pattern.pattern})(?:的事儿?|的时候|那会儿|发生的?|做的|干的|的)?", "", words
        )
    return words.strip("，,、 的")


def _day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
