"""The jobs of an upload (试算、入库): each can be cut off at any moment and begun again.

A dry run writes nothing. Storing is the resumable run of ``ingest``: each file is one transaction, and a text is served
only after all of them, when the instance turns to the new state. A stop asked for by a person undoes what was stored;
the end of the process leaves the upload ``storing``, and the next start goes on with it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import logging
import shutil
from pathlib import Path

from assistant.problems import problem_from_error
from assistant.uploads.checking import check_mark, checked_files, corpus_mark, differences
from assistant.uploads.contract import CheckedFile, UploadState
from assistant.uploads.engine import Engine, Work
from assistant.uploads.receiving import PATH_PREFIX, stored_file
from assistant.uploads.records import HeldUpload, UploadRecords, is_excluded
from corpus.errors import EAssistantError, InvalidInput
from corpus.store.readers import limited_documents
from corpus.store.sources import SourceFiles
from corpus.validity.wording import format_title
from ingest.loading.pipeline import Steps
from ingest.loading.pool import Limits
from ingest.loading.report import IngestReport, Outcome
from ingest.loading.run import STEPS, IngestOptions, ingest_found
from ingest.loading.walk import FoundFile, Walk
from ingest.removal import retire_files

log = logging.getLogger(__name__)

_S = UploadState


class UploadJobs:
    """Checks and stores uploads for an instance; ``home`` is its data folder."""

    def __init__(
        self,
        engine: Engine,
        records: UploadRecords,
        work: Work,
        home: Path,
        *,
        jobs: int = 1,
        steps: Steps = STEPS,
        limits: Limits | None = None,
    ) -> None:
        self._engine = engine
        self._records = records
        self._work = work
        self._home = home
        self._jobs = jobs
        self._steps = steps
        self._limits = limits or Limits()

    @property
    def folder(self) -> Path:
        """Where the files of uploads lie until they are stored."""
        return self._home / "uploads"

    def tidy(self) -> None:
        """Remove what uploads left behind that were cut off while their files arrived, or are over."""
        known = self._records.ids()
        for folder in self.folder.iterdir() if self.folder.is_dir() else ():
            if folder.name not in known or self._records.held(folder.name).state in (_S.STORED, _S.DISCARDED):
                shutil.rmtree(folder, ignore_errors=True)

    def remove_files(self, upload_id: str) -> None:
        """Remove the files of one upload, and of no other: those of another may be arriving."""
        shutil.rmtree(self.folder / upload_id, ignore_errors=True)

    def step(self) -> bool:
        """Do the next job; whether there was one."""
        upload_id = self._records.next_job()
        if upload_id is None:
            return False
        upload = self._records.held(upload_id)
        self._work.begin(upload_id)
        try:
            if upload.state is _S.CHECKING:
                self._check(upload)
            else:
                self._store(upload)
        except EAssistantError as error:
            if self._engine.stopping():
                return True
            problem = problem_from_error(error)
            log.warning("upload %s failed: %s", upload_id, error.code)
            self._fail(upload, f"{problem.detail}{problem.remedy or ''}")
        except Exception:
            log.exception("upload %s failed", upload_id)
            self._fail(upload, "程序内部出错，未能完成。请重新试算；仍不行时请查看服务日志。")
        finally:
            self._work.finish()
        return True

    # ---- the dry run ---------------------------------------------------------------------------------------------

    def _check(self, upload: HeldUpload) -> None:
        read = self._dry_run(upload)
        if read is None:
            return
        corpus, check, checked = read
        differ = differences(upload.checked, checked) if upload.checked else []
        if not upload.checked:
            message = "请逐份查看试算结果，确认后入库。"
        elif check == upload.check:
            message = "已重新试算，结果与上次相同。请确认。"
        else:
            message = "已重新试算，结果与上次不同，请再看一遍后确认。"
        self._records.note_check(upload.id, check, corpus, checked, differ, message)

    def _dry_run(self, upload: HeldUpload) -> tuple[str, str, list[CheckedFile]] | None:
        """The mark of the corpus, that of the result, and the result; None when the run was stopped."""
        self._verify(upload)
        corpus = corpus_mark(self._engine.store)
        options = dataclasses.replace(self._options(upload), dry_run=True, passed_over=frozenset())
        report = self._run(upload, options, "正在试算")
        if report.stopped:
            if not self._engine.stopping():
                self._records.move(
                    upload.id, [_S.CHECKING, _S.CONFIRMED], _S.FAILED, message="试算已停止，可重新试算或放弃。"
                )
            return None
        checked = checked_files(report, self._titles())
        return corpus, check_mark(upload.files, checked, [upload.region, str(upload.readers)]), checked

    def _titles(self) -> dict[str, str]:
        """What a report calls the texts held; one that not everybody may read is not named to anybody."""
        store = self._engine.store
        limited = limited_documents(store)
        titles = {d.id: format_title(d.title) for d in store.documents() if d.id not in limited}
        return {
            v.id: f"{titles[v.document_id]}（{v.validity.published or '日期不详'}）"
            for v in store.versions()
            if v.document_id in titles
        }

    # ---- storing -------------------------------------------------------------------------------------------------

    def _store(self, upload: HeldUpload) -> None:
        if upload.undoing:
            self._undo(upload)
            return
        if upload.state is _S.CONFIRMED and not self._still_as_confirmed(upload):
            return
        self._verify(upload)
        self._work.advance("正在等候检索准备完成", 0, 0)
        with self._engine.exclusive():
            if self._engine.stopping() or not self._begin_storing(upload):
                return
            report = self._run(upload, self._options(upload), "正在入库")
            if report.stopped and self._engine.stopping():
                return
            if report.stopped:
                self._records.move(upload.id, [_S.STORING], _S.STORING, message="正在撤回", undoing=True)
                self._take_back(upload)
                return
            self._work.advance("正在更新检索", 0, 0)
            self._engine.renew(lambda done, total: self._work.advance("正在更新检索", done, total))
            if self._engine.stopping():
                return
            self._records.move(upload.id, [_S.STORING], _S.STORED, message=_stored_words(upload, report))
        shutil.rmtree(self.folder / upload.id, ignore_errors=True)

    def _begin_storing(self, upload: HeldUpload) -> bool:
        return self._records.move(upload.id, [_S.CONFIRMED, _S.STORING], _S.STORING, message="正在入库")

    def _still_as_confirmed(self, upload: HeldUpload) -> bool:
        """Whether storing would do what the person confirmed; otherwise the new dry run waits for confirmation."""
        if corpus_mark(self._engine.store) == upload.corpus:
            return True
        read = self._dry_run(upload)
        if read is None:
            return False
        corpus, check, checked = read
        if check == upload.check:
            return True
        message = "确认之后、入库之前，语料有了变化；已重新试算，请再看一遍后确认。"
        self._records.note_check(upload.id, check, corpus, checked, differences(upload.checked, checked), message)
        return False

    def _undo(self, upload: HeldUpload) -> None:
        with self._engine.exclusive():
            self._take_back(upload)

    def _take_back(self, upload: HeldUpload) -> None:
        """Retire what a stopped run had stored, and show what is held without it."""
        store, prefix = self._engine.store, f"{PATH_PREFIX}{upload.id}/"
        stored = [f.id for f in SourceFiles(store).all() if f.path.startswith(prefix) and f.state.current]
        retire_files(store, stored, self._engine.today())
        self._engine.renew(lambda done, total: self._work.advance("正在撤回", done, total))
        if self._engine.stopping():
            return
        self._records.move(
            upload.id, [_S.STORING], _S.CHECKING, message="入库已停止，已入库的部分已撤回，正在重新试算。", queue=True
        )

    # ---- both ----------------------------------------------------------------------------------------------------

    def _run(self, upload: HeldUpload, options: IngestOptions, message: str) -> IngestReport:
        def advance(done: int, total: int, _name: str) -> None:
            read = 0 < total <= done
            self._work.advance("正在核对时效与引用" if read else message, 0 if read else done, 0 if read else total)

        taken = upload.taken
        advance(0, len(taken), "")
        files = [FoundFile(f.path, f.name, stored_file(self.folder / upload.id, n)) for n, f in taken]
        return ingest_found(
            self._engine.store,
            Walk(files=sorted(files, key=lambda f: f.path)),
            options,
            today=self._engine.today(),
            steps=self._steps,
            progress=advance,
            stop=lambda: self._work.stop_asked or self._engine.stopping(),
        )

    def _options(self, upload: HeldUpload) -> IngestOptions:
        return IngestOptions(
            self._home,
            self._jobs,
            upload.region,
            passed_over=upload.excluded | {f.path for f in upload.checked if f.outcome is Outcome.FAILED},
            readers=upload.readers,
            limits=self._limits,
        )

    def _verify(self, upload: HeldUpload) -> None:
        """The files must be those that arrived. Raises InvalidInput."""
        for number, file in upload.taken:
            try:
                with stored_file(self.folder / upload.id, number).open("rb") as stream:
                    same = hashlib.file_digest(stream, "sha256").hexdigest() == file.digest
            except OSError:
                same = False
            if not same:
                raise InvalidInput(f"“{file.name}”已不在服务器上或已被改动。", remedy="请放弃这次上传，重新上传。")

    def _fail(self, upload: HeldUpload, message: str) -> None:
        """A fault that is not of one file. What was being stored is taken back before anything else is tried."""
        if upload.state is _S.CHECKING:
            self._records.move(upload.id, [_S.CHECKING], _S.FAILED, message=message)
        else:
            self._records.move(upload.id, [_S.CONFIRMED, _S.STORING], _S.FAILED, message=f"入库未完成：{message}")


def _stored_words(upload: HeldUpload, report: IngestReport) -> str:
    """What became of the files, and which came out otherwise than in the dry run."""
    counts = report.counts()
    stored = counts[Outcome.PARSED] + counts[Outcome.NEEDS_REVIEW] + counts[Outcome.UNCHANGED]
    words = [f"{stored} 个文件已入库，现在即可检索和引用。"]
    if counts[Outcome.NEEDS_REVIEW]:
        words.append(f"其中 {counts[Outcome.NEEDS_REVIEW]} 个需对照原件核对，见“待核对”。")
    unread = sum(f.outcome is Outcome.FAILED and not is_excluded(f.path, upload.excluded) for f in upload.checked)
    if unread:
        words.append(f"{unread} 个文件未能读取，没有入库。")
    other = [f.name for f in report.files if f.outcome is Outcome.FAILED]
    if other:
        words.append(f"试算时能读、此次未能读取的：{'、'.join(other)}；请再上传一次。")
    return "".join(words)
