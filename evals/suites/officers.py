"""Officers' questions (执法人员问答), searched and asked, judged and put into a report."""

from __future__ import annotations

from collections.abc import Sequence

from evals.officer import Judged, run, summarise
from evals.questions import Question
from evals.report import Report
from evals.suites.measured import Measured, Watch
from evals.suites.served import Served
from evals.tables import failures, officer_tables


def measure_officers(
    questions: Sequence[Question], name: str, served: Served, watch: Watch, left_out: Sequence[str] = ()
) -> Measured:
    """Search and ask every question of the set called ``name``; ``left_out`` says which of it are not among them."""
    with watch("asking", len(questions)) as step:
        judged = run(questions, served.assistant, served.store, today=served.day, progress=step)
    summary = summarise(judged)
    report = Report(
        title="Officers' questions",
        conditions={
            "questions": f"{name}: {len(questions)}",
            "today": served.day.isoformat(),
            "searches with semantic retrieval": f"{summary.searches_with_dense} of {len(judged)}",
            **served.conditions,
        },
        tables=officer_tables(summary),
        exclusions=[*left_out, *_unscored(judged)],
        figures=summary.to_json(),
    )
    return Measured(report, [j.to_json() for j in judged], failures(judged))


def _unscored(judged: Sequence[Judged]) -> list[str]:
    unscored = sum(j.recall_1 is None for j in judged)
    return [f"from search scores: {unscored} questions without required articles"] if unscored else []
