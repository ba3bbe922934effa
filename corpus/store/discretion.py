"""Discretion records as the desk reads them (裁量数据): of the texts that are served, with people's corrections.

A correction is kept apart from what was read and outlives it: the text may be read again, removed or replaced by a
new version. It is applied where the person saw the very same text, or where the record of another version reads
exactly as the one that was corrected. Otherwise it is stale: kept and shown, not applied, and the record needs review.
Where the same text is read differently now, it is applied and flagged stale.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Row, Select, delete, or_, select
from sqlalchemy.orm import Session

from corpus.discretion.codec import from_json, to_json
from corpus.discretion.model import (
    ApplicationRules,
    BoundsRule,
    DiscretionRecords,
    DiscretionStandard,
    Doubt,
    ExemptionItem,
)
from corpus.errors import InvalidInput, NotFound
from corpus.store.discretion_rows import Record, RecordKind, dump, read_digest
from corpus.store.repository import CorpusStore
from corpus.store.schema import DiscretionCorrectionRow, DiscretionRecordRow, DocumentRow, VersionRow

STALE = "correction_stale"
_LIST_FIRST = "请用 eassistant discretion list 查看现有记录的编号。"

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's correction of one record (人工更正). ``at`` is aware, in UTC."""

    record: DiscretionStandard | ExemptionItem | ApplicationRules
    version_id: str
    by: str
    at: dt.datetime
    note: str


@dataclass(frozen=True, slots=True)
class Held(Generic[R]):
    """One record that the corpus holds (馆藏裁量记录).

    ``record`` is what holds, ``read`` what was read from the source; they differ where a correction is applied.
    ``corrected``: a person's correction is applied. ``stale``: the source reads differently since the correction.
    """

    key: str  # <version id>/<record id>
    version_id: str
    document_id: str
    document: str  # title
    region: str
    record: R
    read: R
    correction: Correction | None = None
    corrected: bool = False
    stale: bool = False

    @property
    def needs_review(self) -> bool:
        """Whether a person must look before anything rests on it."""
        return bool(self.record.doubts)


@dataclass(frozen=True, slots=True)
class TextRecords:
    """What holds for a whole text (全文说明): remarks of a list, how the benchmark reads bounds, doubts."""

    version_id: str
    document_id: str
    document: str
    region: str
    remarks: tuple[str, ...] = ()
    bounds: BoundsRule | None = None
    doubts: tuple[Doubt, ...] = ()


HeldRecord = Held[DiscretionStandard] | Held[ExemptionItem] | Held[ApplicationRules]


