"""Hits of several searches become one candidate per provision."""

from __future__ import annotations

from assistant.retrieval.candidates import gather
from corpus.index import Hit
from corpus.vocabulary import SPOKEN_MARK


def hit(provision: str, passage: int, score: float) -> Hit:
    return Hit(f"{provision}@{passage}", provision, "v", "d", score)


def test_a_provision_found_twice_keeps_its_best_score_of_each_search() -> None:
    (candidate,) = gather({"lexical": [hit("p", 1, 9.0), hit("p", 2, 3.0)], "semantic": [hit("p", 2, 0.8)]})
    assert (candidate.lexical, candidate.semantic, candidate.expanded) == (9.0, 0.8, None)


def test_the_passage_kept_is_the_best_of_the_last_search_that_found_it() -> None:
    candidates = gather(
        {
            "lexical": [hit("p", 1, 9.0), hit("q", 1, 8.0)],
            "semantic": [hit("p", 3, 0.9), hit("p", 2, 0.8)],
        }
    )
    assert {c.provision_id: c.passage_id for c in candidates} == {"p": "p@3", "q": "q@1"}


def test_candidates_stand_in_order_of_first_appearance() -> None:
    candidates = gather({"lexical": [hit("b", 1, 2.0)], "expanded": [hit("a", 1, 9.0), hit("b", 1, 1.0)]})
    assert [c.provision_id for c in candidates] == ["b", "a"]


def test_nothing_found_is_no_candidate() -> None:
    assert gather({"lexical": [], "semantic": []}) == []


def test_meaning_is_told_by_the_words_and_asked_by_the_spoken_questions() -> None:
    asked = Hit(f"p{SPOKEN_MARK}2", "p", "v", "d", 0.9)
    (candidate,) = gather({"semantic": [asked, hit("p", 1, 0.7), hit("p", 2, 0.6)]})
    assert (candidate.semantic, candidate.told, candidate.asked) == (0.9, 0.7, 0.9)


def test_words_found_in_a_spoken_question_are_not_meaning() -> None:
    (candidate,) = gather({"lexical": [Hit(f"p{SPOKEN_MARK}1", "p", "v", "d", 4.0)]})
    assert (candidate.told, candidate.asked) == (None, None)
