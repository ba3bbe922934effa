"""裁量说明: why this sum, in words that can be pasted into a case file.

Written from a check and nothing else: every number is one of the working, every legal sentence has its citation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import cn2an

from assistant.discretion.checking import NO_CHOICE, OTHER_CHOICES
from assistant.discretion.contract import (
    CheckRequest,
    CheckResponse,
    Cite,
    ComputeResponse,
    ExplainResponse,
    Ground,
    LawAtDate,
    Line,
    NoPenalty,
    StandardInfo,
    TierInfo,
)
from assistant.discretion.words import yuan_words
from assistant.discretion.working import join_clauses
from corpus.citations.format import format_title
from corpus.discretion.variants import person, unit

TITLE = "行政处罚裁量说明"
_MISSING = "待补充的事实"
_QUOTED_IN = re.compile(r"（([^（）]+引)）$")  # 《…法》第八十一条（《…裁量表》第29页引）


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the explanation (说明的一部分): heading, and its lines with their citations."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The explanation in parts (裁量说明), as text and as a document write it."""

    title: str
    document: str  # title of the benchmark
    intro: tuple[str, ...]  # 案件名称：…
    sections: tuple[Section, ...]


def explain(
    standard: StandardInfo,
    check: CheckResponse,
    request: CheckRequest,
    *,
    day: dt.date,
    case_name: str | None = None,
    party: str | None = None,
) -> Explanation:
    """The explanation of ``check``; ``day`` is the day of the decision."""
    intro = [
        f"{name}：{value}"
        for name, value in (
            ("案件名称", case_name),
            ("当事人", party),
            ("违法行为", standard.title),
            ("裁量依据", f"{format_title(standard.document)}{standard.id}"),
            ("违法行为发生日期", _day(request.act_date)),
            ("适用日期", _day(day)),
        )
        if value
    ]
    parts = (
        ("案件情形", _facts(standard, check, request)),
        ("法律依据", _law(standard)),
        ("裁量基准的适用", _working(check.computed)),
        ("与法定幅度、裁量基准的比对", _against(check)),
        ("从轻、减轻、从重情节", _grounds(check.grounds)),
        ("不予处罚的核查", _no_penalty(check)),
        ("新旧法律的适用", _old_or_new(check)),
        (_MISSING, [Line(text=need.question) for need in check.needs]),
        ("需要注意", [Line(text=text) for text in dict.fromkeys([*check.computed.warnings, *check.warnings])]),
        ("结论", _conclusion(check)),
    )
    sections = tuple(Section(name, tuple(lines)) for name, lines in parts if lines)
    return Explanation(TITLE, standard.document, tuple(intro), sections)


def explain_response(explanation: Explanation, check: CheckResponse) -> ExplainResponse:
    """The explanation as plain text and as lines."""
    paragraphs = [Line(text=text) for text in explanation.intro]
    for number, section in enumerate(explanation.sections, start=1):
        paragraphs.append(Line(text=f"{cn2an.an2cn(number)}、{section.heading}"))
        paragraphs += section.lines
    return ExplainResponse(title=explanation.title, text=as_text(explanation), paragraphs=paragraphs, check=check)


def as_text(explanation: Explanation) -> str:
    """Plain text, ready to paste: a line each, citations in brackets behind their line."""
    lines = [explanation.title, "", *explanation.intro]
    for number, section in enumerate(explanation.sections, start=1):
        lines += ["", f"{cn2an.an2cn(number)}、{section.heading}"]
        lines += [f"{line.text}{cited(line.cites, line.text)}" for line in section.lines]
    return "\n".join(lines) + "\n"


def cited(cites: Iterable[Cite], said: str = "") -> str:
    """（《…》第35页；《…》第六条）, each once; "" for none. Left out is what the line has ``said`` itself."""
    places = dict.fromkeys(_QUOTED_IN.sub(r"，\1", cite.citation) for cite in cites if cite.citation)
    shown = [place for place in places if place not in said]
    return f"（{'；'.join(shown)}）" if shown else ""


def in_capitals(yuan: Decimal) -> str:
    """A sum as a decision writes it: 贰拾捌万元整."""
    return str(cn2an.an2cn(str(yuan), "rmb"))


# ---- parts -------------------------------------------------------------------------------------------------


