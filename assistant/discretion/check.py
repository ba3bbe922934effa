"""A proposed fine against statute and benchmark (拟罚款核查): where it lies, by how much, and what would justify it.

A sum below the statutory minimum stands only on a named ground of mitigation (减轻); what departs from the benchmark
otherwise needs a ground, and a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assistant.discretion.compute import reference_of_legal
from assistant.discretion.contract import Position
from assistant.discretion.grounds import LENIENT, MITIGATING, SEVERE, Assessed, LegalGround
from assistant.discretion.no_penalty import name_reference, name_some
from assistant.discretion.spans import write_span
from assistant.discretion.working import Computation, Outcome, Reference, Rests, Span, to_fen, write_yuan
from corpus.discretion.bounds import describe
from corpus.discretion.model import ApplicationRules, Band, CircumstanceEffect, Mode


@dataclass(frozen=True, slots=True)
class Compared:
    """The proposed fine against one range (比对): ``gap`` to the bound that it passes, 0 on an excluded bound."""

    name: str
    position: Position
    span: Span | None
    gap: Decimal | None
    text: str
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the comparison comes to (核查结论): ``ok`` None where a person must decide or facts are missing."""

    ok: bool | None
    text: str
    warnings: tuple[str, ...] = ()


# 以该档次最高限度处罚
_TO_THE_TOP = re.compile(r"(?:该|本|所在)档次?(?:的)?最高(?:限度|限额|额度|幅度)")

STATUTE, BENCHMARK = "法定幅度", "裁量基准"


def against_statute(proposed: Decimal, result: Computation) -> Compared:
    """``proposed`` against the statute's range, whose bounds are read as the statute itself says or by convention."""
    span = result.legal_span
    if span is None or result.legal is None:
        return Compared(STATUTE, Position.UNKNOWN, None, None, "法定幅度未能确定，无从比对，须由人核对处罚依据。")
    position, gap = place_in(proposed, span)
    text = sentence_on(STATUTE, proposed, span, position, gap)
    return Compared(STATUTE, position, span, gap, text, (reference_of_legal(result.standard, result.legal),))


def against_benchmark(proposed: Decimal, result: Computation) -> Compared:
    """``proposed`` against the sum computed or the tier's range, with bounds as the benchmark reads them."""
    span = result.range
    if result.outcome is not Outcome.COMPUTED or span is None:
        missing = "、".join(need.name for need in result.needs)
        why = f"尚缺{missing}，" if missing else ""
        return Compared(BENCHMARK, Position.UNKNOWN, None, None, f"{why}按裁量基准没有得出金额，无从比对。")
    position, gap = place_in(proposed, span)
    text = sentence_on(BENCHMARK, proposed, span, position, gap)
    if span.low != span.high:
        text += describe(result.bounds)
    own = [r for step in result.steps for r in step.references if r.rests is Rests.BENCHMARK]
    references = tuple(own[-1:])
    return Compared(BENCHMARK, position, span, gap, text, references)


def place_in(proposed: Decimal, span: Span) -> tuple[Position, Decimal | None]:
    """Where ``proposed`` lies, and how far from the bound that it passes."""
    yuan = Fraction(proposed)
    if span.below(yuan):
        return Position.BELOW, to_fen((span.low or Fraction(0)) - yuan)
    if span.above(yuan):
        return Position.ABOVE, to_fen(yuan - (span.high or Fraction(0)))
    return Position.INSIDE, None


def sentence_on(name: str, proposed: Decimal, span: Span, position: Position, gap: Decimal | None) -> str:
    """The same in words; ``name`` is what the range is called."""
    sum_, range_ = write_yuan(proposed), write_span(span)
    single = span.low is not None and span.low == span.high
    if position is Position.INSIDE:
        return f"拟罚款{sum_}{'与' if single else '在'}{name}{range_}{'一致' if single else '之内'}。"
    side, bound = ("低于", "下限") if position is Position.BELOW else ("高于", "上限")
    if gap == 0:
        return f"拟罚款{sum_}正好是{name}{range_}的{bound}，而该{bound}不包括本数，不在幅度之内。"
    return f"拟罚款{sum_}{side}{name}{range_}，相差{write_yuan(gap or Decimal(0))}。"