class DiscretionStore:
    """The discretion records of one store. Safe to share between threads."""

    def __init__(self, store: CorpusStore) -> None:
        self._store = store

    # ---- reading -------------------------------------------------------------------------------------------

    def standards(
        self, document_id: str | None = None, version_id: str | None = None
    ) -> list[Held[DiscretionStandard]]:
        """Standards of all served texts, of one document or of one version; by title, version and printed order."""
        return [_of(DiscretionStandard, h) for h in self._held(RecordKind.STANDARD, document_id, version_id)]

    def standards_named(self, record_id: str) -> list[Held[DiscretionStandard]]:
        """Standards of served texts with this id, all where a document has it twice; nothing else is read."""
        stored = DiscretionRecordRow.record_id
        query = _query(None, None).where(
            DiscretionRecordRow.kind == RecordKind.STANDARD.value,
            or_(stored == record_id, stored.startswith(f"{record_id}#", autoescape=True)),
        )
        with self._store.session() as session:
            corrections = _corrections(session)
            return [_of(DiscretionStandard, _held(row, corrections)) for row in session.execute(query)]

    def regions(self) -> frozenset[str]:
        """The places whose standards or list entries are held."""
        kinds = (RecordKind.STANDARD.value, RecordKind.ITEM.value)
        query = (
            select(DocumentRow.region)
            .distinct()
            .join(VersionRow, VersionRow.document_id == DocumentRow.id)
            .join(DiscretionRecordRow, DiscretionRecordRow.version_id == VersionRow.id)
            .where(DiscretionRecordRow.kind.in_(kinds), VersionRow.retired.is_(None), VersionRow.shadowed_by.is_(None))
        )
        with self._store.session() as session:
            return frozenset(session.scalars(query))

    def items(self, document_id: str | None = None, version_id: str | None = None) -> list[Held[ExemptionItem]]:
        """Entries of no-penalty and leniency lists, in the same order."""
        return [_of(ExemptionItem, h) for h in self._held(RecordKind.ITEM, document_id, version_id)]

    def rules(self, document_id: str | None = None, version_id: str | None = None) -> list[Held[ApplicationRules]]:
        """Rules of application, in the same order."""
        return [_of(ApplicationRules, h) for h in self._held(RecordKind.RULES, document_id, version_id)]

    def texts(self, document_id: str | None = None, version_id: str | None = None) -> list[TextRecords]:
        """What holds for whole texts: remarks, bounds, doubts; only texts that say or raise such things."""
        query = _query(document_id, version_id).where(DiscretionRecordRow.kind == RecordKind.RECORDS.value)
        with self._store.session() as session:
            rows = session.execute(query).all()
        return [_text_records(row) for row in rows]

    def get(self, key: str) -> HeldRecord:
        """The record of a key, of a withheld text too. Raises NotFound."""
        with self._store.session() as session:
            return _held(_row(session, key), _corrections(session))

    def review(self, document_id: str | None = None) -> list[HeldRecord]:
        """Records that need a person, and those that a person corrected, in printed order of their texts."""
        kinds = (RecordKind.STANDARD, RecordKind.ITEM, RecordKind.RULES)
        found = [held for kind in kinds for held in self._held(kind, document_id, None)]
        return [h for h in found if h.needs_review or h.correction is not None]

    def corrections(self) -> list[tuple[str, str, Correction]]:
        """Every correction with its document's title and the record's id, also of texts no longer held."""
        query = select(DiscretionCorrectionRow).order_by(
            DiscretionCorrectionRow.document_title, DiscretionCorrectionRow.id
        )
        with self._store.session() as session:
            return [(row.document_title, row.record_id, _correction(row)) for row in session.scalars(query)]

    # ---- writing -------------------------------------------------------------------------------------------

    def correct(
        self, key: str, record: Mapping[str, Any] | Record, *, by: str, note: str, at: dt.datetime
    ) -> HeldRecord:
        """Keep a person's correction of a record; an earlier one of the same record is replaced.

        ``record`` is the record itself or its JSON (``corpus.discretion.codec``); ``at`` is aware. Raises NotFound
        for an unknown key, InvalidInput for JSON that is no such record or names another one.
        """
        payload = dict(record) if isinstance(record, Mapping) else to_json(record)
        with self._store.session() as session, session.begin():
            row = _row(session, key)
            held = row.DiscretionRecordRow
            corrected = from_json(held.kind, payload)
            if getattr(corrected, "id", None) != getattr(_read(held), "id", None):
                raise InvalidInput("更正不能改变记录的编号。", where=key, remedy="请保留原来的 id 再提交。")
            session.execute(_delete_correction(row.VersionRow.document_id, held.record_id))
            session.add(
                DiscretionCorrectionRow(
                    document_id=row.VersionRow.document_id,
                    document_title=row.DocumentRow.title,
                    version_id=held.version_id,
                    record_id=held.record_id,
                    kind=held.kind,
                    read_digest=read_digest(json.loads(held.payload)),
                    payload=dump(to_json(corrected)),
                    corrected_by=by,
                    corrected_at=at.astimezone(dt.UTC).isoformat(timespec="seconds"),
                    note=note,
                )
            )
        return self.get(key)

    def remove_correction(self, key: str) -> HeldRecord:
        """Take a correction back: what was read holds again. Raises NotFound where there is none."""
        with self._store.session() as session, session.begin():
            row = _row(session, key)
            gone = session.execute(_delete_correction(row.VersionRow.document_id, row.DiscretionRecordRow.record_id))
            if not gone.rowcount:  # type: ignore[attr-defined]
                raise NotFound("这条记录没有更正。", where=key, remedy="无需撤销。")
        return self.get(key)

    def _held(self, kind: RecordKind, document_id: str | None, version_id: str | None) -> list[HeldRecord]:
        query = _query(document_id, version_id).where(DiscretionRecordRow.kind == kind.value)
        with self._store.session() as session:
            corrections = _corrections(session)
            return [_held(row, corrections) for row in session.execute(query)]


