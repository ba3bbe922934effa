"""Tables of the relational store (SQLAlchemy 2). Changes go through an Alembic migration in ``migrations/``."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Declarative base of every table."""


class DocumentRow(Base):
    """A work of law (文件)."""

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(Text, index=True)
    kind: Mapped[str] = mapped_column(String(32))
    level: Mapped[str] = mapped_column(String(32), index=True)
    region: Mapped[str] = mapped_column(String(64), index=True)
    issuer: Mapped[str | None] = mapped_column(Text)
    number: Mapped[str | None] = mapped_column(Text)
    field: Mapped[str | None] = mapped_column(String(64))


class VersionRow(Base):
    """One dated text of a document (文本版本); each date beside its basis and evidence."""

    __tablename__ = "versions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(Text)
    source_digest: Mapped[str] = mapped_column(String(64))
    source_effective: Mapped[dt.date | None] = mapped_column(Date)
    published: Mapped[dt.date | None] = mapped_column(Date)
    source_status: Mapped[str] = mapped_column(String(16))
    commencement: Mapped[dt.date | None] = mapped_column(Date)
    commencement_basis: Mapped[str] = mapped_column(String(32))
    commencement_evidence: Mapped[str] = mapped_column(Text)
    end: Mapped[dt.date | None] = mapped_column("end_day", Date)
    end_basis: Mapped[str] = mapped_column(String(32))
    end_evidence: Mapped[str] = mapped_column(Text)
    first_commencement: Mapped[dt.date | None] = mapped_column(Date)
    first_commencement_basis: Mapped[str] = mapped_column(String(32))
    first_commencement_evidence: Mapped[str] = mapped_column(Text)
    annotation: Mapped[str] = mapped_column(Text, default="")
    retired: Mapped[dt.date | None] = mapped_column(Date)
    shadowed_by: Mapped[str | None] = mapped_column(String(64))


class ProvisionRow(Base):
    """The unit of citation (条) with its verbatim text."""

    __tablename__ = "provisions"
    __table_args__ = (UniqueConstraint("version_id", "ordinal"),)

    id: Mapped[str] = mapped_column(String(160), primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(String(64))
    number: Mapped[int | None] = mapped_column(Integer, index=True)
    insertion: Mapped[int] = mapped_column(Integer, default=0)
    part: Mapped[str | None] = mapped_column(Text)
    subpart: Mapped[str | None] = mapped_column(Text)
    chapter: Mapped[str | None] = mapped_column(Text)
    section: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    source_text: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text, default="")
    page: Mapped[int | None] = mapped_column(Integer)
    ocr: Mapped[bool] = mapped_column(default=False)
    fields: Mapped[str | None] = mapped_column(Text)  # JSON: [[column, cell], …]


class PassageRow(Base):
    """What the index finds (检索片段); ``digest`` covers ``index_text`` and keys the encodings."""

    __tablename__ = "passages"

    id: Mapped[str] = mapped_column(String(180), primary_key=True)
    provision_id: Mapped[str] = mapped_column(ForeignKey("provisions.id", ondelete="CASCADE"), index=True)
    start: Mapped[int] = mapped_column("start_char", Integer)
    end: Mapped[int] = mapped_column("end_char", Integer)
    index_text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), index=True)


class FindingRow(Base):
    """One fault found in a source (来源缺陷)."""

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(32), index=True)
    severity: Mapped[str] = mapped_column(String(16))
    place: Mapped[str] = mapped_column(Text)
    message: Mapped[str] = mapped_column(Text)
    remedy: Mapped[str] = mapped_column(Text)
    repaired: Mapped[bool] = mapped_column()
    text: Mapped[str] = mapped_column(Text)
    number: Mapped[int | None] = mapped_column(Integer)
    insertion: Mapped[int] = mapped_column(Integer, default=0)


