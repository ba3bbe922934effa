"""Fit the estimate behind refusals (依据充分性): ``python -m evals.fit_evidence [--write]``.

Learns the estimate and its threshold on the ``tune`` halves of our own answerable and unanswerable questions, asked
without a place and in one, and shows both halves. Run it after ``evals.fit_ranking``: the estimate looks at what the
ranking puts first. Questions that a look-up decides (an article or a title named) are left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assistant.answer import evidence
from assistant.retrieval.ranking import rank
from assistant.retrieval.retriever import RankedProvision
from assistant.settings import load_settings
from evals.fit_ranking import asked_somewhere
from evals.logistic import Logistic, fit
from evals.questions import (
    LOCAL_QUESTIONS,
    OFFICER_QUESTIONS,
    UNANSWERABLE_QUESTIONS,
    Half,
    Question,
    own_questions,
)
from evals.refusal import Evidence, Rates, decide, rates, strictest_threshold
from evals.report import Cell, Report, Table
from evals.script import run_script
from evals.workbench import Workbench, open_workbench

MAX_FALSE_REFUSALS = 0.025
"""Allowed on the tune half; the target on any other set is 0.05."""
PENALTY = 0.01


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of one question, in the order of ``evidence.SIGNALS``."""

    id: str
    answerable: bool
    row: Sequence[float]


def collect(bench: Workbench, half: Half, *, meaning: bool) -> list[Signals]:
    today = load_settings().current_day()
    collected = []
    for question in questions_of(half, bench.catalogue.local_regions):
        understood = bench.understand(question, today)
        if not question.answerable and question.note and understood.place.has_rules:
            continue  # a hard negative is one without local rules; where they are held it may be answerable
        if any(c.title is not None for c in understood.citations) or understood.unknown_titles:
            continue
        candidates = bench.candidates(understood, meaning=meaning)
        by_id = {s.provision.id: s for s in candidates}
        ranked = [
            RankedProvision(by_id[r.candidate.provision_id], r.score)
            for r in rank(understood, candidates, bench.catalogue.references)
        ]
        if ranked:
            named = evidence.signals(understood, ranked)
            collected.append(Signals(question.id, question.answerable, [named[s] for s in evidence.SIGNALS]))
    return collected


def questions_of(half: Half, held: Collection[str]) -> list[Question]:
    """Our questions of a half: national, on local rules held, unanswerable; and the others asked in some place too."""
    national = own_questions(OFFICER_QUESTIONS, half)
    local = [q for q in own_questions(LOCAL_QUESTIONS, half) if q.asked_in in held]
    unanswerable = own_questions(UNANSWERABLE_QUESTIONS, half)
    return [*national, *local, *unanswerable, *asked_somewhere([*national, *unanswerable], sorted(held))]


def strengths(collected: Sequence[Signals], estimate: Logistic) -> list[Evidence]:
    estimated = estimate.estimate(np.array([s.row for s in collected]))
    return [Evidence(s.id, float(value), s.answerable) for s, value in zip(collected, estimated, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """One estimate with its threshold, and the refusals it reaches on each half."""

    name: str
    estimate: Logistic
    threshold: float
    reached: Mapping[Half, Rates]

    def toml(self) -> str:
        check = self.reached[Half.CHECK]
        lines = [
            f"# On the check half: {check.refused or 0.0:.3f} refused, {check.false_refusals or 0.0:.3f} wrongly.",
            f"[{self.name}]",
        ]
        lines += [f"{n} = {w:.5f}" for n, w in zip(evidence.SIGNALS, self.estimate.weights, strict=True)]
        lines += [f"intercept = {self.estimate.intercept:.5f}", f"threshold = {self.threshold:.5f}"]
        return "\n".join(lines) + "\n"

    def rows(self) -> list[list[Cell]]:
        return [
            [self.name, half.value, r.unanswerable, r.refused, r.answerable, r.false_refusals]
            for half, r in self.reached.items()
        ]


def fit_one(name: str, halves: Mapping[Half, Sequence[Signals]]) -> Fitted:
    """The estimate learnt on the ``tune`` half, its threshold set there too."""
    tune = halves[Half.TUNE]
    estimate = fit(np.array([s.row for s in tune]), np.array([s.answerable for s in tune]), PENALTY)
    threshold = strictest_threshold(strengths(tune, estimate), MAX_FALSE_REFUSALS)
    reached = {half: rates(decide(strengths(part, estimate), threshold)) for half, part in halves.items()}
    return Fitted(name, estimate, threshold, reached)


def main(
    write: Annotated[bool, typer.Option("--write", help="Replace assistant/answer/evidence.toml.")] = False,
) -> None:
    """Fit, show the refusals on both halves, and write where asked."""
    with open_workbench(load_settings()) as bench:
        collected = {
            name: {half: collect(bench, half, meaning=meaning) for half in (Half.TUNE, Half.CHECK)}
            for name, meaning in ((evidence.WITH_MEANING, True), (evidence.WORDS_ONLY, False))
        }
    fitted = [fit_one(name, halves) for name, halves in collected.items()]
    columns = ["estimate", "half", "unanswerable", "refused", "answerable", "wrongly refused"]
    report = Report(
        title="Evidence",
        conditions={f"threshold, {f.name}": round(f.threshold, 4) for f in fitted},
        tables=[Table("Refusals", columns, [row for f in fitted for row in f.rows()])],
        exclusions=["questions that name an article or an unknown title: a look-up decides them"],
    )
    typer.echo(report.to_markdown())
    if write:
        head = "# Written by: python -m evals.fit_evidence --write\n\n"
        target = Path(evidence.__file__).parent / "evidence.toml"
        target.write_text(head + "\n".join(f.toml() for f in fitted), encoding="utf-8")


if __name__ == "__main__":
    run_script(main)
