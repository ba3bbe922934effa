"""The generated section (生成的报告): every suite with its command, its machine, its tables and goals."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import InvalidInput
from evals.report import grid
from evals.suites.goals import with_goals
from evals.suites.results import Result
from evals.suites.runner import Outcome

BEGIN = "<!-- eassistant eval all: begin; what stands between these marks is written by the command -->"
END = "<!-- eassistant eval all: end -->"


def section(outcomes: Sequence[Outcome]) -> str:
    """The whole section without its marks."""
    parts = [
        "## All suites",
        "Written by `eassistant eval all --report FILE`; a row for every question lies in its `--out` folder.",
    ]
    parts += [_suite(outcome, outcome.result) for outcome in outcomes if outcome.result is not None]
    left_out = [f"- {o.suite.name}: {o.reason}" for o in outcomes if o.result is None]
    if left_out:
        parts.append("\n".join(["Not measured:", "", *left_out]))
    return "\n\n".join(parts) + "\n"


def _suite(outcome: Outcome, result: Result) -> str:
    parts = [f"### {outcome.suite.title}", f"`{result.command}`", _conditions(result)]
    tables = with_goals(result.report.tables, outcome.suite.goals)
    parts += [f"**{table.title}**\n\n{grid(table.columns, table.rows)}" for table in tables]
    if result.report.exclusions:
        parts.append("Left out: " + "; ".join(result.report.exclusions) + ".")
    return "\n\n".join(parts)


def _conditions(result: Result) -> str:
    told = [f"{name}: {value}" for name, value in {**result.conditions, **result.report.conditions}.items()]
    if "corpus" in result.stamp:
        told.append(f"corpus revision: {result.stamp['corpus']}")
    return "; ".join(told) + "."


def insert(page: str, written: str) -> str:
    """The page with the section between its marks replaced; marks are added at the end of a page without them."""
    block = f"{BEGIN}\n\n{written}\n{END}"
    begins, ends = page.count(BEGIN), page.count(END)
    if begins == ends == 0:
        return f"{page.rstrip()}\n\n{block}\n".lstrip()
    before, _, rest = page.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if begins != 1 or ends != 1 or not mark:
        raise InvalidInput(
            f"The page needs each of the two marks once, in order: it has {begins} and {ends}.",
            remedy=f"Leave one {BEGIN} and after it one {END}, or neither.",
        )
    return before + block + after


def failures(outcomes: Sequence[Outcome]) -> list[str]:
    """Names of the suites that failed."""
    return [outcome.suite.name for outcome in outcomes if outcome.failed]
