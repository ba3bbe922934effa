"""Reports as people and programs read them."""

from __future__ import annotations

import json
from pathlib import Path

from evals.report import Report, Table, write_jsonl

REPORT = Report(
    title="T",
    conditions={"corpus": "3 documents", "questions": 2},
    tables=[Table("Scores", ["kind", "n", "R@1"], [["direct", 2, 0.5], ["a|b", 0, None]])],
    exclusions=["1 question without gold"],
    figures={"recall": 0.5},
)


def test_markdown_shows_conditions_scores_and_what_was_left_out() -> None:
    text = REPORT.to_markdown()
    assert "| corpus | 3 documents |" in text
    assert "| direct | 2 | 0.500 |" in text
    assert "| a\\|b | 0 | – |" in text
    assert "- 1 question without gold" in text


def test_nothing_left_out_is_said() -> None:
    assert Report("T", {}, []).to_markdown().rstrip().endswith("none")


def test_json_carries_figures_conditions_and_exclusions(tmp_path: Path) -> None:
    REPORT.write(tmp_path / "r.json", tmp_path / "r.md")
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8")) == {
        "title": "T",
        "conditions": {"corpus": "3 documents", "questions": 2},
        "figures": {"recall": 0.5},
        "exclusions": ["1 question without gold"],
    }
    assert (tmp_path / "r.md").read_text(encoding="utf-8") == REPORT.to_markdown()


def test_per_question_rows_are_json_lines(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "q.jsonl", [{"id": "a", "q": "问"}, {"id": "b"}])
    assert [json.loads(line) for line in (tmp_path / "q.jsonl").read_text(encoding="utf-8").splitlines()] == [
        {"id": "a", "q": "问"},
        {"id": "b"},
    ]
