"""The evals read the question sets that are kept beside the project, where they are present."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.corpus_files import read_queries
from evals.questions import read_questions

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "evals"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared question sets are not beside this checkout")
def test_shared_sets_have_the_documented_shapes() -> None:
    questions = read_questions(SHARED / "officer_qa" / "dev.jsonl")
    assert all(q.required or not q.answerable for q in questions)
    assert all(q.gold for q in read_queries(SHARED / "stard" / "train.jsonl"))
