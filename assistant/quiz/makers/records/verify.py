"""The key of a computed item, computed anew (复算): by the desk, from the request that the item keeps."""

from __future__ import annotations

import re
from decimal import Decimal

from pydantic import ValidationError

from assistant.discretion.contract import ComputeRequest, ComputeResponse, Desk, FineInfo, StandardInfo
from assistant.discretion.tiered import BEHAVIOUR
from assistant.discretion.working import squeeze
from assistant.quiz.contract import Form, ItemContent
from assistant.quiz.makers.records.facts import alternatives, axis_names, tells
from assistant.quiz.makers.records.telling import found_under
from assistant.quiz.makers.records.words import act, fine_alone, sum_alone
from corpus.errors import EAssistantError

LOWEST, HIGHEST = "最低为多少元", "最高为多少元"
"""In a stem: a bound of the range is asked for, not one sum."""


def verify_computed(content: ItemContent, desk: Desk) -> tuple[bool, str]:
    """Whether the key is what the desk computes from the claim, and no wrong option is or holds it; with the reason."""
    claim = content.claim
    if claim is None or not claim.request:
        return False, "没有可复算的请求"
    try:
        request = ComputeRequest.model_validate_json(claim.request)
    except ValidationError:
        return False, "复算请求无法读取"
    if claim.standard and request.standard != claim.standard:
        return False, "复算请求的裁量标准与试题所记的不同"
    if request.as_of != content.as_of:
        return False, "复算请求的日期与试题的不同"
    try:
        result = desk.compute(request)
        standard = desk.standard(request.standard, as_of=request.as_of)
    except EAssistantError as error:
        return False, f"不能复算：{error}"
    if result.state != "computed":
        return False, f"不能复算：{'；'.join(n.question for n in result.needs) or '；'.join(result.warnings)}"
    if standard.needs_review:
        return False, "裁量标准有待核对之处"
    if result.within_legal_range is False:
        return False, "计算结果超出法定幅度"
    fault = _untold(content, request, standard) or _fault(content, result, standard)
    return not fault, fault


def _fault(content: ItemContent, result: ComputeResponse, standard: StandardInfo) -> str:
    if content.form is Form.AMOUNT:
        return _amount_fault(content, result)
    if content.form is Form.ONE:
        return _option_fault(content, result, standard)
    if content.form is Form.POINTS:
        return _points_fault(content, result, standard)
    return "这种作答方式不能复算"


def _untold(content: ItemContent, request: ComputeRequest, standard: StandardInfo) -> str:
    """What the request rests on and the stem does not tell: a choice, a variant, a base, the party."""
    stem = squeeze(content.stem)
    facts = stem.partition("经查明：")[2].partition("没有其他裁量情节")[0]
    pieces = [piece for piece in facts.split("；") if piece]
    lead = stem.partition("经查明：")[0]
    for name, label in request.choose.items():
        behaviour = squeeze(name) == BEHAVIOUR and BEHAVIOUR not in map(squeeze, standard.axes)
        if label_in(label, stem) or (behaviour and squeeze(act(label)) in stem):
            continue
        names = (squeeze(name), *axis_names(name))
        given = [told for p in pieces for n in names for told in found_under(n, p)] if name else pieces
        given += [_with_the_lead(p, a, lead) for p in pieces for a in alternatives(squeeze(label))] if not name else []
        if not any(tells(g, squeeze(label), standard.bounds) for g in given):
            return f"题干没有写出“{label}”"
    variant = [part for part in squeeze(request.variant or "").removesuffix("的").split("·") if part]
    missing = [part for part in [*variant, *map(squeeze, request.inputs)] if part not in stem]
    if missing and not (content.form is not Form.AMOUNT and missing[0] in map(squeeze, request.inputs)):
        return f"题干没有写出“{missing[0]}”"
    columns = {c for t in standard.tiers for c, f in t.fines.items() if f.kind != "none"}
    party = re.sub("的?罚款(?:（[^）]*）)?$|^对", "", squeeze(request.column or ""))
    return f"题干没有写明{request.column}" if len(columns) > 1 and party not in stem else ""


