"""Records under published field names (裁量数据的公开格式), for people and programs that compare or re-use them.

Money and ratios are JSON numbers; lists keep printed order; fields that have nothing to say are null or absent, as
documented in docs. ``needs_review`` lists the doubts of the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from corpus.discretion.model import (
    DiscretionStandard,
    Doubt,
    ExemptionItem,
    Factor,
    Fine,
    Formula,
    LegalRange,
    Mode,
    Option,
    Tier,
)
from corpus.discretion.variants import person

Published = dict[str, object]
Number = int | float


def standard_as_published(record: DiscretionStandard) -> Published:
    """One violation's benchmark under the published names."""
    weighted = record.mode is Mode.WEIGHTED
    published: Published = {
        "id": record.id,
        "mode": record.mode.value,
        "chapter": record.chapter,
        "heading_no": record.heading_no,
        "title": record.title,
        "pages": list(record.pages),
        "violated": [basis.written for basis in record.violated],
        "violated_text": record.violated_text,
        "penalty_basis": [basis.written for basis in record.basis],
        "penalty_basis_text": record.basis_text,
        "behaviour": record.behaviours[0] if len(record.behaviours) == 1 else list(record.behaviours),
        "header": list(record.header),
        "start_weight_percent": _starts(record.formulas) if weighted else None,
        "factors": [_factor(factor) for factor in record.factors],
        "formula_text": record.remark or None,
        "legal_range": _legal_ranges(record.legal_ranges),
        "max_total_percent": _max_totals(record) if weighted else None,
        "needs_review": [_doubt(doubt) for doubt in record.doubts],
    }
    if record.printed_id and record.printed_id != record.id:
        published |= {"corrected_id": record.id, "id": record.printed_id}
    if record.title_inherited_from:
        published["title_inherited_from"] = record.title_inherited_from
    if record.sheet:
        published["sheet"] = record.sheet
    if record.other:
        published["other"] = dict(record.other)
    if weighted:
        published["formulas"] = [_formula(formula, record.factors) for formula in record.formulas]
        if len(record.formulas) == 1 and not _is_percent(record.formulas[0].start_text):
            published["start_weight_text"] = record.formulas[0].start_text
    else:
        published["axes"] = list(record.axes)
        published["fine_columns"] = list(record.fine_columns)
        published["tiers"] = [_tier(tier) for tier in record.tiers]
    return published


def item_as_published(record: ExemptionItem) -> Published:
    """One entry of a no-penalty or leniency list under the published names."""
    citations = [basis.written for basis in record.provisions]
    return {
        "no": int(record.id) if record.id.isascii() and record.id.isdecimal() else record.id,
        "category": record.category,
        "category_heading": record.category_heading,
        "violation": record.violation,
        "provision": record.provision_text,
        "provision_citation": citations[0] if len(citations) == 1 else None,
        "provisions": [{"citation": basis.written, "text": basis.text} for basis in record.provisions],
        "lead": record.lead,
        "conditions": list(record.conditions),
        "joint": record.joint,
        "effect": record.effect.value,
        "exclusions": list(record.exclusions),
        "groups": [
            {"of": group.of, "lead": group.lead, "conditions": list(group.conditions), "joint": group.joint}
            for group in record.groups
        ],
        "penalty_basis": [basis.written for basis in record.basis],
        "remark": record.remark,
        "pages": list(record.pages),
        "needs_review": [_doubt(doubt) for doubt in record.doubts],
    }


def tier_rows_as_published(record: DiscretionStandard) -> list[Published]:
    """The tiers of a row-oriented table, a row each, with the words of its violation repeated."""
    return [
        {
            "sheet": record.sheet,
            "no": record.printed_id or record.id,
            "id": record.id,
            "violation": "\n".join(record.behaviours) or record.title,
            "behaviour": tier.behaviour,
            "legal_basis_text": tier.basis_text or record.basis_text,
            "legal_basis_rows": [tier.basis_rows[0], tier.basis_rows[-1]] if tier.basis_rows else [],
            "tier": int(tier.grade) if tier.grade.isascii() and tier.grade.isdecimal() else tier.grade or None,
            "excel_rows": [tier.rows[0], tier.rows[-1]] if tier.rows else [],
            "circumstances": list(tier.circumstances),
            "joint": tier.joint,
            "when": dict(tier.when),
            "standard": tier.standard_text or (tier.fines[0][1].text if tier.fines else ""),
            "remark": tier.remark or record.remark or None,
            "fine": {column: fine_as_published(fine) for column, fine in tier.fines},
            "pages": list(tier.pages),
        }
        for tier in record.tiers
    ]


