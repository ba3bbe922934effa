"""The tables of the reports (报告表格), from the figures of each eval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.answers import MOST_CHARACTERS, MOST_PROVISIONS, AnswersSummary
from evals.officer import Judged, Summary
from evals.questions import Half
from evals.refusal import Rates
from evals.report import Table
from evals.retrieval import RetrievalFigures


def retrieval_tables(figures: RetrievalFigures) -> list[Table]:
    means = figures.scores.means
    return [
        Table("Scores", ["questions", *means], [[figures.scored, *means.values()]]),
        Table("Latency", ["p50 ms", "p95 ms"], [[_ms(figures.p50_ms), _ms(figures.p95_ms)]]),
    ]


def officer_tables(summary: Summary) -> list[Table]:
    groups = {**summary.by_kind, **{f"source {s}": r for s, r in summary.by_source.items()}, "all": summary.overall}
    return [
        Table(
            "Search",
            ["kind", "questions", "R@1", "R@5", "R@10", "MRR@10"],
            [[name, r.scored, r.recall_1, r.recall_5, r.recall_10, r.mrr] for name, r in groups.items()],
        ),
        Table(
            "Answers",
            ["figure", "of", "value"],
            [
                ["refused, unanswerable questions", summary.unanswerable, summary.refused_unanswerable],
                ["refused, answerable questions", summary.answerable, summary.false_refusals],
                ["required articles cited", summary.overall.scored, summary.cited_recall],
                ["answer points hit", summary.points, summary.points_hit],
                ["quotations verbatim and nobody else's", summary.quotes, summary.quotes_verbatim],
                ["as-of questions served the text of the day", summary.as_of_questions, summary.as_of_correct],
                ["results served that were not in force", summary.questions, summary.results_not_in_force],
                ["results served that are rules of another place", summary.questions, summary.results_of_other_places],
                ["questions the assistant could not take", summary.questions, summary.errors],
            ],
        ),
        answers_table(summary.answers),
        Table(
            "Latency",
            ["call", "p50 ms", "p95 ms"],
            [
                ["search", _ms(summary.search_p50_ms), _ms(summary.search_p95_ms)],
                ["ask", _ms(summary.ask_p50_ms), _ms(summary.ask_p95_ms)],
            ],
        ),
    ]


def answers_table(summary: AnswersSummary) -> Table:
    """What answers give and how much they print."""
    limits = f"within {MOST_PROVISIONS} provisions and {MOST_CHARACTERS:,} characters"
    return Table(
        "Composition",
        ["figure", "of", "value"],
        [
            ["answer points present", summary.points, summary.points_present],
            [f"answer points present {limits}", summary.points, summary.points_within_limits],
            [f"answers {limits}", summary.answers, summary.within_limits],
            ["provisions quoted, mean", summary.answers, summary.provisions_mean],
            ["characters of the answer, median", summary.answers, summary.characters_p50],
            ["characters of the answer, 95th percentile", summary.answers, summary.characters_p95],
            ["quotations verbatim", summary.quotes, summary.quotes_verbatim],
            [
                "sentences whose every claim stands in what they cite (precision)",
                summary.stated,
                summary.citation_precision,
            ],
            ["required articles cited (recall)", summary.answers, summary.citation_recall],
            ["answers that begin with a required article", summary.answers, summary.begin_right],
            ["words left out between quotations without ……", summary.stated, summary.hidden_omissions],
            ["lists announced of which nothing is quoted", summary.stated, summary.bare_lists],
        ],
    )


def refusal_tables(halves: Mapping[Half, Rates], groups: Mapping[str, Rates]) -> list[Table]:
    def rows(named: Mapping[str, Rates]) -> list[Sequence[str | int | float | None]]:
        return [[name, r.unanswerable, r.refused, r.answerable, r.false_refusals] for name, r in named.items()]

    columns = ["unanswerable", "refused", "answerable", "wrongly refused"]
    return [
        Table("By half", ["half", *columns], rows({half.value: r for half, r in halves.items()})),
        Table("By group", ["group", *columns], rows(groups)),
    ]


def written_tables(summary: Mapping[str, int | float]) -> list[Table]:
    """What became of answers that a model wrote."""
    return [Table("Answers written by a model", ("measure", "count"), list(summary.items()))]


def failures(judged: Sequence[Judged]) -> list[str]:
    """Faults that must not occur, one line each: quotations that are not verbatim, and errors."""
    lines = [f"{j.id}: {fault}" for j in judged for fault in j.quote_faults]
    return lines + [f"{j.id}: {j.error}" for j in judged if j.error]


def _ms(value: float | None) -> str | None:
    return None if value is None else f"{value:.1f}"
