"""The review of items (审核流程), as a pure function of where an item stands.

========  ==========================  ===========  =================================================================
move      from                        to           besides
========  ==========================  ===========  =================================================================
SUBMIT    DRAFT                       IN_REVIEW
PUBLISH   IN_REVIEW                   PUBLISHED    not while blocked, a check failed, or no source is given; what no
                                                   program can decide (a check that is None), the reviewer decides
RETURN    IN_REVIEW                   DRAFT        with a reason
RETIRE    all but RETIRED             RETIRED      with a reason
REOPEN    RETIRED                     DRAFT
========  ==========================  ===========  =================================================================
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.quiz.contract import CHECK_ZH, STATE_ZH, Blocked, ItemState, Move, Proof

MOVE_ZH: dict[Move, str] = {
    Move.SUBMIT: "提交审核",
    Move.PUBLISH: "发布",
    Move.RETURN: "退回",
    Move.RETIRE: "停用",
    Move.REOPEN: "重新启用",
}

_STEPS: dict[Move, tuple[frozenset[ItemState], ItemState]] = {
    Move.SUBMIT: (frozenset({ItemState.DRAFT}), ItemState.IN_REVIEW),
    Move.PUBLISH: (frozenset({ItemState.IN_REVIEW}), ItemState.PUBLISHED),
    Move.RETURN: (frozenset({ItemState.IN_REVIEW}), ItemState.DRAFT),
    Move.RETIRE: (frozenset(ItemState) - {ItemState.RETIRED}, ItemState.RETIRED),
    Move.REOPEN: (frozenset({ItemState.RETIRED}), ItemState.DRAFT),
}
_WITH_REASON = frozenset({Move.RETURN, Move.RETIRE})


@dataclass(frozen=True, slots=True)
class Standing:
    """What of an item decides whether it may move; ``own`` where whoever moves it must not be its author."""

    state: ItemState
    proof: Proof
    cited: bool
    blocked: Blocked | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an item does not move, and what to do."""

    reason: str


def moved(standing: Standing, move: Move, note: str = "") -> ItemState | Refused:
    """The state after a move, or why there is none."""
    states, after = _STEPS[move]
    if standing.state not in states:
        allowed = "、".join(STATE_ZH[s] for s in ItemState if s in states)
        return Refused(f"现为“{STATE_ZH[standing.state]}”，只有“{allowed}”的试题可以{MOVE_ZH[move]}。")
    if move in _WITH_REASON and not note.strip():
        return Refused(f"{MOVE_ZH[move]}须写明理由。")
    if move is Move.PUBLISH and (why := _unfit(standing)):
        return Refused(why)
    return after


def _unfit(standing: Standing) -> str:
    """Why an item in review may not be published; empty when it may."""
    if standing.blocked is not None:
        return f"依据已变动，不能发布：{standing.blocked.reason}请修改试题，或停用。"
    if not standing.cited:
        return "没有注明依据，不能发布。请修改试题，写明所依据的条文。"
    if failed := standing.proof.failed:
        told = "；".join(f"{CHECK_ZH[c.check]}：{c.detail or '未通过'}" for c in failed)
        return f"校验未通过，不能发布（{told}）。请修改试题，或停用。"
    if standing.own:
        return "本单位要求由他人审核，不能发布自己编写或修改的试题。"
    return ""
