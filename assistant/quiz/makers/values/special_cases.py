"""Whether a paragraph goes on with another value for part of what a fact says (同款另定数值的情形).

超过核定载质量的，处…；超过核定载质量百分之三十…的，处…: told alone, the first would be said of every overload. Cases
that come after (情节严重的, 拒不改正的) say themselves when they hold and leave the first its own.
"""

from __future__ import annotations

import re

from assistant.encyclopedia.limits import find_limits
from assistant.quiz.makers.sets.reserves import rest_of_paragraph
from assistant.quiz.makers.values.model import Fact, Limit, Range
from corpus.discretion.expressions import compact, find_expressions

_PART = re.compile("[；。]")
_NUMBER = re.compile(r"(?:达到?|在|满)?(?:百分之)?[0-9〇一二两三四五六七八九十百千万]+(?![级类条款项])")
_ACT = 4
"""So many characters before a number are the act again: 额定乘员 of 超过额定乘员百分之二十."""
_FRAME = 6
"""So many characters beside a period are the same rule: 的时间不得超过."""


def has_special_case(fact: Fact) -> bool:
    """Whether a later clause of the paragraph sets another value where the fact's own words would hold as well."""
    rest = rest_of_paragraph(fact.provision.text, fact.whole[1])
    parts = _PART.split(rest)[1:]
    match fact.value:
        case Range() as fine:
            return any(_is_a_tier(part, fact.before, fine.unit) for part in parts)
        case Limit() as limit:
            after = _PART.split(rest)[0]
            return any(_is_another_period(part, fact.before, after, limit) for part in parts)
        case _:
            return False


def _is_a_tier(part: str, before: str, unit: str) -> bool:
    """超过核定载质量百分之三十…的，处…: the act again with a number, and a fine of its own."""
    condition, comma, measure = part.partition("的，")
    if not comma or not any(e.unit == unit for e in find_expressions(compact(measure))):
        return False
    return any(
        n.start() >= _ACT and condition[n.start() - _ACT : n.start()] in before for n in _NUMBER.finditer(condition)
    )


def _is_another_period(part: str, before: str, after: str, limit: Limit) -> bool:
    """…的，询问查证的时间不得超过二十四小时: a condition, and another period in the same words."""
    for found in find_limits(part, 0, len(part)):
        number = _NUMBER.search(part, found.span[0])
        if number is None or found.unit is not limit.unit or found.number == limit.number:
            continue
        lead, follow = part[: number.start()], part[found.span[1] :]
        same = before.endswith(lead[-_FRAME:]) or (len(follow) >= _FRAME and follow[:_FRAME] in after)
        if "的，" in lead and len(lead) >= _FRAME and same and "延长" not in lead:
            return True
    return False
