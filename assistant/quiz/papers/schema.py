"""Tables of papers (试卷). Lists and items stand as JSON; points are decimal text."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.userdata.schema import Base


class PaperRow(Base):
    """One paper. ``documents`` are the ids of all documents its items rest on: who may read it depends on them."""

    __tablename__ = "quiz_papers"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int] = mapped_column(Integer)
    seed: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16), index=True)
    groups: Mapped[str] = mapped_column(Text)
    opens_at: Mapped[str | None] = mapped_column(String(40))
    closes_at: Mapped[str | None] = mapped_column(String(40))
    attempts: Mapped[int] = mapped_column(Integer)
    count: Mapped[int] = mapped_column(Integer)
    total: Mapped[str] = mapped_column(String(20))
    variants: Mapped[str] = mapped_column(Text)
    missing: Mapped[str] = mapped_column(Text)
    documents: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str] = mapped_column(String(64), index=True)
    author: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[str] = mapped_column(String(40), index=True)


class PaperItemRow(Base):
    """One item on a paper, with its content as it was when the paper was made; ``position`` counts from 0."""

    __tablename__ = "quiz_paper_items"

    paper_id: Mapped[str] = mapped_column(ForeignKey("quiz_papers.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    item_id: Mapped[str] = mapped_column(String(64), index=True)
    points: Mapped[str] = mapped_column(String(20))
    content: Mapped[str] = mapped_column(Text)
