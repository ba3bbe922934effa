"""Raising and lowering by a step (上调、下调一个档次): which range takes the place of the tier that the case meets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from assistant.discretion.check import Compared, place_in, sentence_on
from assistant.discretion.contract import Position
from assistant.discretion.grounds import Assessed, LegalGround
from assistant.discretion.no_penalty import name_reference
from assistant.discretion.spans import Inputs, span_of_fine
from assistant.discretion.tiered import at_tier, describe_tier
from assistant.discretion.working import Computation, Outcome, Span
from corpus.discretion.model import CircumstanceEffect, Mode, Tier

_STEP = {CircumstanceEffect.RAISE_TIER.value: "上调", CircumstanceEffect.LOWER_TIER.value: "下调"}


def check_raised(
    proposed: Decimal, result: Computation, inputs: Inputs, grounds: Sequence[Assessed]
) -> Compared | None:
    """``proposed`` against the next tier up or down where a ground that applies says so; None where none does.

    Once, however many grounds say so. Where the next tier cannot be told a person must.
    """
    moving = [a.ground for a in grounds if a.applies and a.ground.effect in _STEP]
    if not moving or result.standard.mode is not Mode.TIERED or result.outcome is not Outcome.COMPUTED:
        return None
    if result.tier is None or result.span is None:
        return None
    why = "；".join(_say(ground) for ground in moving)
    directions = {_STEP[ground.effect] for ground in moving}
    references = tuple(dict.fromkeys(r for ground in moving for r in ground.references))
    if len(directions) > 1:
        text = f"案件同时具备上调和下调档次的情形：{why}。按哪一档处罚须由人判断。"
        return Compared("调整档次", Position.UNKNOWN, None, None, text, references)
    (direction,) = directions
    must = any(ground.must for ground in moving)
    name = f"{direction}一个档次后的幅度"
    said = f"案件具备{why}，{'应当' if must else '可以'}{direction}一个档次处罚；"
    rows = result.standard.tiers
    ladder = [i for i, row in enumerate(rows) if _same_ladder(row, rows[result.tier])]
    spans = {i: _span(rows[i], result, inputs) for i in ladder}
    if rows[result.tier].when or any(span is None for span in spans.values()):
        text = f"{said}本表的各档不能依次排列，{direction}后适用哪一档须由人判断。"
        return Compared(name, Position.UNKNOWN, None, None, text, references)
    known = {i: span for i, span in spans.items() if span is not None}
    index = _next(known, result.tier, up=direction == "上调")
    if index is None:
        end = "最高" if direction == "上调" else "最低"
        text = f"{said}现适用的已是{end}档次，仍在该档次内处罚，不得超出法定幅度。"
        return Compared(name, place_in(proposed, result.span)[0], result.span, None, text, references)
    span = known[index]
    position, gap = place_in(proposed, span)
    text = f"{said}即{describe_tier(rows[index], index)}。{sentence_on('该档次', proposed, span, position, gap)}"
    return Compared(name, position, span, gap, text, (*references, at_tier(result.standard, rows[index])))


def _say(ground: LegalGround) -> str:
    return f"“{ground.name}”（{'、'.join(name_reference(r) for r in ground.references)}）"


def _same_ladder(row: Tier, other: Tier) -> bool:
    return (row.behaviour, row.basis_rows) == (other.behaviour, other.basis_rows)


def _span(row: Tier, result: Computation, inputs: Inputs) -> Span | None:
    fine = dict(row.fines).get(result.column or "")
    if fine is None or not fine.kind.is_fine:
        return None
    span = span_of_fine(fine, result.bounds, inputs)
    return span if isinstance(span, Span) and span.high is not None else None


def _next(spans: dict[int, Span], tier: int, *, up: bool) -> int | None:
    """The tier nearest in weight on the heavier or lighter side."""

    def weight(index: int) -> tuple[Fraction, Fraction]:
        return (spans[index].high or Fraction(0), spans[index].low or Fraction(0))

    own = weight(tier)
    if up:
        return min((i for i in spans if weight(i) > own), key=weight, default=None)
    return max((i for i in spans if weight(i) < own), key=weight, default=None)
