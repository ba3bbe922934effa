"""Tables of the bank (题库): items, the documents they cite, what happened to them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.userdata.schema import Base


class QuizItemRow(Base):
    """An item as it stands. JSON: ``content``, ``proof``, ``blocked``; ``words`` are stem and options, for search.

    ``person_id`` and ``author`` are who wrote its content last. ``revision`` counts how often it was written.
    """

    __tablename__ = "quiz_item"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(64))
    author: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(16), index=True)
    origin: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16), index=True)
    point: Mapped[str] = mapped_column(String(16))
    field: Mapped[str] = mapped_column(String(400))
    title: Mapped[str] = mapped_column(String(400))
    words: Mapped[str] = mapped_column(Text)
    content: Mapped[str] = mapped_column(Text)
    proof: Mapped[str] = mapped_column(Text)
    blocked: Mapped[str | None] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[str] = mapped_column(String(40))
    changed_at: Mapped[str] = mapped_column(String(40), index=True)


class QuizCitedRow(Base):
    """A document that an item cites: where it is hidden, so is the item."""

    __tablename__ = "quiz_item_cited"

    item_id: Mapped[str] = mapped_column(ForeignKey("quiz_item.id", ondelete="CASCADE"), primary_key=True)
    document_id: Mapped[str] = mapped_column(String(200), primary_key=True, index=True)


class QuizHistoryRow(Base):
    """What happened to an item; ``content`` is the item as it was written then (JSON), empty for other acts."""

    __tablename__ = "quiz_item_history"

    item_id: Mapped[str] = mapped_column(ForeignKey("quiz_item.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[str] = mapped_column(String(64))
    person: Mapped[str] = mapped_column(String(200))
    act: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text)
    revision: Mapped[int] = mapped_column(Integer)
    content: Mapped[str] = mapped_column(Text)
