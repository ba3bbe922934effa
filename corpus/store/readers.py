"""Which documents are limited to which readers (阅读对象), kept by document id.

No foreign key binds a limit to its document: it outlives the document's removal, so that a text which is read again
comes back as limited as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from corpus.readers import EVERYONE, Readers
from corpus.store.repository import CorpusStore
from corpus.store.schema import DocumentReaderRow, MetaRow

DEPARTMENT, REGION = "department", "region"
_REVISION = "readers_revision"


def readers_of(store: CorpusStore, document_id: str) -> Readers:
    """Who may read a document; everyone where nothing is kept of it."""
    query = select(DocumentReaderRow).where(DocumentReaderRow.document_id == document_id)
    with store.session() as session:
        return _collected(session.scalars(query)).get(document_id, EVERYONE)


def limited_documents(store: CorpusStore) -> dict[str, Readers]:
    """Document id → its readers, of all that are limited, whether the store holds them now or not."""
    with store.session() as session:
        return _collected(session.scalars(select(DocumentReaderRow)))


def readers_revision(store: CorpusStore) -> str:
    """A mark that is another after every change of any document's readers; "" before the first."""
    return store.meta(_REVISION) or ""


def set_readers(store: CorpusStore, readers: Mapping[str, Readers]) -> None:
    """Set the readers of documents by id, in one transaction; ``EVERYONE`` lifts the limits."""
    with store.session() as session, session.begin():
        write_readers(session, readers)


def write_readers(session: Session, readers: Mapping[str, Readers]) -> None:
    """The same inside a transaction under way."""
    for document_id, limits in readers.items():
        session.execute(delete(DocumentReaderRow).where(DocumentReaderRow.document_id == document_id))
        for kind, values in ((DEPARTMENT, limits.departments), (REGION, limits.regions)):
            session.add_all(DocumentReaderRow(document_id=document_id, kind=kind, value=v) for v in sorted(values))
    if readers:
        session.merge(MetaRow(key=_REVISION, value=uuid4().hex))


def _collected(rows: Iterable[DocumentReaderRow]) -> dict[str, Readers]:
    found: dict[str, tuple[set[str], set[str]]] = {}
    for row in rows:
        departments, regions = found.setdefault(row.document_id, (set(), set()))
        (departments if row.kind == DEPARTMENT else regions).add(row.value)
    return {id_: Readers(frozenset(d), frozenset(r)) for id_, (d, r) in found.items()}
