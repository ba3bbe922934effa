"""The review of items: which steps there are, and what keeps an item from being published."""

from __future__ import annotations

from itertools import product

import pytest

from assistant.quiz.bank.review import Refused, Standing, moved
from assistant.quiz.contract import Blocked, Check, CheckResult, ItemState, Move, Proof

D, R, P, X = ItemState.DRAFT, ItemState.IN_REVIEW, ItemState.PUBLISHED, ItemState.RETIRED
STEPS = {
    (D, Move.SUBMIT): R,
    (R, Move.PUBLISH): P,
    (R, Move.RETURN): D,
    (D, Move.RETIRE): X,
    (R, Move.RETIRE): X,
    (P, Move.RETIRE): X,
    (X, Move.REOPEN): D,
}


def proof(*verdicts: bool | None) -> Proof:
    checks = zip(Check, verdicts, strict=False)
    return Proof(checks=[CheckResult(check=check, passed=verdict, detail="原因") for check, verdict in checks])


GOOD = proof(True, True)
BLOCKED = Blocked(citation="《示例法》第一条", reason="条文已修改。")


@pytest.mark.parametrize(("state", "move"), list(product(ItemState, Move)))
def test_only_the_steps_of_the_table_are_taken(state, move):
    after = moved(Standing(state, GOOD, cited=True), move, "理由")
    if (state, move) in STEPS:
        assert after is STEPS[state, move]
    else:
        assert isinstance(after, Refused)
        assert after.reason


@pytest.mark.parametrize(("state", "move"), [(R, Move.RETURN), (P, Move.RETIRE), (D, Move.RETIRE)])
@pytest.mark.parametrize("note", ["", "  "])
def test_what_takes_an_item_away_needs_a_reason(state, move, note):
    after = moved(Standing(state, GOOD, cited=True), move, note)
    assert isinstance(after, Refused)
    assert "理由" in after.reason


@pytest.mark.parametrize(
    ("standing", "word"),
    [
        (Standing(R, proof(True, False), cited=True), "校验未通过"),
        (Standing(R, GOOD, cited=False), "没有注明依据"),
        (Standing(R, GOOD, cited=True, blocked=BLOCKED), "依据已变动"),
        (Standing(R, GOOD, cited=True, own=True), "他人审核"),
    ],
)
def test_an_unfit_item_is_not_published_and_can_still_be_returned(standing, word):
    after = moved(standing, Move.PUBLISH)
    assert isinstance(after, Refused)
    assert word in after.reason
    assert moved(standing, Move.RETURN, "理由") is D


def test_what_no_program_can_decide_the_reviewer_decides():
    assert moved(Standing(R, proof(True, None), cited=True), Move.PUBLISH) is P
