"""Standard scores and the run format."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from evals.rankings import score_rankings, trec_run, write_trec_run


def test_scores_agree_with_hand_computed_values() -> None:
    rankings = {"q1": ["d1", "d3", "d2"], "q2": ["x", "y", "d9"]}
    gold = {"q1": ["d1", "d2"], "q2": ["d9"]}
    scores = score_rankings(rankings, gold)
    ideal = 1 + 1 / math.log2(3)
    assert scores.by_question["q1"] == pytest.approx(
        {
            "recall@1": 0.5,
            "recall@5": 1.0,
            "recall@10": 1.0,
            "recall@100": 1.0,
            "mrr@100": 1.0,
            "ndcg@10": (1 + 1 / math.log2(4)) / ideal,
        }
    )
    assert scores.by_question["q2"]["mrr@100"] == pytest.approx(1 / 3)
    assert scores.means["recall@1"] == pytest.approx(0.25)
    assert scores.means["mrr@100"] == pytest.approx((1 + 1 / 3) / 2)


def test_a_question_that_found_nothing_scores_zero() -> None:
    scores = score_rankings({"q1": ["d1"]}, {"q1": ["d1"], "q2": ["d1"]})
    assert scores.means["recall@5"] == 0.5
    assert set(scores.by_question["q2"].values()) == {0.0}


def test_a_question_without_gold_is_the_callers_to_leave_out() -> None:
    with pytest.raises(ValueError, match="q2"):
        score_rankings({}, {"q1": ["d1"], "q2": []})
    assert score_rankings({"q1": ["d1"]}, {}).means == {}


def test_gold_beyond_the_hundredth_rank_is_not_found() -> None:
    ranking = [f"d{n}" for n in range(1, 102)]
    scores = score_rankings({"q": ranking}, {"q": ["d101"]})
    assert scores.means["recall@100"] == 0.0
    assert scores.means["mrr@100"] == 0.0
    assert score_rankings({"q": ranking}, {"q": ["d100"]}).means["mrr@100"] == pytest.approx(0.01)


def test_the_order_of_the_ranking_counts_not_the_names_of_the_documents() -> None:
    """Tools break ties by name; the scores we hand over leave no ties."""
    for ranking in (["a", "z"], ["z", "a"]):
        assert score_rankings({"q": ranking}, {"q": [ranking[0]]}).means["recall@1"] == 1.0


def test_a_run_file_restates_the_ranks(tmp_path: Path) -> None:
    assert trec_run({"q1": ["d7", "d2"], "q2": []}, "ours") == "q1 Q0 d7 1 2 ours\nq1 Q0 d2 2 1 ours\n"
    path = tmp_path / "run.txt"
    write_trec_run(path, {"q": ["d"]}, "t")
    assert path.read_text(encoding="utf-8") == "q Q0 d 1 1 t\n"
