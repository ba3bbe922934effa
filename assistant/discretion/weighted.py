"""Computing by weights (权重累加模式): start and options add up to a total, the formula makes it a sum."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from assistant.discretion.spans import Inputs, fill_base, need_of_base, words_of_base_floor
from assistant.discretion.working import (
    Chosen,
    Computation,
    Need,
    NeedKind,
    Outcome,
    Reference,
    Rests,
    Step,
    is_whole_fen,
    squeeze,
    to_fen,
    write_percent,
    write_ratio,
    write_spot,
    write_yuan,
)
from corpus.discretion.model import ApplicationRules, BoundsRule, DiscretionStandard, Factor, Formula, Option, Spot
from corpus.errors import InvalidInput

_SENTENCE = re.compile(r"[^。\n]+[。]?")


def weight_for(option: Option, variant: str | None) -> Fraction:
    """The weight of ``option`` for a variant, in percentage points."""
    return dict(option.weights).get(variant or "", option.weight)


def formula_for(standard: DiscretionStandard, variant: str | None) -> Formula | None:
    """The formula of ``variant``; None where one of several must still be chosen.

    Raises InvalidInput for a variant that the standard does not have.
    """
    if variant is None:
        return standard.formulas[0] if len(standard.formulas) == 1 else None
    for formula in standard.formulas:
        if formula.variant is not None and squeeze(formula.variant) == squeeze(variant):
            return formula
    names = "、".join(f"“{name}”" for name in standard.variants)
    remedy = f"请从{names}中选择。" if names else "本标准只有一个裁量起点，请不要填写情形。"
    raise InvalidInput(f"没有名为“{variant}”的裁量起点。", where=standard.id, remedy=remedy)


def option_of(factor: Factor, label: str, where: str) -> Option:
    """The option of ``factor`` with this label, white space aside. Raises InvalidInput that lists the options."""
    found = [option for option in factor.options if squeeze(option.label) == squeeze(label)]
    if found and all((o.weight, o.weights) == (found[0].weight, found[0].weights) for o in found):
        return found[0]
    labels = "、".join(f"“{option.label}”" for option in factor.options)
    if found:
        raise InvalidInput(
            f"要素“{factor.name}”有{len(found)}个名为“{label}”而权重不同的选项。", where=where, remedy="请先核对原文。"
        )
    raise InvalidInput(f"要素“{factor.name}”没有选项“{label}”。", where=where, remedy=f"可选：{labels}。")


def lowest_option(factor: Factor, variant: str | None) -> Option:
    """The option of least weight (最低档次), the first printed among equals."""
    return min(factor.options, key=lambda option: weight_for(option, variant))


@dataclass(frozen=True, slots=True)
class Limited:
    """A total after the floor and the cap (裁量百分值总和): the value, and the limit that was applied."""

    total: Fraction
    limit: Fraction | None = None
    by_rules: bool = False


def limit_total(raw: Fraction, formula: Formula, rules: ApplicationRules | None) -> Limited:
    """``raw`` brought to the floor and the cap that the remark or the rules of application prescribe."""
    if formula.floor is not None and raw < formula.floor:
        return Limited(formula.floor, formula.floor)
    if formula.cap is not None and raw > formula.cap:
        return Limited(formula.cap, formula.cap)
    if rules is not None and rules.total_cap is not None and raw > rules.total_cap:
        return Limited(rules.total_cap, rules.total_cap, by_rules=True)
    return Limited(raw)


def unit_of(formula: Formula, base: Decimal | None) -> Fraction | None:
    """The yuan that 100 % stand for; None where the formula cannot be read or its base is not given."""
    if formula.base is not None:
        if formula.ratio is None or formula.multiplier is not None or base is None:
            return None
        return Fraction(base) * Fraction(formula.ratio)
    return Fraction(formula.multiplier) if formula.multiplier is not None else None


def base_floor_of(standard: DiscretionStandard, formula: Formula) -> Decimal | None:
    """The sum that a smaller base counts as, from the formula or else from the statute's range of the same base."""
    if formula.base_floor is not None or formula.base is None:
        return formula.base_floor
    floors = {
        r.fine.base_floor
        for r in standard.legal_ranges
        if r.fine.base_floor is not None and squeeze(r.fine.base or "") == squeeze(formula.base)
    }
    return floors.pop() if len(floors) == 1 else None


