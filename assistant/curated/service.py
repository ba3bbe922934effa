"""Curated answers kept in the database of user data (审定答复): written, approved, found for a question."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.accounts.principal import Principal
from assistant.contract import Assistant
from assistant.curated.checking import faults_of, provisions_quoted
from assistant.curated.contract import (
    CuratedChange,
    CuratedDecision,
    CuratedDetail,
    CuratedEntry,
    CuratedPage,
    CuratedQuery,
    CuratedRequest,
    CuratedState,
    Paragraph,
)
from assistant.curated.matching import Asked
from assistant.curated.schema import CuratedChangeRow, CuratedRow
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.errors import Conflict, Forbidden, InvalidInput, NotFound

_PARAGRAPHS: TypeAdapter[list[Paragraph]] = TypeAdapter(list[Paragraph])
_PHRASINGS: TypeAdapter[list[str]] = TypeAdapter(list[str])
WRITTEN, REWRITTEN, APPROVED, WITHDRAWN = "拟写", "修改", "审定", "撤回"


@dataclass(frozen=True, slots=True)
class Approved:
    """An approved answer as it is served (可用的审定答复)."""

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    region: str | None
    valid_from: dt.date
    valid_until: dt.date | None
    approved_at: dt.datetime
    approver_role: str

    def holds_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


class CuratedService:
    """Implements ``CuratedDesk``.

    ``two_people``: nobody approves what he wrote. ``noted`` is told which feedback an answer was written from.
    """

    def __init__(
        self,
        userdata: UserData,
        today: Callable[[], dt.date],
        *,
        two_people: bool = False,
        noted: Callable[[str, str], None] = lambda _feedback, _curated: None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._userdata = userdata
        self._today = today
        self._two_people = two_people
        self._noted = noted
        self._now = now

    # ---- reviewers ---------------------------------------------------------------------------------------------

    def entries(self, assistant: Assistant, query: CuratedQuery) -> CuratedPage:
        where = [CuratedRow.state == query.state.value] if query.state is not None else []
        newest = select(CuratedRow).where(*where).order_by(CuratedRow.changed_at.desc(), CuratedRow.id)
        with self._userdata.read() as session:
            if query.stale:
                entries = [self._entry(row, assistant) for row in session.scalars(newest)]
                stale = [e for e in entries if e.faults and e.state is not CuratedState.WITHDRAWN]
                return CuratedPage(items=stale[query.offset : query.offset + query.limit], total=len(stale))
            total = session.scalar(select(func.count()).select_from(CuratedRow).where(*where)) or 0
            rows = session.scalars(newest.limit(query.limit).offset(query.offset))
            return CuratedPage(items=[self._entry(row, assistant) for row in rows], total=total)

    def entry(self, assistant: Assistant, curated_id: str) -> CuratedDetail:
        with self._userdata.read() as session:
            row = _found(session, curated_id)
            changes = session.scalars(
                select(CuratedChangeRow)
                .where(CuratedChangeRow.curated_id == curated_id)
                .order_by(CuratedChangeRow.number)
            )
            history = [_change(change) for change in changes]
        paragraphs = _PARAGRAPHS.validate_json(row.paragraphs)
        readable = provisions_quoted(paragraphs, assistant, self._today())
        shown = [p for p in paragraphs if all(q.provision_id in readable for q in p.quotes)]
        return CuratedDetail(
            **self._entry(row, assistant).model_dump(),
            phrasings=_PHRASINGS.validate_json(row.phrasings),
            paragraphs=shown,
            hidden=len(shown) < len(paragraphs),
            feedback_id=row.feedback_id,
            history=history,
        )

    def write(self, author: Principal, assistant: Assistant, request: CuratedRequest) -> CuratedDetail:
        self._check(assistant, request)
        row = CuratedRow(id=uuid.uuid4().hex)
        with self._userdata.write() as session:
            self._put(row, author, request)
            session.add(row)
            session.flush()
            self._add_change(session, row, author, WRITTEN)
        if request.feedback_id:
            self._noted(request.feedback_id, row.id)
        return self.entry(assistant, row.id)

    def rewrite(
        self, author: Principal, assistant: Assistant, curated_id: str, request: CuratedRequest
    ) -> CuratedDetail:
        """Save it anew; until it is approved again it is not served."""
        self._check(assistant, request)
        with self._userdata.write() as session:
            row = _found(session, curated_id)
            self._put(row, author, request)
            self._add_change(session, row, author, REWRITTEN)
        return self.entry(assistant, curated_id)

    def approve(
        self, approver: Principal, assistant: Assistant, curated_id: str, decision: CuratedDecision
    ) -> CuratedDetail:
        with self._userdata.write() as session:
            row = _found(session, curated_id)
            if row.state == CuratedState.APPROVED:
                raise Conflict("这条答复已经审定。", where="curated_id", remedy="请刷新页面。")
            if self._two_people and row.person_id == approver.id:
                raise Forbidden("本单位要求由他人审定，拟写人不能审定自己写的答复。", remedy="请另一位审核人员审定。")
            faults = faults_of(_PARAGRAPHS.validate_json(row.paragraphs), assistant, self._day(row))
            if faults:
                raise InvalidInput("核验未通过，不能审定：" + "".join(faults), remedy="请修改后再审定。")
            at = moment(self._now())
            row.state, row.changed_at, row.approved_at = CuratedState.APPROVED.value, at, at
            row.approver_id, row.approver, row.approver_role = approver.id, approver.name, approver.role.value
            self._add_change(session, row, approver, APPROVED, decision.note)
        return self.entry(assistant, curated_id)

    def withdraw(
        self, reviewer: Principal, assistant: Assistant, curated_id: str, decision: CuratedDecision
    ) -> CuratedDetail:
        with self._userdata.write() as session:
            row = _found(session, curated_id)
            row.state, row.changed_at = CuratedState.WITHDRAWN.value, moment(self._now())
            self._add_change(session, row, reviewer, WITHDRAWN, decision.note)
        return self.entry(assistant, curated_id)

    # ---- serving -----------------------------------------------------------------------------------------------

    def asked(self) -> list[Asked]:
        """Every wording of every approved question."""
        columns = select(CuratedRow.id, CuratedRow.question, CuratedRow.phrasings)
        with self._userdata.read() as session:
            rows = session.execute(columns.where(CuratedRow.state == CuratedState.APPROVED.value)).all()
        return [
            Asked(curated_id, wording)
            for curated_id, question, phrasings in rows
            for wording in (question, *_PHRASINGS.validate_json(phrasings))
        ]

    def approved(self, ids: list[str]) -> Iterator[Approved]:
        """The approved answers of these ids, the last approved first."""
        chosen = select(CuratedRow).where(CuratedRow.id.in_(ids), CuratedRow.state == CuratedState.APPROVED.value)
        with self._userdata.read() as session:
            rows = session.scalars(chosen.order_by(CuratedRow.approved_at.desc())).all()
        for row in rows:
            yield Approved(
                id=row.id,
                title=row.title,
                paragraphs=tuple(_PARAGRAPHS.validate_json(row.paragraphs)),
                region=row.region,
                valid_from=dt.date.fromisoformat(row.valid_from),
                valid_until=dt.date.fromisoformat(row.valid_until) if row.valid_until else None,
                approved_at=dt.datetime.fromisoformat(row.approved_at or row.changed_at),
                approver_role=row.approver_role or "",
            )

    # ---- details -----------------------------------------------------------------------------------------------

    def _check(self, assistant: Assistant, request: CuratedRequest) -> None:
        day = _within(self._today(), request.valid_from, request.valid_until)
        faults = faults_of(request.paragraphs, assistant, day)
        if faults:
            raise InvalidInput("核验未通过，没有保存：" + "".join(faults), where="/paragraphs", remedy="请照原文改正。")

    def _day(self, row: CuratedRow) -> dt.date:
        until = dt.date.fromisoformat(row.valid_until) if row.valid_until else None
        return _within(self._today(), dt.date.fromisoformat(row.valid_from), until)

    def _put(self, row: CuratedRow, author: Principal, request: CuratedRequest) -> None:
        row.person_id, row.author = author.id, author.name
        row.approver_id = row.approver = row.approver_role = row.approved_at = None
        row.state = CuratedState.DRAFT.value
        row.title, row.question = request.title, request.question
        row.phrasings = json.dumps(list(dict.fromkeys(request.phrasings)), ensure_ascii=False)
        row.paragraphs = _PARAGRAPHS.dump_json(request.paragraphs).decode()
        row.region = request.region or None
        row.valid_from = request.valid_from.isoformat()
        row.valid_until = request.valid_until.isoformat() if request.valid_until else None
        row.feedback_id = request.feedback_id or row.feedback_id
        row.changed_at = moment(self._now())

    def _add_change(self, session: Session, row: CuratedRow, person: Principal, action: str, note: str = "") -> None:
        of_row = CuratedChangeRow.curated_id == row.id
        number = session.scalar(select(func.count()).select_from(CuratedChangeRow).where(of_row)) or 0
        kept = {"title": row.title, "question": row.question, "phrasings": row.phrasings, "paragraphs": row.paragraphs}
        session.add(
            CuratedChangeRow(
                curated_id=row.id,
                number=number + 1,
                at=moment(self._now()),
                person_id=person.id,
                person=person.name,
                action=action,
                note=note,
                request=json.dumps(kept, ensure_ascii=False) if action in (WRITTEN, REWRITTEN) else "",
            )
        )

    def _entry(self, row: CuratedRow, assistant: Assistant) -> CuratedEntry:
        until = dt.date.fromisoformat(row.valid_until) if row.valid_until else None
        faults: list[str] = []
        if until is not None and until < self._today():
            faults.append(f"适用期已于{until:%Y-%m-%d}届满。")
        elif row.state != CuratedState.WITHDRAWN:
            faults = faults_of(_PARAGRAPHS.validate_json(row.paragraphs), assistant, self._day(row))
        return CuratedEntry(
            id=row.id,
            title=row.title,
            question=row.question,
            state=CuratedState(row.state),
            region=row.region,
            valid_from=dt.date.fromisoformat(row.valid_from),
            valid_until=until,
            author=row.author,
            approver=row.approver,
            approved_at=dt.datetime.fromisoformat(row.approved_at) if row.approved_at else None,
            changed_at=dt.datetime.fromisoformat(row.changed_at),
            faults=faults,
        )


def _within(day: dt.date, first: dt.date, last: dt.date | None) -> dt.date:
    """The day, or the nearest one on which the answer holds: an answer may be written for a law not yet in force."""
    return min(max(day, first), last) if last is not None else max(day, first)


def _found(session: Session, curated_id: str) -> CuratedRow:
    row = session.get(CuratedRow, curated_id)
    if row is None:
        raise NotFound("没有这条审定答复。", where="curated_id", remedy="请返回审定答复列表。")
    return row


def _change(row: CuratedChangeRow) -> CuratedChange:
    kept: dict[str, Any] = {"person": row.person, "action": row.action, "note": row.note}
    return CuratedChange(at=dt.datetime.fromisoformat(row.at), **kept)
