"""The wrong-answer book (错题本), from what a person answered in exams and in practice. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

LEARNT = 3
"""An item leaves the book after so many right answers in a row."""


@dataclass(frozen=True, slots=True, order=True)
class Answered:
    """One graded answer of a person."""

    at: dt.datetime
    item_id: str
    right: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """An item of the book: how often wrong, when last, and how often right since."""

    item_id: str
    wrong: int
    last_wrong: dt.datetime
    right_since: int


def wrong_book(answers: Iterable[Answered]) -> list[Wrong]:
    """The book, the last mistake first."""
    book: dict[str, Wrong] = {}
    for answer in sorted(answers):
        held = book.get(answer.item_id)
        if not answer.right:
            times = held.wrong if held else 0
            book[answer.item_id] = Wrong(answer.item_id, times + 1, answer.at, 0)
        elif held is not None:
            book[answer.item_id] = Wrong(held.item_id, held.wrong, held.last_wrong, held.right_since + 1)
    left = (wrong for wrong in book.values() if wrong.right_since < LEARNT)
    return sorted(left, key=lambda wrong: (wrong.last_wrong, wrong.item_id), reverse=True)
