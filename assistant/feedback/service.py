"""Feedback kept in the database of user data (反馈)."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from assistant.accounts.principal import Principal
from assistant.contract import AskResponse, Assistant
from assistant.feedback.contract import (
    FeedbackDetail,
    FeedbackEntry,
    FeedbackKind,
    FeedbackPage,
    FeedbackQuery,
    FeedbackRequest,
    FeedbackSettlement,
    FeedbackState,
    OwnFeedback,
    OwnFeedbackPage,
)
from assistant.feedback.cutting import cut
from assistant.feedback.schema import FeedbackRow
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from assistant.userdata.words import PageQuery, clean
from corpus.errors import InvalidInput, NotFound

MOST_SNAPSHOT_CHARS = 400_000
"""Longest answer kept with feedback, as JSON: several times the longest that the service gives."""
_MOST_QUESTION_CHARS = 4000


class FeedbackService:
    """Implements ``FeedbackDesk``. ``corpus_state`` gives the row counts of the corpus now."""

    def __init__(
        self,
        userdata: UserData,
        corpus_state: Callable[[], Mapping[str, int]],
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._userdata = userdata
        self._corpus_state = corpus_state
        self._now = now

    def give(self, principal: Principal, request: FeedbackRequest) -> OwnFeedback:
        answer = request.response.model_dump_json()
        if len(answer) > MOST_SNAPSHOT_CHARS or len(request.response.question) > _MOST_QUESTION_CHARS:
            raise InvalidInput("所附答复过长，不能保存。", where="/response", remedy="请原样附上系统给出的答复。")
        try:
            question = clean(request.response.question)
        except ValueError as error:
            raise InvalidInput(f"{error}", where="/response/question") from None
        at = moment(self._now())
        row = FeedbackRow(
            id=uuid.uuid4().hex,
            person_id=principal.id,
            kind=request.kind.value,
            words=request.words,
            message_id=request.message_id,
            question=question,
            as_of=request.response.as_of.isoformat(),
            region=request.region,
            refused=request.response.refused,
            answer=answer,
            corpus=json.dumps(dict(self._corpus_state())),
            state=FeedbackState.OPEN.value,
            note="",
            created_at=at,
            changed_at=at,
        )
        with self._userdata.write() as session:
            session.add(row)
        return OwnFeedback(**_own(row))

    def own(self, principal: Principal, page: PageQuery) -> OwnFeedbackPage:
        rows, total = self._page(page, FeedbackRow.person_id == principal.id)
        return OwnFeedbackPage(items=[OwnFeedback(**_own(row)) for row in rows], total=total)

    def queue(self, query: FeedbackQuery) -> FeedbackPage:
        where = []
        if query.kind is not None:
            where.append(FeedbackRow.kind == query.kind.value)
        if query.state is not None:
            where.append(FeedbackRow.state == query.state.value)
        rows, total = self._page(query, *where)
        return FeedbackPage(items=[FeedbackEntry(**_entry(row)) for row in rows], total=total)

    def entry(self, assistant: Assistant, feedback_id: str) -> FeedbackDetail:
        with self._userdata.read() as session:
            row = _found(session, feedback_id)
        response, hidden = cut(AskResponse.model_validate_json(row.answer), assistant)
        return FeedbackDetail(**_entry(row), response=response, hidden=hidden, corpus=json.loads(row.corpus))

    def settle(self, reviewer: Principal, feedback_id: str, settlement: FeedbackSettlement) -> FeedbackEntry:
        with self._userdata.write() as session:
            row = _found(session, feedback_id)
            row.state, row.note = settlement.state.value, settlement.note
            row.reviewer_id, row.changed_at = reviewer.id, moment(self._now())
        return FeedbackEntry(**_entry(row))

    def made_into(self, feedback_id: str, curated_id: str) -> None:
        """Note that a curated answer was written from this feedback; feedback since erased is passed over."""
        with self._userdata.write() as session:
            row = session.get(FeedbackRow, feedback_id)
            if row is not None:
                row.curated_id = curated_id
                if row.state == FeedbackState.OPEN:
                    row.state = FeedbackState.IN_WORK.value
                row.changed_at = moment(self._now())

    def of_person(self, person_id: str) -> list[dict[str, Any]]:
        """All that is kept of a person, for the export of one's own data."""
        with self._userdata.read() as session:
            rows = session.scalars(select(FeedbackRow).where(FeedbackRow.person_id == person_id))
            return [OwnFeedback(**_own(row)).model_dump(mode="json") for row in rows]

    def erase(self, person_id: str) -> int:
        """Delete a person's feedback, the answers kept with it included; how many there were."""
        with self._userdata.write() as session:
            gone = session.execute(
                delete(FeedbackRow).where(FeedbackRow.person_id == person_id).returning(FeedbackRow.id)
            )
            return len(gone.all())

    def _page(self, page: PageQuery, *where: ColumnElement[bool]) -> tuple[list[FeedbackRow], int]:
        """Newest first."""
        with self._userdata.read() as session:
            total = session.scalar(select(func.count()).select_from(FeedbackRow).where(*where)) or 0
            newest = (FeedbackRow.created_at.desc(), FeedbackRow.id)
            found = select(FeedbackRow).where(*where).order_by(*newest).limit(page.limit).offset(page.offset)
            return list(session.scalars(found)), total


def _found(session: Session, feedback_id: str) -> FeedbackRow:
    row = session.get(FeedbackRow, feedback_id)
    if row is None:
        raise NotFound("没有这条反馈，或提交人已删除。", where="feedback_id", remedy="请返回反馈列表。")
    return row


def _own(row: FeedbackRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": FeedbackKind(row.kind),
        "words": row.words,
        "question": row.question,
        "state": FeedbackState(row.state),
        "note": row.note,
        "created_at": dt.datetime.fromisoformat(row.created_at),
        "changed_at": dt.datetime.fromisoformat(row.changed_at),
    }


def _entry(row: FeedbackRow) -> dict[str, Any]:
    more = {"as_of": row.as_of, "region": row.region, "refused": row.refused, "curated_id": row.curated_id}
    return {**_own(row), **more, "as_of": dt.date.fromisoformat(row.as_of)}
