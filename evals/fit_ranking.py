"""Fit the weights of the ranking (排序权重): ``python -m evals.fit_ranking [--write]``.

Learns on the ``tune`` half of our own answerable questions and shows what the weights do on the ``check`` half, beside
the weights in use. Questions that name their article are left out: a look-up answers them, not the ranking.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assistant.retrieval import ranking
from assistant.retrieval.features import FEATURES, Scored, features
from assistant.settings import load_settings
from assistant.understanding import UnderstoodQuestion
from corpus.errors import SourceUnreadable
from evals.fit_consultations import Consultation, cross_validated
from evals.fit_consultations import collect as collect_consultations
from evals.listwise import Group, Matrix, fit
from evals.metrics import mean, recall_at, reciprocal_rank
from evals.questions import LOCAL_QUESTIONS, OFFICER_QUESTIONS, Half, Kind, Question, article_key, own_questions
from evals.report import Cell, Report, Table
from evals.script import run_script
from evals.workbench import Workbench, open_workbench

PENALTIES = (0.0003, 0.001, 0.003, 0.01, 0.03)
FOLDS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A question with its candidates as the ranking sees them."""

    question: Question
    keys: Sequence[tuple[str, str]]
    group: Group

    def ranked(self, weights: Matrix) -> list[tuple[str, str]]:
        order = np.argsort(-(self.group.rows @ weights), kind="stable")
        return [self.keys[i] for i in order]


def example(
    question: Question,
    understood: UnderstoodQuestion,
    candidates: Sequence[Scored],
    references: Mapping[str, Sequence[str]],
) -> Example:
    """Required articles are right, welcome ones count neither way, all others are wrong."""
    keys = [article_key(s.document.title, s.provision.label) for s in candidates]
    rows = np.array(features(understood, candidates, references)).reshape(len(candidates), len(FEATURES))
    right = [i for i, key in enumerate(keys) if key in question.required]
    neutral = [i for i, key in enumerate(keys) if key in question.welcome - question.required]
    return Example(question, keys, Group(rows, right, neutral))


def scores(examples: Sequence[Example], weights: Matrix) -> dict[str, float | None]:
    """Search scores of a weight vector, over all examples, found or not."""
    ranked = [(e.ranked(weights), e.question.required) for e in examples]
    return {
        "R@1": mean(recall_at(keys, gold, 1) for keys, gold in ranked),
        "R@5": mean(recall_at(keys, gold, 5) for keys, gold in ranked),
        "R@10": mean(recall_at(keys, gold, 10) for keys, gold in ranked),
        "MRR": mean(reciprocal_rank(keys, gold) for keys, gold in ranked),
    }


def choose_penalty(examples: Sequence[Example]) -> float:
    """The penalty with the best cross-validated R@5 and MRR together; folds go by position, so it is repeatable."""

    def held_out(penalty: float) -> float:
        totals = []
        for fold in range(FOLDS):
            rest = [e.group for n, e in enumerate(examples) if n % FOLDS != fold]
            reached = scores([e for n, e in enumerate(examples) if n % FOLDS == fold], fit(rest, penalty))
            totals.append((reached["R@5"] or 0.0) + (reached["MRR"] or 0.0))
        return sum(totals)

    return max(PENALTIES, key=held_out)


def collect(bench: Workbench, half: Half) -> list[Example]:
    """Our questions on the nation's law, on local rules, and the former once more as asked in some place."""
    today = load_settings().current_day()
    examples = []
    national = own_questions(OFFICER_QUESTIONS, half)
    held = bench.catalogue.local_regions
    local = [q for q in own_questions(LOCAL_QUESTIONS, half) if q.asked_in in held]
    for question in [*national, *local, *asked_somewhere(national, sorted(held))]:
        if question.kind is not Kind.ARTICLE_LOOKUP:
            understood = bench.understand(question, today)
            examples.append(example(question, understood, bench.candidates(understood), bench.catalogue.references))
    return examples


def asked_somewhere(questions: Sequence[Question], regions: Sequence[str]) -> list[Question]:
    """The same questions as officers of some place ask them; the place follows from the question's id."""
    if not regions:
        return []
    places = (regions[hashlib.sha256(q.id.encode()).digest()[1] % len(regions)] for q in questions)
    return [q.model_copy(update={"region": place}) for q, place in zip(questions, places, strict=True)]


def weights_toml(weights: Matrix, comment: str) -> str:
    lines = [f"{name} = {value:.4f}" for name, value in zip(FEATURES, weights, strict=True)]
    return f"# {comment}\n# Written by: python -m evals.fit_ranking --write\n\n[weights]\n" + "\n".join(lines) + "\n"


def main(
    write: Annotated[bool, typer.Option("--write", help="Replace assistant/retrieval/weights.toml.")] = False,
    consultations: Annotated[
        Path | None,
        typer.Option(help="Folder with corpus.jsonl.gz and train.jsonl: fit on laymen's questions as well."),
    ] = None,
) -> None:
    """Fit, compare with the weights in use on both halves, and write where asked."""
    with open_workbench(load_settings()) as bench:
        tune, check = collect(bench, Half.TUNE), collect(bench, Half.CHECK)
    laymen = collect_consultations(consultations, load_settings(), _say) if consultations else []
    penalty = choose_penalty(tune)
    own = [e.group for e in tune]
    fitted = fit([*own, *(one.group for one in laymen if one.group.right)], penalty)
    candidates = {"fitted": fitted, **_in_use()}
    rows: list[list[Cell]] = [
        [name, half, len(part), *scores(part, weights).values()]
        for name, weights in candidates.items()
        for half, part in (("tune", tune), ("check", check))
    ]
    lost = sum(not e.group.right for e in [*tune, *check])
    report = Report(
        title="Ranking weights",
        conditions={"penalty": penalty, **{n: round(float(w), 4) for n, w in zip(FEATURES, fitted, strict=True)}},
        tables=[
            Table("Scores", ["weights", "half", "questions", "R@1", "R@5", "R@10", "MRR"], rows),
            *_consultation_tables(laymen, own, penalty),
        ],
        exclusions=[f"from the fit: {lost} questions none of whose required articles any search found"],
    )
    typer.echo(report.to_markdown())
    if write:
        reached = ", ".join(f"{name} {value:.3f}" for name, value in scores(check, fitted).items() if value is not None)
        both = f"{len(tune)} questions" + (f" and {len(laymen)} consultations" if laymen else "")
        comment = f"Fitted on {both}, penalty {penalty}; on {len(check)} others: {reached}."
        (Path(ranking.__file__).parent / "weights.toml").write_text(weights_toml(fitted, comment), encoding="utf-8")


def _consultation_tables(laymen: Sequence[Consultation], own: Sequence[Group], penalty: float) -> list[Table]:
    if not laymen:
        return []
    scored = cross_validated(laymen, own, penalty)
    row: list[Cell] = [len(laymen), *scored.values()]
    return [Table("Consultations, the fixed fifth, five folds", ["questions", *scored], [row])]


def _say(stage: str, done: int, total: int) -> None:
    if done == total:
        typer.echo(f"{stage}: {total}", err=True)


def _in_use() -> dict[str, Matrix]:
    try:
        weights = ranking.load_weights()
    except (FileNotFoundError, SourceUnreadable):
        return {}
    return {"in use": np.array([weights[name] for name in FEATURES])}


if __name__ == "__main__":
    run_script(main)
