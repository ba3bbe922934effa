"""Tables of the audit log: the chain, which is only ever added to, and the personal words beside it, which can go."""

from __future__ import annotations

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assistant.userdata.schema import Base


class EntryRow(Base):
    """One link of the chain; never changed, never removed."""

    __tablename__ = "audit_entries"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32), index=True)
    act: Mapped[str] = mapped_column(String(40), index=True)
    surface: Mapped[str] = mapped_column(String(16))
    target: Mapped[str] = mapped_column(String(500), index=True)
    facts: Mapped[str] = mapped_column(Text)  # canonical JSON, names no person
    digests: Mapped[str] = mapped_column(Text)  # canonical JSON: personal field → salted digest
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class PersonalRow(Base):
    """A personal word of an entry with its salt; the row goes when the word is erased."""

    __tablename__ = "audit_personal"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(String(32), primary_key=True)
    person_id: Mapped[str] = mapped_column(String(64))  # whose word it is; empty: nobody's that is known
    salt: Mapped[str] = mapped_column(String(64))
    value: Mapped[str] = mapped_column(Text)  # a JSON string

    __table_args__ = (Index("ix_audit_personal_person_id_seq", "person_id", "seq"),)


HEAD = 1
"""Id of the one row of ``HeadRow``."""


class HeadRow(Base):
    """Where the chain ends: one row, locked by whoever adds a link."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Integer)
    hash: Mapped[str] = mapped_column(String(64))
