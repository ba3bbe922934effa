"""Removal for good (彻底删除) of what was read from files: texts, rows of the files, and which originals to delete."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from corpus.store.repository import CorpusStore
from corpus.store.schema import DocumentRow, SourceFileRow, VersionRow


def purge_files(store: CorpusStore, source_ids: Collection[str], version_ids: Collection[str]) -> set[str]:
    """Delete these files' rows and these texts with all that was read from them, in one transaction.

    Gives the digests of originals that no other file needs any more.
    """
    with store.session() as session, session.begin():
        files = SourceFileRow.id.in_(source_ids)
        digests = set(session.scalars(select(SourceFileRow.digest).where(files)))
        session.execute(delete(VersionRow).where(VersionRow.id.in_(version_ids)))
        session.execute(delete(SourceFileRow).where(files))
        session.execute(delete(DocumentRow).where(DocumentRow.id.not_in(select(VersionRow.document_id))))
        kept = set(session.scalars(select(SourceFileRow.digest).where(SourceFileRow.digest.in_(digests))))
    return {digest for digest in digests - kept if digest}
