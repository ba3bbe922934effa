"""Uploads and the care of the corpus (资料管理): what the routes ask for, over the records and the worker."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from assistant.accounts.principal import Principal
from assistant.accounts.reading import hidden_from, may_read
from assistant.auditlog.contract import Act, NoRecorder, Recorder
from assistant.discretion.contract import Desk
from assistant.settings import LimitSettings
from assistant.uploads.checking import corpus_mark
from assistant.uploads.contract import (
    ConfirmRequest,
    DocumentsQuery,
    DoubtEntry,
    DoubtPage,
    DoubtsQuery,
    ManagedDocumentPage,
    Mark,
    MarkRequest,
    ReceivedFile,
    Receiving,
    RestoreRequest,
    Retirement,
    RetirementPage,
    RetireRequest,
    Upload,
    UploadChange,
    UploadOptions,
    UploadPage,
    UploadState,
)
from assistant.uploads.doubts import doubts_held
from assistant.uploads.engine import Engine, Work, Worker
from assistant.uploads.jobs import UploadJobs
from assistant.uploads.managed import managed_documents
from assistant.uploads.receiving import PATH_PREFIX, Receiver, ReceivingLimits, new_upload_id
from assistant.uploads.records import HeldUpload, UploadRecords
from assistant.uploads.retirement import Retirements
from assistant.uploads.schema import ReviewMarkRow
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.errors import Conflict, NotFound, StillPreparing
from corpus.readers import Readers
from corpus.store.readable import ReadableStore
from corpus.store.readers import limited_documents
from corpus.store.sources import SourceFiles
from ingest.loading.pipeline import Steps
from ingest.loading.pool import Limits
from ingest.loading.run import STEPS

_S = UploadState


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class CorpusCare:
    """Implements ``assistant.uploads.contract.Corpora``; ``desk`` gives a person's desk."""

    def __init__(
        self,
        engine: Engine,
        userdata: UserData,
        home: Path,
        limits: LimitSettings,
        desk: Callable[[Principal], Desk],
        *,
        recorder: Recorder | None = None,
        now: Callable[[], dt.datetime] = _now,
        steps: Steps = STEPS,
        reading: Limits | None = None,
    ) -> None:
        self._engine = engine
        self._userdata = userdata
        self._limits = ReceivingLimits(limits.upload_bytes, limits.upload_files)
        self._desk = desk
        self._log = recorder or NoRecorder()
        self._now = now
        self._work = Work()
        self._records = UploadRecords(userdata, now)
        processes = max(1, (os.cpu_count() or 2) // 2)
        self.jobs = UploadJobs(engine, self._records, self._work, home, jobs=processes, steps=steps, limits=reading)
        self._retirements = Retirements(engine, userdata, self._work, now)
        self.worker = Worker(engine, self.step)

    def start(self) -> None:
        """Go on with what an earlier process left, and begin to take jobs."""
        self.jobs.tidy()
        self.worker.start()

    def step(self) -> bool:
        """Do the next job; whether there was one."""
        return self._retirements.step() or self.jobs.step()

    # ---- uploads -------------------------------------------------------------------------------------------------

    def receive(self, person: Principal, options: UploadOptions) -> Receiving:
        def registered(upload_id: str, files: list[ReceivedFile]) -> Upload:
            self._log.record(Act.UPLOADED, person, target=upload_id, facts={"files": len(files)})
            self._records.create(person, upload_id, files, options)
            self.worker.wake()
            return self.upload(person, upload_id)

        upload_id = new_upload_id(f"{self._engine.today():%Y%m%d}")
        return Receiver(self.jobs.folder, upload_id, self._limits, registered)

    def uploads(self, person: Principal, limit: int, offset: int) -> UploadPage:
        found, total = self._records.page(lambda upload: _may_see(person, upload), limit, offset)
        return UploadPage(items=[self._with_progress(u) for u in found], total=total)

    def upload(self, person: Principal, upload_id: str) -> Upload:
        self._held(person, upload_id)
        return self._with_progress(self._records.shown(upload_id))

    def change(self, person: Principal, upload_id: str, request: UploadChange) -> Upload:
        held = self._held(person, upload_id)
        if held.state not in (_S.CHECKED, _S.FAILED, _S.CHECKING):
            raise _not_now(upload_id, "只有尚未确认的上传可以修改。")
        given = request.model_fields_set
        region = (request.region or "").strip() or None if "region" in given else held.region
        readers = Readers(
            held.readers.departments if request.departments is None else frozenset(request.departments),
            held.readers.regions if request.regions is None else frozenset(request.regions),
        )
        anew = (region, readers) != (held.region, held.readers)
        if anew and held.state is _S.CHECKING:
            raise _not_now(upload_id, "正在试算，请等试算完成后再改地区或阅读对象。")
        self._records.change(upload_id, region, readers, request.excluded)
        if anew:
            return self.check_again(person, upload_id)
        return self.upload(person, upload_id)

    def check_again(self, person: Principal, upload_id: str) -> Upload:
        self._held(person, upload_id)
        message = "等待试算。"
        if not self._records.move(upload_id, [_S.CHECKED, _S.FAILED], _S.CHECKING, message=message, queue=True):
            raise _not_now(upload_id, "这次上传现在不能重新试算。")
        self.worker.wake()
        return self.upload(person, upload_id)

    def confirm(self, person: Principal, upload_id: str, request: ConfirmRequest) -> Upload:
        held = self._held(person, upload_id)
        if held.state is not _S.CHECKED:
            raise _not_now(upload_id, "只有试算完成、尚未确认的上传可以确认。")
        if request.check != held.check:
            raise Conflict("试算结果已经更新。", where=upload_id, remedy="请查看新的试算结果后再确认。")
        if corpus_mark(self._engine.store) != held.corpus:
            words = "试算之后语料有了变化，正在重新试算。"
            self._records.move(upload_id, [_S.CHECKED], _S.CHECKING, message=words, queue=True)
            self.worker.wake()
            raise Conflict(words, where=upload_id, remedy="请稍候，看过与上次的不同后再确认。")
        if not any(f.texts for f in self._records.shown(upload_id).checked if not f.excluded):
            raise Conflict("没有可以入库的文件。", where=upload_id, remedy="请放弃这次上传，或取消对文件的排除。")
        self._log.record(Act.UPLOAD_CONFIRMED, person, target=upload_id, facts={"check": held.check})
        if not self._records.move(upload_id, [_S.CHECKED], _S.CONFIRMED, message="等待入库。", queue=True):
            raise _not_now(upload_id, "这次上传的状态已经改变。")
        self.worker.wake()
        return self.upload(person, upload_id)

    def stop(self, person: Principal, upload_id: str) -> Upload:
        held = self._held(person, upload_id)
        if held.state is _S.CONFIRMED:
            self._records.move(upload_id, [_S.CONFIRMED], _S.CHECKED, message="已取消排队，请确认后入库。")
        elif not self._work.ask_to_stop(upload_id) and not (
            held.state is _S.CHECKING
            and self._records.move(upload_id, [_S.CHECKING], _S.FAILED, message="试算已取消，可重新试算或放弃。")
        ):
            raise _not_now(upload_id, "这次上传没有正在进行的工作。")
        return self.upload(person, upload_id)

    def discard(self, person: Principal, upload_id: str) -> Upload:
        held = self._held(person, upload_id)
        prefix = f"{PATH_PREFIX}{upload_id}/"
        stored = any(f.path.startswith(prefix) and f.state.current for f in SourceFiles(self._engine.store).all())
        if held.state is _S.FAILED and stored:
            self._records.move(
                upload_id, [_S.FAILED], _S.STORING, message="正在撤回已入库的部分", undoing=True, queue=True
            )
            self.worker.wake()
            raise Conflict("部分文件已经入库，正在撤回。", where=upload_id, remedy="撤回完成后即可放弃。")
        self._log.record(Act.UPLOAD_DISCARDED, person, target=upload_id)
        if not self._records.move(upload_id, [_S.CHECKED, _S.FAILED], _S.DISCARDED, message="已放弃，文件已删除。"):
            raise _not_now(upload_id, "进行中或已入库的上传不能放弃；进行中的请先停止，已入库的可以停用。")
        self.jobs.remove_files(upload_id)
        return self.upload(person, upload_id)

    def _held(self, person: Principal, upload_id: str) -> HeldUpload:
        held = self._records.held(upload_id)
        if not _may_see(person, held):
            raise NotFound("没有这次上传。", where=upload_id)
        return held

    def _with_progress(self, upload: Upload) -> Upload:
        if upload.state not in (_S.CHECKING, _S.CONFIRMED, _S.STORING):
            return upload
        progress = self._work.progress(upload.id)
        waiting = None if progress else self._records.before(upload.id)
        return upload.model_copy(update={"progress": progress, "waiting": waiting})

    # ---- documents -----------------------------------------------------------------------------------------------

    def documents(self, person: Principal, query: DocumentsQuery) -> ManagedDocumentPage:
        self._require_loaded()
        hidden = self._hidden(person)
        found, total = managed_documents(self._engine.store, query, hidden, self._engine.today())
        latest = self._retirements.latest([d.document_id for d in found], hidden)
        items = [d.model_copy(update={"retirement": latest.get(d.document_id)}) for d in found]
        return ManagedDocumentPage(items=items, total=total)

    def retire(self, person: Principal, document_id: str, request: RetireRequest) -> Retirement:
        self._require_loaded()
        facts = {"version": request.version_id or ""}
        self._log.record(Act.DOCUMENT_RETIRED, person, target=document_id, facts=facts)
        done = self._retirements.retire(person, document_id, request, self._hidden(person))
        self.worker.wake()
        return done

    def restore(self, person: Principal, document_id: str, request: RestoreRequest) -> Retirement:
        self._require_loaded()
        self._log.record(Act.DOCUMENT_RESTORED, person, target=document_id)
        done = self._retirements.restore(person, document_id, request, self._hidden(person))
        self.worker.wake()
        return done

    def retirements(self, person: Principal, limit: int, offset: int) -> RetirementPage:
        items, total = self._retirements.page(self._hidden(person), limit, offset)
        return RetirementPage(items=items, total=total)

    def _hidden(self, person: Principal) -> frozenset[str]:
        return frozenset() if person.reads_everything else hidden_from(person, limited_documents(self._engine.store))

    def _require_loaded(self) -> None:
        if not self._engine.loaded():
            raise StillPreparing("正在装载法律。", remedy="请稍候再试。")

    # ---- doubts --------------------------------------------------------------------------------------------------

    def doubts(self, person: Principal, query: DoubtsQuery) -> DoubtPage:
        every = self._doubts(person)
        fitting = [
            d
            for d in every
            if query.kind in (None, d.kind)
            and query.document in (None, d.document, d.document_id)
            and query.marked in (None, d.mark is not None)
        ]
        fitting.sort(key=lambda d: d.mark is not None)
        return DoubtPage(
            items=fitting[query.offset : query.offset + query.limit],
            total=len(fitting),
            waiting=sum(d.mark is None for d in fitting),
            documents=sorted({d.document for d in every}),
        )

    def mark(self, person: Principal, request: MarkRequest) -> DoubtEntry:
        found = self._doubt(person, request.key)
        with self._userdata.write() as session:
            session.merge(
                ReviewMarkRow(
                    key=request.key,
                    digest=request.key.rsplit(":", 1)[-1][:64],
                    person_id=person.id,
                    person_name=person.name,
                    at=moment(self._now()),
                    note=request.note,
                )
            )
        return found.model_copy(update={"mark": self._marks().get(request.key)})

    def unmark(self, person: Principal, key: str) -> DoubtEntry:
        found = self._doubt(person, key)
        with self._userdata.write() as session:
            row = session.get(ReviewMarkRow, key)
            if row is None:
                raise Conflict("这一项没有标记。", where=key)
            session.delete(row)
        return found.model_copy(update={"mark": None})

    def _doubt(self, person: Principal, key: str) -> DoubtEntry:
        found = next((d for d in self._doubts(person) if d.key == key), None)
        if found is None:
            raise NotFound("没有这一项疑点；来源可能已重新读取。", where=key, remedy="请刷新待核对列表。")
        return found

    def _doubts(self, person: Principal) -> list[DoubtEntry]:
        self._require_loaded()

        def may_see(path: str) -> bool:
            if not path.startswith(PATH_PREFIX):
                return True
            try:
                return _may_see(person, self._records.held(path.removeprefix(PATH_PREFIX).split("/", 1)[0]))
            except NotFound:
                return True

        entries = self._desk(person).review()
        marks = self._marks()
        hidden = self._hidden(person)
        store = ReadableStore(self._engine.store, hidden) if hidden else self._engine.store
        found = doubts_held(store, entries, hidden, may_see)
        return [d.model_copy(update={"mark": marks.get(d.key)}) for d in found]

    def _marks(self) -> dict[str, Mark]:
        with self._userdata.read() as session:
            rows = session.scalars(select(ReviewMarkRow)).all()
        return {r.key: Mark(person=r.person_name, at=dt.datetime.fromisoformat(r.at), note=r.note) for r in rows}


def _may_see(person: Principal, upload: HeldUpload) -> bool:
    return upload.person_id == person.id or may_read(person, upload.readers)


def _not_now(upload_id: str, what: str) -> Conflict:
    return Conflict(what, where=upload_id, remedy="请刷新后查看现在的状态。")
