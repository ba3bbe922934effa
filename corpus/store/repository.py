"""Reading and writing the relational store in terms of the vocabulary; no SQL leaves this package."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, create_engine, delete, event, func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from corpus.discretion.model import NO_RECORDS, DiscretionRecords
from corpus.errors import StoreUnavailable
from corpus.store import migrate, revision
from corpus.store.discretion_rows import record_values
from corpus.store.schema import (
    AmendedArticleRow,
    Base,
    CrossReferenceRow,
    DiscretionRecordRow,
    DocumentRow,
    FindingRow,
    MetaRow,
    PassageRow,
    ProvisionRow,
    VersionRow,
    VersionSourceRow,
)
from corpus.vocabulary import (
    ArticleNumber,
    DateBasis,
    DatedFact,
    Document,
    DocumentKind,
    EffectLevel,
    Finding,
    FindingKind,
    Heading,
    Passage,
    Provision,
    Severity,
    SourceStatus,
    Validity,
    Version,
)


@dataclass(frozen=True, slots=True)
class AmendedArticle:
    """An article changed by an amendment that the corpus holds, while the amended text itself may not be held."""

    version_id: str
    article: ArticleNumber
    amending_provision_id: str
    effective: dt.date | None


@dataclass(frozen=True, slots=True)
class VersionText:
    """One version with all that is read from it, ready to be stored in one transaction."""

    version: Version
    digest: str  # sha-256 of the source rows, to skip an unchanged version
    provisions: Sequence[Provision]
    passages: Sequence[Passage]
    findings: Sequence[Finding] = ()
    references: Sequence[tuple[str, str]] = ()  # provision ids (from, to): 违反本法第二十八条规定
    records: DiscretionRecords = NO_RECORDS


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document with its versions, newest last."""

    document: Document
    versions: Sequence[VersionText]


@dataclass(frozen=True, slots=True)
class PassageKey:
    """Where a passage belongs, and the digest of its text: what a sync of the index compares, without any text."""

    passage_id: str
    provision_id: str
    version_id: str
    document_id: str
    digest: str


def passage_digest(index_text: str) -> str:
    """Key of an encoding: sha-256 of the text that is encoded."""
    return hashlib.sha256(index_text.encode()).hexdigest()


