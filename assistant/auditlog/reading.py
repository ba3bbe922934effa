"""Reading the audit log (查阅日志): pages of it, all of it, and whether it still is what was written."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from assistant.auditlog import chain
from assistant.auditlog.contract import (
    ACT_ZH,
    Act,
    LogEntry,
    LogFilter,
    LogPage,
    LogQuery,
    PersonalField,
    Surface,
    Verification,
)
from assistant.auditlog.schema import HEAD, EntryRow, HeadRow, PersonalRow
from assistant.userdata.schema import moment
from assistant.userdata.store import UserData
from corpus.clock import BEIJING
from corpus.errors import StoreUnavailable

_READ_AT_ONCE = 500
_BEFORE_ALL = -(2**31)

_Row = tuple[EntryRow, Sequence[PersonalRow]]


class LogReading:
    """Reads the tables of the log; writes nothing."""

    def __init__(self, userdata: UserData) -> None:
        self._userdata = userdata

    def entries(self, query: LogQuery) -> LogPage:
        """A page of the log, newest first."""
        where = _conditions(query)
        with self._userdata.read() as session:
            total = session.scalar(select(func.count()).select_from(EntryRow).where(*where)) or 0
            wanted = select(EntryRow).where(*where).order_by(EntryRow.seq.desc())
            rows = session.scalars(wanted.limit(query.limit).offset(query.offset)).all()
            words = _words_of(session, rows)
        return LogPage(items=[_entry(row, words.get(row.seq, ())) for row in rows], total=total)

    def all(self, wanted: LogFilter | None = None) -> Iterator[LogEntry]:
        """Every entry that is wanted, oldest first."""
        return (_entry(row, words) for row, words in self._walk(None, _conditions(wanted) if wanted else ()))

    def verify(self, noted: str | None = None) -> Verification:
        """Whether the log holds. A fault is looked for twice: words may be erased while they are read."""
        found = self._verified(noted)
        return found if found.ok else self._verified(noted)

    def _verified(self, noted: str | None) -> Verification:
        check = chain.Check(noted)
        try:
            self._walk_along(check)
        except chain.Fault as fault:
            return _verification(check, fault)
        except StoreUnavailable as error:
            return _verification(check, chain.Fault(None, f"日志无法读取（{error.what}）"))
        return _verification(check)

    def _walk_along(self, check: chain.Check) -> None:
        with self._userdata.read() as session:
            last = session.scalar(select(func.max(EntryRow.seq)))
        end = self._end()
        if end is not None and last is not None and last > end[0]:
            raise chain.Fault(end[0] + 1, f"第 {end[0] + 1} 条在末尾标记之后")
        for row, words in self._walk(end[0] if end else None):
            check.add(_link(row), [_word(word) for word in words])
        check.finish(end)
        with self._userdata.read() as session:
            stray = session.scalar(
                select(func.min(PersonalRow.seq)).where(PersonalRow.seq.not_in(select(EntryRow.seq)))
            )
        if stray is not None:
            raise chain.Fault(stray, f"有第 {stray} 条的个人信息，却没有这一条")

    def _end(self) -> tuple[int, str] | None:
        """The stored end of the chain."""
        with self._userdata.read() as session:
            row = session.get(HeadRow, HEAD)
            return (row.seq, row.hash) if row else None

    def _walk(self, up_to: int | None, where: Sequence[ColumnElement[bool]] = ()) -> Iterator[_Row]:
        """The entries ``where`` these hold, in order, with their words. Raises chain.Fault for an unreadable one."""
        last, step = _BEFORE_ALL, _READ_AT_ONCE
        while True:
            wanted = select(EntryRow).where(EntryRow.seq > last, *where).order_by(EntryRow.seq).limit(step)
            if up_to is not None:
                wanted = wanted.where(EntryRow.seq <= up_to)
            try:
                with self._userdata.read() as session:
                    rows = session.scalars(wanted).all()
                    words = _words_of(session, rows)
            except (StoreUnavailable, ValueError, TypeError):
                if step == 1:
                    unread = max(last, 0) + 1
                    raise chain.Fault(unread, f"第 {unread} 条无法读取") from None
                step = 1
                continue
            if not rows:
                return
            yield from ((row, words.get(row.seq, ())) for row in rows)
            last = rows[-1].seq


def _verification(check: chain.Check, fault: chain.Fault | None = None) -> Verification:
    return Verification(
        ok=fault is None,
        entries=check.entries,
        head=check.head,
        erased=check.incomplete,
        bad_seq=fault.seq if fault else None,
        fault=fault.what if fault else None,
    )


def _link(row: EntryRow) -> chain.Link:
    return chain.Link(row.seq, row.at, row.act, row.surface, row.target, row.facts, row.digests, row.hash)


def _word(row: PersonalRow) -> chain.Word:
    return chain.Word(row.seq, row.field, row.person_id, row.salt, row.value)


def _words_of(session: Session, rows: Sequence[EntryRow]) -> dict[int, list[PersonalRow]]:
    found: dict[int, list[PersonalRow]] = {}
    if rows:
        wanted = select(PersonalRow).where(PersonalRow.seq.in_([row.seq for row in rows]))
        for word in session.scalars(wanted):
            found.setdefault(word.seq, []).append(word)
    return found


def _conditions(query: LogFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if query.act is not None:
        where.append(EntryRow.act == query.act.value)
    if query.surface is not None:
        where.append(EntryRow.surface == query.surface.value)
    if query.target is not None:
        where.append(EntryRow.target == query.target)
    if query.since is not None:
        where.append(EntryRow.at >= _begins(query.since))
    if query.until is not None and query.until < dt.date.max:
        where.append(EntryRow.at < _begins(query.until + dt.timedelta(days=1)))
    if query.person is not None:
        where.append(EntryRow.seq.in_(select(PersonalRow.seq).where(PersonalRow.person_id == query.person)))
    return where


def _begins(day: dt.date) -> str:
    """The moment at which a day begins in China, as moments are stored."""
    if day <= dt.date(1, 1, 1):
        return ""
    return moment(dt.datetime.combine(day, dt.time(), BEIJING).astimezone(dt.UTC))


def _entry(row: EntryRow, words: Iterable[PersonalRow]) -> LogEntry:
    held = {word.field: json.loads(word.value) for word in words}
    act = Act(row.act)
    return LogEntry(
        seq=row.seq,
        at=dt.datetime.fromisoformat(row.at),
        act=act,
        act_zh=ACT_ZH[act],
        surface=Surface(row.surface),
        target=row.target,
        facts=json.loads(row.facts),
        personal=[PersonalField(name=name, value=held.get(name)) for name in sorted(json.loads(row.digests))],
        hash=row.hash,
    )
