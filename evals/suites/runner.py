"""Running the suites one after another (逐个评测): what is finished is kept, what cannot be run is named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import EAssistantError
from evals.suites.bench import Bench, LeftOut
from evals.suites.machine import start_of_run
from evals.suites.plan import Suite
from evals.suites.results import Result, forget, keep, kept


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a suite: its result, or the reason why there is none."""

    suite: Suite
    result: Result | None
    reason: str = ""
    failed: bool = False


def run_suites(
    suites: Sequence[Suite],
    chosen: Collection[str],
    bench: Bench,
    folder: Path,
    *,
    again: bool,
    say: Callable[[str], None],
) -> list[Outcome]:
    """The outcome of every suite; those not ``chosen`` are not run, but told where ``folder`` holds their result."""
    outcomes = []
    for number, suite in enumerate(suites, start=1):
        if suite.name not in chosen:
            outcomes.append(Outcome(suite, kept(folder, suite.name), "not asked for"))
            continue
        say(f"[{number}/{len(suites)}] {suite.name}")
        outcome = _run(suite, bench, folder, again=again, say=say)
        if outcome.reason:
            say(f"  {'failed' if outcome.failed else 'left out'}: {outcome.reason}")
        outcomes.append(outcome)
    return outcomes


def _run(suite: Suite, bench: Bench, folder: Path, *, again: bool, say: Callable[[str], None]) -> Outcome:
    found = kept(folder, suite.name)
    try:
        stamp = bench.stamp(suite.data(bench.sources), of_corpus=suite.of_corpus)
    except LeftOut as reason:
        return Outcome(suite, found, str(reason))
    if found is not None and found.stamp == stamp and not again:
        say(f"  kept from {found.conditions['measured']}; --again measures anew")
        return Outcome(suite, found)
    forget(folder, suite.name)
    conditions = start_of_run()
    try:
        measured = suite.measure(bench)
    except LeftOut as reason:
        return Outcome(suite, None, str(reason))
    except EAssistantError as error:
        say(f"  {error}")
        return Outcome(suite, None, error.what, failed=True)  # without the place: a path has no business in a report
    if suite.of_corpus:  # the first suite that asks an empty data folder has the laws loaded
        stamp = bench.stamp(suite.data(bench.sources), of_corpus=True)
    result = Result(stamp, conditions(), command_of(suite, bench), measured.report)
    keep(folder, suite.name, result, measured)
    for line in measured.faults:
        say(f"  {line}")
    return Outcome(suite, result)


def command_of(suite: Suite, bench: Bench) -> str:
    """The command that measures this suite again, with words in place of paths."""
    parts = ["eassistant eval all", suite.name, suite.options, f"--today {bench.day.isoformat()}"]
    if suite.name == "stard":
        parts += ["--stard-queries FILE"] * (bench.sources.stard_queries is not None)
        parts += ["--every-fold"] * bench.sources.every_fold
    if bench.sources.limit is not None:
        parts.append(f"--limit {bench.sources.limit}")
    return " ".join(part for part in parts if part)
