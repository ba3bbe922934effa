"""All suites in one run: what is finished is kept, what cannot be run is named, a stopped run goes on."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest

from corpus.errors import InvalidInput
from evals.report import Report, Table
from evals.suites.bench import Bench, LeftOut, Sources
from evals.suites.goals import Goals, least, most, with_goals
from evals.suites.measured import Measured
from evals.suites.plan import NAMES, SUITES, Suite
from evals.suites.results import kept
from evals.suites.runner import Outcome, run_suites
from evals.suites.section import BEGIN, END, insert, section

TODAY = "2026-11-21"


@dataclass
class Workplace:
    """A bench that opens nothing: its stamp is the data's names and ``encoder``."""

    encoder: str = "e1"
    sources: Sources = field(default_factory=Sources)
    day: dt.date = dt.date(2026, 11, 21)

    def stamp(self, data: Any, *, of_corpus: bool) -> dict[str, Any]:
        return {"data": [path.name for path in data], "encoder": self.encoder, "of_corpus": of_corpus}


@dataclass
class Counted:
    """A suite's measurement that counts its runs, and may be cut off."""

    runs: int = 0
    raises: BaseException | None = None

    def __call__(self, _: Bench) -> Measured:
        if self.raises is not None:
            raise self.raises
        self.runs += 1
        report = Report("T", {"questions": 2}, [Table("Scores", ["way", "recall"], [["all", 0.5]])], ["1 question"])
        return Measured(report, [{"id": "a", "found": ["《甲法》第一条"]}])


def a_suite(name: str, measure: Callable[[Bench], Measured], goals: Goals | None = None) -> Suite:
    return Suite(name, name.upper(), "--data FILE", lambda _: [], measure, goals or {})


def run(suites: list[Suite], folder: Path, bench: Workplace | None = None, **options: Any) -> list[Outcome]:
    chosen = options.pop("chosen", [s.name for s in suites])
    used = cast(Bench, bench or Workplace())
    return run_suites(suites, chosen, used, folder, again=options.pop("again", False), say=lambda _: None)


def test_a_finished_suite_is_not_run_again_unless_told_or_its_ground_has_changed(tmp_path: Path) -> None:
    measure = Counted()
    suites = [a_suite("one", measure)]
    for options, runs in (({}, 1), ({}, 1), ({"again": True}, 2), ({"bench": Workplace("e2")}, 3)):
        (outcome,) = run(suites, tmp_path, **options)
        assert measure.runs == runs
        assert outcome.result is not None
        assert outcome.result.report.exclusions == ["1 question"]
    assert [json.loads(line) for line in (tmp_path / "one.jsonl").read_text(encoding="utf-8").splitlines()] == [
        {"id": "a", "found": ["《甲法》第一条"]}
    ]


def test_a_stopped_run_goes_on_with_the_suite_it_was_stopped_in(tmp_path: Path) -> None:
    first, second = Counted(), Counted(raises=KeyboardInterrupt())
    suites = [a_suite("first", first), a_suite("second", second)]
    with pytest.raises(KeyboardInterrupt):
        run(suites, tmp_path)
    assert kept(tmp_path, "second") is None
    second.raises = None
    assert all(o.result is not None for o in run(suites, tmp_path))
    assert (first.runs, second.runs) == (1, 1)


def test_a_suite_stopped_when_run_again_is_no_longer_finished(tmp_path: Path) -> None:
    measure = Counted()
    run([a_suite("one", measure)], tmp_path)
    measure.raises = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run([a_suite("one", measure)], tmp_path, again=True)
    assert kept(tmp_path, "one") is None


def test_what_cannot_be_run_is_named_and_the_rest_is_run(tmp_path: Path) -> None:
    fault = InvalidInput("Not JSON.", where="/secret/place")
    suites = [
        a_suite("absent", Counted(raises=LeftOut("--stard is not given"))),
        a_suite("broken", Counted(raises=fault)),
        a_suite("sound", Counted()),
    ]
    outcomes = run(suites, tmp_path)
    assert [o.failed for o in outcomes] == [False, True, False]
    written = section(outcomes)
    assert "- absent: --stard is not given" in written
    assert "- broken: Not JSON." in written
    assert "/secret" not in written
    assert "### SOUND" in written


def test_a_suite_not_asked_for_is_told_from_an_earlier_run(tmp_path: Path) -> None:
    one, other = Counted(), Counted()
    suites = [a_suite("one", one), a_suite("other", other)]
    run(suites, tmp_path, chosen=["one"])
    outcomes = run(suites, tmp_path, chosen=["other"])
    assert one.runs == other.runs == 1
    assert section(outcomes).count("eassistant eval all") >= 3
    assert "not asked for" not in section(outcomes)


