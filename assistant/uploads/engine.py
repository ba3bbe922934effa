"""What the jobs need of the running instance (运行实例), and the thread that does them one after another."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from assistant.uploads.contract import Progress
from corpus.store import CorpusStore

log = logging.getLogger(__name__)

_LOOKS_AGAIN_S = 1.0
"""Seconds after which a worker looks again whether the service is ready, or has something to do."""

Advance = Callable[[int, int], None]


class Engine(Protocol):
    """The running instance, as far as jobs on the corpus need it."""

    @property
    def store(self) -> CorpusStore: ...

    def today(self) -> dt.date: ...

    def loaded(self) -> bool:
        """Whether the laws are loaded, so that a file can be compared with what is held."""
        ...

    def exclusive(self) -> AbstractContextManager[object]:
        """While it lasts, nobody else changes the store or the index."""
        ...

    def renew(self, advance: Advance) -> None:
        """Answer from the store as it is now, once the index is whole; from the old state until then."""
        ...

    def stopping(self) -> bool:
        """Whether the process was asked to end."""
        ...


class Worker:
    """One thread that does one job after another; ``step`` does the next and says whether there was one."""

    def __init__(self, engine: Engine, step: Callable[[], bool]) -> None:
        self._engine = engine
        self._step = step
        self._wake = threading.Event()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="corpus-jobs", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """There is something to do."""
        self._wake.set()

    def end(self, timeout_s: float) -> bool:
        """Ask the thread to end; whether it has. The job at work heeds ``engine.stopping``."""
        self._ended.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout_s)
        return self._thread is None or not self._thread.is_alive()

    def _run(self) -> None:
        while not self._ended.is_set() and not self._engine.stopping():
            try:
                busy = self._engine.loaded() and self._step()
            except Exception:
                log.exception("a job on the corpus failed")
                busy = False
            if not busy:
                self._wake.wait(_LOOKS_AGAIN_S)
                self._wake.clear()


class Work:
    """The job at work and how far it is, for whoever looks (当前工作)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._job: str | None = None
        self._progress = Progress()
        self._stop = False

    def begin(self, job: str) -> None:
        with self._lock:
            self._job, self._progress, self._stop = job, Progress(), False

    def finish(self) -> None:
        with self._lock:
            self._job = None

    def advance(self, message: str, done: int, total: int) -> None:
        self._progress = Progress(message=message, done=done, total=total)

    def progress(self, job: str) -> Progress | None:
        with self._lock:
            return self._progress if self._job == job else None

    def ask_to_stop(self, job: str) -> bool:
        """Ask the job at work to stop; False when it is another."""
        with self._lock:
            self._stop = self._stop or self._job == job
            return self._job == job

    @property
    def stop_asked(self) -> bool:
        return self._stop
