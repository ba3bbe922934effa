"""Files as sources (来源文件): what was ingested, what became of it, and which texts were read from it.

One row stands for one content of one path. A path that holds other bytes now has a new row, and the old one is
``replaced``; a path that is gone is ``retired``. No row is ever deleted.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, insert, select, update

from corpus.readers import Readers
from corpus.store.readers import write_readers
from corpus.store.repository import CorpusStore, DocumentRecord, write_document
from corpus.store.schema import (
    DocumentRow,
    PassageRow,
    ProvisionRow,
    SourceFileRow,
    VersionRow,
    VersionSourceRow,
)


class FileState(StrEnum):
    """What became of a file (文件处理状态)."""

    PARSED = "parsed"
    NEEDS_REVIEW = "needs_review"  # read, but a person should compare it with the original
    FAILED = "failed"
    NOTHING_TO_CITE = "nothing_to_cite"  # 目录、导航、说明: nothing in it can be cited
    REPLACED = "replaced"  # the path holds other bytes now
    RETIRED = "retired"  # the file is gone

    @property
    def current(self) -> bool:
        """Whether the row speaks of what lies at its path now."""
        return self not in (FileState.REPLACED, FileState.RETIRED)


FILE_STATE_ZH: dict[FileState, str] = {
    FileState.PARSED: "已解析",
    FileState.NEEDS_REVIEW: "需复核",
    FileState.FAILED: "失败",
    FileState.NOTHING_TO_CITE: "无可引用内容",
    FileState.REPLACED: "已有新内容",
    FileState.RETIRED: "文件已移除",
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One content of one path (来源文件).

    ``path`` is absolute; a member of an archive is ``…/a.zip!/b.md``. ``digest`` is the sha-256 of the bytes, under
    which the original is kept, and empty where they could not be read. ``read_as`` names the reading that made the
    texts. ``report`` holds JSON values: ``notes``, ``failure``, ``pages``, ``encoding``, ``texts``.
    """

    id: str
    path: str
    digest: str
    format: str
    size: int
    state: FileState
    read_as: str
    first_seen: dt.date
    retired: dt.date | None = None
    report: Mapping[str, Any] = field(default_factory=dict)


def source_id(path: str, digest: str) -> str:
    """Id of the row of this content of this path."""
    content = "\n".join((path, digest))
    return f"s-{hashlib.sha256(content.encode()).hexdigest()[:16]}"


class SourceFiles:
    """The files of one store, and what their being there or not means for the texts read from them."""

    def __init__(self, store: CorpusStore) -> None:
        self._store = store

    @property
    def store(self) -> CorpusStore:
        return self._store

    # ---- reading -------------------------------------------------------------------------------------------

    def all(self) -> list[SourceFile]:
        """Every row, by path and day first seen."""
        query = select(SourceFileRow).order_by(SourceFileRow.path, SourceFileRow.first_seen, SourceFileRow.id)
        with self._store.session() as session:
            return [_source_file(row) for row in session.scalars(query)]

    def of_version(self, version_id: str) -> list[SourceFile]:
        """The files that a text was read from, by path; none for a text of the law package alone."""
        query = (
            select(SourceFileRow)
            .join(VersionSourceRow, VersionSourceRow.source_id == SourceFileRow.id)
            .where(VersionSourceRow.version_id == version_id)
            .order_by(SourceFileRow.path, SourceFileRow.id)
        )
        with self._store.session() as session:
            return [_source_file(row) for row in session.scalars(query)]

    def links(self) -> list[tuple[str, str]]:
        """All pairs of version id and source id."""
        query = select(VersionSourceRow.version_id, VersionSourceRow.source_id)
        with self._store.session() as session:
            return [(v, s) for v, s in session.execute(query.order_by(*query.selected_columns))]

    # ---- writing -------------------------------------------------------------------------------------------

    def record(
        self,
        file: SourceFile,
        *,
        documents: Sequence[DocumentRecord] = (),
        version_ids: Collection[str] | None = None,
        replaced: Collection[str] = (),
        readers: Mapping[str, Readers] | None = None,
    ) -> None:
        """Record a file that was read and the texts read from it, in one transaction.

        ``documents`` are written first. ``version_ids`` are all texts of the file, including those that were held
        before; None leaves what an earlier reading of the same bytes gave. A text that only an earlier reading of
        these very bytes gave is removed. ``replaced`` are the rows whose content this one takes the place of.
        ``readers`` limits documents by id; they are never in the store without their limits.
        """
        with self._store.session() as session, session.begin():
            write_readers(session, readers or {})
            session.merge(_row(file))
            if replaced:
                session.execute(
                    update(SourceFileRow)
                    .where(SourceFileRow.id.in_(replaced))
                    .values(state=FileState.REPLACED.value, retired=None)
                )
            session.flush()
            for record in documents:
                write_document(session, record)
            if version_ids is None:
                return
            query = select(VersionSourceRow.version_id).where(VersionSourceRow.source_id == file.id)
            linked = set(session.scalars(query))
            dropped = sorted(linked - set(version_ids))
            if dropped:
                session.execute(
                    delete(VersionSourceRow).where(
                        VersionSourceRow.source_id == file.id, VersionSourceRow.version_id.in_(dropped)
                    )
                )
                supported = select(VersionSourceRow.version_id).where(VersionSourceRow.version_id.in_(dropped))
                session.execute(
                    delete(VersionRow).where(
                        VersionRow.id.in_(dropped),
                        VersionRow.id.startswith(FILE_VERSION_PREFIX),
                        VersionRow.id.not_in(supported),
                    )
                )
            new = [{"version_id": v, "source_id": file.id} for v in dict.fromkeys(version_ids) if v not in linked]
            if new:
                session.execute(insert(VersionSourceRow), new)

    def retire(self, ids: Collection[str], day: dt.date) -> None:
        """Note that these files are gone since ``day``."""
        with self._store.session() as session, session.begin():
            for chunk in _chunks(ids):
                session.execute(
                    update(SourceFileRow)
                    .where(SourceFileRow.id.in_(chunk))
                    .values(state=FileState.RETIRED.value, retired=day)
                )

    def restore(self, states: Mapping[str, FileState]) -> None:
        """Note that retired files stand again in the states given; one whose path holds other bytes is replaced."""
        with self._store.session() as session, session.begin():
            for id_, state in states.items():
                row = session.get(SourceFileRow, id_)
                if row is None or row.state != FileState.RETIRED.value:
                    continue
                others = session.scalars(
                    select(SourceFileRow.state).where(SourceFileRow.path == row.path, SourceFileRow.id != id_)
                )
                taken = state.current and any(FileState(other).current for other in others)
                row.state, row.retired = (FileState.REPLACED if taken else state).value, None

    def settle(
        self,
        *,
        retired: Mapping[str, dt.date | None],
        shadowed: Mapping[str, str | None],
        moved: Mapping[str, str],
        merged: Mapping[str, str],
    ) -> None:
        """Write what is served, in one transaction.

        ``retired`` and ``shadowed`` give the new values by version id, ``moved`` the new document id by version id,
        ``merged`` the version that takes over the sources of one that is the same text and is removed.
        """
        with self._store.session() as session, session.begin():
            for version_id, document_id in moved.items():
                session.execute(update(VersionRow).where(VersionRow.id == version_id).values(document_id=document_id))
            for gone, into in merged.items():
                held = select(VersionSourceRow.source_id).where(VersionSourceRow.version_id == into)
                sources = select(VersionSourceRow.source_id).where(
                    VersionSourceRow.version_id == gone, VersionSourceRow.source_id.not_in(held)
                )
                new = [{"version_id": into, "source_id": s} for s in sorted(session.scalars(sources))]
                if new:
                    session.execute(insert(VersionSourceRow), new)
                session.execute(delete(VersionRow).where(VersionRow.id == gone))
            for version_id, day in retired.items():
                session.execute(update(VersionRow).where(VersionRow.id == version_id).values(retired=day))
            for version_id, served in shadowed.items():
                session.execute(update(VersionRow).where(VersionRow.id == version_id).values(shadowed_by=served))
            session.execute(delete(DocumentRow).where(DocumentRow.id.not_in(select(VersionRow.document_id))))

    def keep_file_text(self, version_id: str, kept_id: str, source: str) -> None:
        """Copy a text of the law package, before it changes, for the files that hold the very same text.

        The copy ``kept_id`` takes over the files of ``version_id``; ``source`` is where it is said to be read.
        """
        with self._store.session() as session, session.begin():
            _copy_version(session, version_id, kept_id, source)