def _with_the_lead(piece: str, label: str, lead: str) -> str:
    """What was found, with the clauses of a label that the case begins with in their places."""
    found = iter(piece.split("，"))
    told = [clause if clause in lead else next(found, "") for clause in label.split("，")]
    return "，".join([*told, *found])


def label_in(label: str, stem: str) -> bool:
    """Whether the stem quotes a label as printed."""
    words = squeeze(label).rstrip("；;。，,、：:").removesuffix("的")
    return f"“{words}" in stem


def _amount_fault(content: ItemContent, result: ComputeResponse) -> str:
    expected = result.fine_yuan
    if expected is None and (LOWEST in content.stem or result.fine_min_yuan == result.fine_max_yuan):
        expected = result.fine_min_yuan
    elif expected is None and HIGHEST in content.stem:
        expected = result.fine_max_yuan
    if expected is None:
        return "计算结果不是一个确定的金额"
    return "" if content.key.amount == expected else f"复算为{expected}元，答案是{content.key.amount}元"


def _option_fault(content: ItemContent, result: ComputeResponse, standard: StandardInfo) -> str:
    """Options are fines of the table's rows as printed, or the names of its grades."""
    right = squeeze(content.options[content.key.correct[0]])
    wrong = [squeeze(o) for n, o in enumerate(content.options) if n not in content.key.correct]
    grade = _grade(result, standard)
    if grade and right == grade:
        grades = {squeeze(t.grade) for t in standard.tiers}
        strange = [o for o in wrong if o not in grades or o == grade]
        return f"错项“{strange[0]}”不是另一裁量阶次" if strange else ""
    if result.fine is None or not _says(right, result.fine):
        return f"复算为“{result.fine.text if result.fine else ''}”，答案是“{right}”"
    stated = [f for t in standard.tiers for f in t.fines.values()]
    for option in wrong:
        others = [f for f in stated if _says(option, f)]
        if not others:
            return f"错项“{option}”不在裁量表中"
        if any(covers(other, result.fine) or covers(result.fine, other) for other in others):
            return f"错项“{option}”包含或者等于正确幅度"
    return ""


def _says(option: str, fine: FineInfo) -> bool:
    """Whether an option is a fine as printed, or its last clauses (责令改正， left out where all options have it)."""
    printed = squeeze(fine.text).rstrip("；;。，,")
    clauses = re.split("[，,]", printed)
    alone = [fine_alone("，".join(clauses[n:])) for n in range(len(clauses))]
    return option in (*alone, sum_alone(alone[-1]), printed)


def _points_fault(content: ItemContent, result: ComputeResponse, standard: StandardInfo) -> str:
    points = [squeeze(p.text) for p in content.key.points]
    wanted = [_grade(result, standard), squeeze(result.fine.text) if result.fine else ""]
    missing = [w for w in wanted if w and not any(w in p for p in points)]
    return f"评分要点没有“{missing[0]}”" if missing or result.fine is None else ""


def _grade(result: ComputeResponse, standard: StandardInfo) -> str:
    """The name of the computed tier's grade; "" where it has only a number."""
    if result.tier is None:
        return ""
    grade = squeeze(standard.tiers[result.tier].grade)
    return "" if grade.isdigit() else grade


def covers(wide: FineInfo, narrow: FineInfo) -> bool:
    """Whether one fine's range holds the whole of another in the same measure."""
    if (wide.base, wide.per) != (narrow.base, narrow.per):
        return squeeze(wide.text) == squeeze(narrow.text)
    low, high = _limits(wide)
    inner_low, inner_high = _limits(narrow)
    return low <= inner_low and high >= inner_high


def _limits(fine: FineInfo) -> tuple[Decimal, Decimal]:
    low = fine.min_yuan if fine.min_yuan is not None else fine.min_ratio
    high = fine.max_yuan if fine.max_yuan is not None else fine.max_ratio
    return low if low is not None else Decimal(0), high if high is not None else Decimal("Infinity")
