"""Handbooks kept in the database of user data, and written as Word files (执法手册)."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.accounts.principal import Principal
from assistant.contract import Assistant
from assistant.handbook.contract import (
    HandbookDetail,
    HandbookInfo,
    HandbookPage,
    HandbookRequest,
    Passage,
    PassageState,
)
from assistant.handbook.docx import write_handbook
from assistant.handbook.schema import HandbookRow
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from assistant.userdata.words import PageQuery
from corpus.errors import Conflict, NotFound
from corpus.vocabulary import State

MOST_HANDBOOKS = 100


class HandbookService:
    """Implements ``Handbooks``."""

    def __init__(
        self,
        userdata: UserData,
        today: Callable[[], dt.date],
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._userdata = userdata
        self._today = today
        self._now = now

    def own(self, principal: Principal, page: PageQuery) -> HandbookPage:
        own = HandbookRow.person_id == principal.id
        with self._userdata.read() as session:
            total = session.scalar(select(func.count()).select_from(HandbookRow).where(own)) or 0
            newest = select(HandbookRow).where(own).order_by(HandbookRow.changed_at.desc(), HandbookRow.id)
            rows = session.scalars(newest.limit(page.limit).offset(page.offset))
            return HandbookPage(items=[HandbookInfo(**_info(row)) for row in rows], total=total)

    def entry(self, principal: Principal, assistant: Assistant, handbook_id: str) -> HandbookDetail:
        row, request = self._held(principal, handbook_id)
        return self._detail(row, request, assistant)

    def save(
        self, principal: Principal, assistant: Assistant, request: HandbookRequest, handbook_id: str | None = None
    ) -> HandbookDetail:
        with self._userdata.write() as session:
            if handbook_id is None:
                own = HandbookRow.person_id == principal.id
                if (session.scalar(select(func.count()).select_from(HandbookRow).where(own)) or 0) >= MOST_HANDBOOKS:
                    raise Conflict(f"执法手册已满 {MOST_HANDBOOKS} 本。", remedy="请先删去不再需要的手册。")
                row = HandbookRow(id=uuid.uuid4().hex, person_id=principal.id)
                session.add(row)
            else:
                row = _found(session, principal, handbook_id)
            row.title, row.request = request.title, request.model_dump_json()
            row.passages = sum(isinstance(part, Passage) for part in request.parts)
            row.changed_at = moment(self._now())
        return self._detail(row, request, assistant)

    def remove(self, principal: Principal, handbook_id: str) -> None:
        with self._userdata.write() as session:
            session.delete(_found(session, principal, handbook_id))

    def docx(self, assistant: Assistant, request: HandbookRequest) -> bytes:
        day = request.as_of or self._today()
        ids = dict.fromkeys(part.provision_id for part in request.parts if isinstance(part, Passage))
        return write_handbook(request, {i: assistant.provision(i, day) for i in ids}, day)

    def saved_docx(self, principal: Principal, assistant: Assistant, handbook_id: str) -> bytes:
        _, request = self._held(principal, handbook_id)
        return self.docx(assistant, request)

    def of_person(self, person_id: str) -> list[dict[str, Any]]:
        """All that is kept of a person, for the export of one's own data."""
        with self._userdata.read() as session:
            rows = session.scalars(select(HandbookRow).where(HandbookRow.person_id == person_id))
            return [{"changed_at": row.changed_at, **json.loads(row.request)} for row in rows]

    def erase(self, person_id: str) -> int:
        """Delete a person's handbooks; how many there were."""
        with self._userdata.write() as session:
            of_person = delete(HandbookRow).where(HandbookRow.person_id == person_id)
            return len(session.execute(of_person.returning(HandbookRow.id)).all())

    def _held(self, principal: Principal, handbook_id: str) -> tuple[HandbookRow, HandbookRequest]:
        with self._userdata.read() as session:
            row = _found(session, principal, handbook_id)
        return row, HandbookRequest.model_validate_json(row.request)

    def _detail(self, row: HandbookRow, request: HandbookRequest, assistant: Assistant) -> HandbookDetail:
        day = request.as_of or self._today()
        ids = dict.fromkeys(part.provision_id for part in request.parts if isinstance(part, Passage))
        return HandbookDetail(
            **_info(row),
            unit=request.unit,
            as_of=request.as_of,
            parts=request.parts,
            states=[_state(provision_id, assistant, day) for provision_id in ids],
        )


def _state(provision_id: str, assistant: Assistant, day: dt.date) -> PassageState:
    try:
        detail = assistant.provision(provision_id, day)
    except NotFound:
        remark = "读不到：已不在语料中，或不在您的阅读范围内。"
        return PassageState(provision_id=provision_id, citation="条文", readable=False, changed=True, remark=remark)
    changed = detail.status is not State.IN_FORCE
    remark = (detail.note or "在适用日期不是现行有效的文本。") if changed else ""
    return PassageState(provision_id=provision_id, citation=detail.citation, changed=changed, remark=remark)


def _found(session: Session, principal: Principal, handbook_id: str) -> HandbookRow:
    row = session.get(HandbookRow, handbook_id)
    if row is None or row.person_id != principal.id:
        raise NotFound("没有这本手册。", where="handbook_id", remedy="请返回手册列表。")
    return row


def _info(row: HandbookRow) -> dict[str, Any]:
    changed_at = dt.datetime.fromisoformat(row.changed_at)
    return {"id": row.id, "title": row.title, "passages": row.passages, "changed_at": changed_at}
