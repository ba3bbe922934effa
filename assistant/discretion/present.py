"""Records and results as the contract shows them (裁量核查结果的呈现); nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.discretion.contract import (
    BasisInfo,
    BoundsInfo,
    Cite,
    ComputeResponse,
    DoubtInfo,
    FactorInfo,
    FineInfo,
    FormulaInfo,
    ItemInfo,
    Line,
    Needed,
    OptionInfo,
    StandardInfo,
    TierInfo,
)
from assistant.discretion.working import Computation, Need, Reference, Rests, Span, Step, rounded_percent, to_fen
from corpus.citations.format import format_title
from corpus.discretion.bounds import describe
from corpus.discretion.model import (
    Basis,
    BoundsRule,
    DiscretionStandard,
    Doubt,
    ExemptionItem,
    Factor,
    Fine,
    Formula,
    RuleOrigin,
    Tier,
)
from corpus.store.discretion import Held

ShowBasis = Callable[[Basis], BasisInfo]
"""How a cited basis is shown: with its state on the day asked about, where the caller looks it up."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The document that a result rests on (裁量文件): its title and id."""

    document: str
    document_id: str | None = None


# ---- records -----------------------------------------------------------------------------------------------


def plain_basis(basis: Basis) -> BasisInfo:
    """A cited basis without its state."""
    return BasisInfo(written=basis.written, text=basis.text, page=basis.spot.page)


def standard_info(
    held: Held[DiscretionStandard], bounds: BoundsRule, show_basis: ShowBasis = plain_basis
) -> StandardInfo:
    """A standard with the bounds rule that holds for it."""
    s = held.record
    return StandardInfo(
        key=held.key,
        id=s.id,
        document=held.document,
        document_id=held.document_id,
        region=held.region,
        mode=s.mode.value,
        chapter=s.chapter,
        title=s.title,
        heading_no=s.heading_no,
        behaviours=list(s.behaviours),
        violated=[show_basis(b) for b in s.violated],
        basis=[show_basis(b) for b in s.basis],
        legal_ranges=[fine_info(r.fine, r.applies_to) for r in s.legal_ranges],
        variants=list(s.variants),
        factors=[_factor(f) for f in s.factors],
        formulas=[_formula(f) for f in s.formulas],
        axes=list(s.axes),
        fine_columns=list(s.fine_columns),
        tiers=[_tier(t, i) for i, t in enumerate(s.tiers)],
        remark=s.remark,
        pages=list(s.pages),
        place=str(s.spot),
        bounds=bounds_info(bounds),
        needs_review=[doubt_info(d) for d in s.doubts],
        corrected=held.corrected,
    )


def item_info(held: Held[ExemptionItem], remarks: Iterable[str] = (), show_basis: ShowBasis = plain_basis) -> ItemInfo:
    """An entry of a list with the remarks that hold for the whole list."""
    item = held.record
    return ItemInfo(
        key=held.key,
        id=item.id,
        document=held.document,
        document_id=held.document_id,
        region=held.region,
        category=item.category,
        violation=item.violation,
        effect=item.effect.value,
        lead=item.lead,
        conditions=list(item.conditions),
        joint=item.joint,
        exclusions=list(item.exclusions),
        provisions=[show_basis(b) for b in item.provisions],
        remarks=list(remarks),
        pages=list(item.pages),
        place=str(item.spot),
        needs_review=[doubt_info(d) for d in item.doubts],
        corrected=held.corrected,
    )


def doubt_info(doubt: Doubt) -> DoubtInfo:
    return DoubtInfo(code=doubt.code, message=doubt.message, page=doubt.spot.page, place=str(doubt.spot))


def fine_info(fine: Fine, applies_to: str | None = None) -> FineInfo:
    """A fine with its numbers under yuan or ratio, as its kind says."""
    ratio = fine.kind.is_ratio
    return FineInfo(
        text=fine.text,
        kind=fine.kind.value,
        min_yuan=None if ratio else fine.minimum,
        max_yuan=None if ratio else fine.maximum,
        base=fine.base,
        min_ratio=fine.minimum if ratio else None,
        max_ratio=fine.maximum if ratio else None,
        base_min_yuan=fine.base_floor,
        per=fine.per,
        also=fine.also,
        optional=fine.optional,
        applies_to=applies_to,
    )


def bounds_info(rule: BoundsRule) -> BoundsInfo:
    """How bounds are read, with the article that says so; convention has none to cite."""
    cite = None
    if rule.origin is not RuleOrigin.CONVENTION and (rule.document or rule.article):
        title = format_title(rule.document) if rule.document else ""
        cite = Cite(citation=f"{title}{rule.article}", quote=rule.quote, provision_id=rule.provision_id)
    return BoundsInfo(
        above_included=rule.above_included,
        below_included=rule.below_included,
        origin=rule.origin.value,
        text=describe(rule),
        cite=cite,
    )


