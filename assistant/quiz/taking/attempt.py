"""One attempt as a value (作答记录): what is saved, when it is over, how it is graded. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from assistant.quiz.paper_contract import Answer, AttemptState
from assistant.quiz.papers.showing import own_answer
from assistant.quiz.papers.store import Sheet
from assistant.quiz.taking.grading import grade, is_answered

GRACE = dt.timedelta(seconds=30)
"""What arrives so much after the end counts: it was on its way when the time was over."""


class Mark(BaseModel):
    """What one item earned (得分), as it is kept."""

    model_config = ConfigDict(frozen=True)

    item_id: str
    score: Decimal | None = None
    right: bool | None = None
    answered: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One person's taking of a paper. ``answers`` by the number shown, ``marks`` in the paper's own order."""

    id: str
    paper_id: str
    person_id: str
    ordinal: int
    person_name: str
    department: str
    variant: str
    count: int
    total: Decimal
    state: AttemptState
    started_at: dt.datetime
    ends_at: dt.datetime
    submitted_at: dt.datetime | None = None
    sequence: int = 0
    answers: Mapping[int, Answer] = field(default_factory=dict)
    marks: Sequence[Mark] = ()
    score: Decimal | None = None

    @property
    def running(self) -> bool:
        return self.state is AttemptState.RUNNING

    def seconds_left(self, now: dt.datetime) -> int:
        return max(0, int((self.ends_at - now).total_seconds())) if self.running else 0

    def overdue(self, now: dt.datetime) -> bool:
        """Whether it is to be submitted as it was saved."""
        return self.running and now > self.ends_at + GRACE

    def seconds_taken(self) -> Decimal:
        return Decimal(int((self.submitted_at - self.started_at).total_seconds())) if self.submitted_at else Decimal(0)


def with_answers(attempt: Attempt, answers: Mapping[int, Answer], sequence: int) -> Attempt:
    """The attempt with answers given since; numbers that are not on the paper are left out."""
    real = {number: answer for number, answer in answers.items() if 1 <= number <= attempt.count}
    return replace(attempt, answers={**attempt.answers, **real}, sequence=sequence)


def submitted(attempt: Attempt, sheet: Sheet, at: dt.datetime) -> Attempt:
    """The attempt graded, as submitted at a moment, at its end at the latest."""
    variant = sheet.variant(attempt.variant)
    number_of = {own: number for number, own in enumerate(variant.items, start=1)}
    marks = []
    for own, entry in enumerate(sheet.items):
        answer = attempt.answers.get(number_of[own])
        given = own_answer(answer, variant.options[own]) if answer is not None else None
        graded = grade(entry.item, given, entry.points)
        answered = given is not None and is_answered(entry.item.form, given)
        marks.append(Mark(item_id=entry.item.id, score=graded.score, right=graded.right, answered=answered))
    at = max(attempt.started_at, min(at, attempt.ends_at))
    return _scored(replace(attempt, submitted_at=at), marks)


def marked(attempt: Attempt, sheet: Sheet, scores: Mapping[int, Decimal], notes: Mapping[int, str]) -> Attempt:
    """The attempt with a person's marks, by the number shown."""
    own_of = dict(enumerate(sheet.variant(attempt.variant).items, start=1))
    marks = list(attempt.marks)
    for number, score in scores.items():
        own = own_of[number]
        marks[own] = marks[own].model_copy(update={"score": score, "right": score == sheet.items[own].points})
    for number, note in notes.items():
        marks[own_of[number]] = marks[own_of[number]].model_copy(update={"note": note})
    return _scored(attempt, marks)


def _scored(attempt: Attempt, marks: Sequence[Mark]) -> Attempt:
    scores = [mark.score for mark in marks]
    known = [score for score in scores if score is not None]
    whole = len(known) == len(scores)
    state = AttemptState.MARKED if whole else AttemptState.SUBMITTED
    return replace(attempt, marks=tuple(marks), state=state, score=sum(known, Decimal(0)) if whole else None)
