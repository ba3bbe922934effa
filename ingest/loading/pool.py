"""Many files at once (多进程读取): worker processes with limits on time and memory; results in the order of the files.

A file that hangs, eats the memory or crashes its worker becomes a failure with its reason; the worker is replaced and
the others go on.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

from ingest.loading.pipeline import Steps
from ingest.loading.worker import (
    Extent,
    FileReading,
    FileTask,
    expand_archive,
    measure,
    out_of_memory,
    read_file,
    start_worker,
)
from ingest.readers.archive import Expanded
from ingest.readers.model import FileUnreadable, Reason

T = TypeVar("T")

_AHEAD = 8  # tasks per worker that are under way or waiting to be stored
_TASKS_PER_WORKER = 400  # then a fresh process: libraries written in C do not give all their memory back


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may use: seconds, more for each page of a PDF, and bytes of address space per process."""

    seconds: float = 30.0
    seconds_per_page: float = 1.0
    seconds_per_scanned_page: float = 10.0
    most_seconds: float = 1800.0
    memory_bytes: int | None = 3 * 1024**3

    def for_pdf(self, extent: Extent) -> float:
        each = self.seconds_per_scanned_page if extent.scanned else self.seconds_per_page
        return min(self.seconds + extent.pages * each, self.most_seconds)


class FilePool:
    """Worker processes for reading files; use as a context, which ends them at once when it is left by an error."""

    def __init__(self, steps: Steps, jobs: int, limits: Limits) -> None:
        self._steps = steps
        self._jobs = jobs
        self._limits = limits
        self._given_up = False
        self._pool: Any = ProcessPool(
            max_workers=jobs,
            max_tasks=_TASKS_PER_WORKER,
            initializer=start_worker,
            initargs=(steps, limits.memory_bytes),
            context=_context(),
        )

    def __enter__(self) -> FilePool:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and not self._given_up:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def give_up(self) -> None:
        """Leave without waiting for what is under way."""
        self._given_up = True

    def read(self, tasks: Iterable[FileTask]) -> Iterator[tuple[FileTask, FileReading]]:
        """The reading of each file, in the order of ``tasks``, which are taken only as fast as they are read."""
        ahead: deque[tuple[FileTask, Any, float]] = deque()
        for task in tasks:
            limit = self._limit(task)
            ahead.append((task, self._pool.schedule(read_file, args=(self._steps, task), timeout=limit), limit))
            if len(ahead) >= self._jobs * _AHEAD:
                yield self._finished(*ahead.popleft())
        while ahead:
            yield self._finished(*ahead.popleft())

    def expand(self, disk: Path, name: str) -> Expanded | FileUnreadable | None:
        """The members of an archive, or why it cannot be opened; None for a document that is a ZIP inside."""
        future = self._pool.schedule(expand_archive, args=(disk, name), timeout=self._limits.seconds)
        return _result(future.result, name, self._limits.seconds)

    def _limit(self, task: FileTask) -> float:
        if not _is_pdf(task):
            return self._limits.seconds
        future = self._pool.schedule(measure, args=(task.disk, task.data), timeout=self._limits.seconds)
        try:
            return self._limits.for_pdf(future.result())
        except Exception:  # a damaged PDF: what is wrong with it, its reader will say
            return self._limits.seconds

    def _finished(self, task: FileTask, future: Any, limit: float) -> tuple[FileTask, FileReading]:
        got: FileReading | FileUnreadable = _result(future.result, task.name, limit)
        if isinstance(got, FileUnreadable):
            got = FileReading(task.digest, task.size, "", failure=got)
        return task, got


def _result(wait: Callable[[], T], name: str, limit: float) -> T | FileUnreadable:
    """What a worker gives, or what became of the worker as a failure of the file."""
    try:
        return wait()
    except FutureTimeout:
        return FileUnreadable(
            Reason.TIMEOUT,
            f"处理此文件超过 {limit:.0f} 秒，已中止。",
            where=name,
            remedy="请检查文件是否完好，或拆成较小的文件后再试。",
        )
    except ProcessExpired as error:
        if error.exitcode == -signal.SIGKILL:
            return out_of_memory(name)
        return FileUnreadable(
            Reason.DAMAGED,
            f"处理此文件的进程意外中止（退出码 {error.exitcode}）。",
            where=name,
            remedy="文件可能已损坏：请用办公软件打开后另存，再次导入。",
        )
    except MemoryError:
        return out_of_memory(name)


def _is_pdf(task: FileTask) -> bool:
    if task.data is not None:
        return task.data[:1024].lstrip().startswith(b"%PDF")
    try:
        with task.disk.open("rb") as stream:
            return stream.read(1024).lstrip().startswith(b"%PDF")
    except OSError:
        return False


def _context() -> BaseContext:
    """Processes that begin clean; where the system can, from a server that has loaded the libraries once."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ingest.loading.worker", "ingest.loading.preload"])
    return context
