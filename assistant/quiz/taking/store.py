"""Attempts in the database of user data (作答存储): every change is one short transaction.

Answers are replaced only while the attempt runs and stands at the sequence that was read, so that two requests at once
cannot undo each other.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, func, select, update

from assistant.quiz.paper_contract import Answer, AttemptState
from assistant.quiz.taking.attempt import Attempt, Mark
from assistant.quiz.taking.schema import AttemptRow
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.errors import NotFound

GONE = "gone-"
"""How the person of an attempt begins whose name was taken off; each attempt gets another, so none can be joined."""
NOBODY = "（已删除）"


class AttemptStore:
    """Attempts, written and read. Safe to share between threads."""

    def __init__(self, userdata: UserData) -> None:
        self._userdata = userdata
        self._turn = Lock()  # writers wait here in turn rather than poll the database

    # ---- one attempt -----------------------------------------------------------------------------------------------

    def attempt(self, attempt_id: str, person_id: str | None = None) -> Attempt:
        """An attempt, of this person where one is named. Raises NotFound, the same for another's as for none."""
        with self._userdata.read() as session:
            row = session.get(AttemptRow, attempt_id)
            if row is None or (person_id is not None and row.person_id != person_id):
                raise no_attempt()
            return _attempt(row)

    def begin(self, attempt: Attempt, most: int, variants: Sequence[str]) -> Attempt | None:
        """The person's running attempt of the paper, a new one numbered and given a variant, or None after so many."""
        of_paper = AttemptRow.paper_id == attempt.paper_id
        with self._turn, self._userdata.write() as session:
            own = session.scalars(select(AttemptRow).where(of_paper, AttemptRow.person_id == attempt.person_id)).all()
            for row in own:
                if row.state == AttemptState.RUNNING:
                    return _attempt(row)
            if len(own) >= most:
                return None
            begun = session.scalar(select(func.count()).select_from(AttemptRow).where(of_paper)) or 0
            row = AttemptRow(
                id=attempt.id,
                paper_id=attempt.paper_id,
                person_id=attempt.person_id,
                ordinal=len(own) + 1,
                person_name=attempt.person_name,
                department=attempt.department,
                variant=variants[begun % len(variants)],
                count=attempt.count,
                total=str(attempt.total),
                state=AttemptState.RUNNING.value,
                started_at=moment(attempt.started_at),
                ends_at=moment(attempt.ends_at),
                sequence=0,
                answers="{}",
                marks="[]",
            )
            session.add(row)
            return _attempt(row)

    def keep_answers(self, attempt: Attempt, read_at: int) -> bool:
        """Keep the answers unless they changed since they were read at a sequence, or the attempt is over."""
        return self._change(attempt.id, read_at, sequence=attempt.sequence, answers=_answers_json(attempt.answers))

    def finish(self, attempt: Attempt, read_at: int) -> bool:
        """Keep the attempt as submitted, on the same condition."""
        return self._change(
            attempt.id, read_at, sequence=attempt.sequence, answers=_answers_json(attempt.answers), **_result(attempt)
        )

    def keep_marks(self, attempt: Attempt, read: Attempt) -> bool:
        """Keep the marks given to an attempt that was ``read``; False where others marked it meanwhile."""
        unmarked = (AttemptRow.id == attempt.id, AttemptRow.marks == _marks_json(read.marks))
        with self._turn, self._userdata.write() as session:
            done = session.execute(update(AttemptRow).where(*unmarked).values(**_result(attempt)))
            assert isinstance(done, CursorResult)
            return done.rowcount == 1

    def end(self, paper_id: str, at: dt.datetime) -> None:
        """Let the running attempts of a paper end at a moment, if they end later."""
        later = (AttemptRow.paper_id == paper_id, AttemptRow.state == AttemptState.RUNNING.value)
        with self._turn, self._userdata.write() as session:
            session.execute(
                update(AttemptRow).where(*later, AttemptRow.ends_at > moment(at)).values(ends_at=moment(at))
            )

    def retime(self, paper_id: str, lasting: dt.timedelta, closes_at: dt.datetime | None, now: dt.datetime) -> None:
        """Give the attempts of a paper that run at ``now`` so long from their start, to its closing at the most."""
        running = (AttemptRow.paper_id == paper_id, AttemptRow.state == AttemptState.RUNNING.value)
        with self._turn, self._userdata.write() as session:
            for row in session.scalars(select(AttemptRow).where(*running, AttemptRow.ends_at > moment(now))):
                ends = dt.datetime.fromisoformat(row.started_at) + lasting
                row.ends_at = moment(min(ends, closes_at) if closes_at else ends)

    def _change(self, attempt_id: str, read_at: int, **values: Any) -> bool:
        unchanged = (
            AttemptRow.id == attempt_id,
            AttemptRow.state == AttemptState.RUNNING.value,
            AttemptRow.sequence == read_at,
        )
        with self._turn, self._userdata.write() as session:
            done = session.execute(update(AttemptRow).where(*unchanged).values(**values))
            assert isinstance(done, CursorResult)
            return done.rowcount == 1

    # ---- many attempts ---------------------------------------------------------------------------------------------

    def of_paper(self, paper_id: str) -> list[Attempt]:
        """Everybody's attempts of a paper, the last begun first."""
        return self._all(AttemptRow.paper_id == paper_id)

    def of_person(self, person_id: str) -> list[Attempt]:
        return self._all(AttemptRow.person_id == person_id)

    def running_of(self, person_id: str) -> list[Attempt]:
        return self._all(AttemptRow.person_id == person_id, AttemptRow.state == AttemptState.RUNNING.value)

    def ended(self, before: dt.datetime) -> list[Attempt]:
        """Running attempts whose time was over before a moment."""
        return self._all(AttemptRow.state == AttemptState.RUNNING.value, AttemptRow.ends_at < moment(before))

    def begun_between(
        self, since: dt.datetime | None, until: dt.datetime | None, person_id: str | None = None
    ) -> list[Attempt]:
        """Submitted attempts that began from ``since`` until before ``until``, of people whose name is kept."""
        where: list[ColumnElement[bool]] = [
            AttemptRow.submitted_at.is_not(None),
            AttemptRow.person_id.not_like(f"{GONE}%"),
        ]
        where += [AttemptRow.started_at >= moment(since)] if since else []
        where += [AttemptRow.started_at < moment(until)] if until else []
        where += [AttemptRow.person_id == person_id] if person_id is not None else []
        return self._all(*where)

    def taken(self, paper_ids: Collection[str], person_id: str | None = None) -> dict[str, int]:
        """How many attempts there are of each paper, of everybody or of one person."""
        wanted = select(AttemptRow.paper_id, func.count()).where(AttemptRow.paper_id.in_(paper_ids))
        if person_id is not None:
            wanted = wanted.where(AttemptRow.person_id == person_id)
        with self._userdata.read() as session:
            return {row[0]: row[1] for row in session.execute(wanted.group_by(AttemptRow.paper_id))}

    # ---- personal data ---------------------------------------------------------------------------------------------

    def take_name_off(self, attempts: Sequence[Attempt]) -> None:
        """Keep results without the person; words that a person wrote freely go."""
        with self._turn, self._userdata.write() as session:
            for attempt in attempts:
                silent = {n: a.model_copy(update={"words": ""}) for n, a in attempt.answers.items()}
                marks = [mark.model_copy(update={"note": ""}) for mark in attempt.marks]
                session.execute(
                    update(AttemptRow)
                    .where(AttemptRow.id == attempt.id)
                    .values(
                        person_id=GONE + uuid.uuid4().hex,
                        person_name=NOBODY,
                        answers=_answers_json(silent),
                        marks=_marks_json(marks),
                    )
                )

    def _all(self, *where: ColumnElement[bool]) -> list[Attempt]:
        wanted = select(AttemptRow).where(*where).order_by(AttemptRow.started_at.desc(), AttemptRow.id)
        with self._userdata.read() as session:
            return [_attempt(row) for row in session.scalars(wanted)]