def compute_weighted(
    standard: DiscretionStandard,
    *,
    choose: Mapping[str, str],
    variant: str | None,
    inputs: Inputs,
    bounds: BoundsRule,
    rules: ApplicationRules | None,
) -> Computation:
    """The total and the sum for a choice of options, not yet compared with the statute.

    Raises InvalidInput for a factor, option or variant that the standard does not have.
    """
    _refuse_unknown_factors(standard, choose)
    formula = formula_for(standard, variant)
    needs: list[Need] = []
    warnings: list[str] = []
    if formula is None:
        needs.append(Need(NeedKind.VARIANT, "情形", "本标准按不同情形分别计算，请选择适用的情形。", standard.variants))
        warnings.append("未选择适用的情形（裁量起点），不能计算。")
    name = formula.variant if formula else None
    chosen, missing = _choose(standard, choose, name, rules if formula else None)
    needs += [_need_of_factor(factor) for factor in missing]
    filled = None
    if formula is not None and formula.base is not None:
        filled = fill_base(formula.base, base_floor_of(standard, formula), inputs)
        if filled is None:
            needs.append(need_of_base(formula.base))
    if rules is not None and rules.lowest_if_unknown is not None:
        warnings += [
            f"要素“{c.factor}”没有选择，依《{rules.title}》{rules.lowest_if_unknown.article}"
            f"按最低档次“{c.option.label}”计算；该规定只适用于确实无法查明的情况。"
            for c in chosen
            if c.assumed
        ]
    base = filled.used if filled else None
    steps = _steps_of_choice(standard, formula, chosen, rules) if formula else []
    if formula is None or needs:
        return Computation(
            Outcome.NEEDS_INPUT,
            standard,
            bounds,
            variant=name,
            formula=formula,
            chosen=tuple(chosen),
            steps=tuple(steps),
            warnings=tuple(warnings),
            needs=tuple(needs),
        )
    raw = formula.start + sum((c.weight for c in chosen), Fraction(0))
    limited = limit_total(raw, formula, rules)
    steps.append(_step_of_sum(formula, chosen, raw))
    steps += _steps_of_limit(standard, formula, rules, raw, limited)
    base_used = ((filled.name, filled.used),) if filled else ()
    unit = unit_of(formula, base)
    result = Computation(
        Outcome.NOT_COMPUTABLE,
        standard,
        bounds,
        variant=name,
        formula=formula,
        chosen=tuple(chosen),
        raw_total=raw,
        total=limited.total,
        base_used=base_used,
    )
    if unit is None:
        reason = f"计算方法“{formula.text or '（未载明）'}”不能确定地读出，须由人计算。"
        return _with(result, steps, [*warnings, reason])
    if limited.total < 0:
        reason = f"裁量百分值总和为{write_percent(limited.total)}，小于零，不能据以计算罚款；请核对权重和所选档次。"
        return _with(result, steps, [*warnings, reason])
    if filled is not None:
        steps.append(_step_of_base(standard, formula, filled.given, filled.used))
    exact = limited.total / 100 * unit
    fine = to_fen(exact)
    steps.append(_step_of_sum_of_money(standard, formula, limited.total, base, exact))
    if not is_whole_fen(exact):
        steps.append(Step(f"结果不足一分的部分四舍五入，取{write_yuan(fine)}。", write_yuan(fine)))
    return _with(result, steps, warnings, Outcome.COMPUTED, exact, fine)


def _with(
    result: Computation,
    steps: list[Step],
    warnings: list[str],
    outcome: Outcome = Outcome.NOT_COMPUTABLE,
    exact: Fraction | None = None,
    fine: Decimal | None = None,
) -> Computation:

    return replace(result, outcome=outcome, exact=exact, fine=fine, steps=tuple(steps), warnings=tuple(warnings))


# ---- choosing ----------------------------------------------------------------------------------------------


def _refuse_unknown_factors(standard: DiscretionStandard, choose: Mapping[str, str]) -> None:
    names = [squeeze(factor.name) for factor in standard.factors]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise InvalidInput(
            f"有两个名为“{'、'.join(sorted(twice))}”的裁量要素，不能按名称选择。",
            where=standard.id,
            remedy="请先在待核对记录中改正要素名称。",
        )
    for name in choose:
        if squeeze(name) not in names:
            listed = "、".join(f"“{factor.name}”" for factor in standard.factors)
            raise InvalidInput(f"没有名为“{name}”的裁量要素。", where=standard.id, remedy=f"裁量要素有：{listed}。")


def _choose(
    standard: DiscretionStandard, choose: Mapping[str, str], variant: str | None, rules: ApplicationRules | None
) -> tuple[list[Chosen], list[Factor]]:
    """The options taken, and the factors that must be asked for.

    Where the rules of application take the lowest option for what cannot be established, a factor left out takes it,
    unless nothing was chosen at all.
    """
    labels = {squeeze(name): label for name, label in choose.items()}
    lowest = rules is not None and rules.lowest_if_unknown is not None and bool(labels)
    chosen: list[Chosen] = []
    missing: list[Factor] = []
    for factor in standard.factors:
        label = labels.get(squeeze(factor.name))
        if label is not None:
            option = option_of(factor, label, standard.id)
            chosen.append(Chosen(factor.name, option, weight_for(option, variant)))
        elif lowest and factor.options:
            option = lowest_option(factor, variant)
            chosen.append(Chosen(factor.name, option, weight_for(option, variant), assumed=True))
        else:
            missing.append(factor)
    return chosen, missing


