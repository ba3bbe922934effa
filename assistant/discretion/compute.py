"""What a benchmark gives (裁量计算): the sum or the range for a choice, step by step, compared with the statute.

Nothing is clamped to the statute unless the benchmark's own remark says so; a result outside it comes with a warning.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from assistant.discretion.spans import (
    Case,
    Inputs,
    legal_range_for,
    span_of_fine,
    write_span,
)
from assistant.discretion.tiered import compute_tiered, labels_of_axis
from assistant.discretion.weighted import compute_weighted
from assistant.discretion.working import (
    Computation,
    Outcome,
    Reference,
    Rests,
    Span,
    Step,
    to_fen,
    write_spot,
    write_yuan,
)
from corpus.discretion.bounds import CONVENTION, describe
from corpus.discretion.model import (
    ApplicationRules,
    BoundsRule,
    DiscretionStandard,
    FineKind,
    LegalRange,
    Mode,
    RuleOrigin,
)
from corpus.errors import InvalidInput

# 低于法定最低罚款数额的，按法定最低罚款数额处罚; 超过法定上限的，按法定上限处罚.
_CLAMP_LOW = re.compile(
    r"(?:低于|不足|少于)[^，。；]*法定最?[低下][^，。；]*，[^，。；]*按[^。；]*法定最?[低下][^。；]*"
)
_CLAMP_HIGH = re.compile(
    r"(?:高于|超过|超出)[^，。；]*法定最?[高上][^，。；]*，[^，。；]*按[^。；]*法定最?[高上][^。；]*"
)


def compute_standard(
    standard: DiscretionStandard,
    *,
    choose: Mapping[str, str],
    variant: str | None = None,
    tier: int | None = None,
    column: str | None = None,
    inputs: Mapping[str, Decimal] | None = None,
    bounds: BoundsRule,
    rules: ApplicationRules | None = None,
    statute_bounds: BoundsRule = CONVENTION,
) -> Computation:
    """The sum (weighted) or range (tiers) that ``standard`` gives, with its working.

    ``choose`` maps factors or axes to labels; ``inputs`` gives bases in yuan by name (建设项目总投资额, also with
    ``_yuan``). ``bounds`` is how the benchmark reads 以上 and 以下, ``statute_bounds`` how the statute of the penalty
    basis reads its own. What is missing is asked for in ``needs``. Raises InvalidInput for a name that the standard
    does not have, listing those it has.
    """
    given = Inputs(inputs or {})
    if standard.mode is Mode.UNREAD:
        reason = "本标准的表格未能读出，不能计算；请核对原文或者先改正待核对记录。"
        result = Computation(Outcome.NOT_COMPUTABLE, standard, bounds, warnings=(reason,))
    elif standard.mode is Mode.WEIGHTED:
        if tier is not None or column is not None:
            raise InvalidInput(
                "本标准按权重累加计算，没有档次和罚款列。", where=standard.id, remedy="请为各裁量要素选择选项。"
            )
        result = compute_weighted(standard, choose=choose, variant=variant, inputs=given, bounds=bounds, rules=rules)
    else:
        if variant is not None:
            raise InvalidInput(
                "本标准按档次确定罚款幅度，没有裁量起点。", where=standard.id, remedy="请为各裁量要素选择情形。"
            )
        result = compute_tiered(
            standard, choose=choose, tier=tier, column=column, inputs=given, bounds=bounds, rules=rules
        )
    result = _beside_the_statute(result, given, statute_bounds)
    unread = [r.fine.text for r in standard.legal_ranges if r.fine.kind is FineKind.UNREAD]
    if unread:
        told = f"处罚依据中的“{'”“'.join(unread)}”没有读出罚款幅度，与法定幅度的比对须由人核对。"
        result = replace(result, warnings=(*result.warnings, told))
    unused = [f"输入的“{name}”未用于计算。" for name in given.unused()]
    return replace(result, warnings=(*_doubts(standard), *result.warnings, *unused))


def _doubts(standard: DiscretionStandard) -> tuple[str, ...]:
    if not standard.doubts:
        return ()
    said = "；".join(f"{doubt.message}{f'（{doubt.spot}）' if str(doubt.spot) else ''}" for doubt in standard.doubts)
    return (f"【待核对】本标准没有完全确定地读出，结果不得径行使用，须先由人核对原文：{said}",)


# ---- the statute -------------------------------------------------------------------------------------------


def _beside_the_statute(result: Computation, inputs: Inputs, bounds: BoundsRule) -> Computation:
    """``result`` with the statute's range beside it, clamped only where the benchmark's remark says so."""
    legal = legal_range_for(result.standard, case_of_result(result))
    if result.outcome is not Outcome.COMPUTED or (result.fine is None and result.span is None):
        span = span_of_fine(legal.fine, bounds, inputs) if legal is not None else ()
        return replace(result, legal=legal, legal_span=span if isinstance(span, Span) else None)
    if legal is None:
        if not any(r.fine.kind.is_fine for r in result.standard.legal_ranges):
            return replace(result, warnings=(*result.warnings, "没有读到法定罚款幅度，未与法定幅度比对。"))
        return _against_several(result, inputs, bounds)
    span = span_of_fine(legal.fine, bounds, inputs)
    if not isinstance(span, Span):
        names = "、".join(need.name for need in span)
        warning = f"法定幅度按{names}计算，未填写，未与法定幅度比对。"
        return replace(result, legal=legal, warnings=(*result.warnings, warning))
    result = _top_of_bands(_clamped(result, span), span)
    reference = reference_of_legal(result.standard, legal)
    within = _within(result, span)
    verdict = "在法定幅度之内" if within else _side(result, span)
    references = (reference, *_reference_of_bounds(bounds))
    step = Step(
        f"法定幅度：{write_span(span)}（{legal.fine.text}），{describe(bounds).rstrip('。')}；计算结果{verdict}",
        write_span(span),
        references,
    )
    warnings = () if within else (_outside(result, span),)
    return replace(
        result,
        legal=legal,
        legal_span=span,
        within=within,
        steps=(*result.steps, step),
        warnings=(*result.warnings, *warnings),
    )


def _reference_of_bounds(bounds: BoundsRule) -> tuple[Reference, ...]:
    """The statute's own article on 以上 and 以下; nothing to cite where only convention says it."""
    if bounds.origin is not RuleOrigin.STATUTE:
        return ()
    return (
        Reference(Rests.STATUTE, bounds.article, bounds.quote, title=bounds.document, provision_id=bounds.provision_id),
    )


