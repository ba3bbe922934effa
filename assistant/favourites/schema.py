"""Table of favourites and recently opened entries (收藏与最近)."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.userdata.schema import Base


class EntryRow(Base):
    """One entry on one of a person's two lists."""

    __tablename__ = "kept_entry"

    person_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    shelf: Mapped[str] = mapped_column(String(16), primary_key=True)  # favourite, recent
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    target: Mapped[str] = mapped_column(String(500), primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    at: Mapped[str] = mapped_column(String(40))
