"""Whether no penalty may be or must not be given (不予处罚核查), and what must still be known to say so.

One of 应当不予处罚, 可以不予处罚, 不适用, 事实不足. A duty not to punish goes before a power not to; asked for is only
what can change the result (``facts.decide``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.discretion.contract import NoPenalty
from assistant.discretion.facts import Condition, any_of, assume, decide, known, names_in
from assistant.discretion.grounds import NO_PENALTY, Assessed, LegalGround, assess, party_first, with_implied
from assistant.discretion.time_bar import QUESTIONS
from assistant.discretion.working import Need, NeedKind, Reference
from corpus.citations.format import format_title

ANSWERS = ("是", "否", "尚不清楚")
_OF_AN_ENTRY = re.compile("违法行为属于《")
SHOWN = 5
LONGEST = 40
"""How many open facts a sentence names, and how many characters of each; all of them are whole among the needs."""


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
    outcomes = [
        (NoPenalty.MUST, any_of(ground.holds for ground in must)),
        (NoPenalty.MAY, any_of(ground.holds for ground in may)),
    ]
    facts = with_implied(facts)
    decided = decide(outcomes, NoPenalty.NOT, facts)
    asks = _most_deciding_first(party_first(decided.asks), [condition for _, condition in outcomes], known(facts))
    asked = frozenset(asks)
    assessed = tuple(_only_asking(assess(ground, facts), asked) for ground in own)
    result = decided.result or NoPenalty.FACTS_MISSING
    return NoPenaltyCheck(result, _text(result, assessed, asks), assessed, tuple(map(need_of_fact, asks)))


def need_of_fact(name: str) -> Need:
    """The question after a fact; its name stays the key of the answer."""
    return Need(NeedKind.FACT, name, QUESTIONS.get(name) or _question(name), ANSWERS)


def _question(name: str) -> str:
    if _OF_AN_ENTRY.match(name):
        return f"{name.replace('违法行为属于', '违法行为是否属于', 1)}？"
    return f"是否属于“{name}”？" if name.endswith("的违法行为") else f"“{name}”是否属实？"


def name_some(names: Sequence[str]) -> str:
    """The first few of ``names``, long ones cut short, and how many there are."""
    listed = "；".join(name if len(name) <= LONGEST else f"{name[:LONGEST]}……" for name in names[:SHOWN])
    return listed if len(names) <= SHOWN else f"{listed}等{len(names)}项"


def _most_deciding_first(
    asks: Sequence[str], conditions: Sequence[Condition], given: Mapping[str, bool]
) -> tuple[str, ...]:
    """``asks`` by how many of the others a no would settle, the most first; as they were among equals.

    A no is what officers mostly have to say: each ground needs all its facts.
    """
    wanted = frozenset(asks)

    def left_after_no(name: str) -> int:
        without = {**given, name: False}
        return len(wanted.intersection(n for c in conditions for n in names_in(assume(c, without))))

    return tuple(sorted(asks, key=left_after_no))


def _only_asking(assessed: Assessed, asked: frozenset[str]) -> Assessed:
    return Assessed(assessed.ground, assessed.applies, tuple(name for name in assessed.asks if name in asked))


def _text(result: NoPenalty, assessed: Sequence[Assessed], asks: Sequence[str]) -> str:
    if result is NoPenalty.FACTS_MISSING:
        return f"现有事实不足以判断是否不予处罚，还须查明：{name_some(asks)}。"
    if result is NoPenalty.NOT:
        return "按已知事实，没有适用的不予处罚事由。"
    said = [
        f"{a.ground.name}（{'、'.join(name_reference(r) for r in a.ground.references)}）"
        for a in assessed
        if a.applies and a.ground.must is (result is NoPenalty.MUST)
    ]
    return f"{result.value}：{'；'.join(said)}。" if said else f"{result.value}。"


def name_reference(reference: Reference) -> str:
    """《中华人民共和国行政处罚法》第三十三条第一款."""
    return f"{format_title(reference.title)}{reference.place}" if reference.title else reference.place