def no_attempt() -> NotFound:
    """The same whether there is none, it is another's, or its paper is hidden."""
    return NotFound("没有这份作答。", remedy="请从考试列表进入。")


def _result(attempt: Attempt) -> dict[str, Any]:
    return {
        "state": attempt.state.value,
        "submitted_at": moment(attempt.submitted_at) if attempt.submitted_at else None,
        "marks": _marks_json(attempt.marks),
        "score": None if attempt.score is None else str(attempt.score),
    }


def _answers_json(answers: Mapping[int, Answer]) -> str:
    kept = {number: answer.model_dump(mode="json", exclude_defaults=True) for number, answer in answers.items()}
    return json.dumps(kept, ensure_ascii=False)


def _marks_json(marks: Sequence[Mark]) -> str:
    return json.dumps([mark.model_dump(mode="json", exclude_defaults=True) for mark in marks], ensure_ascii=False)


def _attempt(row: AttemptRow) -> Attempt:
    return Attempt(
        id=row.id,
        paper_id=row.paper_id,
        person_id=row.person_id,
        ordinal=row.ordinal,
        person_name=row.person_name,
        department=row.department,
        variant=row.variant,
        count=row.count,
        total=Decimal(row.total),
        state=AttemptState(row.state),
        started_at=dt.datetime.fromisoformat(row.started_at),
        ends_at=dt.datetime.fromisoformat(row.ends_at),
        submitted_at=dt.datetime.fromisoformat(row.submitted_at) if row.submitted_at else None,
        sequence=row.sequence,
        answers={int(number): Answer.model_validate(given) for number, given in json.loads(row.answers).items()},
        marks=tuple(Mark.model_validate(mark) for mark in json.loads(row.marks)),
        score=None if row.score is None else Decimal(row.score),
    )
