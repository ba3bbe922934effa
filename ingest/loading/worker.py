"""One file in a worker process (工作进程): bytes in, a picklable result out; every failure is a value with its remedy.

A worker holds nothing but its pipeline. It may run out of memory, hang or crash; ``ingest.loading.pool`` sees to that.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from haystack import Pipeline

from ingest.loading.originals import keep_original
from ingest.loading.pipeline import FileBytes, ReadyFile, ReadyText, Steps, build_pipeline, process
from ingest.readers.archive import Expanded, expand
from ingest.readers.detect import detect
from ingest.readers.model import FileUnreadable, Format, Note, Reason

log = logging.getLogger(__name__)

_FEW_PAGES = 3  # looked at to tell scanned pages from printed ones
_REPORT_IT = "请把此文件连同本报告交给系统维护人员；其余文件不受影响。"


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to be read: from ``disk``, or ``data`` of a member of an archive; digest and size as found beforehand.

    ``originals`` is the folder that keeps the originals, None to keep none (``--dry-run``).
    """

    path: str
    name: str
    disk: Path
    digest: str = ""
    size: int = 0
    region: str | None = None
    data: bytes | None = None
    originals: Path | None = None


@dataclass(frozen=True, slots=True)
class FileReading:
    """What came of one file: texts, or the failure; ``notes`` are the reader's, ``original`` why none was kept."""

    digest: str
    size: int
    format: str
    pages: int | None = None
    encoding: str | None = None
    notes: tuple[Note, ...] = ()
    texts: tuple[ReadyText, ...] = ()
    failure: FileUnreadable | None = None
    original: str = ""


@dataclass(frozen=True, slots=True)
class Extent:
    """How long a PDF is (页数), and whether its first pages are pictures: what its time limit is made of."""

    pages: int
    scanned: bool


def start_worker(steps: Steps, memory_bytes: int | None) -> None:
    """Load all libraries, make the pipeline and bound the address space of this process."""
    import_module("ingest.loading.preload")
    _worker(steps)
    if memory_bytes is not None:
        _bound_memory(memory_bytes)


def read_file(steps: Steps, task: FileTask) -> FileReading:
    """Read one file; raises nothing short of what ends the process."""
    try:
        data = task.data if task.data is not None else task.disk.read_bytes()
    except OSError as error:
        return FileReading("", 0, "", failure=not_readable(task.path, error))
    digest = hashlib.sha256(data).hexdigest()
    try:
        ready = process(_worker(steps), FileBytes(task.path, task.name, data, task.region))
    except MemoryError as error:
        ready = ReadyFile(error=error)
    document, failure = ready.document, _failure(ready.error, task.name)
    return FileReading(
        digest,
        len(data),
        document.format.value if document else _format(data, task.name),
        document.pages if document else None,
        document.encoding if document else None,
        document.notes if document else (),
        ready.texts,
        failure,
        keep_original(data, digest, task.originals) if task.originals and failure is None else "",
    )


def expand_archive(disk: Path, name: str) -> Expanded | FileUnreadable | None:
    """The members of an archive on the disk, or why it cannot be opened; None when it is a document (DOCX, XLSX)."""
    try:
        data = disk.read_bytes()
        return expand(data, name) if detect(data, name).format is Format.ZIP else None
    except OSError as error:
        return not_readable(name, error)
    except MemoryError:
        return out_of_memory(name)
    except FileUnreadable as failure:
        return failure


def measure(disk: Path, data: bytes | None) -> Extent:
    """How many pages a PDF has; raises whatever the library raises on a damaged one."""
    import pymupdf

    open_pdf: Any = pymupdf.open
    with open_pdf(stream=data, filetype="pdf") if data is not None else open_pdf(disk, filetype="pdf") as document:
        first = range(min(_FEW_PAGES, document.page_count))
        scanned = not any(document[n].get_text().strip() for n in first)
        return Extent(document.page_count, scanned)


def not_readable(path: str, error: OSError) -> FileUnreadable:
    return FileUnreadable(
        Reason.UNREADABLE,
        f"文件无法读取（{error.strerror or error}）。",
        where=path,
        remedy="请检查文件是否还在、是否有读取权限。",
    )


def out_of_memory(name: str) -> FileUnreadable:
    return FileUnreadable(
        Reason.OUT_OF_MEMORY,
        "处理此文件所需内存超过上限，已中止。",
        where=name,
        remedy="请拆成较小的文件，或用 --jobs 1 再试。",
    )


@cache
def _worker(steps: Steps) -> Pipeline:
    return build_pipeline(steps)


def _bound_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; a time limit still holds there
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _failure(error: Exception | None, name: str) -> FileUnreadable | None:
    """What went wrong as a failure of the file, with its remedy."""
    if error is None or isinstance(error, FileUnreadable):
        return error
    if isinstance(error, MemoryError):
        return out_of_memory(name)
    log.debug("reading %s failed", name, exc_info=error)
    what = f"程序未能处理此文件（{type(error).__name__}：{str(error)[:200]}）。"
    return FileUnreadable(Reason.DAMAGED, what, where=name, remedy=_REPORT_IT)


def _format(data: bytes, name: str) -> str:
    try:
        return detect(data, name).format.value
    except (FileUnreadable, MemoryError):
        return ""
