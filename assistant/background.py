"""Work in the background (后台准备): tasks one after another, with progress to look at and a way to stop.

One runner does one list of tasks at a time, and none while somebody else has ``alone``. A task that fails ends the
list; its error is kept and shown until the next list starts. Stopping is asked for and takes effect where a task
looks: each does so between small pieces.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from assistant.contract import Preparation, Stage
from assistant.problems import problem_from_error
from corpus.errors import EAssistantError

log = logging.getLogger(__name__)

Report: TypeAlias = Callable[[int, int], None]
"""Called with how much is done, of how much."""

Stop: TypeAlias = Callable[[], bool]
"""True when the task should end at its next convenient place."""


class TaskStopped(EAssistantError):
    """A task ended because it was asked to; what it had finished stays."""

    code = "stopped"
    retryable = True


@dataclass(frozen=True, slots=True)
class Task:
    """One step of preparation: its stage, what to tell people, and the work."""

    stage: Stage
    message: str
    run: Callable[[Report, Stop], None]


class TaskRunner:
    """Runs lists of tasks in a thread of its own, or in the caller's."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self.alone = threading.Lock()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._state = Preparation(stage="starting", message="正在启动")
        self._began = (0.0, 0)

    def start(self, tasks: Sequence[Task]) -> bool:
        """Begin in the background; False when a list is still running or the runner was stopped."""
        with self._lock:
            if self._stop.is_set() or (self._thread is not None and self._thread.is_alive()):
                return False
            if self.alone.locked():
                self._state = Preparation(stage="dense", message="等待正在进行的入库完成")
            self._thread = threading.Thread(target=self._run_alone, args=(tasks,), daemon=True)
            self._thread.start()
            return True

    def run(self, tasks: Sequence[Task], report: Callable[[Preparation], None]) -> None:
        """Do the tasks here, calling ``report`` as they advance. Raises what a task raises."""
        for task in tasks:
            self._begin(task)
            report(self._state)

            def advance(done: int, total: int) -> None:
                self._advance(done, total)
                report(self._state)

            task.run(advance, self._stop.is_set)
        self._state = Preparation(stage="ready", message="已就绪")
        report(self._state)

    def state(self) -> Preparation:
        return self._state

    def rate(self) -> tuple[float, float] | None:
        """Units per second of the task at work and seconds left, once there is something to measure."""
        state, (began, first) = self._state, self._began
        elapsed = self._clock() - began
        if state.stage in ("ready", "failed", "stopped") or state.done <= first or elapsed <= 0:
            return None
        rate = (state.done - first) / elapsed
        return rate, (state.total - state.done) / rate

    @property
    def running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def stop_asked(self) -> bool:
        return self._stop.is_set()

    def ask_to_stop(self) -> None:
        self._stop.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for the background to end; whether it has."""
        if self._thread is not None:
            self._thread.join(timeout_s)
        return not self.running

    def _run_alone(self, tasks: Sequence[Task]) -> None:
        with self.alone:
            self._run_and_keep_error(tasks)

    def _run_and_keep_error(self, tasks: Sequence[Task]) -> None:
        try:
            self.run(tasks, lambda _state: None)
        except EAssistantError as error:
            if self._stop.is_set():
                self._state = self._state.model_copy(update={"stage": "stopped", "message": "已停止，再次启动即继续"})
                return
            problem = problem_from_error(error)
            log.warning("preparation failed at %s: %s", self._state.stage, error)
            self._fail(f"{problem.detail}{problem.remedy or ''}")
        except Exception:
            log.exception("preparation failed at %s", self._state.stage)
            self._fail("程序内部出错，请查看服务日志。")

    def _begin(self, task: Task) -> None:
        if self._stop.is_set():
            raise TaskStopped("The work was stopped.")
        self._began = (self._clock(), 0)
        self._state = Preparation(stage=task.stage, message=task.message)

    def _advance(self, done: int, total: int) -> None:
        if self._state.total == 0:
            self._began = (self._clock(), done)
        self._state = self._state.model_copy(update={"done": done, "total": total})

    def _fail(self, words: str) -> None:
        message = f"{self._state.message}未能完成"
        self._state = self._state.model_copy(update={"stage": "failed", "message": message, "error": words})