def _day(day: dt.date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day is not None else ""


def _conditions(tier: TierInfo) -> list[Line]:
    """What a tier that was named by its number requires (该档次的情形); one of several circumstances is enough."""
    lines = [Line(text=f"{axis}：{join_clauses(label.splitlines())}") for axis, label in tier.when.items() if label]
    several = "" if tier.joint or len(tier.circumstances) < 2 else "（具备其一）"
    circumstances = join_clauses(tier.circumstances)
    named = (("违法行为", tier.behaviour), ("情形", tier.catch_all), (f"情形{several}", circumstances))
    return lines + [Line(text=f"{name}：{words}") for name, words in named if words]


def _facts(standard: StandardInfo, check: CheckResponse, request: CheckRequest) -> list[Line]:
    lines = [Line(text=request.description.strip())] if request.description and request.description.strip() else []
    computed = check.computed
    lines += [
        Line(text=f"{name or '情形'}：{join_clauses(label.splitlines())}") for name, label in request.choose.items()
    ]
    if not request.choose and computed.tier is not None:
        lines += _conditions(standard.tiers[computed.tier])
    party = computed.column if computed.column and (unit(computed.column) or person(computed.column)) else None
    lines += [
        Line(text=f"{name}：{value}") for name, value in (("适用情形", computed.variant), ("处罚对象", party)) if value
    ]
    lines += [_input(name.removesuffix("_yuan"), value, computed) for name, value in request.inputs.items()]
    known = [(name, value) for name, value in request.facts.items() if value is not None]
    lines += [Line(text=f"{name}：{'是' if value else '否'}") for name, value in known]
    return lines


def _input(name: str, value: Decimal, computed: ComputeResponse) -> Line:
    """建设项目总投资额：5000000元（500万元）; a number that is no sum (日数) as it is."""
    fines = (computed.fine, computed.legal_range)
    is_sum = name in computed.base_used_yuan or name in {fine.base for fine in fines if fine is not None}
    return Line(text=f"{name}：{_plain(value)}" + (f"元（{yuan_words(value)}）" if is_sum else ""))


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _law(standard: StandardInfo) -> list[Line]:
    where = format_title(standard.document)
    lines = []
    for role, bases in (("违反条款", standard.violated), ("处罚依据", standard.basis)):
        for basis in bases:
            page = f"第{basis.page}页" if basis.page is not None else ""
            cite = Cite(citation=f"{where}{page}引", quote=basis.text, page=basis.page)
            quote = f"：“{basis.text.strip()}”" if basis.text.strip() else ""
            note = f"【{basis.note.rstrip('。')}】" if basis.note else ""
            lines.append(Line(text=f"{role}：{basis.written}{quote}{note}", cites=[cite]))
    return lines


def _working(computed: ComputeResponse) -> list[Line]:
    lines = list(computed.lines)
    if computed.bounds is not None and computed.tier is not None:
        cites = [computed.bounds.cite] if computed.bounds.cite is not None else []
        lines.append(Line(text=f"数字界限的读法：{computed.bounds.text}", cites=cites))
    if computed.also:
        lines.append(Line(text=f"并处：{computed.also}"))
    return lines


def _against(check: CheckResponse) -> list[Line]:
    """The comparisons; other choices that would give the sum belong to the check, not into a case file."""
    return [Line(text=one.text, cites=one.cites) for one in check.against]


def _grounds(grounds: Iterable[Ground]) -> list[Line]:
    listed = list(grounds)
    lines = [Line(text=f"适用：{g.text}", cites=g.cites) for g in listed if g.status == "applies"]
    open_ = dict.fromkeys(g.name for g in listed if g.status == "needs_fact")
    if not lines:
        lines.append(Line(text="没有查明适用的从轻、减轻或者从重情节。"))
    if open_:
        lines.append(Line(text=f"尚未查明的情节：{'；'.join(open_)}。"))
    return lines


def _no_penalty(check: CheckResponse) -> list[Line]:
    found = check.no_penalty
    if found.result is NoPenalty.FACTS_MISSING:
        return [Line(text=f"{found.result.value}：尚不能判断是否不予处罚，须查明的事实见“{_MISSING}”。")]
    lines = [Line(text=found.text)]
    lines += [Line(text=f"适用：{g.text}", cites=g.cites) for g in check.no_penalty.items if g.status == "applies"]
    return lines


def _old_or_new(check: CheckResponse) -> list[Line]:
    found = check.old_or_new
    if found is None:
        return []
    lines = [Line(text=found.text, cites=found.cites)]
    if found.differs:
        for when, laws in (("行为时", found.old), ("决定时", found.new)):
            lines += [Line(text=_law_line(when, law), cites=[law.cite]) for law in laws]
    return lines


def _law_line(when: str, law: LawAtDate) -> str:
    return f"{when}（{_day(law.day)}）{format_title(law.title)}{law.article}：{law.text.strip()}"


def _conclusion(check: CheckResponse) -> Iterator[Line] | list[Line]:
    computed = check.computed
    lines = []
    if computed.fine_yuan is not None:
        lines.append(Line(text=f"按裁量基准计算，罚款{_sum(computed.fine_yuan)}。"))
    elif computed.fine_min_yuan is not None and computed.fine_max_yuan is not None:
        low, high = computed.fine_min_yuan, computed.fine_max_yuan
        span = _sum(low) if low == high else _band(low, high)
        lines.append(Line(text=f"按裁量基准，罚款幅度为{span}。"))
    elif computed.state == "needs_input":
        lines.append(Line(text="裁量所需的事实尚不完整，不能得出金额。"))
    if check.proposed_yuan is not None:
        lines.append(Line(text=_of_proposed(check.proposed_yuan, check.verdict)))
    elif not lines:
        lines.append(Line(text=check.verdict))
    return lines


def _band(low: Decimal, high: Decimal) -> str:
    printed = f"{_plain(low)}元以上{_plain(high)}元以下" if low else f"{_plain(high)}元以下"
    return f"{printed}（{yuan_words(low)}至{yuan_words(high)}）" if low else f"{printed}（{yuan_words(high)}）"


def _of_proposed(proposed: Decimal, verdict: str) -> str:
    """The verdict with its sum written out in full, once."""
    for advice in (OTHER_CHOICES, NO_CHOICE):  # how else the sum could be reached is no reason for it
        verdict = verdict.partition(advice)[0]
    short, whole = f"拟罚款{_plain(proposed)}元", f"拟罚款{_sum(proposed)}"
    return whole + verdict.removeprefix(short) if verdict.startswith(short) else f"{whole}。{verdict}"


def _sum(yuan: Decimal) -> str:
    return f"{_plain(yuan)}元（{yuan_words(yuan)}，人民币{in_capitals(yuan)}）"
