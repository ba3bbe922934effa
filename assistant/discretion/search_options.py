"""Which choices give a sum (可支持该金额的选择): every combination of options, found through their totals.

Exact dynamic programming: after each factor the totals reached so far, each with its few nearest ways there. Nearest
is fewest changes from the given choice, then the smallest difference in weight, then printed order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assistant.discretion.spans import Inputs, fill_base, span_of_fine
from assistant.discretion.tiered import column_of, describe_tier
from assistant.discretion.weighted import base_floor_of, limit_total, unit_of, weight_for
from assistant.discretion.working import Need, Span, squeeze, to_fen, write_percent
from corpus.discretion.model import ApplicationRules, BoundsRule, DiscretionStandard, Formula

_KEPT = 5  # ways kept for each total


@dataclass(frozen=True, slots=True)
class Justification:
    """A choice that gives the sum, or a tier that holds it, and how it differs from the given choice."""

    choose: tuple[tuple[str, str], ...]
    span: Span
    changes: tuple[str, ...]
    tier: int | None = None
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What was found (检索结果): choices, nearest first; where there is none, the sums just below and above."""

    found: tuple[Justification, ...]
    nearest_below: Decimal | None = None
    nearest_above: Decimal | None = None


@dataclass(frozen=True, slots=True, order=True)
class _Way:
    """A way to a total: changes, difference in weight, then the options taken, by index."""

    changes: int
    difference: Fraction
    options: tuple[int, ...]


def search_weighted(
    standard: DiscretionStandard,
    formula: Formula,
    *,
    choose: Mapping[str, str],
    inputs: Inputs,
    rules: ApplicationRules | None,
    proposed: Decimal,
    limit: int = _KEPT,
) -> Search:
    """The choices for ``formula`` whose sum is ``proposed`` to the 分; none where its base is not given."""
    filled = fill_base(formula.base, base_floor_of(standard, formula), inputs) if formula.base else None
    unit = unit_of(formula, filled.used if filled else None)
    if unit is None:
        return Search(())
    given = {squeeze(name): squeeze(label) for name, label in choose.items()}
    ways = _totals(standard, formula, given)
    sums: dict[Decimal, list[Fraction]] = {}
    for raw in ways:
        total = limit_total(raw, formula, rules).total
        if total >= 0:
            sums.setdefault(to_fen(total / 100 * unit), []).append(raw)
    proposed = to_fen(Fraction(proposed))
    hits = sorted((way, raw) for raw in sums.get(proposed, ()) for way in ways[raw])[:limit]
    exact = Fraction(proposed)
    found = tuple(
        Justification(
            tuple((f.name, f.options[i].label) for f, i in zip(standard.factors, way.options, strict=True)),
            Span(exact, exact),
            _changes(standard, formula, given, way),
            variant=formula.variant,
        )
        for way, _ in hits
    )
    below = max((s for s in sums if s < proposed), default=None)
    above = min((s for s in sums if s > proposed), default=None)
    return Search(found, None if found else below, None if found else above)


def _totals(standard: DiscretionStandard, formula: Formula, given: Mapping[str, str]) -> dict[Fraction, list[_Way]]:
    """Every total that can be reached, with its nearest ways."""
    reached = {formula.start: [_Way(0, Fraction(0), ())]}
    for factor in standard.factors:
        label = given.get(squeeze(factor.name))
        chosen = next((o for o in factor.options if squeeze(o.label) == label), None)
        onward: dict[Fraction, list[_Way]] = {}
        for total, ways in reached.items():
            for index, option in enumerate(factor.options):
                weight = weight_for(option, formula.variant)
                changed = chosen is not None and option is not chosen
                apart = abs(weight - weight_for(chosen, formula.variant)) if chosen is not None else Fraction(0)
                onward.setdefault(total + weight, []).extend(
                    _Way(way.changes + changed, way.difference + apart, (*way.options, index)) for way in ways
                )
        reached = {total: sorted(ways)[:_KEPT] for total, ways in onward.items()}
    return reached


def _changes(standard: DiscretionStandard, formula: Formula, given: Mapping[str, str], way: _Way) -> tuple[str, ...]:
    said = []
    for factor, index in zip(standard.factors, way.options, strict=True):
        option = factor.options[index]
        label = given.get(squeeze(factor.name))
        weight = write_percent(weight_for(option, formula.variant))
        if label is None:
            said.append(f"{factor.name}：取“{option.label}”（{weight}）")
        elif label != squeeze(option.label):
            before = next(o for o in factor.options if squeeze(o.label) == label)
            was = write_percent(weight_for(before, formula.variant))
            said.append(f"{factor.name}：由“{before.label}”（{was}）改为“{option.label}”（{weight}）")
    return tuple(said)


def search_tiers(
    standard: DiscretionStandard,
    *,
    tier: int | None,
    column: str | None,
    inputs: Inputs,
    bounds: BoundsRule,
    proposed: Decimal,
) -> Search:
    """The tiers whose range holds ``proposed``; those that differ least from ``tier`` first."""
    found: list[tuple[int, Justification]] = []
    sums: list[Span] = []
    for index, row in enumerate(standard.tiers):
        name = column_of(standard, row, column)
        if isinstance(name, Need):
            continue
        fine = dict(row.fines)[name]
        if not fine.kind.is_fine:
            continue
        span = span_of_fine(fine, bounds, inputs)
        if not isinstance(span, Span):
            continue
        sums.append(span)
        if span.holds(Fraction(proposed)):
            apart = _apart(standard, tier, index)
            words = (f"适用{describe_tier(row, index)}",) if index != tier else ()
            choose = tuple((axis, label) for axis, label in row.when if label is not None)
            choose = choose or ((("", row.catch_all),) if row.catch_all else ())
            found.append((apart, Justification(choose, span, words, tier=index)))
    found.sort(key=lambda pair: pair[0])
    if found:
        return Search(tuple(one for _, one in found))
    highs = [to_fen(s.high) for s in sums if s.high is not None and s.high <= Fraction(proposed)]
    lows = [to_fen(s.low) for s in sums if s.low is not None and s.low >= Fraction(proposed)]
    return Search((), max(highs, default=None), min(lows, default=None))


def _apart(standard: DiscretionStandard, tier: int | None, index: int) -> int:
    """How many conditions differ between two rows; rows are told apart by distance where nothing else does."""
    if tier is None or tier == index:
        return 0
    mine, other = dict(standard.tiers[tier].when), dict(standard.tiers[index].when)
    return sum(mine.get(axis) != other.get(axis) for axis in {*mine, *other}) or abs(tier - index)