# ---- the verdict -------------------------------------------------------------------------------------------


def judge(
    proposed: Decimal, result: Computation, statute: Compared, benchmark: Compared, grounds: Sequence[Assessed]
) -> Verdict:
    """What the proposed fine comes to beside statute, benchmark and the grounds that are known to apply."""
    applied = [a.ground for a in grounds if a.applies]
    mitigating = [g for g in applied if g.effect in MITIGATING]
    lenient = [g for g in applied if g.effect in LENIENT]
    severe = [g for g in applied if g.effect in SEVERE]
    warnings: list[str] = []
    if proposed == 0:
        warnings.append("拟罚款为零元，实为不予罚款，须有不予处罚的依据。")
    if statute.position is Position.ABOVE:
        return Verdict(False, f"{statute.text}超出法定幅度上限，不得适用。", tuple(warnings))
    if statute.position is Position.BELOW:
        if not mitigating:
            possible = [a.ground.name for a in grounds if a.applies is None and a.ground.effect in MITIGATING]
            open_ = list(dict.fromkeys(possible))
            if open_:
                text = f"{statute.text}只有查明具备减轻处罚情形（{name_some(open_)}）才可以低于法定下限。"
                return Verdict(None, text, tuple(warnings))
            return Verdict(False, f"{statute.text}没有减轻处罚情形，不得低于法定下限。", tuple(warnings))
        warnings.append("低于法定下限处罚属于减轻处罚，须在决定书中写明减轻的事实和依据。")
        named = "；".join(f"{g.name}（{'、'.join(name_reference(r) for r in g.references)}）" for g in mitigating)
        sure = None if result.standard.doubts else True
        return Verdict(sure, f"{statute.text}具备减轻处罚情形：{named}，可以减轻处罚。", tuple(warnings))
    known = statute.position is Position.INSIDE
    if known and result.within is False and benchmark.position is not Position.UNKNOWN:
        text = f"{statute.text}{benchmark.text}但裁量基准得出的结果本身不在法定幅度之内，不能据以判断，须由人判断。"
        return Verdict(None, text, tuple(warnings))
    if benchmark.position is Position.INSIDE:
        ok = True if known and not result.standard.doubts else None
        both = "在法定幅度和裁量基准之内。" if known else "与裁量基准相符；法定幅度未能确定，须由人核对。"
        steps = (CircumstanceEffect.RAISE_TIER.value, CircumstanceEffect.LOWER_TIER.value)
        in_tier = [g for g in applied if g.effect not in steps]
        doubt = _against_the_grounds(
            proposed,
            benchmark.span,
            [g for g in in_tier if g.effect in LENIENT],
            [g for g in in_tier if g.effect in SEVERE],
        )
        return Verdict(None if doubt else ok, f"拟罚款{write_yuan(proposed)}{both}{doubt}", tuple(warnings))
    if benchmark.position is Position.UNKNOWN:
        within = "在法定幅度之内；" if known else ""
        return Verdict(None, f"拟罚款{write_yuan(proposed)}{within}{benchmark.text}", tuple(warnings))
    if known and _is_statutory_top(proposed, benchmark, result):
        text = (
            f"{benchmark.text}该金额同时是法定幅度的上限，法定幅度包括本数，而裁量基准的读法不包括；"
            "最高一档可否取到法定上限，须由人判断。"
        )
        return Verdict(None, text, tuple(warnings))
    fitting = lenient if benchmark.position is Position.BELOW else severe
    if fitting:
        named = "；".join(dict.fromkeys(g.name for g in fitting))
        text = f"{benchmark.text}案件具备{named}，是否据此偏离裁量基准，须由人判断并说明理由。"
        return Verdict(None, text, tuple(warnings))
    kind = "从轻或者减轻" if benchmark.position is Position.BELOW else "从重"
    sum_ = f"拟罚款{write_yuan(proposed)}"
    inside = f"{sum_}虽在法定幅度之内，但{benchmark.text.removeprefix(sum_)}" if known else benchmark.text
    return Verdict(False, f"{inside}没有查明{kind}情形，与裁量基准不符。", tuple(warnings))


