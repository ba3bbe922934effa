"""Rounds of practice in the database of user data (练习存储)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, delete, select, update

from assistant.quiz.taking.schema import PracticeRow
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.errors import NotFound


class PutItem(BaseModel):
    """An item as it was put: which one, which revision of it, its options in which order."""

    model_config = ConfigDict(frozen=True)

    id: str
    revision: int
    order: list[int]


class PracticeMark(BaseModel):
    """The first answer to an item of a round: only that counts, for the key is shown after it."""

    model_config = ConfigDict(frozen=True)

    at: dt.datetime
    right: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A round of practice. ``marks`` by the number shown; ``seconds`` are those spent between answers."""

    id: str
    person_id: str
    person_name: str
    department: str
    started_at: dt.datetime
    last_at: dt.datetime
    seconds: int = 0
    items: Sequence[PutItem]
    marks: Mapping[int, PracticeMark] = field(default_factory=dict)


class PracticeStore:
    """Rounds, written and read. Safe to share between threads."""

    def __init__(self, userdata: UserData) -> None:
        self._userdata = userdata
        self._turn = Lock()

    def add(self, practice: Practice) -> None:
        with self._turn, self._userdata.write() as session:
            session.add(
                PracticeRow(
                    id=practice.id,
                    person_id=practice.person_id,
                    person_name=practice.person_name,
                    department=practice.department,
                    started_at=moment(practice.started_at),
                    last_at=moment(practice.last_at),
                    seconds=0,
                    items=json.dumps([item.model_dump() for item in practice.items]),
                    marks="{}",
                )
            )

    def practice(self, practice_id: str, person_id: str) -> Practice:
        """Raises NotFound, the same for another's as for none."""
        with self._userdata.read() as session:
            row = session.get(PracticeRow, practice_id)
            if row is None or row.person_id != person_id:
                raise NotFound("没有这组练习。", remedy="请重新开始练习。")
            return _practice(row)

    def note(self, practice_id: str, number: int, mark: PracticeMark, longest_gap_s: int) -> None:
        """Keep the first answer to an item, and the time since the last sign of life, a pause cut short."""
        with self._turn, self._userdata.write() as session:
            row = session.get(PracticeRow, practice_id)
            if row is None:
                return
            held = _practice(row)
            if number in held.marks:
                return
            gap = int((mark.at - held.last_at).total_seconds())
            marks = {n: m.model_dump(mode="json") for n, m in {**held.marks, number: mark}.items()}
            session.execute(
                update(PracticeRow)
                .where(PracticeRow.id == practice_id)
                .values(
                    marks=json.dumps(marks),
                    last_at=moment(mark.at),
                    seconds=held.seconds + max(0, min(gap, longest_gap_s)),
                )
            )

    def of_person(self, person_id: str) -> list[Practice]:
        return self._all(PracticeRow.person_id == person_id)

    def begun_between(
        self, since: dt.datetime | None, until: dt.datetime | None, person_id: str | None = None
    ) -> list[Practice]:
        """Rounds in which something was answered that began from ``since`` until before ``until``."""
        where: list[ColumnElement[bool]] = [PracticeRow.marks != "{}"]
        where += [PracticeRow.started_at >= moment(since)] if since else []
        where += [PracticeRow.started_at < moment(until)] if until else []
        where += [PracticeRow.person_id == person_id] if person_id is not None else []
        return self._all(*where)

    def erase(self, person_id: str) -> int:
        with self._turn, self._userdata.write() as session:
            gone = session.execute(
                delete(PracticeRow).where(PracticeRow.person_id == person_id).returning(PracticeRow.id)
            )
            return len(gone.all())

    def _all(self, *where: ColumnElement[bool]) -> list[Practice]:
        wanted = select(PracticeRow).where(*where).order_by(PracticeRow.started_at.desc(), PracticeRow.id)
        with self._userdata.read() as session:
            return [_practice(row) for row in session.scalars(wanted)]


def _practice(row: PracticeRow) -> Practice:
    return Practice(
        id=row.id,
        person_id=row.person_id,
        person_name=row.person_name,
        department=row.department,
        started_at=dt.datetime.fromisoformat(row.started_at),
        last_at=dt.datetime.fromisoformat(row.last_at),
        seconds=row.seconds,
        items=[PutItem.model_validate(item) for item in json.loads(row.items)],
        marks={int(number): PracticeMark.model_validate(mark) for number, mark in json.loads(row.marks).items()},
    )