def test_a_damaged_result_counts_as_not_finished(tmp_path: Path) -> None:
    measure = Counted()
    run([a_suite("one", measure)], tmp_path)
    (tmp_path / "one.json").write_text("{", encoding="utf-8")
    run([a_suite("one", measure)], tmp_path)
    assert measure.runs == 2


def test_the_section_tells_command_machine_ground_and_goals(tmp_path: Path) -> None:
    goals: Goals = {("Scores", "all"): {"recall": least(0.9)}}
    written = section(run([a_suite("one", Counted(), goals)], tmp_path))
    assert f"`eassistant eval all one --data FILE --today {TODAY}`" in written
    assert "cores, load average" in written
    assert "questions: 2" in written
    assert "| way | recall | goal |" in written
    assert "| all | 0.500 | recall ≥ 0.9 missed |" in written


@pytest.mark.parametrize(
    ("value", "goal", "told"),
    [
        (0.95, least(0.95), "≥ 0.95 met"),
        (0.9499, least(0.95), "≥ 0.95 missed"),
        (0.03, most(0.03), "≤ 0.03 met"),
        ("170.2", most(40), "≤ 40 missed"),
        (None, least(3), "≥ 3"),
        ("unknown", least(3), "≥ 3"),
    ],
)
def test_a_goal_says_whether_it_is_met(value: Any, goal: Any, told: str) -> None:
    table = Table("Answers", ["figure", "value"], [["points", value], ["others", 0.1]])
    (with_goal,) = with_goals([table], {("Answers", "points"): {"value": goal}})
    assert list(with_goal.columns) == ["figure", "value", "goal"]
    assert [row[-1] for row in with_goal.rows] == [told, None]


def test_goals_of_several_columns_name_them_and_a_table_without_goals_stays() -> None:
    tables = [
        Table("Search", ["kind", "R@1", "R@5"], [["all", 0.7, 0.8]]),
        Table("Other", ["kind", "R@1"], [["all", 1]]),
    ]
    searched, other = with_goals(tables, {("Search", "all"): {"R@1": least(0.7), "R@5": least(0.9)}})
    assert searched.rows[0][-1] == "R@1 ≥ 0.7 met; R@5 ≥ 0.9 missed"
    assert other is tables[1]


def test_only_what_stands_between_the_marks_is_replaced() -> None:
    page = insert("# Benchmarks\n\nBefore.\n", "old")
    page = page + "\nAfter.\n"
    again = insert(page, "new\n\n| a | b |")
    assert again.startswith(f"# Benchmarks\n\nBefore.\n\n{BEGIN}\n\nnew")
    assert again.endswith(f"{END}\n\nAfter.\n")
    assert "old" not in again
    assert insert(again, "new\n\n| a | b |") == again


def test_a_page_that_is_absent_is_begun() -> None:
    assert insert("", "text").startswith(BEGIN)


@pytest.mark.parametrize(
    "page", [BEGIN, END, f"{END}\n{BEGIN}", f"{BEGIN}\n{BEGIN}\n{END}", f"{BEGIN}{END}{BEGIN}{END}"]
)
def test_marks_that_are_amiss_are_refused(page: str) -> None:
    with pytest.raises(InvalidInput):
        insert(page, "text")


@pytest.mark.parametrize(
    ("name", "sources", "reason"),
    [
        ("stard", Sources(), "--stard is not given"),
        ("stard", Sources(stard=Path("nowhere")), "corpus.jsonl.gz"),
        ("officer-qa", Sources(), "--officer is not given"),
        ("officer-qa", Sources(officer=Path("nowhere.jsonl")), "there is no file nowhere.jsonl"),
        ("discretion-find", Sources(), "--discretion is not given"),
        ("discretion-find", Sources(discretion=Path("d")), "--discretion-questions is not given"),
    ],
)
def test_absent_data_is_told_with_its_option(name: str, sources: Sources, reason: str) -> None:
    (suite,) = [suite for suite in SUITES if suite.name == name]
    with pytest.raises(LeftOut, match=reason):
        suite.data(sources)


def test_our_own_sets_are_always_there() -> None:
    assert len(set(NAMES)) == len(SUITES)
    for suite in SUITES:
        if not suite.options:
            assert all(path.is_file() for path in suite.data(Sources()))
