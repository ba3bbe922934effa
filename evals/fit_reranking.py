"""Fit what the reranker counts (精排权重): ``python -m evals.fit_reranking [--consultations FOLDER]``.

Tries weights of the reranker's score beside the ranking's, on the ``tune`` half of our own questions and on laymen's
consultations that no model learnt from. The consultations are reported by folds, each with the weight that the other
folds and our questions choose; our ``check`` half chooses nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from assistant.retrieval.features import Scored
from assistant.retrieval.ranking import Ranked, rank
from assistant.retrieval.reranking import READ, WEIGHT, text_read
from assistant.settings import load_settings
from assistant.understanding import UnderstoodQuestion
from corpus.encoders.factory import make_reranker
from corpus.encoders.reranker import Reranker
from evals.corpus_files import read_corpus, read_queries
from evals.fit_consultations import FOLDS, fold_within
from evals.fit_ranking import asked_somewhere
from evals.methods import Method
from evals.metrics import mean, recall_at, reciprocal_rank
from evals.questions import OFFICER_QUESTIONS, Half, Kind, article_key, own_questions
from evals.report import Cell, Report, Table
from evals.script import run_script
from evals.searchers import open_searcher
from evals.suites.ranking import held_fifth
from evals.workbench import open_workbench

WEIGHTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.2, 1.5, 2.0)
LONGEST = 24
"""How many provisions are read here, to see what reading more or fewer would bring."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """A question whose best provisions were read: keys in the ranking's order, its scores and the reranker's."""

    question: str
    right: frozenset[Key]
    keys: Sequence[Key]
    ranked: Sequence[float]
    reranked: Sequence[float]

    def order(self, weight: float, read: int = READ) -> list[Key]:
        count = min(read, len(self.reranked))
        totals = np.array(self.ranked[:count]) + weight * np.array(self.reranked[:count])
        return [*(self.keys[i] for i in np.argsort(-totals, kind="stable")), *self.keys[count:]]


def read(
    question: UnderstoodQuestion,
    right: frozenset[Key],
    candidates: Sequence[Scored],
    ranking: Sequence[Ranked],
    reranker: Reranker,
    keys: Mapping[str, Key],
) -> Read:
    """Let ``reranker`` read the first ``LONGEST`` provisions of a ranking."""
    by_id = {one.provision.id: one for one in candidates}
    ids = [one.candidate.provision_id for one in ranking]
    scores = reranker.scores(question.text, [text_read(by_id[i]) for i in ids[:LONGEST]])
    return Read(question.text, right, [keys[i] for i in ids], [one.score for one in ranking], scores)


def scores(orders: Iterable[tuple[Sequence[Key], frozenset[Key]]]) -> dict[str, float | None]:
    listed = list(orders)
    found: dict[str, float | None] = {
        f"R@{depth}": mean(recall_at(keys, right, depth) for keys, right in listed) for depth in (1, 5, 10)
    }
    return {**found, "MRR": mean(reciprocal_rank(keys[:100], right) for keys, right in listed)}


def chosen(*sets: Sequence[Read]) -> float:
    """The weight with the best R@5 and MRR together, every set counting alike; of equals the least."""

    def reached(weight: float) -> float:
        of_sets = (scores((one.order(weight), one.right) for one in part) for part in sets if part)
        return sum((s["R@5"] or 0.0) + (s["MRR"] or 0.0) for s in of_sets)

    return max(WEIGHTS, key=reached)


def by_folds(consultations: Sequence[Read], own: Sequence[Read]) -> dict[str, float | None]:
    """Scores of the consultations, each fold with the weight that the others choose."""
    orders = []
    for fold in range(FOLDS):
        weight = chosen(own, [one for one in consultations if fold_within(one.question) != fold])
        orders += [(one.order(weight), one.right) for one in consultations if fold_within(one.question) == fold]
    return scores(orders)


def read_own(reranker: Reranker, half: Half) -> Iterator[Read]:
    """Our questions on the nation's law, and every third once more as asked in some place that has rules of its own."""
    settings = load_settings()
    today = settings.current_day()
    with open_workbench(settings) as bench:
        national = own_questions(OFFICER_QUESTIONS, half)
        for question in [*national, *asked_somewhere(national[::3], sorted(bench.catalogue.local_regions))]:
            if question.kind is Kind.ARTICLE_LOOKUP:
                continue
            understood = bench.understand(question, today)
            candidates = bench.candidates(understood)
            keys = {s.provision.id: article_key(s.document.title, s.provision.label) for s in candidates}
            welcome = question.welcome - question.required
            ranking = rank(understood, candidates, bench.catalogue.references)
            counted = [one for one in ranking if keys[one.candidate.provision_id] not in welcome]
            yield read(understood, frozenset(question.required), candidates, counted, reranker, keys)


def read_consultations(reranker: Reranker, folder: Path) -> Iterator[Read]:
    """The held fifth of the consultations."""
    articles = read_corpus(folder / "corpus.jsonl.gz")
    with (
        tempfile.TemporaryDirectory(prefix="eassistant-fit-") as index,
        open_searcher(articles, Method.FUSION, load_settings(), Path(index), _say) as searcher,
    ):
        for query in held_fifth(read_queries(folder / "train.jsonl")):
            understood, candidates = searcher.candidates(query.question)
            keys = {s.provision.id: ("", s.provision.id) for s in candidates}
            ranking = rank(understood, candidates, searcher.references)
            yield read(understood, frozenset(("", i) for i in query.gold), candidates, ranking, reranker, keys)


def _say(stage: str, done: int, total: int) -> None:
    if done == total:
        typer.echo(f"{stage}: {total}", err=True)


def main(
    consultations: Annotated[
        Path | None, typer.Option(help="Folder with corpus.jsonl.gz and train.jsonl: laymen's questions as well.")
    ] = None,
) -> None:
    """Show what each weight and each number of provisions read does, and which weight is best."""
    settings = load_settings()
    reranker = make_reranker(settings.encoder, settings.models_dir)
    tune, check = list(read_own(reranker, Half.TUNE)), list(read_own(reranker, Half.CHECK))
    laymen = list(read_consultations(reranker, consultations)) if consultations else []
    best = chosen(tune, laymen)
    parts = {"tune": tune, "check": check, **({"consultations": laymen} if laymen else {})}
    rows: list[list[Cell]] = [
        [name, weight, len(part), *scores((one.order(weight), one.right) for one in part).values()]
        for name, part in parts.items()
        for weight in WEIGHTS
    ]
    depths: list[list[Cell]] = [
        [name, count, *scores((one.order(best, count), one.right) for one in part).values()]
        for name, part in parts.items()
        for count in (5, 10, 15, 20, LONGEST)
    ]
    tables = [
        Table("Weights", ["questions", "weight", "number", "R@1", "R@5", "R@10", "MRR"], rows),
        Table("Provisions read, best weight", ["questions", "read", "R@1", "R@5", "R@10", "MRR"], depths),
    ]
    if laymen:
        folds = by_folds(laymen, tune)
        tables.append(Table("Consultations by folds", list(folds), [list(folds.values())]))
    conditions: dict[str, str | int | float | None] = {
        "reranker": reranker.id,
        "best weight": best,
        "weight in use": WEIGHT,
        "read in use": READ,
    }
    typer.echo(Report(title="Reranking", conditions=conditions, tables=tables).to_markdown())


if __name__ == "__main__":
    run_script(main)
