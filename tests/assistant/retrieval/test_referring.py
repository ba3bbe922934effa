"""A penalty clause comes along with the duty that it names, though it shares no word with the question."""

from __future__ import annotations

from assistant.retrieval.candidates import REFERRING_DEPTH, Candidate, referring, with_referring

DUTY, PENALTY, OTHER = "v/第三十三条", "v/第三十九条", "v/第四十条"


def _found(provision_id: str, semantic: float) -> Candidate:
    return Candidate(provision_id, "v", "d", f"{provision_id}@1", semantic=semantic)


def test_references_are_turned_round_in_a_fixed_order() -> None:
    assert referring({OTHER: [DUTY], PENALTY: [DUTY, OTHER]}) == {DUTY: [PENALTY, OTHER], OTHER: [PENALTY]}


def test_the_article_that_names_a_found_duty_comes_along_without_a_score_of_its_own() -> None:
    candidates = with_referring([_found(DUTY, 0.9)], {DUTY: [PENALTY]})
    assert [c.provision_id for c in candidates] == [DUTY, PENALTY]
    added = candidates[1]
    assert (added.version_id, added.document_id, added.passage_id) == ("v", "d", f"{PENALTY}@1")
    assert added.lexical is added.expanded is added.semantic is None


def test_an_article_that_was_found_keeps_its_score_and_stands_once() -> None:
    both = [_found(DUTY, 0.9), _found(PENALTY, 0.5)]
    assert with_referring(both, {DUTY: [PENALTY]}) == both


def test_only_the_best_of_a_search_bring_others_along() -> None:
    found = [_found(f"v/{n}", 1 - n / 100) for n in range(REFERRING_DEPTH + 1)]
    named_by = {c.provision_id: [f"{c.provision_id}-penalty"] for c in found}
    added = [c.provision_id for c in with_referring(found, named_by)[len(found) :]]
    assert added == [f"v/{n}-penalty" for n in range(REFERRING_DEPTH)]
