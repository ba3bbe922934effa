"""A law as its source delivers it (来源文本): columns and rows in printed order, before any repair."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from corpus.vocabulary import DocumentKind, EffectLevel, SourceStatus

READING_REVISION = 1
"""Raise when faults, passages, references or the derivation of dates change: unchanged sources are then read again."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One article as delivered: its printed label, the headings the source gives it, and its words.

    ``number`` is the source's own arabic number, which loses 之一; it is compared, never used.
    """

    label: str
    text: str
    chapter: str | None = None
    section: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class SourceLaw:
    """One dated text of a law as delivered; ``version_id`` is stable across loads of the same source."""

    version_id: str
    title: str
    kind: DocumentKind
    level: EffectLevel
    issuer: str | None
    field: str | None
    published: dt.date | None
    effective: dt.date | None
    status: SourceStatus
    source: str
    rows: tuple[SourceRow, ...]

    @property
    def digest(self) -> str:
        """Sha-256 over everything delivered and the revision of the reading, to skip an unchanged text."""
        columns = [READING_REVISION, self.source, self.title, self.kind, self.level, self.issuer, self.field]
        dates = [str(self.published), str(self.effective), self.status]
        rows = [[r.label, r.text, r.chapter, r.section, r.number] for r in self.rows]
        return hashlib.sha256(json.dumps([columns, dates, rows], ensure_ascii=False).encode()).hexdigest()


def document_id(prefix: str, title: str) -> str:
    """Id of a document, the same for all versions of one title: ``npc-`` and a short hash of the canonical title."""
    return f"{prefix}-{hashlib.sha256(title.encode()).hexdigest()[:10]}"


def canonical_title(title: str) -> str:
    """The title without white space, with full-width brackets: 刑法修正案(八) and 刑法修正案（八） are one document."""
    return "".join(title.split()).replace("(", "（").replace(")", "）")
