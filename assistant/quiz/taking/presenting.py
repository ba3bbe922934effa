"""What is sent of an attempt (作答展示): before submission the questions alone, after it everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from assistant.quiz.contract import QuizItem
from assistant.quiz.paper_contract import Answer, AskedItem, AskedPaper, MarkedItem, Result
from assistant.quiz.papers.showing import shown_item
from assistant.quiz.papers.store import PaperHead, Sheet
from assistant.quiz.taking.attempt import Attempt

Shown = Callable[[QuizItem], bool]
"""Whether the key of an item may be shown to somebody now."""

_TENTH = Decimal("0.1")


def asked_paper(attempt: Attempt, head: PaperHead, sheet: Sheet, now: dt.datetime) -> AskedPaper:
    """The paper as its variant shows it, with the answers saved so far and no key."""
    return AskedPaper(
        attempt_id=attempt.id,
        paper_id=head.id,
        title=head.title,
        note=head.note,
        variant=attempt.variant,
        total=head.total,
        started_at=attempt.started_at,
        ends_at=attempt.ends_at,
        seconds_left=attempt.seconds_left(now),
        state=attempt.state,
        items=[_with_answer(one, attempt.answers.get(one.number)) for one in sheet.asked[attempt.variant]],
    )


def result(attempt: Attempt, title: str, sheet: Sheet | None = None, shown: Shown = lambda _item: True) -> Result:
    """What came of an attempt; with the sheet, item by item as far as they may be shown."""
    return Result(
        attempt_id=attempt.id,
        paper_id=attempt.paper_id,
        title=title,
        variant=attempt.variant,
        person=attempt.person_name,
        department=attempt.department,
        state=attempt.state,
        started_at=attempt.started_at,
        submitted_at=attempt.submitted_at,
        minutes=minutes(attempt.seconds_taken()),
        score=attempt.score,
        total=attempt.total,
        items=_marked_items(attempt, sheet, shown) if sheet is not None and not attempt.running else [],
    )


def _with_answer(asked: AskedItem, answer: Answer | None) -> AskedItem:
    return asked if answer is None else asked.model_copy(update={"answer": answer})


def minutes(seconds: Decimal | int) -> Decimal:
    """Minutes to a tenth."""
    return (Decimal(seconds) / 60).quantize(_TENTH, ROUND_HALF_UP)


def _marked_items(attempt: Attempt, sheet: Sheet, shown: Shown) -> list[MarkedItem]:
    variant = sheet.variant(attempt.variant)
    found = []
    for number, own in enumerate(variant.items, start=1):
        entry, mark = sheet.items[own], attempt.marks[own]
        if not shown(entry.item):
            continue
        item = shown_item(entry.item, variant.options[own])
        found.append(
            MarkedItem(
                number=number,
                points=entry.points,
                score=mark.score,
                item=item,
                key=item.key,
                answer=attempt.answers.get(number),
                right=mark.right,
                note=mark.note,
            )
        )
    return found
