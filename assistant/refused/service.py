"""Refused questions kept in the database of user data (缺依据的提问)."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.contract import AskRequest, AskResponse, Assistant
from assistant.feedback.cutting import readable
from assistant.refused.contract import RefusedGroup, RefusedPage, RefusedQuery, RefusedSettlement, RefusedState
from assistant.refused.grouping import alike, form_of, masked
from assistant.refused.schema import RefusedRow
from assistant.userdata import UserData
from corpus.errors import NotFound

_MOST_NEAREST = 5
_MOST_COMPARED = 2000
"""Groups, the latest first, that a new question is compared with."""


class RefusedService:
    """Implements ``RefusedDesk``. Groups not asked for ``kept_days`` are deleted."""

    def __init__(self, userdata: UserData, today: Callable[[], dt.date], kept_days: int) -> None:
        self._userdata = userdata
        self._today = today
        self._kept_days = kept_days

    def note(self, request: AskRequest, response: AskResponse) -> None:
        """Count a refused question. One asked again after it was settled is open again."""
        question = masked(request.question)
        form = form_of(question)
        today = self._today().isoformat()
        nearest = [[r.provision_id, r.citation] for r in response.nearest[:_MOST_NEAREST]]
        with self._userdata.write() as session:
            self._forget(session)
            region = request.region[:300] if request.region else None
            same_region = RefusedRow.region == region if region else RefusedRow.region.is_(None)
            latest = select(RefusedRow.form).where(same_region).order_by(RefusedRow.last_day.desc())
            held = alike(form, session.scalars(latest.limit(_MOST_COMPARED)))
            row = None
            if held is not None:
                row = session.scalars(select(RefusedRow).where(same_region, RefusedRow.form == held)).first()
            if row is None:
                row = RefusedRow(
                    id=uuid.uuid4().hex,
                    question=question,
                    form=form,
                    region=region,
                    count=0,
                    first_day=today,
                    note="",
                )
                session.add(row)
            row.count += 1
            row.last_day = today
            row.nearest = json.dumps(nearest, ensure_ascii=False)
            row.state = RefusedState.OPEN.value

    def groups(self, assistant: Assistant, query: RefusedQuery) -> RefusedPage:
        where = [RefusedRow.state == query.state.value] if query.state is not None else []
        with self._userdata.write() as session:
            self._forget(session)
            total = session.scalar(select(func.count()).select_from(RefusedRow).where(*where)) or 0
            most_asked = (RefusedRow.count.desc(), RefusedRow.last_day.desc(), RefusedRow.id)
            found = select(RefusedRow).where(*where).order_by(*most_asked).limit(query.limit).offset(query.offset)
            rows = list(session.scalars(found))
        may_read = readable(assistant)
        return RefusedPage(items=[_group(row, may_read) for row in rows], total=total)

    def settle(self, assistant: Assistant, group_id: str, settlement: RefusedSettlement) -> RefusedGroup:
        with self._userdata.write() as session:
            row = session.get(RefusedRow, group_id)
            if row is None:
                raise NotFound("没有这组提问，或已过保存期限。", where="group_id", remedy="请返回列表。")
            row.state, row.note = settlement.state.value, settlement.note
        return _group(row, readable(assistant))

    def _forget(self, session: Session) -> None:
        last = self._today() - dt.timedelta(days=self._kept_days)
        session.execute(delete(RefusedRow).where(RefusedRow.last_day < last.isoformat()))


def _group(row: RefusedRow, may_read: Callable[[str], bool]) -> RefusedGroup:
    nearest = [citation for provision_id, citation in json.loads(row.nearest) if may_read(provision_id)]
    return RefusedGroup(
        id=row.id,
        question=row.question,
        region=row.region,
        count=row.count,
        first_day=dt.date.fromisoformat(row.first_day),
        last_day=dt.date.fromisoformat(row.last_day),
        nearest=nearest,
        state=RefusedState(row.state),
        note=row.note,
    )