def _need_of_factor(factor: Factor) -> Need:
    return Need(
        NeedKind.CHOOSE,
        factor.name,
        f"请选择“{factor.name}”属于哪一档。",
        tuple(option.label for option in factor.options),
    )


# ---- steps -------------------------------------------------------------------------------------------------


def _steps_of_choice(
    standard: DiscretionStandard, formula: Formula, chosen: list[Chosen], rules: ApplicationRules | None
) -> list[Step]:
    party = f"（{formula.variant}）" if formula.variant else ""
    start = write_percent(formula.start)
    steps = [
        Step(
            f"裁量起点{party}：{start}",
            start,
            (_at(standard, formula.start_spot, formula.spot, quote=f"裁量起点{party} {formula.start_text or start}"),),
        )
    ]
    for c in chosen:
        factor = next(f for f in standard.factors if f.name == c.factor)
        weight = write_percent(c.weight)
        references = [_at(standard, c.option.spot, factor.spot, quote=f"{c.option.label} {c.option.weight_text}")]
        why = ""
        if c.assumed and rules is not None and rules.lowest_if_unknown is not None:
            why = "（未查明，按最低档次）"
            said = rules.lowest_if_unknown
            references.append(Reference(Rests.RULES, said.article, said.quote, title=rules.title))
        steps.append(Step(f"{c.factor}：{c.option.label}{why}，{weight}", weight, tuple(references)))
    return steps


def _step_of_sum(formula: Formula, chosen: list[Chosen], raw: Fraction) -> Step:
    parts = "＋".join(write_percent(points) for points in (formula.start, *(c.weight for c in chosen)))
    return Step(f"裁量百分值总和＝{parts}＝{write_percent(raw)}", write_percent(raw))


def _steps_of_limit(
    standard: DiscretionStandard, formula: Formula, rules: ApplicationRules | None, raw: Fraction, limited: Limited
) -> list[Step]:
    if limited.limit is None:
        return []
    value = write_percent(limited.limit)
    how = "不足" if raw < limited.limit else "超过"
    if limited.by_rules and rules is not None:
        said = rules.total_cap_by
        reference = Reference(Rests.RULES, said.article if said else "", said.quote if said else "", title=rules.title)
    else:
        reference = _at(standard, formula.spot, quote=_words_of_limit(standard, formula, how))
    return [Step(f"总和{how}{value}的，按{value}计算：{write_percent(raw)} → {value}", value, (reference,))]


def _words_of_limit(standard: DiscretionStandard, formula: Formula, how: str) -> str:
    """The sentence of the remark that prescribes the floor or cap, for this variant where several do."""
    whole = [match.group().strip() for match in _SENTENCE.finditer(standard.remark)]
    sentences = [sentence for sentence in whole if how in sentence and "按" in sentence]
    parts = [squeeze(part) for part in (formula.variant or "").split("·") if part]
    own = [sentence for sentence in sentences if parts and squeeze(parts[-1]) in squeeze(sentence)]
    return next(iter(own or sentences), "")


def _step_of_base(standard: DiscretionStandard, formula: Formula, given: Decimal, used: Decimal) -> Step:
    if given == used:
        return Step(f"{formula.base}：{write_yuan(given)}", write_yuan(used))
    written, words, page = words_of_base_floor(standard, used)
    rests = Rests.STATUTE if written else Rests.BENCHMARK
    return Step(
        f"{formula.base}{write_yuan(given)}，{words}：取{write_yuan(used)}",
        write_yuan(used),
        (Reference(rests, written or f"第{page}页", words, page),),
    )


def _step_of_sum_of_money(
    standard: DiscretionStandard, formula: Formula, total: Fraction, base: Decimal | None, exact: Fraction
) -> Step:
    parts = [write_percent(total)]
    if base is not None and formula.ratio is not None:
        parts += [write_yuan(base), write_ratio(formula.ratio)]
    elif formula.multiplier is not None:
        parts.append(write_yuan(formula.multiplier))
    sum_ = write_yuan(exact)
    about = "＝" if is_whole_fen(exact) else "≈"
    return Step(
        f"罚款金额＝{'×'.join(parts)}{about}{sum_}",
        sum_,
        (_at(standard, formula.spot, quote=formula.text),),
    )


def _at(standard: DiscretionStandard, *spots: Spot, quote: str) -> Reference:
    """A place in the benchmark: the first spot that names one, else the record's own pages."""
    spot = next((s for s in spots if s != Spot()), standard.spot)
    place, page = write_spot(spot, standard.pages)
    return Reference(Rests.BENCHMARK, place, quote, page)
