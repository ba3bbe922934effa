"""The goals (目标): what a figure should reach, put beside it in a column of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evals.report import Cell, Table


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound that a figure should keep, from below or from above."""

    bound: float
    at_least: bool = True

    def told(self, value: Cell) -> str:
        """``≥ 0.9 met``; only the bound where the figure was not measured."""
        bound = f"{'≥' if self.at_least else '≤'} {self.bound:g}"
        measured = _number(value)
        if measured is None:
            return bound
        return f"{bound} {'met' if self._met(measured) else 'missed'}"

    def _met(self, value: float) -> bool:
        return value >= self.bound if self.at_least else value <= self.bound


def least(bound: float) -> Goal:
    return Goal(bound)


def most(bound: float) -> Goal:
    return Goal(bound, at_least=False)


Goals = Mapping[tuple[str, str], Mapping[str, Goal]]
"""(table, first cell of a row) → column → goal."""

RETRIEVAL: Goals = {
    ("Scores", "whole pipeline"): {
        "recall@5": least(0.72),
        "recall@10": least(0.80),
        "recall@100": least(0.95),
        "mrr@100": least(0.66),
    }
}
REFUSAL: Goals = {("By half", "all"): {"refused": least(0.9), "wrongly refused": most(0.03)}}
OFFICERS: Goals = {
    ("Search", "all"): {"R@1": least(0.7), "R@5": least(0.9)},
    ("Search", "colloquial"): {"R@5": least(0.8)},
    ("Search", "article_lookup"): {"R@5": least(1)},
    ("Search", "temporal"): {"R@5": least(1)},
    ("Search", "local"): {"R@5": least(1)},
    ("Answers", "refused, unanswerable questions"): {"value": least(0.9)},
    ("Answers", "refused, answerable questions"): {"value": most(0.03)},
    ("Answers", "quotations verbatim and nobody else's"): {"value": least(1)},
    ("Composition", "answer points present within 4 provisions and 1,200 characters"): {"value": least(0.85)},
    ("Composition", "quotations verbatim"): {"value": least(1)},
    ("Composition", "sentences whose every claim stands in what they cite (precision)"): {"value": least(0.95)},
    ("Composition", "required articles cited (recall)"): {"value": least(0.9)},
}
SEARCH_SPEED: Goals = {
    ("Latency", "search, no reranking"): {"p50 ms": most(40), "p95 ms": most(90)},
    ("Latency", "search, reranking"): {"p95 ms": most(400)},
}
ENCODING_SPEED: Goals = {
    ("Throughput", "texts a second"): {"ratio": least(3)},
    ("Cosine", "to the reference"): {"mean": least(0.99)},
}


def with_goals(tables: Sequence[Table], goals: Goals) -> list[Table]:
    """The tables, those with a goal with one more column; a goal names its column where the row has several figures."""
    return [_with_goals(table, goals) for table in tables]


def _with_goals(table: Table, goals: Goals) -> Table:
    of_rows = [goals.get((table.title, str(row[0])), {}) for row in table.rows]
    if not any(of_rows):
        return table
    rows = [[*row, _told(table.columns, row, of_row)] for row, of_row in zip(table.rows, of_rows, strict=True)]
    return replace(table, columns=[*table.columns, "goal"], rows=rows)


def _told(columns: Sequence[str], row: Sequence[Cell], goals: Mapping[str, Goal]) -> str | None:
    values = dict(zip(columns, row, strict=True))
    told = {column: goal.told(values[column]) for column, goal in goals.items() if column in values}
    if set(told) == {"value"}:
        return told["value"]
    return "; ".join(f"{column} {words}" for column, words in told.items()) or None


def _number(value: Cell) -> float | None:
    try:
        return None if value is None else float(value)
    except ValueError:
        return None