class CorpusStore:
    """The relational store behind one SQLAlchemy URL. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sessions = sessionmaker(engine, expire_on_commit=False)
        revision.watch(self._sessions)

    @classmethod
    def open(cls, url: str) -> CorpusStore:
        """Open (creating or migrating as needed) the store at an SQLAlchemy ``url``.

        Raises StoreUnavailable with the folder or server and the remedy when that is impossible.
        """
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _sqlite_pragmas)
        try:
            migrate.upgrade(engine)
        except (SQLAlchemyError, OSError) as error:
            raise StoreUnavailable(
                f"The relational store cannot be opened ({type(error).__name__}: {_first_line(error)}).",
                where=engine.url.render_as_string(hide_password=True),
                remedy="Check that the data folder exists, is writable and has free space (EASSISTANT_HOME), "
                "or restore the file from a backup.",
            ) from error
        return cls(engine)

    @property
    def engine(self) -> Engine:
        return self._engine

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A database session for the modules of this package; failures come out as StoreUnavailable."""
        try:
            with self._sessions() as session:
                yield session
        except SQLAlchemyError as error:
            raise StoreUnavailable(
                f"The relational store failed ({type(error).__name__}: {_first_line(error)}).",
                where=self._engine.url.render_as_string(hide_password=True),
                remedy="Check free space and permissions of the data folder, then run the command again; "
                "what was committed is kept.",
            ) from error

    # ---- writing -------------------------------------------------------------------------------------------

    def save(self, record: DocumentRecord) -> None:
        """Store a document and its given versions in one transaction, replacing versions of the same id."""
        with self.session() as session, session.begin():
            write_document(session, record)

    def set_validities(self, validities: Mapping[str, Validity]) -> None:
        """Record the dates derived for versions, by id, in one transaction (they may need texts of other documents)."""
        with self.session() as session, session.begin():
            for version_id, validity in validities.items():
                row = session.get(VersionRow, version_id)
                if row is None:
                    raise KeyError(version_id)
                _write_validity(row, validity)

    def replace_amended_articles(self, amended: Iterable[AmendedArticle]) -> None:
        """Replace the whole list of articles known to have been changed by amendments in the corpus."""
        with self.session() as session, session.begin():
            session.execute(delete(AmendedArticleRow))
            _insert(
                session,
                AmendedArticleRow,
                [
                    {
                        "version_id": a.version_id,
                        "number": a.article.number,
                        "insertion": a.article.insertion,
                        "amending_provision_id": a.amending_provision_id,
                        "effective": a.effective,
                    }
                    for a in amended
                ],
            )

    def replace_findings(self, kinds: Iterable[FindingKind], findings: Iterable[Finding]) -> None:
        """Replace all findings of the given kinds (those derived across documents)."""
        with self.session() as session, session.begin():
            session.execute(delete(FindingRow).where(FindingRow.kind.in_([k.value for k in kinds])))
            _insert(session, FindingRow, [_finding_values(f) for f in findings])

    def delete_version(self, version_id: str) -> None:
        """Remove a version with all that was read from it."""
        with self.session() as session, session.begin():
            session.execute(delete(VersionRow).where(VersionRow.id == version_id))

    def delete_documents_without_version(self) -> None:
        """Remove documents whose last version was removed or moved to another title."""
        with self.session() as session, session.begin():
            session.execute(delete(DocumentRow).where(DocumentRow.id.not_in(select(VersionRow.document_id))))

    def set_meta(self, key: str, value: str) -> None:
        with self.session() as session, session.begin():
            session.merge(MetaRow(key=key, value=value))

    # ---- reading -------------------------------------------------------------------------------------------

    def revision(self) -> str:
        """The mark of what is held now; another after every change (``corpus.store.revision``)."""
        return self.meta(revision.KEY) or revision.FIRST

    def meta(self, key: str) -> str | None:
        with self.session() as session:
            return session.scalar(select(MetaRow.value).where(MetaRow.key == key))

    def documents(self) -> list[Document]:
        """All documents, by title."""
        with self.session() as session:
            rows = session.scalars(select(DocumentRow).order_by(DocumentRow.title, DocumentRow.id))
            return [_document(r) for r in rows]

    def document(self, document_id: str) -> Document | None:
        with self.session() as session:
            row = session.get(DocumentRow, document_id)
            return _document(row) if row else None

    def versions(self, document_id: str | None = None) -> list[Version]:
        """Versions of one document (or of all), oldest publication first."""
        query = select(VersionRow).order_by(VersionRow.published, VersionRow.id)
        if document_id is not None:
            query = query.where(VersionRow.document_id == document_id)
        with self.session() as session:
            return [_version(r) for r in session.scalars(query)]

    def version_digests(self) -> dict[str, str]:
        """Version id → digest of the source it was read from."""
        with self.session() as session:
            return {r.id: r.source_digest for r in session.scalars(select(VersionRow))}

    def provisions(self, version_id: str) -> list[Provision]:
        """All provisions of a version in printed order."""
        query = select(ProvisionRow).where(ProvisionRow.version_id == version_id).order_by(ProvisionRow.ordinal)
        with self.session() as session:
            return [_provision(r) for r in session.scalars(query)]

    def provision(self, provision_id: str) -> Provision | None:
        with self.session() as session:
            row = session.get(ProvisionRow, provision_id)
            return _provision(row) if row else None

    def provisions_by_id(self, ids: Sequence[str]) -> dict[str, Provision]:
        with self.session() as session:
            rows = session.scalars(select(ProvisionRow).where(ProvisionRow.id.in_(ids)))
            return {r.id: _provision(r) for r in rows}

    def titles_of_provisions(self, ids: Sequence[str]) -> dict[str, str]:
        """Provision id → title of its document."""
        query = (
            select(ProvisionRow.id, DocumentRow.title)
            .join(VersionRow, VersionRow.id == ProvisionRow.version_id)
            .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
            .where(ProvisionRow.id.in_(ids))
        )
        with self.session() as session:
            return {row.id: row.title for row in session.execute(query)}

    def provision_at(self, version_id: str, article: ArticleNumber) -> Provision | None:
        """The article of a version by number (第…条之… counts as its own number)."""
        query = select(ProvisionRow).where(
            ProvisionRow.version_id == version_id,
            ProvisionRow.number == article.number,
            ProvisionRow.insertion == article.insertion,
        )
        with self.session() as session:
            row = session.scalars(query).first()
            return _provision(row) if row else None

    def all_provisions(self) -> Iterator[Provision]:
        """Every provision, by version and printed order; streamed."""
        query = select(ProvisionRow).order_by(ProvisionRow.version_id, ProvisionRow.ordinal)
        with self.session() as session:
            for row in session.scalars(query.execution_options(yield_per=2000)):
                yield _provision(row)

    def passages(self) -> Iterator[tuple[Passage, str]]:
        """Every passage with its digest, in order of id; streamed."""
        query = select(PassageRow).order_by(PassageRow.id)
        with self.session() as session:
            for row in session.scalars(query.execution_options(yield_per=2000)):
                yield _passage(row), row.digest

    def passage_keys(self) -> list[PassageKey]:
        """The key of every passage, in order of id."""
        query = (
            select(PassageRow.id, ProvisionRow.id, VersionRow.id, VersionRow.document_id, PassageRow.digest)
            .join(ProvisionRow, ProvisionRow.id == PassageRow.provision_id)
            .join(VersionRow, VersionRow.id == ProvisionRow.version_id)
            .order_by(PassageRow.id)
        )
        with self.session() as session:
            return [PassageKey(*row) for row in session.execute(query)]

    def count_served_passages(self) -> int:
        """How many passages the index is to hold: those of withheld texts stay in the store alone."""
        query = (
            select(func.count())
            .select_from(PassageRow)
            .join(ProvisionRow, ProvisionRow.id == PassageRow.provision_id)
            .join(VersionRow, VersionRow.id == ProvisionRow.version_id)
            .where(VersionRow.retired.is_(None), VersionRow.shadowed_by.is_(None))
        )
        with self.session() as session:
            return session.scalar(query) or 0

    def passages_by_id(self, ids: Sequence[str]) -> dict[str, Passage]:
        with self.session() as session:
            rows = session.scalars(select(PassageRow).where(PassageRow.id.in_(ids)))
            return {r.id: _passage(r) for r in rows}

    def amended_articles(self, version_id: str | None = None) -> list[AmendedArticle]:
        query = select(AmendedArticleRow).order_by(AmendedArticleRow.id)
        if version_id is not None:
            query = query.where(AmendedArticleRow.version_id == version_id)
        with self.session() as session:
            return [
                AmendedArticle(r.version_id, ArticleNumber(r.number, r.insertion), r.amending_provision_id, r.effective)
                for r in session.scalars(query)
            ]

    def references_from(self, provision_id: str) -> list[str]:
        """Ids of the articles of the same text that this provision names, in printed order."""
        query = (
            select(CrossReferenceRow.to_provision_id)
            .join(ProvisionRow, ProvisionRow.id == CrossReferenceRow.to_provision_id)
            .where(CrossReferenceRow.from_provision_id == provision_id)
            .order_by(ProvisionRow.ordinal)
        )
        with self.session() as session:
            return list(session.scalars(query))

    def references_to(self, provision_id: str) -> list[str]:
        """Ids of the articles of the same text that name this provision, in printed order."""
        query = (
            select(CrossReferenceRow.from_provision_id)
            .join(ProvisionRow, ProvisionRow.id == CrossReferenceRow.from_provision_id)
            .where(CrossReferenceRow.to_provision_id == provision_id)
            .order_by(ProvisionRow.ordinal)
        )
        with self.session() as session:
            return list(session.scalars(query))

    def references(self) -> dict[str, list[str]]:
        """All cross-references at once: provision id → ids of the articles of the same text that it names."""
        found: dict[str, list[str]] = {}
        query = select(CrossReferenceRow.from_provision_id, CrossReferenceRow.to_provision_id)
        with self.session() as session:
            for origin, target in session.execute(query.order_by(*query.selected_columns)):
                found.setdefault(origin, []).append(target)
        return found

    def findings(self, version_id: str | None = None) -> list[Finding]:
        query = select(FindingRow).order_by(FindingRow.id)
        if version_id is not None:
            query = query.where(FindingRow.version_id == version_id)
        with self.session() as session:
            return [_finding(r) for r in session.scalars(query)]

    def counts(self) -> dict[str, int]:
        """Rows per table: documents, versions, provisions, passages, findings, cross references."""
        tables = {
            "documents": DocumentRow,
            "versions": VersionRow,
            "provisions": ProvisionRow,
            "passages": PassageRow,
            "findings": FindingRow,
            "cross_references": CrossReferenceRow,
        }
        with self.session() as session:
            return {name: session.scalar(select(func.count()).select_from(row)) or 0 for name, row in tables.items()}


