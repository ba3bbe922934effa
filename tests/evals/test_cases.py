"""Finding a case from its facts: cases are counted once each, and what is not held is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import InvalidInput
from evals.cases import CaseQuestion, held, hit_at, read_case_questions, run_cases

QUESTIONS = [
    CaseQuestion(id="q1", question="甲", case_title="甲案"),
    CaseQuestion(id="q2", question="乙", case_title="乙 案"),
    CaseQuestion(id="q3", question="丙", case_title="丙案"),
]
FOUND = {"甲": ["甲案", "乙案"], "乙": ["甲案", "甲案", "丁案", "乙案"], "丙": ["甲案"]}


def test_a_case_found_by_several_sections_counts_once() -> None:
    results = run_cases(QUESTIONS, lambda question: FOUND[question])
    assert [r.rank for r in results] == [1, 3, None]
    assert hit_at(results, 1) == pytest.approx(1 / 3)
    assert hit_at(results, 5) == pytest.approx(2 / 3)


def test_nothing_is_measured_without_questions() -> None:
    assert hit_at([], 5) is None


def test_questions_whose_case_is_not_held_are_left_out() -> None:
    assert [q.id for q in held(QUESTIONS, ["乙案", "丁案"])] == ["q2"]


def test_our_own_questions_name_thirty_different_cases_and_quote_no_title() -> None:
    questions = read_case_questions()
    assert len({q.case_title for q in questions}) == len({q.id for q in questions}) == len(questions) == 30
    for question in questions:
        title = "".join(question.case_title.split())
        shared = [title[i : i + 8] for i in range(len(title) - 7) if title[i : i + 8] in question.question]
        assert shared == []


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "q1", "question": "甲", "case_title": "甲案"}\n{"id": "q2"}\n', encoding="utf-8")
    with pytest.raises(InvalidInput, match="line 2"):
        read_case_questions(file)