_Corrections = Mapping[tuple[str, str], DiscretionCorrectionRow]
_Joined = Select[DiscretionRecordRow, VersionRow, DocumentRow]
_JoinedRow = Row[DiscretionRecordRow, VersionRow, DocumentRow]


def _joined() -> _Joined:
    return (
        select(DiscretionRecordRow, VersionRow, DocumentRow)
        .join(VersionRow, VersionRow.id == DiscretionRecordRow.version_id)
        .join(DocumentRow, DocumentRow.id == VersionRow.document_id)
        .order_by(DocumentRow.title, VersionRow.published, DiscretionRecordRow.version_id, DiscretionRecordRow.ordinal)
    )


def _query(document_id: str | None, version_id: str | None) -> _Joined:
    """Rows of the texts that are served; those of a version that is asked for by its id in any case."""
    if version_id is not None:
        return _joined().where(VersionRow.id == version_id)
    query = _joined().where(VersionRow.retired.is_(None), VersionRow.shadowed_by.is_(None))
    return query if document_id is None else query.where(VersionRow.document_id == document_id)


def _row(session: Session, key: str) -> _JoinedRow:
    version_id, slash, record_id = key.partition("/")
    query = _joined().where(
        DiscretionRecordRow.version_id == version_id,
        DiscretionRecordRow.record_id == record_id,
        DiscretionRecordRow.kind != RecordKind.RECORDS.value,
    )
    found = session.execute(query).first() if slash else None
    if found is None:
        raise NotFound("没有这条裁量记录。", where=key, remedy=_LIST_FIRST)
    return found


def _corrections(session: Session) -> _Corrections:
    return {(row.document_id, row.record_id): row for row in session.scalars(select(DiscretionCorrectionRow))}


def _delete_correction(document_id: str, record_id: str) -> Any:
    return delete(DiscretionCorrectionRow).where(
        DiscretionCorrectionRow.document_id == document_id, DiscretionCorrectionRow.record_id == record_id
    )


def _held(row: _JoinedRow, corrections: _Corrections) -> HeldRecord:
    stored, version, document = row
    read = _read(stored)
    held: Held[Any] = Held(
        f"{stored.version_id}/{stored.record_id}",
        stored.version_id,
        document.id,
        document.title,
        document.region,
        read,
        read,
    )
    made = corrections.get((document.id, stored.record_id))
    if made is None or made.kind != stored.kind:
        return held
    correction = _correction(made)
    stale = made.read_digest != read_digest(json.loads(stored.payload))
    if stale and made.version_id != version.id:
        doubt = Doubt(STALE, "来源已有新的文本，原有的人工更正未采用，请核对后重新更正。")
        record = dataclasses.replace(read, doubts=(*read.doubts, doubt))
        return dataclasses.replace(held, record=record, correction=correction, stale=True)
    return dataclasses.replace(held, record=correction.record, correction=correction, corrected=True, stale=stale)


def _read(row: DiscretionRecordRow) -> Record:
    return from_json(row.kind, json.loads(row.payload))


def _correction(row: DiscretionCorrectionRow) -> Correction:
    record = from_json(row.kind, json.loads(row.payload))
    assert not isinstance(record, DiscretionRecords)
    settled = dataclasses.replace(record, doubts=())  # a person looked at it
    return Correction(settled, row.version_id, row.corrected_by, dt.datetime.fromisoformat(row.corrected_at), row.note)


def _of(kind: type[R], held: HeldRecord) -> Held[R]:
    assert isinstance(held.record, kind)
    return held  # type: ignore[return-value]


def _text_records(row: _JoinedRow) -> TextRecords:
    stored, version, document = row
    records = _read(stored)
    assert isinstance(records, DiscretionRecords)
    return TextRecords(
        version.id, document.id, document.title, document.region, records.remarks, records.bounds, records.doubts
    )
