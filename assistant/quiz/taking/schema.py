"""Tables of attempts and practice (作答、练习). Answers are kept as they were shown; marks in the paper's own order."""

from __future__ import annotations

from sqlalchemy import Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from assistant.userdata.schema import Base


class AttemptRow(Base):
    """One person's taking of one paper; it outlives the person's account without the name."""

    __tablename__ = "quiz_attempts"
    __table_args__ = (
        UniqueConstraint("paper_id", "person_id", "ordinal", name="uq_quiz_attempts_ordinal"),
        Index("ix_quiz_attempts_state_ends_at", "state", "ends_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    paper_id: Mapped[str] = mapped_column(String(32), index=True)
    person_id: Mapped[str] = mapped_column(String(64), index=True)
    ordinal: Mapped[int] = mapped_column(Integer)
    person_name: Mapped[str] = mapped_column(String(64))
    department: Mapped[str] = mapped_column(String(100))
    variant: Mapped[str] = mapped_column(String(1))
    count: Mapped[int] = mapped_column(Integer)
    total: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(16))
    started_at: Mapped[str] = mapped_column(String(40), index=True)
    ends_at: Mapped[str] = mapped_column(String(40))
    submitted_at: Mapped[str | None] = mapped_column(String(40))
    sequence: Mapped[int] = mapped_column(Integer)
    answers: Mapped[str] = mapped_column(Text)
    marks: Mapped[str] = mapped_column(Text)
    score: Mapped[str | None] = mapped_column(String(20))


class PracticeRow(Base):
    """One round of practice; ``items`` say which items were put and in which order of options."""

    __tablename__ = "quiz_practices"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(64), index=True)
    person_name: Mapped[str] = mapped_column(String(64))
    department: Mapped[str] = mapped_column(String(100))
    started_at: Mapped[str] = mapped_column(String(40), index=True)
    last_at: Mapped[str] = mapped_column(String(40))
    seconds: Mapped[int] = mapped_column(Integer)
    items: Mapped[str] = mapped_column(Text)
    marks: Mapped[str] = mapped_column(Text)


class ObservedRow(Base):
    """What the answers to an item tell, over all papers; shares are decimal text."""

    __tablename__ = "quiz_observed"

    item_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    answered: Mapped[int] = mapped_column(Integer)
    difficulty: Mapped[str | None] = mapped_column(String(20))
    discrimination: Mapped[str | None] = mapped_column(String(20))
