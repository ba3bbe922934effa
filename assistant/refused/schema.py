"""Table of refused questions (缺依据的提问): no column says who asked."""

from __future__ import annotations

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.userdata.schema import Base


class RefusedRow(Base):
    """Questions alike. ``form`` is what they are grouped by; ``nearest`` is JSON."""

    __tablename__ = "refused_question"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    question: Mapped[str] = mapped_column(Text)
    form: Mapped[str] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(String(300))
    count: Mapped[int] = mapped_column(Integer)
    first_day: Mapped[str] = mapped_column(String(10))
    last_day: Mapped[str] = mapped_column(String(10), index=True)
    nearest: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(16), index=True)
    note: Mapped[str] = mapped_column(Text)
