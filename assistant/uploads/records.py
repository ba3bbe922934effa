"""Uploads in the database (上传记录): rows in, contract values out; each change of state is one transaction."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from assistant.accounts.principal import Principal
from assistant.uploads.contract import CheckedFile, ReceivedFile, Remark, Upload, UploadOptions, UploadState
from assistant.uploads.schema import UploadExclusionRow, UploadFileRow, UploadRow
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.errors import NotFound
from corpus.readers import Readers

Now = Callable[[], dt.datetime]
_CHECKED: TypeAdapter[list[CheckedFile]] = TypeAdapter(list[CheckedFile])
_QUEUED = (UploadState.CHECKING, UploadState.CONFIRMED, UploadState.STORING)


@dataclass(frozen=True, slots=True)
class HeldUpload:
    """An upload as the jobs need it."""

    id: str
    person_id: str
    state: UploadState
    region: str | None
    readers: Readers
    files: tuple[ReceivedFile, ...]
    numbers: tuple[int, ...]
    excluded: frozenset[str]
    check: str
    corpus: str
    checked: tuple[CheckedFile, ...]
    undoing: bool

    @property
    def taken(self) -> list[tuple[int, ReceivedFile]]:
        """The files that were not refused, with their numbers."""
        return [(n, f) for n, f in zip(self.numbers, self.files, strict=True) if f.refused is None]


class UploadRecords:
    """All uploads of one database of user data."""

    def __init__(self, userdata: UserData, now: Now) -> None:
        self._userdata = userdata
        self._now = now

    def create(self, person: Principal, upload_id: str, files: Sequence[ReceivedFile], options: UploadOptions) -> None:
        """Register an upload whose files are on the disk; it waits to be checked."""
        at = moment(self._now())
        with self._userdata.write() as session:
            session.add(
                UploadRow(
                    id=upload_id,
                    person_id=person.id,
                    person_name=person.name,
                    created_at=at,
                    changed_at=at,
                    queued_at=at,
                    state=UploadState.CHECKING.value,
                    region=options.region,
                    departments=_json(sorted(set(options.departments))),
                    regions=_json(sorted(set(options.regions))),
                )
            )
            session.flush()
            for number, file in enumerate(files, start=1):
                session.add(
                    UploadFileRow(
                        upload_id=upload_id,
                        number=number,
                        person_id=person.id,
                        name=file.name,
                        path=file.path,
                        size=file.size,
                        digest=file.digest,
                        status=file.status,
                        refusal=file.refused.model_dump_json() if file.refused else "",
                    )
                )

    def ids(self) -> set[str]:
        with self._userdata.read() as session:
            return set(session.scalars(select(UploadRow.id)))

    def held(self, upload_id: str) -> HeldUpload:
        """Raises NotFound."""
        with self._userdata.read() as session:
            return _held(session, _row(session, upload_id))

    def shown(self, upload_id: str) -> Upload:
        """Raises NotFound."""
        with self._userdata.read() as session:
            return _shown(session, _row(session, upload_id))

    def page(self, allowed: Callable[[HeldUpload], bool], limit: int, offset: int) -> tuple[list[Upload], int]:
        """Uploads that are allowed, newest first, without their files' texts; and how many there are."""
        with self._userdata.read() as session:
            rows = session.scalars(select(UploadRow).order_by(UploadRow.created_at.desc(), UploadRow.id)).all()
            mine = [row for row in rows if allowed(_owned(row))]
            return [_shown(session, row) for row in mine[offset : offset + limit]], len(mine)

    def next_job(self) -> str | None:
        """The upload whose turn it is: what was being stored first, then in the order asked for."""
        query = (
            select(UploadRow.id)
            .where(UploadRow.state.in_([s.value for s in _QUEUED]))
            .order_by(UploadRow.state != UploadState.STORING.value, UploadRow.queued_at, UploadRow.id)
        )
        with self._userdata.read() as session:
            return session.scalars(query.limit(1)).first()

    def before(self, upload_id: str) -> int:
        """How many jobs come before that of an upload."""
        with self._userdata.read() as session:
            row = _row(session, upload_id)
            states = [s.value for s in _QUEUED]
            query = select(func.count()).where(
                UploadRow.state.in_(states),
                UploadRow.id != upload_id,
                or_(UploadRow.queued_at < row.queued_at, UploadRow.state == UploadState.STORING.value),
            )
            return session.scalar(query) or 0

    def move(
        self,
        upload_id: str,
        of: Sequence[UploadState],
        to: UploadState,
        *,
        message: str = "",
        undoing: bool = False,
        queue: bool = False,
    ) -> bool:
        """Change the state if it is one of ``of``; whether it was."""
        at = moment(self._now())
        values: dict[str, object] = {"state": to.value, "changed_at": at, "message": message, "undoing": undoing}
        if queue:
            values["queued_at"] = at
        condition = (UploadRow.id == upload_id, UploadRow.state.in_([s.value for s in of]))
        with self._userdata.write() as session:
            result = session.execute(update(UploadRow).where(*condition).values(**values))
            return bool(result.rowcount)  # type: ignore[attr-defined]

    def note_check(
        self,
        upload_id: str,
        check: str,
        corpus: str,
        checked: Sequence[CheckedFile],
        differ: Sequence[str],
        message: str,
    ) -> bool:
        """Keep the result of a dry run; False when the upload was discarded meanwhile."""
        values = {
            "state": UploadState.CHECKED.value,
            "check": check,
            "corpus": corpus,
            "report": _CHECKED.dump_json(list(checked)).decode(),
            "differences": _json(list(differ)),
            "message": message,
            "undoing": False,
            "changed_at": moment(self._now()),
        }
        states = [UploadState.CHECKING.value, UploadState.CONFIRMED.value]
        condition = (UploadRow.id == upload_id, UploadRow.state.in_(states))
        with self._userdata.write() as session:
            result = session.execute(
                update(UploadRow).where(*condition).values({getattr(UploadRow, k): v for k, v in values.items()})
            )
            return bool(result.rowcount)  # type: ignore[attr-defined]

    def change(self, upload_id: str, region: str | None, readers: Readers, excluded: Sequence[str] | None) -> None:
        """Change options of an upload; ``excluded`` None leaves the exclusions as they are."""
        with self._userdata.write() as session:
            row = _row(session, upload_id)
            row.region = region
            row.departments, row.regions = _json(sorted(readers.departments)), _json(sorted(readers.regions))
            row.changed_at = moment(self._now())
            if excluded is not None:
                session.execute(delete(UploadExclusionRow).where(UploadExclusionRow.upload_id == upload_id))
                session.add_all(
                    UploadExclusionRow(upload_id=upload_id, person_id=row.person_id, path=path)
                    for path in sorted(set(excluded))
                )


