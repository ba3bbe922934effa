"""Cases from their facts (由案情找案例): an officer tells what happened; is the case among the first five found?

The questions name no party and no title; the cases themselves are public documents that are ingested, not part of the
project. Questions whose case is not held are left out, never counted as failures.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import InvalidInput
from evals.metrics import mean
from evals.report import Table

CASE_QUESTIONS = "case_questions.jsonl"
DEPTH = 5
"""Among how many different cases the right one must stand."""

Search = Callable[[str], Sequence[str]]
"""Question → titles of the cases found, best first; a case that is found by several sections may come again."""


class CaseQuestion(BaseModel):
    """The facts of a case as an officer would tell them, and the title of the case."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    question: str = Field(min_length=1)
    case_title: str = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What was found for one question: the cases in order, each once, and the place of the right one (from 1)."""

    id: str
    question: str
    case_title: str
    found: tuple[str, ...]
    rank: int | None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def read_case_questions(path: Path | None = None) -> list[CaseQuestion]:
    """The questions of a file, or the project's own. Raises InvalidInput with the line that is no question."""
    source = path or files("evals").joinpath("data", CASE_QUESTIONS)
    questions = []
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            questions.append(CaseQuestion.model_validate(json.loads(line)))
        except (ValueError, ValidationError) as error:
            raise InvalidInput(
                "This line is no case question.",
                where=f"{path or CASE_QUESTIONS}, line {number}",
                remedy="Write {id, question, case_title} as one JSON object a line.",
            ) from error
    return questions


def run_cases(
    questions: Iterable[CaseQuestion], search: Search, progress: Callable[[int], None] | None = None
) -> list[CaseResult]:
    """Search every question and see where its case stands."""
    results = []
    for done, question in enumerate(questions, start=1):
        found = tuple(dict.fromkeys(title_key(title) for title in search(question.question)))
        wanted = title_key(question.case_title)
        rank = found.index(wanted) + 1 if wanted in found else None
        results.append(CaseResult(question.id, question.question, question.case_title, found[: 2 * DEPTH], rank))
        if progress is not None:
            progress(done)
    return results


def hit_at(results: Iterable[CaseResult], k: int) -> float | None:
    """Share of the questions whose case is among the first ``k`` different cases; None without questions."""
    return mean(r.rank is not None and r.rank <= k for r in results)


def held(questions: Iterable[CaseQuestion], titles: Collection[str]) -> list[CaseQuestion]:
    """The questions whose case is among the titles held."""
    keys = {title_key(title) for title in titles}
    return [q for q in questions if title_key(q.case_title) in keys]


def case_tables(results: Sequence[CaseResult]) -> list[Table]:
    missed = [[r.id, r.rank, r.case_title] for r in results if r.rank is None or r.rank > DEPTH]
    return [
        Table("Scores", ["questions", "hit@1", "hit@5"], [[len(results), hit_at(results, 1), hit_at(results, DEPTH)]]),
        Table("Not among the first five", ["question", "rank", "case"], missed),
    ]


def title_key(title: str) -> str:
    """A title without white space, as titles are compared."""
    return "".join(title.split()).replace("(", "（").replace(")", "）")
