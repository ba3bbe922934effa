"""Points for an answer (评分): pure, in the item's own order of options. Free words wait for a person's marks.

The rule for 多选 is ``PARTIAL_CREDIT``: all right options earn everything, some of them and no other half, anything
else nothing. Blanks earn equal shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.quiz.contract import Form, ItemContent
from assistant.quiz.paper_contract import Answer
from assistant.quiz.taking.spelling import same_words, yuan

_CENT = Decimal("0.01")
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer earned; both None while a person has to mark it. ``right``: it earned everything."""

    score: Decimal | None
    right: bool | None


WAITS = Grade(None, None)


def grade(item: ItemContent, answer: Answer | None, points: Decimal) -> Grade:
    """The points that ``answer`` earns of ``points``; no answer earns nothing."""
    if answer is None or not is_answered(item.form, answer):
        return Grade(_NOTHING, False)
    match item.form:
        case Form.ONE:
            return _all_or_nothing(set(answer.chosen) == set(item.key.correct), points)
        case Form.MANY:
            return _many(set(answer.chosen), set(item.key.correct), points)
        case Form.TRUTH:
            return _all_or_nothing(answer.truth is item.key.truth, points)
        case Form.BLANKS:
            return _blanks(answer.blanks, item.key.blanks, points)
        case Form.AMOUNT:
            return _all_or_nothing(yuan(answer.amount) == item.key.amount, points)
        case Form.POINTS:
            return WAITS


def is_answered(form: Form, answer: Answer) -> bool:
    """Whether anything was answered in the way that the form asks for."""
    match form:
        case Form.ONE | Form.MANY:
            return bool(answer.chosen)
        case Form.TRUTH:
            return answer.truth is not None
        case Form.BLANKS:
            return any(words.strip() for words in answer.blanks)
        case Form.AMOUNT:
            return bool(answer.amount.strip())
        case Form.POINTS:
            return bool(answer.words.strip())


def _all_or_nothing(right: bool, points: Decimal) -> Grade:
    return Grade(points if right else _NOTHING, right)


def _many(chosen: set[int], correct: set[int], points: Decimal) -> Grade:
    if chosen == correct:
        return Grade(points, True)
    return Grade(_rounded(points / 2) if chosen < correct else _NOTHING, False)


def _blanks(given: list[str], accepted: list[list[str]], points: Decimal) -> Grade:
    pairs = zip(given, accepted, strict=False)  # blanks that were left out at the end are wrong
    right = sum(any(same_words(words, one) for one in spellings) for words, spellings in pairs)
    if right == len(accepted):
        return Grade(points, True)
    return Grade(_rounded(points * right / len(accepted)), False)


def _rounded(points: Decimal) -> Decimal:
    return points.quantize(_CENT, ROUND_HALF_UP)