def _sqlite_pragmas(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0]


def write_document(session: Session, record: DocumentRecord) -> None:
    """Write a document and its given versions; what a version was read from (来源) survives its replacement."""
    session.merge(_document_row(record.document))
    session.flush()
    for text in record.versions:
        version_id = text.version.id
        sources = session.scalars(select(VersionSourceRow.source_id).where(VersionSourceRow.version_id == version_id))
        kept: list[dict[str, object]] = [{"version_id": version_id, "source_id": s} for s in sources]
        session.execute(delete(VersionRow).where(VersionRow.id == version_id))
        session.add(_version_row(text.version, text.digest))
        session.flush()
        _insert(session, ProvisionRow, [_provision_values(p) for p in text.provisions])
        _insert(session, PassageRow, [_passage_values(p) for p in text.passages])
        _insert(session, FindingRow, [_finding_values(f) for f in text.findings])
        references = dict.fromkeys(text.references)
        _insert(session, CrossReferenceRow, [{"from_provision_id": a, "to_provision_id": b} for a, b in references])
        _insert(session, VersionSourceRow, kept)
        _insert(session, DiscretionRecordRow, record_values(version_id, text.records))


def _document_row(d: Document) -> DocumentRow:
    return DocumentRow(
        id=d.id,
        title=d.title,
        kind=d.kind.value,
        level=d.level.value,
        region=d.region,
        issuer=d.issuer,
        number=d.number,
        field=d.field,
    )


