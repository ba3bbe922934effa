"""Tables of conversations (对话表)."""

from __future__ import annotations

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.userdata.schema import Base

_ID, _MOMENT = String(64), String(40)


class ConversationRow(Base):
    """A conversation of one person."""

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("person_id", "client_id"),
        Index("ix_conversations_of_person", "person_id", "updated"),
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    person_id: Mapped[str] = mapped_column(_ID)
    client_id: Mapped[str | None] = mapped_column(_ID)
    title: Mapped[str] = mapped_column(String(200))
    titled: Mapped[bool] = mapped_column(Boolean)  # by the person, not from the first question
    created: Mapped[str] = mapped_column(_MOMENT)
    updated: Mapped[str] = mapped_column(_MOMENT)


class MessageRow(Base):
    """A question with its answer; without one (``response`` null) it waits to be asked again."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "number"),
        UniqueConstraint("conversation_id", "client_message_id"),
        Index("ix_messages_of_person", "person_id"),
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    person_id: Mapped[str] = mapped_column(_ID)
    number: Mapped[int] = mapped_column(Integer)
    client_message_id: Mapped[str | None] = mapped_column(_ID)
    question: Mapped[str] = mapped_column(Text)
    as_of: Mapped[str | None] = mapped_column(String(10))
    region: Mapped[str | None] = mapped_column(String(300))
    law: Mapped[str | None] = mapped_column(String(300))
    shelf: Mapped[str | None] = mapped_column(String(20))
    literal: Mapped[bool] = mapped_column(Boolean)
    understood: Mapped[str | None] = mapped_column(Text)
    response: Mapped[str | None] = mapped_column(Text)
    asked: Mapped[str] = mapped_column(_MOMENT)
    answered: Mapped[str | None] = mapped_column(_MOMENT)
