"""Refusals (拒答) of the service on questions that nothing answers, and on such as something does."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.contract import AskRequest
from evals.questions import Question
from evals.refusal import Decision, by_half, rates
from evals.report import Report
from evals.suites.measured import Measured, Watch
from evals.suites.served import Served
from evals.tables import refusal_tables


def measure_refusals(questions: Sequence[Question], half: str, served: Served, watch: Watch) -> Measured:
    """Ask every question; ``half`` names the part of the sets that they are."""
    decisions = []
    with watch("asking", len(questions)) as step:
        for done, question in enumerate(questions, start=1):
            answer = served.assistant.ask(AskRequest(question=question.question, as_of=question.as_of or served.day))
            group = question.kind.value if question.answerable else f"unanswerable, {question.note or 'plain'}"
            decisions.append(Decision(question.id, answer.refused, question.answerable, group))
            step(done)
    halves = {name: rates(part) for name, part in by_half(decisions).items() if part}
    groups = {g: rates(d for d in decisions if d.group == g) for g in dict.fromkeys(d.group for d in decisions)}
    report = Report(
        title="Refusal",
        conditions={"questions": len(questions), "half": half, "today": served.day.isoformat(), **served.conditions},
        tables=refusal_tables(halves, groups),
        figures={
            "halves": {name.value: r.to_json() for name, r in halves.items()},
            "groups": {name: r.to_json() for name, r in groups.items()},
        },
    )
    words = {q.id: q.question for q in questions}
    rows = [
        {"id": d.id, "question": words[d.id], "answerable": d.answerable, "refused": d.refused, "group": d.group}
        for d in decisions
    ]
    return Measured(report, rows)
