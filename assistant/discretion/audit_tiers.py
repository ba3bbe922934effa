"""Tiers and options beside each other (档次衔接核查): gaps, overlaps, and steps out of order.

Along one axis, everything else alike, the fines should rise or fall throughout, and where the table has a single
axis they should join without gap or overlap. Labels that are numbers (3个月以上6个月以下) should join as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.discretion.audit_problems import Code, Problem
from assistant.discretion.audit_ranges import limits_of, measure_of
from assistant.discretion.tiered import describe_tier
from assistant.discretion.weighted import weight_for
from corpus.discretion.labels import LabelRange, in_common_unit, one_range
from corpus.discretion.model import DiscretionStandard, Factor, Fine, FineKind, Tier
from corpus.vocabulary import Severity

_MEASURED = frozenset(
    {"年", "个月", "小时", "分钟", "米", "公里", "平方米", "平方公里", "公顷", "亩", "立方米", "升", "毫升"}
    | {"克", "千克", "公斤", "吨", "倍", "%", "分贝", "元", "万元", "度"}
)  # whatever else is counted leaves nothing between 5次 and 6次


_NO_LOWER_BOUND = frozenset({FineKind.UPTO, FineKind.RATIO_UPTO})
_FIXED = frozenset({FineKind.FIXED, FineKind.RATIO_FIXED})


@dataclass(frozen=True, slots=True)
class _Step:
    """One cell of a chain: its tier, the label that varies, and the fine with its bounds (下限 None counts as 0)."""

    at: int
    tier: Tier
    label: str
    fine: Fine
    low: Decimal
    high: Decimal | None


def tier_problems(standard: DiscretionStandard) -> Iterator[Problem]:
    """Gaps, overlaps and disorder among the tiers, for every fine column."""
    axes = [axis for axis in standard.axes if len(_labels(standard, axis)) > 1]
    columns = dict.fromkeys(name for tier in standard.tiers for name, _ in tier.fines)
    seen: set[str] = set()
    for column in columns:
        for axis, chain in _chains(standard, axes, column):
            labels = list(dict.fromkeys(step.label for step in chain))
            for problem in (
                *label_problems(labels, f"“{axis}”", chain[0].tier.spot.page),
                *_chain_problems(chain, single=len(axes) <= 1),
            ):
                if problem.text not in seen:
                    seen.add(problem.text)
                    yield problem


def factor_problems(factor: Factor, variants: Sequence[str]) -> Iterator[Problem]:
    """Options whose numbers leave a gap or overlap, or whose weights do not follow their numbers."""
    page = factor.spot.page
    labels = [option.label for option in factor.options]
    yield from label_problems(labels, f"要素“{factor.name}”", page)
    ordered = _ordered(labels)
    if ordered is None:
        return
    for variant in variants or (None,):
        weights = [weight_for(factor.options[at], variant) for at in ordered]
        if not _one_way(weights):
            who = f"（{variant}）" if variant else ""
            text = f"要素“{factor.name}”各选项的权重{who}没有随数值递增或者递减。"
            yield Problem(Code.NOT_MONOTONE, Severity.WARNING, text, page)
            return


def label_problems(labels: Sequence[str], where: str, page: int | None) -> Iterator[Problem]:
    """Gaps and overlaps between labels that are all bands of one unit; nothing for other labels."""
    bands = _bands(labels)
    if bands is None or len(bands) < 2:
        return
    order = sorted(range(len(bands)), key=lambda at: _low(bands[at]))
    for one, other in pairwise(order):
        high, low = bands[one].high, bands[other].low
        pair = f"{where}的“{labels[one]}”与“{labels[other]}”"
        if high is None or low is None:
            if high is None and bands[other].high is None and low != bands[one].low:
                continue  # 2次以上 beside 3次以上: open bands, read as steps
            if _low(bands[other]) < (high if high is not None else Decimal("Infinity")):
                yield Problem(Code.LABEL_OVERLAP, Severity.WARNING, f"{pair}的范围重叠。", page)
            continue
        step = Decimal(0) if bands[one].unit in _MEASURED else Decimal(1)
        if low > high + step:
            yield Problem(Code.LABEL_GAP, Severity.WARNING, f"{pair}之间有空档，其间的情形无从适用。", page)
        elif low < high:
            yield Problem(Code.LABEL_OVERLAP, Severity.WARNING, f"{pair}的范围重叠。", page)


def _chains(standard: DiscretionStandard, axes: Sequence[str], column: str) -> Iterator[tuple[str, list[_Step]]]:
    """The cells of one column along one axis, everything else alike, in the order of the axis."""
    cells = [
        (at, tier, fine)
        for at, tier in enumerate(standard.tiers)
        for name, fine in tier.fines
        if name == column and fine.kind.is_fine and not tier.catch_all
    ]
    if not axes:
        groups: dict[object, list[_Step]] = {}
        for at, tier, fine in cells:
            groups.setdefault((tier.behaviour, measure_of(fine)), []).append(_step(at, tier, tier.grade, fine))
        chains = [chain for group in groups.values() for chain in _runs(group)]
        yield from (("档次", chain) for chain in chains if len(chain) > 1)
        return
    for axis in axes:
        groups = {}
        for at, tier, fine in cells:
            when = dict(tier.when)
            label = when.pop(axis, None)
            if label is not None:
                rest = (tier.behaviour, tuple(sorted(when.items(), key=str)), measure_of(fine))
                groups.setdefault(rest, []).append(_step(at, tier, label, fine))
        for chain in groups.values():
            ordered = _ordered([step.label for step in chain])
            if len(chain) > 1:
                yield axis, [chain[at] for at in ordered] if ordered is not None else chain


def _runs(steps: Sequence[_Step]) -> Iterator[list[_Step]]:
    """The steps in runs: where a name comes again (轻, 一般, 重, 轻 …) the steps of another case begin."""
    run: list[_Step] = []
    for step in steps:
        if step.label and any(step.label == before.label for before in run):
            yield run
            run = []
        run.append(step)
    yield run


def _step(at: int, tier: Tier, label: str, fine: Fine) -> _Step:
    limits = limits_of(fine)
    return _Step(at, tier, label, fine, limits.low or Decimal(0), limits.high)


def _chain_problems(chain: Sequence[_Step], *, single: bool) -> Iterator[Problem]:
    """Disorder, gaps (only where a single axis tells the tiers apart) and overlaps of neighbouring bands."""
    measure = measure_of(chain[0].fine)
    if not (_one_way([s.low for s in chain]) and _one_way([_high(s) for s in chain])) or _opposed(chain):
        said = "、".join(f"“{step.label or describe_tier(step.tier, step.at)}”{step.fine.text}" for step in chain)
        text = f"罚款没有随情形依次加重或者减轻：{said}。"
        yield Problem(Code.NOT_MONOTONE, Severity.WARNING, text, chain[0].tier.spot.page)
        return
    rising = sorted(chain, key=lambda step: (step.low, _high(step)))
    for one, other in pairwise(rising):
        if one.high is None or (one.low, one.high) == (other.low, other.high):
            continue
        page = other.tier.spot.page or (other.tier.pages[0] if other.tier.pages else None)
        if other.low < one.high:
            if other.fine.kind in _NO_LOWER_BOUND:
                continue  # 10%以下 beside 30%以下: each is meant from where the one before ends
            text = f"{_pair(one, other)}的罚款幅度重叠（{measure.write(other.low)}至{measure.write(one.high)}）。"
            yield Problem(Code.OVERLAP, Severity.WARNING, text, page)
        elif single and other.low > one.high and not (one.fine.kind in _FIXED and other.fine.kind in _FIXED):
            text = f"{_pair(one, other)}之间有空档（{measure.write(one.high)}至{measure.write(other.low)}）。"
            yield Problem(Code.GAP, Severity.WARNING, text, page)


def _pair(one: _Step, other: _Step) -> str:
    names = (f"{describe_tier(step.tier, step.at)}“{step.fine.text}”" for step in (one, other))
    return "与".join(names)


def _opposed(chain: Sequence[_Step]) -> bool:
    """Whether lower bounds rise while upper bounds fall."""
    lows = chain[-1].low - chain[0].low
    highs = _high(chain[-1]) - _high(chain[0]) if chain[0].high is not None and chain[-1].high is not None else lows
    return lows * highs < 0


def _high(step: _Step) -> Decimal:
    return step.high if step.high is not None else Decimal("Infinity")


def _one_way(values: Sequence[object]) -> bool:
    pairs = list(pairwise(values))
    return all(a <= b for a, b in pairs) or all(a >= b for a, b in pairs)  # type: ignore[operator]


def _labels(standard: DiscretionStandard, axis: str) -> list[str]:
    found = (label for tier in standard.tiers for name, label in tier.when if name == axis and label is not None)
    return list(dict.fromkeys(found))


def _ordered(labels: Sequence[str]) -> list[int] | None:
    """Positions of labels by their numbers, None where not all are bands of one unit."""
    bands = _bands(labels)
    return sorted(range(len(bands)), key=lambda at: _low(bands[at])) if bands is not None else None


def _bands(labels: Sequence[str]) -> tuple[LabelRange, ...] | None:
    bands = [band for band in map(one_range, labels) if band is not None]
    return in_common_unit(bands) if len(bands) == len(labels) else None


def _low(band: LabelRange) -> Decimal:
    return band.low if band.low is not None else Decimal("-Infinity")
