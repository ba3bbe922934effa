"""Tables of curated answers (审定答复)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.userdata.schema import Base


class CuratedRow(Base):
    """A curated answer as it stands; what was asked and answered is JSON."""

    __tablename__ = "curated_answer"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(64))
    author: Mapped[str] = mapped_column(String(200))
    approver_id: Mapped[str | None] = mapped_column(String(64))
    approver: Mapped[str | None] = mapped_column(String(200))
    approver_role: Mapped[str | None] = mapped_column(String(32))
    approved_at: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(16), index=True)
    title: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    phrasings: Mapped[str] = mapped_column(Text)
    paragraphs: Mapped[str] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(String(300))
    valid_from: Mapped[str] = mapped_column(String(10))
    valid_until: Mapped[str | None] = mapped_column(String(10))
    feedback_id: Mapped[str | None] = mapped_column(String(64))
    changed_at: Mapped[str] = mapped_column(String(40), index=True)


class CuratedChangeRow(Base):
    """One step of the history; ``request`` is what was saved then, as JSON."""

    __tablename__ = "curated_change"

    curated_id: Mapped[str] = mapped_column(ForeignKey("curated_answer.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[str] = mapped_column(String(64))
    person: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(Text)
    request: Mapped[str] = mapped_column(Text)