def _document(r: DocumentRow) -> Document:
    return Document(r.id, r.title, DocumentKind(r.kind), EffectLevel(r.level), r.region, r.issuer, r.number, r.field)


def _write_validity(row: VersionRow, v: Validity) -> None:
    row.published = v.published
    row.source_status = v.source_status.value
    row.commencement = v.commencement.day
    row.commencement_basis = v.commencement.basis.value
    row.commencement_evidence = v.commencement.evidence
    row.end = v.end.day
    row.end_basis = v.end.basis.value
    row.end_evidence = v.end.evidence
    row.first_commencement = v.first_commencement.day
    row.first_commencement_basis = v.first_commencement.basis.value
    row.first_commencement_evidence = v.first_commencement.evidence


def _version_row(v: Version, digest: str) -> VersionRow:
    row = VersionRow(
        id=v.id,
        document_id=v.document_id,
        source=v.source,
        source_digest=digest,
        source_effective=v.source_effective,
        annotation=v.annotation,
        retired=v.retired,
        shadowed_by=v.shadowed_by,
    )
    _write_validity(row, v.validity)
    return row


def _version(r: VersionRow) -> Version:
    return Version(
        r.id,
        r.document_id,
        Validity(
            published=r.published,
            commencement=DatedFact(r.commencement, DateBasis(r.commencement_basis), r.commencement_evidence),
            end=DatedFact(r.end, DateBasis(r.end_basis), r.end_evidence),
            source_status=SourceStatus(r.source_status),
            first_commencement=DatedFact(
                r.first_commencement, DateBasis(r.first_commencement_basis), r.first_commencement_evidence
            ),
        ),
        r.source,
        r.source_effective,
        r.annotation,
        r.retired,
        r.shadowed_by,
    )


def _insert(session: Session, table: type[Base], values: Sequence[dict[str, object]]) -> None:
    """Insert many rows with one statement: the unit of work would cost seconds per ten thousand rows."""
    if values:
        session.execute(insert(table).execution_options(render_nulls=True), values)


def _provision_values(p: Provision) -> dict[str, object]:
    return {
        "id": p.id,
        "version_id": p.version_id,
        "ordinal": p.ordinal,
        "label": p.label,
        "number": p.article.number if p.article else None,
        "insertion": p.article.insertion if p.article else 0,
        "part": p.heading.part,
        "subpart": p.heading.subpart,
        "chapter": p.heading.chapter,
        "section": p.heading.section,
        "text": p.text,
        "source_text": p.source_text,
        "place": p.place,
        "page": p.page,
        "ocr": p.ocr,
        "fields": json.dumps(p.fields, ensure_ascii=False) if p.fields else None,
    }


def _provision(r: ProvisionRow) -> Provision:
    return Provision(
        id=r.id,
        version_id=r.version_id,
        ordinal=r.ordinal,
        label=r.label,
        text=r.text,
        article=ArticleNumber(r.number, r.insertion) if r.number is not None else None,
        heading=Heading(r.part, r.subpart, r.chapter, r.section),
        source_text=r.source_text,
        place=r.place,
        page=r.page,
        ocr=r.ocr,
        fields=tuple((name, cell) for name, cell in json.loads(r.fields)) if r.fields else (),
    )


def _passage_values(p: Passage) -> dict[str, object]:
    return {
        "id": p.id,
        "provision_id": p.provision_id,
        "start": p.start,
        "end": p.end,
        "index_text": p.index_text,
        "digest": passage_digest(p.index_text),
    }


def _passage(r: PassageRow) -> Passage:
    return Passage(r.id, r.provision_id, r.start, r.end, r.index_text)


def _finding_values(f: Finding) -> dict[str, object]:
    return {
        "version_id": f.version_id,
        "kind": f.kind.value,
        "severity": f.severity.value,
        "place": f.where,
        "message": f.message,
        "remedy": f.remedy,
        "repaired": f.repaired,
        "text": f.text,
        "number": f.article.number if f.article else None,
        "insertion": f.article.insertion if f.article else 0,
    }


def _finding(r: FindingRow) -> Finding:
    return Finding(
        FindingKind(r.kind),
        Severity(r.severity),
        r.version_id,
        r.place,
        r.message,
        r.remedy,
        r.repaired,
        r.text,
        ArticleNumber(r.number, r.insertion) if r.number is not None else None,
    )
