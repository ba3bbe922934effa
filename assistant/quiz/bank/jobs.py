"""Builds in the background (出题任务): at most one of a person at a time, one after another on this machine.

A job lives as long as the process. What it made is kept in the bank at its end, in one transaction; a job that is
stopped, or cut off by the end of the process, leaves nothing behind.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass, field

from assistant.problems import problem_from_error
from assistant.quiz.contract import BuildJob, BuildReport, BuildState
from corpus.errors import Conflict, EAssistantError, NotFound

log = logging.getLogger(__name__)

JOBS_KEPT = 64

Report = Callable[[int, str], None]
"""Called with how many items are done, and with the stage in words."""
Stop = Callable[[], bool]
Work = Callable[[Report, Stop], BuildReport]


class Stopped(Exception):
    """The work ended because it was asked to, before anything was kept."""


@dataclass
class _Job:
    id: str
    person_id: str
    asked: int
    state: BuildState = BuildState.RUNNING
    done: int = 0
    stage: str = "等待中"
    report: BuildReport | None = None
    problem: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    def shown(self) -> BuildJob:
        return BuildJob(
            id=self.id,
            state=self.state,
            done=self.done,
            asked=self.asked,
            stage=self.stage,
            report=self.report,
            problem=self.problem,
        )


class BuildJobs:
    """The jobs of all people."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, _Job] = OrderedDict()
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()
        self._alone = threading.Lock()
        self._ending = threading.Event()

    def start(self, person_id: str, asked: int, work: Work) -> BuildJob:
        """Begin a job. Raises Conflict while another one of the person runs."""
        with self._lock:
            if any(j.person_id == person_id and j.state is BuildState.RUNNING for j in self._jobs.values()):
                raise Conflict("您已有一个出题任务在进行。", remedy="请等它完成，或先停止它。")
            job = _Job(secrets.token_hex(8), person_id, asked)
            self._jobs[job.id] = job
            for old in [j.id for j in self._jobs.values() if j.state is not BuildState.RUNNING][:-JOBS_KEPT]:
                del self._jobs[old]
            asked_by = copy_context()  # the audit log says by which way the build was asked for
            thread = threading.Thread(target=asked_by.run, args=(self._run, job, work), name="quiz-build", daemon=True)
            self._threads = [t for t in self._threads if t.is_alive()] + [thread]
            thread.start()
        return job.shown()

    def job(self, person_id: str, job_id: str) -> BuildJob:
        """A job of the person. Raises NotFound."""
        return self._of(person_id, job_id).shown()

    def stop(self, person_id: str, job_id: str) -> BuildJob:
        """Ask a job to stop; it does at its next convenient place."""
        job = self._of(person_id, job_id)
        job.stop.set()
        if job.state is BuildState.RUNNING:
            job.stage = "正在停止"
        return job.shown()

    def ask_to_stop(self) -> None:
        """Ask all of them to stop; no more begin."""
        self._ending.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for all of them to end; whether they have."""
        for thread in self._threads:
            thread.join(timeout_s)
        return not any(thread.is_alive() for thread in self._threads)

    def _of(self, person_id: str, job_id: str) -> _Job:
        job = self._jobs.get(job_id)
        if job is None or job.person_id != person_id:
            raise NotFound(
                "没有这个出题任务。", where="job_id", remedy="服务重启后任务不再保留；已出的试题在题库中，可重新出题。"
            )
        return job

    def _run(self, job: _Job, work: Work) -> None:
        def stop() -> bool:
            return job.stop.is_set() or self._ending.is_set()

        def report(done: int, stage: str) -> None:
            job.done = done
            if not job.stop.is_set():
                job.stage = stage

        with self._alone:
            try:
                if stop():
                    raise Stopped
                job.report = work(report, stop)
                job.done, job.stage = len(job.report.items), "已完成"
                job.state = BuildState.DONE
            except Stopped:
                job.stage, job.state = "已停止，没有存入题库", BuildState.STOPPED
            except EAssistantError as error:
                problem = problem_from_error(error)
                job.problem = f"{problem.detail}{problem.remedy or ''}"
                job.stage, job.state = "未完成", BuildState.FAILED
            except Exception:
                log.exception("a build of quiz items failed")
                job.problem = "程序内部出错，未能完成。请重试；仍不行时请查看服务日志。"
                job.stage, job.state = "未完成", BuildState.FAILED
