"""A run of ``eassistant ingest`` (导入): files become texts in the store, to be stopped at any moment and run again."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.readers import Readers
from corpus.store import CorpusStore
from corpus.store.readers import limited_documents
from corpus.store.sources import FileState, SourceFile, SourceFiles
from corpus.vocabulary import Provision
from ingest.links import renew_links
from ingest.loading.filing import Filing
from ingest.loading.holdings import Holdings
from ingest.loading.limiting import Limiting
from ingest.loading.pipeline import Steps
from ingest.loading.pool import FilePool, Limits
from ingest.loading.report import FileLine, IngestReport, Merging, Outcome, Trouble, finding_line, trouble_of
from ingest.loading.settling import settle
from ingest.loading.standing import Standing, decide
from ingest.loading.walk import MEMBER, FoundFile, Walk, member_of, walk
from ingest.loading.worker import FileReading, FileTask, not_readable
from ingest.parsers import parse
from ingest.readers import READING, read_document
from ingest.readers.model import FileUnreadable
from ingest.sources.text import READING_REVISION, RECORDS_REVISION
from ingest.spoken import spoken_revision
from ingest.validity import renew_validities

ZIP_MARK = b"PK"
STEPS = Steps(read_document, parse)

Progress = Callable[[int, int, str], None]
"""Called with the files done, of how many, and the name of the one just done."""


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """How to run: worker processes, the region of texts that name none, limits per file.

    ``home`` is the data folder: originals are kept in it, and it is not read even where a path leads through it.
    ``dry_run`` decides everything and writes nothing. ``passed_over`` are paths of files, or of members of archives,
    that a person excluded. ``readers`` are those that new documents are limited to.
    """

    home: Path
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)
    region: str | None = None
    dry_run: bool = False
    passed_over: frozenset[str] = frozenset()
    readers: Readers | None = None
    limits: Limits = field(default_factory=Limits)

    @property
    def originals(self) -> Path:
        return self.home / "originals"


def file_reading() -> str:
    """How this program reads files: what another reading made is read again."""
    return f"{READING} {READING_REVISION} {RECORDS_REVISION} {spoken_revision()}"


def ingest_files(
    store: CorpusStore,
    paths: Sequence[Path],
    options: IngestOptions,
    *,
    today: dt.date,
    steps: Steps = STEPS,
    progress: Progress = lambda done, total, name: None,
    stop: Callable[[], bool] = lambda: False,
) -> IngestReport:
    """Bring the store up to the files under ``paths``.

    Each file is one transaction; what is unchanged is skipped, so a run that was stopped or killed is finished by the
    next one. Files that have gone from folders walked in full are retired. ``stop`` is asked after each file; a run
    that is stopped retires nothing. Raises InvalidInput for a path that is not there, StoreUnavailable.
    """
    given = tuple(str(p) for p in paths)
    return ingest_found(
        store, walk(paths, options.home), options, today=today, steps=steps, progress=progress, stop=stop, given=given
    )


def ingest_found(
    store: CorpusStore,
    walked: Walk,
    options: IngestOptions,
    *,
    today: dt.date,
    steps: Steps = STEPS,
    progress: Progress = lambda done, total, name: None,
    stop: Callable[[], bool] = lambda: False,
    given: tuple[str, ...] = (),
) -> IngestReport:
    """``ingest_files`` for files that were found already, under the paths and names they are to be known by."""
    began = time.monotonic()
    run = _Run(store, walked, options, today, progress, stop)
    run.read(steps)
    merging = Merging()
    if not run.stopped:
        run.retire()
        merging = run.finish()
    lines = sorted(run.lines, key=lambda line: line.path)
    seconds = time.monotonic() - began
    return IngestReport(given, today, options.dry_run, run.stopped, seconds, tuple(lines), merging)


class _Run:
    """The state of one run."""

    def __init__(
        self,
        store: CorpusStore,
        walked: Walk,
        options: IngestOptions,
        today: dt.date,
        progress: Progress,
        stop: Callable[[], bool],
    ) -> None:
        self.stopped = False
        self.lines: list[FileLine] = [
            FileLine(p.path, p.name, Outcome.NOTHING_TO_CITE, troubles=(Trouble("passed_over", "", p.reason),))
            for p in walked.passed_over
        ]
        self.lines += [
            FileLine(f.where or "", f.where or "", Outcome.FAILED, troubles=(trouble_of(f),)) for f in walked.unreadable
        ]
        self._store = store
        self._walked = walked
        self._options = options
        self._today = today
        self._progress = progress
        self._stop = stop
        self._held = Holdings.read(store)
        self._files = None if options.dry_run else SourceFiles(store)
        self._filing = Filing(
            self._held, self._files, file_reading(), today, Limiting(options.readers, limited_documents(store))
        )
        self._seen: set[str] = set()
        self._found = {f.path for f in walked.files}
        self._opened: set[str] = set()
        self._done = 0
        self._total = len(walked.files)

    def read(self, steps: Steps) -> None:
        """Read and file what is new or changed."""
        with FilePool(steps, self._options.jobs, self._options.limits) as pool:
            for task, reading in pool.read(self._tasks(pool)):
                self._tell(self._filing.file(task, reading))
                if self.stopped:
                    pool.give_up()
                    return

    def retire(self) -> None:
        """Retire the files that this walk would have found."""
        gone = [f for path in self._held.paths() if (f := self._gone(path)) is not None]
        if self._files is not None and gone:
            self._files.retire([f.id for f in gone], self._today)
        for file in gone:
            self._held.add_file(dataclasses.replace(file, state=FileState.RETIRED, retired=self._today))
            self.lines.append(FileLine(file.path, file.path, Outcome.RETIRED, file.format, file.size))

    def finish(self) -> Merging:
        """Decide what is served, then renew what is derived from all texts."""
        before = {t.id: t.retired for t in self._held.texts.values()}
        if self._options.dry_run:
            standing = decide(self._held, self._provisions, self._today)
        else:
            standing = settle(self._store, self._today)
            renew_validities(self._store)
            renew_links(self._store)
        return _merging(standing, before)

    def _provisions(self, version_id: str) -> Sequence[Provision]:
        held = self._held.provisions.get(version_id)
        return held if held is not None else self._store.provisions(version_id)

    def _tasks(self, pool: FilePool) -> Iterator[FileTask]:
        for found in self._walked.files:
            if self.stopped:
                return
            if self._passed_over(found):
                continue
            try:
                digest, size, head = _digest(found.disk)
            except OSError as error:
                yield from self._unreadable(found, error)
                continue
            members = pool.expand(found.disk, found.name) if head.startswith(ZIP_MARK) else None
            if members is None:
                yield from self._task(found, digest, size)
            elif isinstance(members, FileUnreadable):
                self._fail(found, digest, size, members)
            else:
                self._opened.add(found.path)
                self._total += len(members.members) - 1
                for failure in members.failures:
                    _, mark, member = (failure.where or "").partition(f"{found.name}!")
                    self._fail(member_of(found, member) if mark else found, digest, size, failure)
                for name in members.skipped:
                    litter = member_of(found, name)
                    why = (Trouble("passed_over", "", "压缩包中的系统附带文件"),)
                    self.lines.append(FileLine(litter.path, litter.name, Outcome.NOTHING_TO_CITE, troubles=why))
                for item in members.members:
                    digest = hashlib.sha256(item.data).hexdigest()
                    yield from self._task(member_of(found, item.path), digest, len(item.data), item.data)

    def _task(self, found: FoundFile, digest: str, size: int, data: bytes | None = None) -> Iterator[FileTask]:
        if self._passed_over(found):
            return
        self._seen.add(found.path)
        if self._filing.unchanged(found.path, digest):
            now = self._held.current(found.path)
            assert now is not None
            line = FileLine(found.path, found.name, Outcome.UNCHANGED, now.format, now.size)
            self._tell(line)
            return
        originals = None if self._options.dry_run else self._options.originals
        yield FileTask(found.path, found.name, found.disk, digest, size, self._options.region, data, originals)

    def _passed_over(self, found: FoundFile) -> bool:
        """Whether a person excluded the file, which is then told."""
        if found.path not in self._options.passed_over:
            return False
        self._seen.add(found.path)
        why = (Trouble("passed_over", "", "已排除，不导入"),)
        self._tell(FileLine(found.path, found.name, Outcome.NOTHING_TO_CITE, troubles=why))
        return True

    def _unreadable(self, found: FoundFile, error: OSError) -> Iterator[FileTask]:
        self._fail(found, "", 0, not_readable(found.name, error))
        return iter(())

    def _fail(self, found: FoundFile, digest: str, size: int, failure: FileUnreadable) -> None:
        """A file that no worker gets to see, or a member of an archive that was refused."""
        if self._passed_over(found):
            return
        self._seen.add(found.path)
        task = FileTask(found.path, found.name, found.disk, digest, size)
        self._tell(self._filing.file(task, FileReading(digest, size, "", failure=failure)))

    def _tell(self, line: FileLine) -> None:
        self.lines.append(line)
        self._done += 1
        self._progress(self._done, self._total, line.name)
        self.stopped = self.stopped or self._stop()

    def _gone(self, path: str) -> SourceFile | None:
        """The file held at a path where this run would have found it and did not."""
        if path in self._seen:
            return None
        archive, mark, _ = path.partition(MEMBER)
        walked = archive in self._opened if mark and archive in self._found else self._walked.seen_in_full(path)
        return self._held.current(path) if walked else None


def _digest(path: Path) -> tuple[str, int, bytes]:
    """Digest, size and first bytes of a file. Raises OSError."""
    with path.open("rb") as stream:
        head = stream.read(4)
        stream.seek(0)
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return digest, stream.tell(), head


def _merging(standing: Standing, before: dict[str, dt.date | None]) -> Merging:
    return Merging(
        same_as_package=tuple(sorted(standing.merged)),
        shadowed={v: by for v, by in sorted(standing.shadowed.items()) if by is not None},
        retired=tuple(sorted(v for v, day in standing.retired.items() if day is not None)),
        returned=tuple(sorted(v for v, day in standing.retired.items() if day is None and before.get(v))),
        differences=tuple(finding_line(f) for f in standing.findings),
    )