def fine_as_published(fine: Fine) -> Published:
    """A fine: ``text``, ``kind``, bounds as ``min_yuan``/``max_yuan`` or ``min_ratio``/``max_ratio`` of ``base``."""
    published: Published = {"text": fine.text, "kind": fine.kind.value, **_bounds(fine)}
    if fine.read_as:
        published |= {"source_typo": True, "read_as": fine.read_as}
    optional: dict[str, object | None] = {
        "also": fine.also or None,
        "optional": fine.optional,
        "min_inclusive": fine.includes_minimum,
        "max_inclusive": fine.includes_maximum,
        "per": fine.per,
        "increments": fine.increments or None,
    }
    return published | {name: value for name, value in optional.items() if value is not None}


def _bounds(fine: Fine) -> Published:
    if not fine.kind.is_fine:
        return {}
    unit = "ratio" if fine.kind.is_ratio else "yuan"
    published: Published = {"base": fine.base} if fine.base else {}
    if fine.minimum is not None:
        published[f"min_{unit}"] = number(fine.minimum)
    if fine.maximum is not None:
        published[f"max_{unit}"] = number(fine.maximum)
    if fine.base_floor is not None:
        published["base_min_yuan"] = number(fine.base_floor)
    if fine.ceiling is not None:
        published["ceiling_yuan"] = number(fine.ceiling)
    return published


def number(value: Decimal | Fraction) -> Number:
    """An exact number as a JSON number: 20, 0.05, 33.333333 (six decimals)."""
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else round(float(exact), 6)


def _doubt(doubt: Doubt) -> Published:
    return {"code": doubt.code, "message": doubt.message, "place": str(doubt.spot)}


def _starts(formulas: Sequence[Formula]) -> object:
    if len(formulas) == 1 and formulas[0].variant is None:
        return number(formulas[0].start)
    return {formula.variant or "": number(formula.start) for formula in formulas} or None


def _factor(factor: Factor) -> Published:
    return {"name": factor.name, "options": [_option(option) for option in factor.options]}


def _option(option: Option) -> Published:
    published: Published = {"label": option.label, "weight_percent": number(option.weight)}
    if not _is_percent(option.weight_text):
        published["weight_text"] = option.weight_text
    if option.weights:
        published["weights"] = {name: number(weight) for name, weight in option.weights}
    return published


def _is_percent(printed: str) -> bool:
    """Whether a weight is printed as N %, so that the number says all (or is not printed at all)."""
    return not printed or printed.rstrip().endswith(("%", "％"))


def _formula(formula: Formula, factors: Sequence[Factor]) -> Published:
    published: Published = {
        "applies_to": formula.variant,
        "start_weight_percent": number(formula.start),
        "floor_percent": None if formula.floor is None else number(formula.floor),
        "cap_percent_stated": None if formula.cap is None else number(formula.cap),
        "max_total_percent_before_cap": number(_total(formula, factors, heaviest=True)),
        "min_total_percent_before_floor": number(_total(formula, factors, heaviest=False)),
    }
    if formula.multiplier is not None:
        published["multiplier_yuan"] = number(formula.multiplier)
    if formula.base is not None:
        published["base"] = formula.base
    if formula.ratio is not None:
        published["multiplier_ratio"] = number(formula.ratio)
    if formula.base_floor is not None:
        published["base_min_yuan"] = number(formula.base_floor)
    return published


def _total(formula: Formula, factors: Sequence[Factor], *, heaviest: bool) -> Fraction:
    choose = max if heaviest else min
    weights = [
        choose(dict(option.weights).get(formula.variant or "", option.weight) for option in factor.options)
        for factor in factors
        if factor.options
    ]
    return formula.start + sum(weights, Fraction(0))


def _max_totals(record: DiscretionStandard) -> object:
    totals = {f.variant: number(_total(f, record.factors, heaviest=True)) for f in record.formulas}
    if list(totals) == [None]:
        return totals[None]
    return {variant or "": total for variant, total in totals.items()} or None


def _legal_ranges(ranges: Sequence[LegalRange]) -> object:
    published = [_legal_range(one, several=len(ranges) > 1) for one in ranges]
    return published[0] if len(published) == 1 else published or None


def _legal_range(one: LegalRange, *, several: bool) -> Published:
    """One range; where it is the only one, a case is its condition (``only_if``), not a choice between ranges."""
    name = "applies_to" if several or person(one.applies_to or "") else "only_if"
    published: Published = {name: one.applies_to} if one.applies_to else {}
    published |= _bounds(one.fine)
    if not one.fine.kind.is_fine:
        published |= {"kind": one.fine.kind.value, "text": one.fine.text}
    if one.fine.optional:
        published["optional"] = True
    if one.fine.per:
        published["per"] = one.fine.per
    return published


def _tier(tier: Tier) -> Published:
    published: Published = {
        "when": tier.catch_all or dict(tier.when),
        "fines": {column: fine_as_published(fine) for column, fine in tier.fines},
        "pages": list(tier.pages),
    }
    if tier.catch_all:
        published["catch_all"] = True
    if tier.behaviour:
        published["behaviour"] = tier.behaviour
    if tier.grade:
        published["grade"] = tier.grade
    if tier.circumstances:
        published |= {"circumstances": list(tier.circumstances), "joint": tier.joint}
    return published