FILE_VERSION_PREFIX = "f-"
"""Ids of texts that were read from files begin so."""


def _copy_version(session: Any, version_id: str, kept_id: str, source: str) -> None:
    row = session.get(VersionRow, version_id)
    if row is None or session.get(VersionRow, kept_id) is not None:
        return
    values = {c.key: getattr(row, c.key) for c in VersionRow.__mapper__.column_attrs}
    session.execute(insert(VersionRow), [values | {"id": kept_id, "source": source, "shadowed_by": None}])

    def renamed(id_: str) -> str:
        return kept_id + id_.removeprefix(version_id)

    provisions = session.scalars(select(ProvisionRow).where(ProvisionRow.version_id == version_id)).all()
    copies = [
        {c.key: getattr(p, c.key) for c in ProvisionRow.__mapper__.column_attrs}
        | {"id": renamed(p.id), "version_id": kept_id}
        for p in provisions
    ]
    if copies:
        session.execute(insert(ProvisionRow), copies)
    passages = session.scalars(
        select(PassageRow)
        .join(ProvisionRow, ProvisionRow.id == PassageRow.provision_id)
        .where(ProvisionRow.version_id == version_id)
    )
    copies = [
        {c.key: getattr(p, c.key) for c in PassageRow.__mapper__.column_attrs}
        | {"id": renamed(p.id), "provision_id": renamed(p.provision_id)}
        for p in passages
    ]
    if copies:
        session.execute(insert(PassageRow), copies)
    session.execute(
        update(VersionSourceRow).where(VersionSourceRow.version_id == version_id).values(version_id=kept_id)
    )


def _chunks(ids: Iterable[str], size: int = 500) -> list[list[str]]:
    ordered = sorted(ids)
    return [ordered[i : i + size] for i in range(0, len(ordered), size)]


def _row(file: SourceFile) -> SourceFileRow:
    return SourceFileRow(
        id=file.id,
        path=file.path,
        digest=file.digest,
        format=file.format,
        size=file.size,
        state=file.state.value,
        read_as=file.read_as,
        first_seen=file.first_seen,
        retired=file.retired,
        report=json.dumps(file.report, ensure_ascii=False),
    )


def _source_file(row: SourceFileRow) -> SourceFile:
    return SourceFile(
        row.id,
        row.path,
        row.digest,
        row.format,
        row.size,
        FileState(row.state),
        row.read_as,
        row.first_seen,
        row.retired,
        json.loads(row.report),
    )
