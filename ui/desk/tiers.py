"""Which tier the choices lead to (档次选择): the axes one after the other, each with the labels that are still open.

Pure. A row that spans all axes (其他情形) is chosen on the first axis by its own words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.discretion.contract import TierInfo


@dataclass(frozen=True, slots=True)
class Step:
    """One question on the way to a tier: the axis and the labels open after the choices before it."""

    axis: str
    options: tuple[str, ...]


def steps(axes: Sequence[str], tiers: Sequence[TierInfo], chosen: Mapping[str, str]) -> list[Step]:
    """The questions to ask for the choices made so far, the first unanswered one last.

    An axis on which the open tiers do not differ is not asked; nothing is asked once a single tier is left.
    """
    asked: list[Step] = []
    left = list(tiers)
    for place, axis in enumerate(axes):
        labels = [_label(tier, axis, first=place == 0) for tier in left]
        options = tuple(dict.fromkeys(label for label in labels if label is not None))
        if len(left) == 1 or not options or len(set(labels)) == 1:
            continue
        asked.append(Step(axis, options))
        if chosen.get(axis) not in options:
            break
        left = [tier for tier, label in zip(left, labels, strict=True) if label in (chosen[axis], None)]
    return asked


def matching(axes: Sequence[str], tiers: Sequence[TierInfo], chosen: Mapping[str, str]) -> list[TierInfo]:
    """The tiers that agree with the choices, in printed order; an axis that does not apply to a tier agrees."""
    return [
        tier
        for tier in tiers
        if all(
            _label(tier, axis, first=place == 0) in (chosen[axis], None)
            for place, axis in enumerate(axes)
            if axis in chosen
        )
    ]


def tier_words(tier: TierInfo) -> str:
    """A tier in words: step, labels, what the row says itself, and its circumstances."""
    labels = [label for label in tier.when.values() if label]
    head = [tier.grade] if tier.grade and tier.grade not in labels else []
    joined = "；".join(tier.circumstances)
    if len(tier.circumstances) > 1:
        joined = f"{'同时' if tier.joint else '有其一'}：{joined}"
    parts = [*head, *labels, tier.catch_all, tier.behaviour, joined]
    return " · ".join(dict.fromkeys(part for part in parts if part)) or f"第{tier.index + 1}档"


def _label(tier: TierInfo, axis: str, *, first: bool) -> str | None:
    label = tier.when.get(axis)
    if label is None and first and not any(tier.when.values()):
        return tier.catch_all or None
    return label
