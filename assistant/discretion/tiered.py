"""Computing by tiers (幅度罚款模式): what is the case names the row, the row names the range.

A tier is named by its number, by a label for every axis it depends on, by its grade, or by its circumstances; several
labels for one axis or several circumstances are given one per line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.discretion.spans import Inputs, fill_base, span_of_fine, write_span
from assistant.discretion.working import (
    Computation,
    Need,
    NeedKind,
    Outcome,
    Reference,
    Rests,
    Span,
    Step,
    join_clauses,
    squeeze,
    write_ratio,
    write_spot,
    write_yuan,
)
from corpus.discretion.model import ApplicationRules, BoundsRule, DiscretionStandard, Fine, FineKind, Tier
from corpus.errors import InvalidInput

TIER = "档次"
BEHAVIOUR = "违法行为"
NOT_APPLICABLE = "不适用"
"""The label for an axis of which none of its printed labels is the case; only rows without a label there remain."""


def describe_tier(tier: Tier, index: int) -> str:
    """The tier in a line: 第3档 较重（区域：限批区；整改：逾期）."""
    conditions = [f"{axis}：{label}" for axis, label in tier.when if label is not None]
    inner = join_clauses([tier.behaviour, *conditions, tier.catch_all, *tier.circumstances])
    grade = f" {tier.grade}" if tier.grade not in ("", str(index + 1)) else ""
    return f"第{index + 1}档{grade}" + (f"（{inner}）" if inner else "")


def compute_tiered(
    standard: DiscretionStandard,
    *,
    choose: Mapping[str, str],
    tier: int | None,
    column: str | None,
    inputs: Inputs,
    bounds: BoundsRule,
    rules: ApplicationRules | None,
) -> Computation:
    """The tier that the choice names and the sums it allows, not yet compared with the statute.

    Raises InvalidInput for an axis, label, tier or column that the standard does not have.
    """
    result = Computation(Outcome.NEEDS_INPUT, standard, bounds)
    warnings: list[str] = []
    steps: list[Step] = []
    if tier is not None:
        if not 0 <= tier < len(standard.tiers):
            raise InvalidInput(
                f"没有编号为{tier}的档次。", where=standard.id, remedy=f"档次编号为0至{len(standard.tiers) - 1}。"
            )
        index = tier
    else:
        found = find_tiers(standard, choose)
        if found.needs:
            return replace(result, needs=found.needs)
        if not found.tiers:
            reason = "裁量表中没有同时符合所选各项的档次，不能据以确定罚款幅度；请核对所选各项，或者由人判断。"
            return replace(result, outcome=Outcome.NOT_COMPUTABLE, warnings=(reason,))
        picked = _one_of(standard, found.tiers, column, inputs, bounds, rules, steps)
        if isinstance(picked, Need):
            return replace(result, needs=(picked,))
        index = picked
    row = standard.tiers[index]
    steps.insert(0, Step(f"适用{describe_tier(row, index)}", "", (at_tier(standard, row),)))
    steps += _steps_of_exceptions(standard, row)
    name = column_of(standard, row, column)
    if isinstance(name, Need):
        return replace(result, tier=index, steps=tuple(steps), needs=(name,))
    fine = dict(row.fines)[name]
    result = replace(result, tier=index, column=name, stated=fine, also=fine.also)
    return _with_fine(result, row, fine, inputs, steps, warnings)


def _steps_of_exceptions(standard: DiscretionStandard, row: Tier) -> list[Step]:
    """The rows that go before all conditions (造成重大…的), which the officer must be able to rule out."""
    if row.catch_all:
        return []
    return [
        Step(f"须确认不属于“{tier.catch_all}”；属于的，适用第{i + 1}档", "", (at_tier(standard, tier),))
        for i, tier in enumerate(standard.tiers)
        if tier.catch_all and tier.behaviour == row.behaviour
    ]


# ---- which tier --------------------------------------------------------------------------------------------


class Found:
    """The rows that a choice fits (候选档次), or what must still be asked."""

    __slots__ = ("needs", "tiers")

    def __init__(self, tiers: Sequence[int] = (), needs: Sequence[Need] = ()) -> None:
        self.tiers = tuple(tiers)
        self.needs = tuple(needs)


def find_tiers(standard: DiscretionStandard, choose: Mapping[str, str]) -> Found:
    """The rows that fit ``choose``; more than one where several labels were given or rows share their conditions."""
    axes, words = _split_choice(standard, choose)
    indexes = range(len(standard.tiers))
    said = frozenset[str]().union(*words)
    if caught := [i for i in indexes if standard.tiers[i].catch_all and squeeze(standard.tiers[i].catch_all) in said]:
        narrowed = [i for i in caught if all(own & _own_words(standard.tiers[i]) for own in words)]
        return Found(narrowed or caught)
    rows = [i for i in indexes if not (standard.tiers[i].catch_all and not standard.tiers[i].when)]
    rows = [i for i in rows if all(own & _own_words(standard.tiers[i]) for own in words)]
    rows = [i for i in rows if _may_fit(standard.tiers[i], axes)]
    needs = [
        _need_of_axis(standard, rows, axis)
        for axis in standard.axes
        if squeeze(axis) not in axes and _depends(standard, rows, axis)
    ]
    behaviours = tuple(dict.fromkeys(standard.tiers[i].behaviour for i in rows))
    if len(behaviours) > 1:
        needs.insert(0, Need(NeedKind.CHOOSE, BEHAVIOUR, "请选择属于哪一种违法行为。", behaviours))
    if needs:
        return Found(needs=needs)
    if len(rows) > 1 and not words and not axes:
        return Found(needs=[_need_of_tier(standard, indexes)])
    for i in rows:
        tier = standard.tiers[i]
        lacking = tuple(c for c in tier.circumstances if squeeze(c) not in said)
        if tier.joint and lacking and said & {squeeze(c) for c in tier.circumstances}:
            return Found(needs=[Need(NeedKind.CHOOSE, TIER, "该档次须同时具备下列情形，是否也具备？", lacking)])
    return Found(rows)


def _split_choice(
    standard: DiscretionStandard, choose: Mapping[str, str]
) -> tuple[dict[str, frozenset[str]], list[frozenset[str]]]:
    """The labels per axis, and the words that name rows otherwise, a set for each name given: catch-all, grade,
    circumstances, behaviour.
    """
    axes: dict[str, frozenset[str]] = {}
    words: list[frozenset[str]] = []
    for name, label in choose.items():
        lines = [squeeze(line) for line in label.splitlines() if line.strip()] or [""]
        if squeeze(name) in {squeeze(axis) for axis in standard.axes}:
            known = [*labels_of_axis(standard, name), NOT_APPLICABLE]
            axes[squeeze(name)] = _known(lines, label, known, f"“{name}”没有“{label}”这一项。", standard)
        else:
            known = [word for tier in standard.tiers for word in _words(tier)]
            what = f"没有“{label}”这一情形。" if name in ("", TIER, BEHAVIOUR) or _is_word(lines, known) else ""
            if not what:
                listed = "、".join(f"“{axis}”" for axis in standard.axes)
                raise InvalidInput(
                    f"本标准没有名为“{name}”的裁量要素。",
                    where=standard.id,
                    remedy=f"裁量要素有：{listed or '（无）'}。",
                )
            words.append(_known(lines, label, known, what, standard))
    return axes, words


def _is_word(lines: Iterable[str], known: Iterable[str]) -> bool:
    names = {squeeze(word) for word in known}
    return any(line in names for line in lines)


def _known(
    lines: list[str], label: str, known: Sequence[str], what: str, standard: DiscretionStandard
) -> frozenset[str]:
    """The lines where each is known; else the whole label, which may itself have been printed over several lines."""
    names = {squeeze(word) for word in known}
    if squeeze(label) in names:
        return frozenset((squeeze(label),))
    if all(line in names for line in lines):
        return frozenset(lines)
    listed = "、".join(f"“{word}”" for word in dict.fromkeys(known))
    raise InvalidInput(what, where=standard.id, remedy=f"可选：{listed}。")


def labels_of_axis(standard: DiscretionStandard, axis: str) -> list[str]:
    """The labels that an axis has, in printed order."""
    labels = (
        label
        for tier in standard.tiers
        for name, label in tier.when
        if squeeze(name) == squeeze(axis) and label is not None
    )
    return list(dict.fromkeys(labels))


def _words(tier: Tier) -> tuple[str, ...]:
    return tuple(word for word in (tier.catch_all, tier.grade, *tier.circumstances, tier.behaviour) if word)


def _own_words(tier: Tier) -> frozenset[str]:
    return frozenset(squeeze(word) for word in _words(tier))


def _may_fit(tier: Tier, axes: Mapping[str, frozenset[str]]) -> bool:
    """Whether nothing chosen rules the row out; an axis that does not apply to the row (—) rules nothing out."""
    return all(
        label is None or squeeze(axis) not in axes or squeeze(label) in axes[squeeze(axis)] for axis, label in tier.when
    )


def _depends(standard: DiscretionStandard, rows: Iterable[int], axis: str) -> bool:
    return any(
        label is not None for i in rows for name, label in standard.tiers[i].when if squeeze(name) == squeeze(axis)
    )


def _need_of_axis(standard: DiscretionStandard, rows: Sequence[int], axis: str) -> Need:
    left = [label for i in rows for name, label in standard.tiers[i].when if squeeze(name) == squeeze(axis) and label]
    named = {i for i in rows for name, label in standard.tiers[i].when if squeeze(name) == squeeze(axis) and label}
    if len(named) < len(rows):
        left.append(NOT_APPLICABLE)
    return Need(NeedKind.CHOOSE, axis, f"请选择“{axis}”属于哪一种情形。", tuple(dict.fromkeys(left)))


def _need_of_tier(standard: DiscretionStandard, rows: Iterable[int]) -> Need:
    options = tuple(describe_tier(standard.tiers[i], i) for i in rows)
    return Need(NeedKind.CHOOSE, TIER, "请选择适用的档次（填写档次编号 tier，从0起）。", options)


def _one_of(
    standard: DiscretionStandard,
    rows: Sequence[int],
    column: str | None,
    inputs: Inputs,
    bounds: BoundsRule,
    rules: ApplicationRules | None,
    steps: list[Step],
) -> int | Need:
    """The one row meant: the heavier of several where the rules say so, otherwise a person is asked."""
    if len(rows) == 1:
        return rows[0]
    by = rules.heavier_tier if rules is not None else None
    if rules is None or by is None:
        return _need_of_tier(standard, rows)
    weights = {i: _weight(standard, standard.tiers[i], column, inputs, bounds) for i in rows}
    known = {i: w for i, w in weights.items() if w is not None}
    if len(known) < len(rows):
        return _need_of_tier(standard, rows)
    heaviest = max(known.values())
    top = [i for i, w in known.items() if w == heaviest]
    if len(top) > 1:
        return _need_of_tier(standard, top)
    names = "、".join(describe_tier(standard.tiers[i], i) for i in rows)
    reference = Reference(Rests.RULES, by.article, by.quote, title=rules.title)
    steps.append(Step(f"同时符合{names}，按较重的第{top[0] + 1}档", "", (reference,)))
    return top[0]


def _weight(
    standard: DiscretionStandard, tier: Tier, column: str | None, inputs: Inputs, bounds: BoundsRule
) -> tuple[object, ...] | None:
    """How heavy a row is: its upper bound, then its lower; ratios only where their bases are given."""
    name = column_of(standard, tier, column)
    if isinstance(name, Need):
        return None
    fine = dict(tier.fines)[name]
    if not fine.kind.is_fine:
        return None
    span = span_of_fine(fine, bounds, inputs)
    if not isinstance(span, Span):
        return None
    return (span.high is None, span.high or 0, span.low or 0)


# ---- which column ------------------------------------------------------------------------------------------


def column_of(standard: DiscretionStandard, tier: Tier, column: str | None) -> str | Need:
    """The fine column meant; asked for where several hold different fines.

    Raises InvalidInput for a column that the standard does not have.
    """
    names = [name for name, _ in tier.fines]
    if column is not None:
        for name in names:
            if squeeze(name) == squeeze(column):
                return name
        every = dict.fromkeys([*standard.fine_columns, *names])
        listed = "、".join(f"“{name}”" for name in every)
        raise InvalidInput(f"没有名为“{column}”的罚款列。", where=standard.id, remedy=f"可选：{listed}。")
    filled = [name for name, fine in tier.fines if fine.kind is not FineKind.NONE]
    if len(names) == 1 or len(filled) == 1:
        return (filled or names)[0]
    if not names:
        raise InvalidInput("该档次没有罚款列。", where=standard.id, remedy="请先核对原文。")
    return Need(NeedKind.COLUMN, "罚款列", "请选择处罚对象（罚款列）。", tuple(names))


# ---- the fine ----------------------------------------------------------------------------------------------


def _with_fine(
    result: Computation, row: Tier, fine: Fine, inputs: Inputs, steps: list[Step], warnings: list[str]
) -> Computation:
    reference = at_tier(result.standard, row, fine.text)
    if fine.kind in (FineKind.WARNING, FineKind.OTHER):
        what = f"该档次规定“{fine.text}”，不是罚款。"
        return _done(result, [*steps, Step(what, "", (reference,))], warnings, Outcome.COMPUTED)
    if not fine.kind.is_fine:
        unread = fine.kind is FineKind.UNREAD
        what = f"罚款“{fine.text}”未能确定地读出，须由人核对。" if unread else "该档次在此列没有规定罚款。"
        return _done(result, steps, [*warnings, what], Outcome.NOT_COMPUTABLE)
    span = span_of_fine(fine, result.bounds, inputs)
    if not isinstance(span, Span):
        return replace(result, steps=tuple(steps), warnings=tuple(warnings), needs=span)
    if fine.kind.is_ratio:
        filled = fill_base(fine.base or "", fine.base_floor, inputs)
        if filled is not None:
            result = replace(result, base_used=((filled.name, filled.used),))
            low, high = fine.minimum, fine.maximum
            ratios = "至".join(dict.fromkeys(write_ratio(r) for r in (low, high) if r is not None))
            note = f"（不足{write_yuan(filled.used)}，按{write_yuan(filled.used)}计算）" if filled.raised else ""
            text = f"{filled.name}{write_yuan(filled.given)}{note}×{ratios}"
            if fine.ceiling is not None:
                text += f"，最高不超过{write_yuan(fine.ceiling)}"
            steps.append(Step(f"{text}＝{write_span(span)}", write_span(span), (reference,)))
    else:
        printed = f"原文印作“{fine.text}”，按“{fine.read_as}”理解" if fine.read_as else fine.text
        steps.append(Step(f"裁量幅度：{printed}，即{write_span(span)}", write_span(span), (reference,)))
    if fine.read_as:
        warnings.append(f"原文“{fine.text}”疑有误印，按“{fine.read_as}”理解，请核对。")
    if fine.optional:
        warnings.append("该罚款为“可以”处罚，是否罚款由行政机关决定。")
    return _done(replace(result, span=span), steps, warnings, Outcome.COMPUTED)


def _done(result: Computation, steps: list[Step], warnings: list[str], outcome: Outcome) -> Computation:
    return replace(result, outcome=outcome, steps=tuple(steps), warnings=tuple(warnings))


def at_tier(standard: DiscretionStandard, tier: Tier, quote: str = "") -> Reference:
    """Where a row stands."""
    place, page = write_spot(tier.spot, tier.pages or standard.pages)
    return Reference(Rests.BENCHMARK, place, quote or tier.catch_all or tier.grade, page)