def _factor(factor: Factor) -> FactorInfo:
    return FactorInfo(
        name=factor.name,
        options=[
            OptionInfo(
                label=o.label,
                weight_percent=rounded_percent(o.weight),
                weight_text=o.weight_text,
                page=o.spot.page if o.spot.page is not None else factor.spot.page,
            )
            for o in factor.options
        ],
        page=factor.spot.page,
    )


def _formula(formula: Formula) -> FormulaInfo:
    return FormulaInfo(
        variant=formula.variant,
        start_weight_percent=rounded_percent(formula.start),
        multiplier_yuan=formula.multiplier,
        base=formula.base,
        multiplier_ratio=formula.ratio,
        base_min_yuan=formula.base_floor,
        floor_percent=rounded_percent(formula.floor) if formula.floor is not None else None,
        cap_percent=rounded_percent(formula.cap) if formula.cap is not None else None,
        text=formula.text,
        page=formula.spot.page,
    )


def _tier(tier: Tier, index: int) -> TierInfo:
    return TierInfo(
        index=index,
        when=dict(tier.when),
        catch_all=tier.catch_all,
        grade=tier.grade,
        circumstances=list(tier.circumstances),
        joint=tier.joint,
        behaviour=tier.behaviour,
        remark=tier.remark,
        fines={name: fine_info(fine) for name, fine in tier.fines},
        pages=list(tier.pages),
        place=str(tier.spot),
    )


# ---- results -----------------------------------------------------------------------------------------------


def compute_response(result: Computation, key: str, origin: Origin) -> ComputeResponse:
    """A computation as the contract shows it; sums with at most two decimals, totals with at most four."""
    span, legal = result.range, result.legal_span
    row = result.standard.tiers[result.tier] if result.tier is not None else None
    return ComputeResponse(
        state=result.outcome.value,
        standard=key,
        title=result.standard.title,
        document=origin.document,
        variant=result.variant,
        column=result.column,
        raw_total_percent=rounded_percent(result.raw_total) if result.raw_total is not None else None,
        total_percent=rounded_percent(result.total) if result.total is not None else None,
        base_used_yuan=dict(result.base_used),
        fine_yuan=result.fine,
        fine_min_yuan=low_of(span),
        fine_max_yuan=high_of(span),
        fine=fine_info(result.stated) if result.stated is not None else None,
        fines={name: fine_info(fine) for name, fine in row.fines} if row is not None else {},
        also=result.also,
        tier=result.tier,
        legal_range=fine_info(result.legal.fine, result.legal.applies_to) if result.legal is not None else None,
        legal_min_yuan=low_of(legal),
        legal_max_yuan=high_of(legal),
        within_legal_range=result.within,
        lines=[line_of(step, origin) for step in result.steps],
        bounds=bounds_info(result.bounds),
        warnings=list(result.warnings),
        needs=[needed(need) for need in result.needs],
    )


def low_of(span: Span | None) -> Decimal | None:
    return to_fen(span.low) if span is not None and span.low is not None else None


def high_of(span: Span | None) -> Decimal | None:
    return to_fen(span.high) if span is not None and span.high is not None else None


def needed(need: Need) -> Needed:
    return Needed(kind=need.kind.value, name=need.name, question=need.question, options=list(need.options))


def line_of(step: Step, origin: Origin) -> Line:
    return Line(text=step.text, value=step.value, cites=[cite_of(r, origin) for r in step.references])


def cite_of(reference: Reference, origin: Origin) -> Cite:
    """A reference as a citation: the benchmark and rules with their titles, the statute as the benchmark cites it."""
    if reference.rests is Rests.BENCHMARK:
        return Cite(
            citation=f"{format_title(origin.document)}{reference.place}",
            quote=reference.quote,
            page=reference.page,
            document_id=origin.document_id,
        )
    if reference.rests is Rests.RULES or reference.provision_id is not None:
        return Cite(
            citation=f"{format_title(reference.title)}{reference.place}",
            quote=reference.quote,
            page=reference.page,
            provision_id=reference.provision_id,
        )
    page = f"第{reference.page}页" if reference.page is not None else ""
    where = f"（{format_title(origin.document)}{page}引）"  # its words, which the law on the day may not share
    return Cite(
        citation=f"{reference.place or '处罚依据'}{where}",
        quote=reference.quote,
        page=reference.page,
        document_id=origin.document_id,
    )
