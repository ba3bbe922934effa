"""A text as its source delivers it (来源文本): what it is, its dates, and its rows in printed order, before any repair.

The national laws of the package and every file come to this one shape; what follows (repair, passages, dates, store)
is the same for all.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from corpus.discretion.model import NO_RECORDS, DiscretionRecords
from corpus.vocabulary import NATION, DocumentKind, EffectLevel, FindingKind, Severity, SourceStatus

READING_REVISION = 1
"""Raise when faults, passages, references or the derivation of dates change: unchanged sources are then read again."""

RECORDS_REVISION = 1
"""Raise when what is read about fines from unchanged files changes (裁量数据): files are then read again.

It stands beside ``READING_REVISION``, so that the law package, which has no such records, is not loaded again for it.
"""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One article, section of a case or row of a table as delivered: its label, the headings above it, its words.

    ``number`` is the source's own arabic number, which loses 之一; it is compared, never used. ``place`` says for
    people where in the file it begins (第12页), ``page`` counts from 1. ``fields`` are the cells of a table's row.
    """

    label: str
    text: str
    chapter: str | None = None
    section: str | None = None
    number: int | None = None
    part: str | None = None
    subpart: str | None = None
    place: str = ""
    page: int | None = None
    ocr: bool = False
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFault:
    """A fault that a reader or parser found (来源缺陷); it becomes a ``Finding`` once the text has an id."""

    kind: FindingKind
    severity: Severity
    label: str  # 第十八条, 第3页, or "" for the whole text
    message: str
    remedy: str = ""
    repaired: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class SourceText:
    """One dated text as delivered; ``version_id`` is stable across loads of the same source.

    A parser of files leaves ``version_id`` and ``source`` empty; whoever stores the text gives them
    (``ingest.loading``). ``effective`` is a commencement day printed outside the articles (2021年11月1日起施行), None
    where only the articles or nothing says it. ``records`` is what the text says about fines, as data beside its rows.
    """

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
    region: str = NATION
    number: str | None = None  # 文号
    annotation: str = ""  # 题注: adoption and amendment history as printed
    faults: tuple[SourceFault, ...] = ()
    records: DiscretionRecords = NO_RECORDS

    @property
    def digest(self) -> str:
        """Sha-256 over everything delivered, the records and the revision of the reading, to skip an unchanged text."""
        columns = [READING_REVISION, self.source, self.title, self.kind, self.level, self.issuer, self.field]
        columns += [self.region, self.number, self.annotation]
        dates = [str(self.published), str(self.effective), self.status]
        rows = [dataclasses.astuple(r) for r in self.rows]
        content: list[object] = [columns, dates, rows]
        if self.records:
            content.append(dataclasses.astuple(self.records))
        return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()


def document_id(prefix: str, title: str) -> str:
    """Id of a document, the same for all versions of one title: ``npc-`` and a short hash of the canonical title."""
    return f"{prefix}-{hashlib.sha256(title.encode()).hexdigest()[:10]}"


def canonical_title(title: str) -> str:
    """The title without white space, with full-width brackets: 刑法修正案(八) and 刑法修正案（八） are one document."""
    return "".join(title.split()).replace("(", "（").replace(")", "）")