def _against_several(result: Computation, inputs: Inputs, bounds: BoundsRule) -> Computation:
    """Where the statute's ranges cannot be told apart: a result outside every one of them is outside anyhow."""
    ranges = [r for r in result.standard.legal_ranges if r.fine.kind.is_fine]
    spans = [(r, span_of_fine(r.fine, bounds, inputs)) for r in ranges]
    known = [(r, span) for r, span in spans if isinstance(span, Span)]
    listed = "、".join(f"{r.applies_to or '一般'}：{r.fine.text}" for r in ranges)
    told = f"法定幅度有多种（{listed}），未能确定适用哪一种，须由人核对。"
    holding = "、".join(f"“{r.applies_to or '一般'}”" for r, span in known if _within(result, span))
    if holding:
        told += f"计算结果在其中{holding}的幅度之内。"
    elif len(known) == len(ranges):
        outside = "计算结果不在任何一种法定幅度之内，不得径行适用。"
        return replace(result, within=False, warnings=(*result.warnings, told, outside))
    return replace(result, warnings=(*result.warnings, told))


def case_of_result(result: Computation) -> Case:
    """The words that tell which of the statute's ranges is meant: variant, column, and the row's conditions."""
    standard = result.standard
    words: list[tuple[str, tuple[str, ...]]] = []
    if result.variant is not None:
        words.append((result.variant, standard.variants))
    if result.column is not None:
        words.append((result.column, standard.fine_columns or (result.column,)))
    if result.tier is not None:
        row = standard.tiers[result.tier]
        words += [(label, tuple(labels_of_axis(standard, axis))) for axis, label in row.when if label is not None]
        if row.behaviour:
            words.append((row.behaviour, tuple(dict.fromkeys(tier.behaviour for tier in standard.tiers))))
        if row.catch_all:
            words.append((row.catch_all, (row.catch_all,)))
    return Case(tuple(words), frozenset(name for name in (result.variant, result.column) if name is not None))


