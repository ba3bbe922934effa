"""Weights of a benchmark (裁量权重核查): whether they reach 100 %, and what the least and the greatest total give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from assistant.discretion.audit_problems import Code, Problem
from assistant.discretion.audit_ranges import Limits, Measure, comparable, limits_of, measure_of, statutory_limits
from assistant.discretion.spans import Case, legal_range_for
from assistant.discretion.weighted import limit_total, weight_for
from assistant.discretion.working import squeeze, write_percent
from corpus.discretion.model import ApplicationRules, DiscretionStandard, Formula, LegalRange
from corpus.vocabulary import Severity

_WHOLE = Fraction(100)
_BY_STATUTE = re.compile(r"法定(?:最低|最高|下限|上限|幅度|限额)")


def weight_problems(
    standard: DiscretionStandard, ranges: Sequence[LegalRange], rules: ApplicationRules | None
) -> Iterator[Problem]:
    """For every start: totals that miss or pass 100 %, and sums that leave the statute's range."""
    totals = [_totals(standard, formula) for formula in standard.formulas]
    several = len(totals) > 1
    lowest = min((heaviest for _, heaviest in totals), default=_WHOLE)
    for formula, (lightest, heaviest) in zip(standard.formulas, totals, strict=True):
        page = formula.spot.page or (standard.pages[0] if standard.pages else None)
        who = f"（{formula.variant}）" if formula.variant else ""
        yield from _sum_problems(formula, heaviest, several and heaviest > lowest, who, page, rules)
        case = Case(((formula.variant, standard.variants),)) if formula.variant else Case()
        legal = _legal_of(standard, ranges, formula, legal_range_for(standard, case))
        if legal is not None:
            remarks = _BY_STATUTE.search(standard.remark) is not None
            yield from _amount_problems(formula, (lightest, heaviest), legal, who, page, rules, remarks)


def _totals(standard: DiscretionStandard, formula: Formula) -> tuple[Fraction, Fraction]:
    """The least and the greatest total of a start: one option of every factor."""
    lightest = heaviest = formula.start
    for factor in standard.factors:
        weights = [weight_for(option, formula.variant) for option in factor.options]
        if weights:
            lightest += min(weights)
            heaviest += max(weights)
    return lightest, heaviest


def _sum_problems(
    formula: Formula,
    heaviest: Fraction,
    higher_start: bool,
    who: str,
    page: int | None,
    rules: ApplicationRules | None,
) -> Iterator[Problem]:
    said = f"裁量起点与各要素最重情形合计{write_percent(heaviest)}{who}"
    if heaviest < _WHOLE:
        yield Problem(Code.WEIGHTS_BELOW_100, Severity.WARNING, f"{said}，达不到100%。", page)
    elif heaviest > _WHOLE:
        if formula.cap is not None and formula.cap <= _WHOLE:
            text = f"{said}，超过100%；备注规定按{write_percent(formula.cap)}封顶。"
            yield Problem(Code.WEIGHTS_CAPPED, Severity.INFO, text, page)
        elif rules is not None and rules.total_cap is not None and rules.total_cap <= _WHOLE:
            by = f"《{rules.title}》{rules.total_cap_by.article if rules.total_cap_by else ''}"
            text = f"{said}，超过100%；表内未写封顶，按{by}封顶。"
            yield Problem(Code.WEIGHTS_CAPPED, Severity.INFO, text, page)
        else:
            tail = "（另一裁量起点不超过）" if higher_start else ""
            text = f"{said}，超过100%{tail}，没有规定如何封顶。"
            yield Problem(Code.WEIGHTS_ABOVE_100, Severity.WARNING, text, page)


def _legal_of(
    standard: DiscretionStandard, ranges: Sequence[LegalRange], formula: Formula, own: LegalRange | None
) -> Limits | None:
    """The statute's bounds for a formula; among several the range whose maximum its 100 % stands for."""
    measure = _measure(formula)
    if measure is None:
        return None
    whole = formula.ratio if measure.ratio else formula.multiplier
    if own is None:
        exact = [r for r in ranges if r.fine.kind.is_fine and r.fine.maximum == whole]
        own = exact[0] if len(exact) == 1 else None
    if own is not None and own in ranges and comparable(measure_of(own.fine), measure):
        return limits_of(own.fine)
    return statutory_limits(ranges, measure, formula.variant or "")


def _measure(formula: Formula) -> Measure | None:
    if formula.base is not None:
        return Measure(True, squeeze(formula.base)) if formula.ratio is not None else None
    return Measure(False) if formula.multiplier is not None else None


def _amount_problems(
    formula: Formula,
    totals: tuple[Fraction, Fraction],
    legal: Limits,
    who: str,
    page: int | None,
    rules: ApplicationRules | None,
    clamped: bool,
) -> Iterator[Problem]:
    measure = _measure(formula)
    whole = formula.ratio if formula.base is not None else formula.multiplier
    if measure is None or whole is None:
        return
    least, most = (limit_total(total, formula, rules).total * Fraction(whole) / 100 for total in totals)
    if legal.low is not None and least < Fraction(legal.low) and not clamped:
        text = (
            f"各要素取最轻情形合计{write_percent(totals[0])}{who}，得{measure.write(least)}，"
            f"低于法定下限{measure.write(legal.low)}，没有规定按下限计算。"
        )
        yield Problem(Code.BELOW_MINIMUM, Severity.WARNING, text, page)
    if legal.high is None:
        return
    if most > Fraction(legal.high) and not clamped:
        text = f"各要素取最重情形{who}得{measure.write(most)}，高于法定上限{measure.write(legal.high)}。"
        code = Code.UNIT_SLIP if _is_slip(whole, legal.high) and not measure.ratio else Code.BEYOND_STATUTE
        yield Problem(code, Severity.ERROR, text, page)
    elif most < Fraction(legal.high):
        text = f"各要素取最重情形{who}得{measure.write(most)}，达不到法定上限{measure.write(legal.high)}。"
        slip = _is_slip(whole, legal.high) and not measure.ratio
        code, severity = (Code.UNIT_SLIP, Severity.ERROR) if slip else (Code.MAXIMUM_NOT_REACHED, Severity.INFO)
        yield Problem(code, severity, text, page)


def _is_slip(whole: Decimal, high: Decimal) -> bool:
    """Whether 100 % stand for ten thousand times the statutory maximum, or a ten thousandth of it."""
    return whole == high * 10_000 or whole * 10_000 == high
