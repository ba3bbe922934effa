"""A consultation is never ranked by weights that were fitted on it."""

from __future__ import annotations

import numpy as np

from evals.fit_consultations import Consultation, cross_validated


def consultation(n: int, right: int) -> Consultation:
    rows = np.eye(3)
    return Consultation(f"第{n}问", frozenset({str(right)}), ["0", "1", "2"], rows)


def test_what_the_other_folds_teach_is_used() -> None:
    scores = cross_validated([consultation(n, 2) for n in range(20)], [], 0.01)
    assert scores["R@1"] == scores["MRR"] == 1.0


def test_what_only_the_question_itself_could_teach_is_not() -> None:
    others = [consultation(n, 2) for n in range(20)]
    odd = consultation(99, 0)
    alone = cross_validated([*others, odd], [], 0.01)
    assert alone["R@1"] == 20 / 21


def test_a_question_whose_article_no_search_found_counts_as_not_found() -> None:
    lost = Consultation("失", frozenset({"9"}), ["0"], np.ones((1, 3)))
    assert (
        cross_validated([consultation(1, 2), consultation(2, 2), consultation(3, 2), lost], [], 0.01)["R@100"] == 0.75
    )
