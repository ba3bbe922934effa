"""Conversations in the database of user data (对话存储): every statement names the person they are of."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from assistant.contract import AskResponse
from assistant.conversations.contract import (
    AskInConversation,
    ConversationInfo,
    ConversationPage,
    ConversationsQuery,
    Understood,
)
from assistant.conversations.schema import ConversationRow, MessageRow
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.errors import Conflict, NotFound

NEW = "新对话"
_TITLE = 60


@dataclass(frozen=True, slots=True)
class Added:
    """A message that is in the database; ``repeated``: it had been there before, by the client's own mark."""

    row: MessageRow
    repeated: bool


class ConversationStore:
    """Reads and writes the tables; safe to share between threads."""

    def __init__(self, userdata: UserData, now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)) -> None:
        self._data = userdata
        self._now = now

    # ---- conversations -------------------------------------------------------------------------------------------

    def page(self, person_id: str, query: ConversationsQuery) -> ConversationPage:
        wanted = [ConversationRow.person_id == person_id]
        title = func.lower(ConversationRow.title)
        wanted += [title.contains(word.lower(), autoescape=True) for word in (query.query or "").split()]
        with self._data.read() as session:
            total = session.scalar(select(func.count()).select_from(ConversationRow).where(*wanted)) or 0
            newest = select(ConversationRow).where(*wanted).order_by(ConversationRow.updated.desc(), ConversationRow.id)
            rows = list(session.scalars(newest.limit(query.limit).offset(query.offset)))
            counts = _counts(session, [row.id for row in rows])
        return ConversationPage(items=[_info(row, counts.get(row.id, 0)) for row in rows], total=total)

    def create(self, person_id: str, title: str | None, client_id: str | None) -> ConversationInfo:
        """A new conversation, or the one that was made with the same ``client_id``."""
        now = moment(self._now())
        with self._data.write() as session:
            if client_id is not None:
                same = select(ConversationRow).where(
                    ConversationRow.person_id == person_id, ConversationRow.client_id == client_id
                )
                held = session.scalar(same)
                if held is not None:
                    return _info(held, _counts(session, [held.id]).get(held.id, 0))
            row = ConversationRow(
                id=uuid.uuid4().hex,
                person_id=person_id,
                client_id=client_id,
                title=title or NEW,
                titled=title is not None,
                created=now,
                updated=now,
            )
            session.add(row)
        return _info(row, 0)

    def get(self, person_id: str, conversation_id: str) -> ConversationInfo:
        with self._data.read() as session:
            row = _conversation(session, person_id, conversation_id)
            return _info(row, _counts(session, [row.id]).get(row.id, 0))

    def rename(self, person_id: str, conversation_id: str, title: str) -> ConversationInfo:
        with self._data.write() as session:
            row = _conversation(session, person_id, conversation_id)
            row.title, row.titled = title, True
            return _info(row, _counts(session, [row.id]).get(row.id, 0))

    def delete(self, person_id: str, conversation_id: str) -> None:
        """Delete a conversation with all its messages; nothing of it stays in the database."""
        with self._data.write() as session:
            row = _conversation(session, person_id, conversation_id)
            session.execute(delete(MessageRow).where(MessageRow.conversation_id == row.id))
            session.delete(row)

    def erase_person(self, person_id: str) -> int:
        """Delete every conversation of a person; returns how many there were."""
        return self._erase(ConversationRow.person_id == person_id)

    def erase_before(self, last_used: dt.datetime) -> int:
        """Delete the conversations that were last used before a moment; returns how many there were."""
        return self._erase(ConversationRow.updated < moment(last_used))

    def _erase(self, which: Any) -> int:
        with self._data.write() as session:
            ids = list(session.scalars(select(ConversationRow.id).where(which)))
            for conversation_id in ids:
                session.execute(delete(MessageRow).where(MessageRow.conversation_id == conversation_id))
                session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))
        return len(ids)

    # ---- messages ------------------------------------------------------------------------------------------------

    def add(self, person_id: str, conversation_id: str, request: AskInConversation) -> Added:
        """Store a question; when this returns, it is on disk. A retry with the same mark finds what it stored."""
        now = moment(self._now())
        with self._data.write() as session:
            # The first statement locks the conversation, so that numbers are given out one after the other.
            own = (ConversationRow.id == conversation_id, ConversationRow.person_id == person_id)
            session.execute(update(ConversationRow).where(*own).values(updated=now))
            conversation = _conversation(session, person_id, conversation_id)
            if request.client_message_id is not None:
                held = session.scalar(
                    select(MessageRow).where(
                        MessageRow.conversation_id == conversation_id,
                        MessageRow.client_message_id == request.client_message_id,
                    )
                )
                if held is not None:
                    if held.question != request.question:
                        raise Conflict(
                            "同一标记已用于另一个问题。", where="/client_message_id", remedy="请换一个标记。"
                        )
                    return Added(held, True)
            of_this = select(func.max(MessageRow.number)).where(MessageRow.conversation_id == conversation_id)
            row = MessageRow(
                id=uuid.uuid4().hex,
                conversation_id=conversation_id,
                person_id=person_id,
                number=(session.scalar(of_this) or 0) + 1,
                client_message_id=request.client_message_id,
                question=request.question,
                as_of=request.as_of.isoformat() if request.as_of else None,
                region=request.region,
                law=request.law,
                shelf=request.shelf.value if request.shelf else None,
                literal=request.literal,
                understood=None,
                response=None,
                asked=now,
                answered=None,
            )
            session.add(row)
            if row.number == 1 and not conversation.titled:
                conversation.title = title_of(request.question)
        return Added(row, False)

    def answered(
        self, row: MessageRow, asked: AskInConversation, understood: Understood, response: AskResponse
    ) -> MessageRow:
        """Store an answer with the conditions it was given under. Raises NotFound where the message was deleted."""
        now = moment(self._now())
        with self._data.write() as session:
            held = session.get(MessageRow, row.id)
            if held is None:
                raise NotFound("这段对话已经删除，答复没有保存。")
            held.as_of = asked.as_of.isoformat() if asked.as_of else None
            held.region, held.law, held.literal = asked.region, asked.law, asked.literal
            held.shelf = asked.shelf.value if asked.shelf else None
            held.understood, held.response = understood.model_dump_json(), response.model_dump_json()
            held.answered = now
            used = update(ConversationRow).where(ConversationRow.id == held.conversation_id)
            session.execute(used.values(updated=now))
        return held

    def messages(self, person_id: str, conversation_id: str, limit: int, offset: int) -> tuple[list[MessageRow], int]:
        """A page of messages, oldest first, and how many there are."""
        with self._data.read() as session:
            _conversation(session, person_id, conversation_id)
            of_this = MessageRow.conversation_id == conversation_id
            total = session.scalar(select(func.count()).select_from(MessageRow).where(of_this)) or 0
            page = select(MessageRow).where(of_this).order_by(MessageRow.number).limit(limit).offset(offset)
            return list(session.scalars(page)), total

    def before(self, row: MessageRow, limit: int) -> list[MessageRow]:
        """The last answered messages before one, oldest first."""
        with self._data.read() as session:
            latest = (
                select(MessageRow)
                .where(
                    MessageRow.conversation_id == row.conversation_id,
                    MessageRow.number < row.number,
                    MessageRow.response.is_not(None),
                )
                .order_by(MessageRow.number.desc())
                .limit(limit)
            )
            return list(session.scalars(latest))[::-1]

    def message(self, person_id: str, message_id: str, conversation_id: str | None = None) -> MessageRow:
        with self._data.read() as session:
            own: Select[Any] = select(MessageRow).where(MessageRow.id == message_id, MessageRow.person_id == person_id)
            row: MessageRow | None = session.scalar(own)
        if row is None or conversation_id not in (None, row.conversation_id):
            raise NotFound("没有这条消息。", remedy="它可能已随对话删除；请回到对话列表。")
        return row


def title_of(question: str) -> str:
    """A title from a first question: one line, not too long."""
    line = " ".join(question.split())
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 1]}…"


def _conversation(session: Session, person_id: str, conversation_id: str) -> ConversationRow:
    own = select(ConversationRow).where(ConversationRow.id == conversation_id, ConversationRow.person_id == person_id)
    row = session.scalar(own)
    if row is None:
        raise NotFound("没有这段对话。", remedy="它可能已经删除；请回到对话列表，或新建对话。")
    return row


def _counts(session: Session, ids: list[str]) -> dict[str, int]:
    by_conversation = (
        select(MessageRow.conversation_id, func.count())
        .where(MessageRow.conversation_id.in_(ids))
        .group_by(MessageRow.conversation_id)
    )
    return {row[0]: row[1] for row in session.execute(by_conversation)} if ids else {}


def _info(row: ConversationRow, messages: int) -> ConversationInfo:
    return ConversationInfo(
        id=row.id,
        title=row.title,
        created=dt.datetime.fromisoformat(row.created),
        updated=dt.datetime.fromisoformat(row.updated),
        messages=messages,
    )