def _within(result: Computation, legal: Span) -> bool:
    own = result.range
    if own is None:
        return False
    if result.fine is not None:
        return legal.holds(Fraction(result.fine))
    low_in = own.low is None or legal.low is None or own.low >= legal.low
    high_in = own.high is not None and (legal.high is None or own.high <= legal.high)
    return low_in and (high_in or (own.high is None and legal.high is None))


def _side(result: Computation, legal: Span) -> str:
    own = result.range
    if own is None or own.high is None or (legal.high is not None and own.high > legal.high):
        return "超出法定幅度"
    return "低于法定幅度" if own.low is not None and legal.low is not None and own.low < legal.low else "超出法定幅度"


def _outside(result: Computation, legal: Span) -> str:
    own = result.range
    said = []
    if own is not None and own.low is not None and legal.low is not None and own.low < legal.low:
        said.append(
            f"低于法定幅度下限{write_yuan(legal.low)}（相差{write_yuan(legal.low - own.low)}），"
            "除依法减轻处罚外不得径行适用"
        )
    if legal.high is not None and (own is None or own.high is None or own.high > legal.high):
        gap = f"（相差{write_yuan(own.high - legal.high)}）" if own is not None and own.high is not None else ""
        said.append(f"高于法定幅度上限{write_yuan(legal.high)}{gap}，不得径行适用")
    if not said:
        said.append("等于法定幅度的界限，而该界限不包括本数，不得径行适用")
    amount = write_yuan(result.fine) if result.fine is not None else (write_span(own) if own else "")
    return f"按裁量基准得出的{amount}{'；'.join(said)}。裁量基准未规定按法定限额调整，须由人判断。"


def _top_of_bands(result: Computation, legal: Span) -> Computation:
    """``result`` with what the rule says of a band up to the statutory maximum (各档上限为法定上限的，包含本数)."""
    own, said = result.span, result.bounds.maximum_included
    if own is None or said is None or own.high is None or own.high != legal.high or own.low == own.high:
        return result
    if result.stated is not None and result.stated.includes_maximum is not None:
        return result
    return replace(result, span=replace(own, high_included=said))


def _clamped(result: Computation, legal: Span) -> Computation:
    """``result`` moved to the statute's bound where the remark prescribes it."""
    if result.fine is None:
        return result
    remark = result.standard.remark
    fine = Fraction(result.fine)
    low, high = _CLAMP_LOW.search(remark), _CLAMP_HIGH.search(remark)
    if low and legal.low is not None and fine < legal.low:
        bound, said = legal.low, low.group()
    elif high and legal.high is not None and fine > legal.high:
        bound, said = legal.high, high.group()
    else:
        return result
    place, page = write_spot(result.formula.spot if result.formula else result.standard.spot, result.standard.pages)
    reference = Reference(Rests.BENCHMARK, place, said, page)
    step = Step(
        f"依裁量基准的规定按法定限额计算：{write_yuan(fine)} → {write_yuan(bound)}", write_yuan(bound), (reference,)
    )
    return replace(result, fine=to_fen(bound), steps=(*result.steps, step))


def reference_of_legal(standard: DiscretionStandard, legal: LegalRange) -> Reference:
    """The cited basis whose quoted text says the range."""
    if legal.basis < len(standard.basis):
        basis = standard.basis[legal.basis]
        page = basis.spot.page if basis.spot.page is not None else (standard.pages[0] if standard.pages else None)
        return Reference(Rests.STATUTE, basis.written, legal.fine.text, page)
    return Reference(Rests.STATUTE, "", legal.fine.text, standard.pages[0] if standard.pages else None)