def _is_statutory_top(proposed: Decimal, benchmark: Compared, result: Computation) -> bool:
    """Whether only the reading of 以下 keeps the statute's own maximum out of the band that ends there."""
    top = benchmark.span.high if benchmark.span is not None else None
    at_top = benchmark.position is Position.ABOVE and top is not None and Fraction(proposed) == top
    return at_top and result.legal_span is not None and result.legal_span.high == top


def _against_the_grounds(
    proposed: Decimal, span: Span | None, lenient: Sequence[LegalGround], severe: Sequence[LegalGround]
) -> str:
    """What to say where the grounds point one way and the sum is the bound on the other; "" where it is not."""
    if span is None or span.low == span.high or bool(lenient) is bool(severe):
        return ""
    bound, side, grounds = (span.low, "下限", severe) if severe else (span.high, "上限", lenient)
    towards = "从重" if severe else "从轻"
    if severe and any(_TO_THE_TOP.search(ground.name) for ground in severe):
        if span.high is None or Fraction(proposed) == span.high:
            return ""
        return f"但案件具备应当按该档次最高限度处罚的情形，最高限度为{write_yuan(span.high)}，须由人核对。"
    if bound is None or Fraction(proposed) != bound:
        return ""
    named = "；".join(dict.fromkeys(ground.name for ground in grounds))
    return f"但案件具备{towards}情形（{named}），而该金额是该档次的{side}，没有体现{towards}，须由人判断并说明理由。"


def check_degree(
    proposed: Decimal, result: Computation, rules: ApplicationRules | None, grounds: Sequence[Assessed]
) -> Compared | None:
    """``proposed`` against the part of the tier's band that the rules give to its degree (从重、从轻、一般).

    None where the rules say nothing, the range has no two bounds, or grounds of both sorts apply.
    """
    span = result.span
    if rules is None or rules.degree is None or rules.degree_by is None or result.standard.mode is not Mode.TIERED:
        return None
    if span is None or span.low is None or span.high is None or span.low == span.high or not span.low:
        return None
    applied = [a.ground.effect for a in grounds if a.applies]
    lenient, severe = any(e in LENIENT for e in applied), any(e in SEVERE for e in applied)
    if lenient and severe:
        return None
    degree = "从轻" if lenient else "从重" if severe else "一般"
    part = _part_of_band(span, rules, degree)
    if part is None:
        return None
    position, gap = place_in(proposed, part)
    by = rules.degree_by
    text = "没有查明从轻、从重情形，按一般处罚，" if degree == "一般" else f"案件有{degree}情形，"
    compared = sentence_on("该部分", proposed, part, position, gap)
    text += f"依《{rules.title}》{by.article}应取{_describe_part(part)}；{compared}"
    reference = Reference(Rests.RULES, by.article, by.quote, title=rules.title)
    return Compared(f"{degree}处罚的幅度", position, part, gap, text, (reference,))


def _part_of_band(span: Span, rules: ApplicationRules, degree: str) -> Span | None:
    assert span.low is not None
    assert span.high is not None
    if rules.degree is Band.MIDDLE:
        middle = (span.low + span.high) / 2
        if degree == "从重":
            return Span(middle, span.high, True, span.high_included)
        if degree == "从轻":
            return Span(span.low, middle, span.low_included, False)
        return Span(middle, middle)
    share = next((s for s in rules.shares if s.degree == degree), None)
    if share is None:
        return None
    width = span.high - span.low
    return Span(
        span.low + width * share.low / 100,
        span.low + width * share.high / 100,
        span.low_included or share.low > 0,
        span.high_included or share.high < 100,
    )


def _describe_part(part: Span) -> str:
    if part.low == part.high:
        return write_yuan(part.low or Fraction(0))
    high = "（含）" if part.high_included else "（不含）"
    low = "（含）" if part.low_included else "（不含）"
    return f"{write_yuan(part.low or Fraction(0))}{low}至{write_yuan(part.high or Fraction(0))}{high}"
