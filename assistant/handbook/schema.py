"""Table of handbooks (执法手册)."""

from __future__ import annotations

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.userdata.schema import Base


class HandbookRow(Base):
    """A handbook of a person; ``request`` is its content as JSON."""

    __tablename__ = "handbook"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(64), index=True)
    title: Mapped[str] = mapped_column(Text)
    passages: Mapped[int] = mapped_column(Integer)
    request: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[str] = mapped_column(String(40))