def _row(session: Session, upload_id: str) -> UploadRow:
    row = session.get(UploadRow, upload_id)
    if row is None:
        raise NotFound("没有这次上传。", where=upload_id)
    return row


def _owned(row: UploadRow) -> HeldUpload:
    """An upload without its files: enough to say who may see it."""
    return HeldUpload(
        row.id,
        row.person_id,
        UploadState(row.state),
        row.region,
        Readers(frozenset(json.loads(row.departments)), frozenset(json.loads(row.regions))),
        (),
        (),
        frozenset(),
        row.check,
        row.corpus,
        (),
        row.undoing,
    )


def _held(session: Session, row: UploadRow) -> HeldUpload:
    files = _files(session, row.id)
    return dataclasses.replace(
        _owned(row),
        files=tuple(_received(f) for f in files),
        numbers=tuple(f.number for f in files),
        excluded=_excluded(session, row.id),
        checked=tuple(_CHECKED.validate_json(row.report)) if row.report else (),
    )


def _shown(session: Session, row: UploadRow) -> Upload:
    excluded = _excluded(session, row.id)
    checked = _CHECKED.validate_json(row.report) if row.report else []
    return Upload(
        id=row.id,
        state=UploadState(row.state),
        created_at=dt.datetime.fromisoformat(row.created_at),
        changed_at=dt.datetime.fromisoformat(row.changed_at),
        person=row.person_name,
        region=row.region,
        departments=json.loads(row.departments),
        regions=json.loads(row.regions),
        files=[_received(f) for f in _files(session, row.id)],
        check=row.check,
        checked=[f.model_copy(update={"excluded": is_excluded(f.path, excluded)}) for f in checked],
        differences=json.loads(row.differences),
        message=row.message,
    )


def is_excluded(path: str, excluded: frozenset[str]) -> bool:
    """Whether a file, or the archive it lies in, was excluded."""
    return path in excluded or path.split("!/", 1)[0] in excluded


def _files(session: Session, upload_id: str) -> Sequence[UploadFileRow]:
    query = select(UploadFileRow).where(UploadFileRow.upload_id == upload_id).order_by(UploadFileRow.number)
    return session.scalars(query).all()


def _excluded(session: Session, upload_id: str) -> frozenset[str]:
    return frozenset(session.scalars(select(UploadExclusionRow.path).where(UploadExclusionRow.upload_id == upload_id)))


def _received(row: UploadFileRow) -> ReceivedFile:
    refused = Remark.model_validate_json(row.refusal) if row.refusal else None
    return ReceivedFile(
        name=row.name, path=row.path, size=row.size, digest=row.digest, refused=refused, status=row.status
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