class CrossReferenceRow(Base):
    """One article naming another of the same text (条文互引): 违反本法第二十八条规定的, ….

    Derived from the texts and replaced with the version; both ends belong to the same version.
    """

    __tablename__ = "cross_references"

    from_provision_id: Mapped[str] = mapped_column(ForeignKey("provisions.id", ondelete="CASCADE"), primary_key=True)
    to_provision_id: Mapped[str] = mapped_column(
        ForeignKey("provisions.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class AmendedArticleRow(Base):
    """An article whose text an amendment in the corpus changed from a day on (条文修改记录).

    ``version_id`` is the text that was changed, ``amending_provision_id`` the item of the amendment that says so,
    ``effective`` the day the amendment commences (None: unknown).
    """

    __tablename__ = "amended_articles"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    number: Mapped[int] = mapped_column(Integer)
    insertion: Mapped[int] = mapped_column(Integer, default=0)
    amending_provision_id: Mapped[str] = mapped_column(String(160))
    effective: Mapped[dt.date | None] = mapped_column(Date)


class SourceFileRow(Base):
    """A file that was ingested (来源文件): its bytes' digest, what became of it, and everything its reading reported.

    ``state`` is a ``corpus.store.sources.FileState``; ``report`` is JSON (notes of the reader, failures with remedies).
    A row is never deleted: a file that is gone is retired.
    """

    __tablename__ = "source_files"
    __table_args__ = (UniqueConstraint("path", "digest"),)

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    path: Mapped[str] = mapped_column(Text, index=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    format: Mapped[str] = mapped_column(String(16))
    size: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(16), index=True)
    read_as: Mapped[str] = mapped_column(Text)
    first_seen: Mapped[dt.date] = mapped_column(Date)
    retired: Mapped[dt.date | None] = mapped_column(Date)
    report: Mapped[str] = mapped_column(Text)


class VersionSourceRow(Base):
    """Which files, or which package, a version was read from (来源): one text may have several."""

    __tablename__ = "version_sources"

    version_id: Mapped[str] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True)
    source_id: Mapped[str] = mapped_column(
        ForeignKey("source_files.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class CitationLinkRow(Base):
    """A provision that cites law of another document (跨文件引用), by document and article, whatever the version.

    Derived from the texts and replaced as a whole; ``number`` None cites the document. ``written`` is as printed.
    """

    __tablename__ = "citation_links"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    from_provision_id: Mapped[str] = mapped_column(ForeignKey("provisions.id", ondelete="CASCADE"), index=True)
    to_document_id: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    number: Mapped[int | None] = mapped_column(Integer)
    insertion: Mapped[int] = mapped_column(Integer, default=0)
    written: Mapped[str] = mapped_column(Text)


class DiscretionRecordRow(Base):
    """What a text says about fines, as data (裁量数据): a standard, a list entry, rules of application, or the rest.

    ``kind`` is a ``corpus.store.discretion_rows.RecordKind``; ``record_id`` is unique in the version. ``payload`` is
    the JSON of ``corpus.discretion.codec``. Replaced with the version.
    """

    __tablename__ = "discretion_records"
    __table_args__ = (UniqueConstraint("version_id", "record_id"),)

    version_id: Mapped[str] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(Integer, primary_key=True)
    record_id: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(16), index=True)
    payload: Mapped[str] = mapped_column(Text)
    needs_review: Mapped[bool] = mapped_column(index=True)


class DiscretionCorrectionRow(Base):
    """A person's correction of a record (人工更正), kept apart from the source: no key binds it to a text.

    It names document and record; ``version_id`` is the text that the person had before their eyes, ``read_digest``
    the digest of the record as it was read then. ``corrected_at`` is ISO 8601 in UTC.
    """

    __tablename__ = "discretion_corrections"
    __table_args__ = (UniqueConstraint("document_id", "record_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(String(64))
    document_title: Mapped[str] = mapped_column(Text)
    version_id: Mapped[str] = mapped_column(String(64))
    record_id: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(16))
    read_digest: Mapped[str] = mapped_column(String(64))
    payload: Mapped[str] = mapped_column(Text)
    corrected_by: Mapped[str] = mapped_column(Text)
    corrected_at: Mapped[str] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(Text)


class DocumentReaderRow(Base):
    """One department or region that a document is limited to (阅读对象).

    ``kind`` is ``department`` or ``region``. No key binds it to a document: a limit outlives the document's removal.
    """

    __tablename__ = "document_readers"

    document_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    value: Mapped[str] = mapped_column(String(128), primary_key=True)


class MetaRow(Base):
    """Small facts about the store itself: source digests loaded, counts of the last load, corpus revision."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
