"""Table of feedback (反馈)."""

from __future__ import annotations

from sqlalchemy import Boolean, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.userdata.schema import Base


class FeedbackRow(Base):
    """One piece of feedback with the answer it is about, as JSON."""

    __tablename__ = "feedback"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    words: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str | None] = mapped_column(String(100))
    question: Mapped[str] = mapped_column(Text)
    as_of: Mapped[str] = mapped_column(String(10))
    region: Mapped[str | None] = mapped_column(String(300))
    refused: Mapped[bool] = mapped_column(Boolean)
    answer: Mapped[str] = mapped_column(Text)
    corpus: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), index=True)
    note: Mapped[str] = mapped_column(Text)
    reviewer_id: Mapped[str | None] = mapped_column(String(64))
    curated_id: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[str] = mapped_column(String(40), index=True)
    changed_at: Mapped[str] = mapped_column(String(40))
