"""Whether no penalty may be or must not be given (不予处罚核查), and what must still be known to say so.

One of 应当不予处罚, 可以不予处罚, 不适用, 事实不足. A duty not to punish goes before a power not to; asked for is only
what can change the result (``facts.decide``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.discretion.contract import NoPenalty
from assistant.discretion.facts import any_of, decide
from assistant.discretion.grounds import NO_PENALTY, Assessed, LegalGround, assess
from assistant.discretion.working import Need, NeedKind

ANSWERS = ("是", "否", "尚不清楚")


@dataclass(frozen=True, slots=True)
class NoPenaltyCheck:
    """The result with every ground looked at (不予处罚核查结果)."""

    result: NoPenalty
    text: str
    grounds: tuple[Assessed, ...]
    needs: tuple[Need, ...]


def check_no_penalty(grounds: Sequence[LegalGround], facts: Mapping[str, bool | None]) -> NoPenaltyCheck:
    """The result of ``grounds`` (others than those of no penalty are left aside) for what is known."""
    own = [ground for ground in grounds if ground.effect in NO_PENALTY]
    must = [ground for ground in own if ground.must]
    may = [ground for ground in own if not ground.must]
    decided = decide(
        [
            (NoPenalty.MUST, any_of(ground.holds for ground in must)),
            (NoPenalty.MAY, any_of(ground.holds for ground in may)),
        ],
        NoPenalty.NOT,
        facts,
    )
    asked = frozenset(decided.asks)
    assessed = tuple(_only_asking(assess(ground, facts), asked) for ground in own)
    result = decided.result or NoPenalty.FACTS_MISSING
    return NoPenaltyCheck(
        result, _text(result, assessed, decided.asks), assessed, tuple(map(need_of_fact, decided.asks))
    )


def need_of_fact(name: str) -> Need:
    return Need(NeedKind.FACT, name, f"“{name}”是否属实？", ANSWERS)


def _only_asking(assessed: Assessed, asked: frozenset[str]) -> Assessed:
    return Assessed(assessed.ground, assessed.applies, tuple(name for name in assessed.asks if name in asked))


def _text(result: NoPenalty, assessed: Sequence[Assessed], asks: Sequence[str]) -> str:
    if result is NoPenalty.FACTS_MISSING:
        return f"现有事实不足以判断是否不予处罚，还须查明：{'；'.join(asks)}。"
    if result is NoPenalty.NOT:
        return "按已知事实，没有适用的不予处罚事由。"
    said = [
        f"{a.ground.name}（{'、'.join(_place(a.ground))}）"
        for a in assessed
        if a.applies and a.ground.must is (result is NoPenalty.MUST)
    ]
    return f"{result.value}：{'；'.join(said)}。" if said else f"{result.value}。"


def _place(ground: LegalGround) -> list[str]:
    return [f"《{r.title}》{r.place}" if r.title else r.place for r in ground.references]
