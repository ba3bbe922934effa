"""The audit log in the database of user data (操作日志): entries added one by one, listed, verified, erased."""

from __future__ import annotations

import datetime as dt
import json
import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import ColumnElement, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.accounts.principal import Principal
from assistant.auditlog import chain, origin
from assistant.auditlog.contract import Act, Erasure, Fact, LogEntry, LogFilter, LogPage, LogQuery, Verification
from assistant.auditlog.reading import LogReading
from assistant.auditlog.schema import HEAD, EntryRow, HeadRow, PersonalRow
from assistant.settings import Settings
from assistant.userdata.schema import moment
from assistant.userdata.store import UserData
from corpus.errors import StoreUnavailable

log = logging.getLogger(__name__)

_SALT_BYTES = 16
_ENTRIES, _PERSONAL, _HEAD = (cast(Table, row.__table__) for row in (EntryRow, PersonalRow, HeadRow))

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class AuditLog:
    """The log of one installation; implements ``Recorder`` and ``AuditLogReader``. Safe between threads and processes.

    ``required``: whether an act that cannot be recorded must not happen; otherwise the failure is only logged.
    ``keep_days``: how long personal words are kept; None keeps them until somebody erases them.
    """

    def __init__(
        self, userdata: UserData, *, required: bool = True, keep_days: int | None = None, now: Clock = utc_now
    ) -> None:
        self._userdata = userdata
        self._required = required
        self._keep = dt.timedelta(days=keep_days) if keep_days is not None else None
        self._now = now
        self._one_writer = threading.Lock()
        self._swept: dt.date | None = None
        self._reading = LogReading(userdata)

    # ---- recording -----------------------------------------------------------------------------------------------

    def record(
        self,
        act: Act,
        by: Principal | None,
        *,
        target: str = "",
        whom: str | None = None,
        personal: Mapping[str, str] | None = None,
        facts: Mapping[str, Fact] | None = None,
    ) -> None:
        """One entry, on disk when this returns. See ``Recorder``."""
        try:
            with self._one_writer, self._userdata.write() as session:
                self._sweep(session)
                self._append(session, act, by, target=target, whom=whom, personal=personal, facts=facts)
        except StoreUnavailable as error:
            if self._required:
                raise StoreUnavailable(
                    f"操作日志无法写入，因此没有给出结果；所要求的改动可能已经完成，请核对后再试。（{error.what}）",
                    where=error.where,
                    remedy="请管理员检查数据文件夹是否可写、有剩余空间，然后重试。",
                ) from error
            log.warning("the audit log cannot be written: %s", error)

    def _append(
        self,
        session: Session,
        act: Act,
        by: Principal | None,
        *,
        target: str = "",
        whom: str | None = None,
        personal: Mapping[str, str] | None = None,
        facts: Mapping[str, Fact] | None = None,
    ) -> int:
        """Add a link. The head is written first: whoever writes it waits for the others and then sees their link."""
        source = origin.current()
        head = _locked_head(session)
        person = by.id if by is not None else ""
        words = {**(personal or {})}
        if person:
            words["person"] = person
        if source.address:
            words["address"] = source.address
        kept = [_word(head.seq, name, person or whom or "", value) for name, value in words.items()]
        if whom:
            kept.append(_word(head.seq, "whom", whom, whom))
        known = {**(facts or {})}
        if source.request_id:
            known["request"] = source.request_id
        link = chain.Link(
            seq=head.seq,
            at=moment(self._now()),
            act=act.value,
            surface=source.surface.value,
            target=target[:500],
            facts=chain.canonical({name: value for name, value in known.items() if value is not None}),
            digests=chain.canonical({word.field: chain.word_digest(word) for word in kept}),
            hash="",
        )
        hashed = chain.link_hash(head.hash, link)
        # Statements on plain tables: what the unit of work adds costs more than the writing.
        session.execute(insert(_ENTRIES), [{**_columns(link), "hash": hashed}])
        if kept:
            session.execute(insert(_PERSONAL), [_columns(word) for word in kept])
        session.execute(update(_HEAD).where(_HEAD.c.id == HEAD).values(hash=hashed))
        return head.seq

    # ---- erasure -------------------------------------------------------------------------------------------------

    def erase_person(self, person: str, by: Principal) -> Erasure:
        """Take out every word of a person. The erasure is an entry that names the entries, not the person."""
        with self._one_writer, self._userdata.write() as session:
            return self._erase(session, by, "person", PersonalRow.person_id == person)

    def erase_expired(self) -> Erasure:
        """Take out the words that are older than they may be kept; nothing where no time is set."""
        if self._keep is None:
            return Erasure(entries=0)
        with self._one_writer, self._userdata.write() as session:
            return self._erase_expired(session)

    def _sweep(self, session: Session) -> None:
        """Once a day, with the first entry of the day."""
        day = self._now().date()
        if self._keep is not None and self._swept != day:
            self._erase_expired(session)
            self._swept = day

    def _erase_expired(self, session: Session) -> Erasure:
        assert self._keep is not None
        oldest_kept = moment(self._now() - self._keep)
        last = session.scalar(select(func.max(EntryRow.seq)).where(EntryRow.at < oldest_kept))
        if last is None:
            return Erasure(entries=0)
        return self._erase(session, None, "retention", PersonalRow.seq <= last)

    def _erase(self, session: Session, by: Principal | None, reason: str, which: ColumnElement[bool]) -> Erasure:
        _locked_head(session, advance=False)
        found = session.execute(select(PersonalRow.seq, PersonalRow.field).where(which))
        words = [(row.seq, row.field) for row in found]
        if not words:
            return Erasure(entries=0)
        session.execute(delete(PersonalRow).where(which))
        facts: dict[str, Fact] = {"reason": reason, chain.ERASED: chain.erasure_facts(words)}
        seq = self._append(session, Act.PERSONAL_DATA_ERASED, by, facts=facts)
        return Erasure(entries=len({seq for seq, _ in words}), seq=seq)

    # ---- reading -------------------------------------------------------------------------------------------------

    def entries(self, query: LogQuery) -> LogPage:
        """A page of the log, newest first."""
        return self._reading.entries(query)

    def verify(self, head: str | None = None) -> Verification:
        """Read the whole log and tell whether it holds; ``head`` is the hash of an entry noted before."""
        return self._reading.verify(head)

    def export(self, by: Principal, wanted: LogFilter | None = None) -> Iterator[LogEntry]:
        """Every entry that is wanted, oldest first; of the whole log, the one of this export last."""
        asked = (wanted or LogFilter()).model_dump(mode="json", exclude={"person"}, exclude_none=True)
        self.record(Act.LOG_EXPORTED, by, whom=wanted.person if wanted else None, facts=asked)
        return self._reading.all(wanted)


