"""Consultations for the fit of the ranking (排序拟合用的咨询): the fixed fifth that the encoder never learnt from.

Weights fitted on the questions that they are reported on would flatter, so the report is cross-validated: each fold is
ranked by weights fitted on the other folds and on our own questions.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.retrieval.features import FEATURES, features
from assistant.settings import Settings
from evals.adhoc_index import Progress
from evals.corpus_files import read_corpus, read_queries
from evals.listwise import Group, Matrix, fit
from evals.methods import Method
from evals.metrics import mean, recall_at, reciprocal_rank
from evals.searchers import open_searcher
from evals.training.pairs import HELD_FOLD, fold_of

FOLDS = 5
DEPTHS = (1, 5, 10, 100)


@dataclass(frozen=True, slots=True, eq=False)
class Consultation:
    """A question with the ids of its candidates, as the ranking sees them, and of all its right articles."""

    question: str
    gold: frozenset[str]
    ids: Sequence[str]
    rows: Matrix

    @property
    def group(self) -> Group:
        return Group(self.rows, [i for i, own in enumerate(self.ids) if own in self.gold])

    def ranked(self, weights: Matrix) -> list[str]:
        return [self.ids[i] for i in np.argsort(-(self.rows @ weights), kind="stable")]


def collect(folder: Path, settings: Settings, progress: Progress) -> list[Consultation]:
    """The held fifth of ``train.jsonl`` over the articles of ``corpus.jsonl.gz``, with the product's own searches."""
    questions = [q for q in read_queries(folder / "train.jsonl") if fold_of(q.question) == HELD_FOLD]
    articles = read_corpus(folder / "corpus.jsonl.gz")
    found = []
    with (
        tempfile.TemporaryDirectory(prefix="eassistant-fit-") as index,
        open_searcher(articles, Method.FUSION, settings, Path(index), progress) as searcher,
    ):
        for done, query in enumerate(questions, start=1):
            understood, scored = searcher.candidates(query.question)
            rows = np.array(features(understood, scored, searcher.references)).reshape(len(scored), len(FEATURES))
            ids = [one.provision.id for one in scored]
            found.append(Consultation(query.question, frozenset(query.gold), ids, rows))
            progress("searching", done, len(questions))
    return found


def fold_within(question: str) -> int:
    """The fold of a question among those that are fitted on."""
    return int(hashlib.sha256(question.encode()).hexdigest()[:8], 16) % FOLDS


def cross_validated(
    consultations: Sequence[Consultation], always: Sequence[Group], penalty: float
) -> dict[str, float | None]:
    """Scores of the consultations, each ranked by weights that were fitted without its fold."""
    folds: Mapping[int, list[Consultation]] = {n: [] for n in range(FOLDS)}
    for one in consultations:
        folds[fold_within(one.question)].append(one)
    rankings: list[tuple[list[str], frozenset[str]]] = []
    for held, members in folds.items():
        rest = [one.group for n, others in folds.items() if n != held for one in others]
        weights = fit([*always, *(group for group in rest if group.right)], penalty)
        rankings += [(one.ranked(weights), one.gold) for one in members]
    scores: dict[str, float | None] = {
        f"R@{depth}": mean(recall_at(ids, gold, depth) for ids, gold in rankings) for depth in DEPTHS
    }
    return {**scores, "MRR": mean(reciprocal_rank(ids[: max(DEPTHS)], gold) for ids, gold in rankings)}
