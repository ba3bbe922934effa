"""Retrieval over a given corpus (检索评测): by words, by meaning and by the whole pipeline, over one index."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.adhoc_index import Progress
from evals.corpus_files import CorpusArticle, Query
from evals.methods import Method
from evals.report import Cell, Report, Table
from evals.retrieval import DEPTH, RetrievalFigures, per_query, rank, score
from evals.suites.measured import Measured, Watch

if TYPE_CHECKING:
    from assistant.settings import Settings

METHODS = {
    Method.WORDS: "words",
    Method.DENSE: "meaning",
    Method.FUSION: "fusion, no reranking",
    Method.HYBRID: "whole pipeline",
}


def held_fifth(queries: Sequence[Query]) -> list[Query]:
    """The fixed fifth that is reported on: nothing is learnt from it or chosen by it."""
    from evals.training.pairs import HELD_FOLD, fold_of

    return [query for query in queries if fold_of(query.question) == HELD_FOLD]


def measure_ranking(
    articles: Sequence[CorpusArticle],
    queries: Sequence[Query],
    name: str,
    settings: Settings,
    watch: Watch,
    stage: Progress,
) -> Measured:
    """Search every question by each method; ``name`` says which questions they are."""
    from evals.searchers import open_searchers

    figures: dict[str, RetrievalFigures] = {}
    rows: list[dict[str, Any]] = []
    with (
        tempfile.TemporaryDirectory(prefix="eassistant-eval-") as folder,
        open_searchers(articles, list(METHODS), settings, Path(folder), stage) as searchers,
    ):
        for method, searcher in searchers.items():
            with watch(METHODS[method], len(queries)) as step:
                ranked = rank(queries, searcher.search, DEPTH, step)
            figures[METHODS[method]] = of_method = score(queries, ranked, [a.id for a in articles])
            rows += [{"method": METHODS[method], **row} for row in per_query(queries, ranked, of_method)]
        passages, models = searcher.passages, searcher.models
    report = Report(
        title="Retrieval",
        conditions={
            "corpus": f"{len(articles)} articles, {passages} passages",
            "questions": f"{name}, scored {of_method.scored}",
            "scored with some gold articles missing": len(of_method.partly_in_corpus),
            **models,
        },
        tables=[_table(figures)],
        exclusions=of_method.exclusions(),
        figures={way: of_way.to_json() for way, of_way in figures.items()},
    )
    return Measured(report, rows)


def _table(figures: dict[str, RetrievalFigures]) -> Table:
    """Without times: a question that one method had encoded is remembered for the next."""
    names = list(next(iter(figures.values())).scores.means)
    rows: list[list[Cell]] = [[way, f.scored, *f.scores.means.values()] for way, f in figures.items()]
    return Table("Scores", ["method", "questions", *names], rows)
