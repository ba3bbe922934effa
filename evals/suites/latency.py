"""How long a search takes (检索用时): as the caller waits for it, and in processor time, one question at a time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from assistant.contract import SearchRequest
from evals.metrics import mean, percentile
from evals.questions import Question
from evals.report import Report, Table
from evals.suites.bench import LeftOut
from evals.suites.measured import Measured, Watch
from evals.suites.served import Served

WARMING = 20
"""Searches before the first that counts: what is read on first use is read by then."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One search: milliseconds waited, and milliseconds that all threads of this process worked meanwhile."""

    id: str
    question: str
    wall_ms: float
    processor_ms: float
    results: int
    dense: bool


def measure_latency(
    questions: Sequence[Question], warming: Sequence[Question], served: Served, watch: Watch
) -> Measured:
    """Search each question once: the service remembers what it encoded. ``warming`` are other questions."""
    from assistant.api.client import ApiClient

    if isinstance(served.assistant, ApiClient):
        raise LeftOut("a server runs on the data folder; processor time is measured in this process: stop the server")
    for question in warming[:WARMING]:
        _search(question, served)
    timed = []
    with watch("searching", len(questions)) as step:
        for done, question in enumerate(questions, start=1):
            timed.append(_search(question, served))
            step(done)
    report = Report(
        title="Search speed",
        conditions={
            "questions": len(questions),
            "today": served.day.isoformat(),
            "searches with semantic retrieval": f"{sum(t.dense for t in timed)} of {len(timed)}",
            **served.conditions,
        },
        tables=[_table(timed, served.conditions.get("reranking", "no"))],
        figures={
            "wall_p50_ms": percentile([t.wall_ms for t in timed], 50),
            "wall_p95_ms": percentile([t.wall_ms for t in timed], 95),
            "processor_ms": mean(t.processor_ms for t in timed),
        },
    )
    return Measured(report, [asdict(t) for t in timed])


def _search(question: Question, served: Served) -> Timed:
    request = SearchRequest(
        question=question.question, as_of=question.as_of or served.day, region=question.asked_in, top_k=10
    )
    wall, processor = time.perf_counter(), time.process_time()
    found = served.assistant.search(request)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return Timed(question.id, question.question, wall * 1000, processor * 1000, len(found.results), found.dense_ready)


def _table(timed: Sequence[Timed], reranking: str) -> Table:
    way = "search, no reranking" if reranking == "no" else "search, reranking"
    walls, worked = [t.wall_ms for t in timed], [t.processor_ms for t in timed]
    shown = [percentile(walls, 50), percentile(walls, 95), mean(worked), percentile(worked, 95)]
    return Table(
        "Latency",
        ["call", "questions", "p50 ms", "p95 ms", "processor ms, mean", "processor ms, p95"],
        [[way, len(timed), *(None if v is None else f"{v:.1f}" for v in shown)]],
    )