def audit_log_of(settings: Settings, userdata: UserData) -> AuditLog:
    """The log as the settings want it."""
    required = settings.audit.required
    return AuditLog(
        userdata,
        required=settings.accounts.enabled if required is None else required,
        keep_days=settings.audit.keep_personal_days,
    )


@dataclass(frozen=True, slots=True)
class _End:
    """Where the chain ends."""

    seq: int
    hash: str


def _locked_head(session: Session, *, advance: bool = True) -> _End:
    """The end of the chain, which nobody else can move before this transaction ends; one further with ``advance``."""
    moved = update(_HEAD).where(_HEAD.c.id == HEAD).values(seq=_HEAD.c.seq + int(advance))
    ahead = moved.returning(_HEAD.c.seq, _HEAD.c.hash)
    end = session.execute(ahead).one_or_none()
    if end is None:
        try:
            with session.begin_nested():
                session.add(_first_head(session))
        except IntegrityError:
            log.info("another process began the audit log")
        end = session.execute(ahead).one()
    return _End(end.seq, end.hash)


def _first_head(session: Session) -> HeadRow:
    last = session.scalars(select(EntryRow).order_by(EntryRow.seq.desc()).limit(1)).first()
    return HeadRow(id=HEAD, seq=last.seq if last else 0, hash=last.hash if last else chain.START)


def _word(seq: int, name: str, person: str, value: str) -> chain.Word:
    return chain.Word(seq, name[:32], person[:64], secrets.token_hex(_SALT_BYTES), json.dumps(value))


def _columns(stored: chain.Link | chain.Word) -> dict[str, str | int]:
    return {name: getattr(stored, name) for name in stored.__slots__}
