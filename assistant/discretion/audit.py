"""Auditing a benchmark (裁量基准核查): every section, every cited law on a day, every tier and weight.

Pure over the records and a ``CitedLaws``: no clock, no file. A person decides what to do about what is found.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.discretion.audit_laws import JudgedBasis, LawJudge, law_problems
from assistant.discretion.audit_problems import Code, Problem
from assistant.discretion.audit_ranges import (
    limits_of,
    measure_of,
    misprint_problems,
    slip_problems,
    tier_range_problems,
)
from assistant.discretion.audit_tiers import factor_problems, tier_problems
from assistant.discretion.audit_weights import weight_problems
from assistant.discretion.bases import CitedLaws, LawState
from assistant.discretion.contract import AuditProblem, AuditResponse, CitedLawState, SectionAudit
from corpus.citations import format_citation
from corpus.discretion.model import (
    ApplicationRules,
    Basis,
    DiscretionRecords,
    DiscretionStandard,
    ExemptionItem,
    LegalRange,
    Mode,
)
from corpus.discretion.statutory import read_legal_ranges
from corpus.structure import split_article
from corpus.vocabulary import Citation, Severity


@dataclass(frozen=True, slots=True)
class AuditedDocument:
    """The document that is audited (被核查文件): its names, and the day it was issued where that is known."""

    title: str
    id: str = ""
    version_id: str = ""
    issued: dt.date | None = None


def audit_document(
    records: DiscretionRecords,
    document: AuditedDocument,
    laws: CitedLaws,
    *,
    rules: ApplicationRules | None = None,
) -> AuditResponse:
    """The audit of one document as of the day of ``laws``; ``rules`` go with it where it has none of its own."""
    started = time.perf_counter()
    judge = LawJudge(laws, issued=document.issued)
    governing = records.rules or rules
    numbers = Counter(_printed(standard) for standard in records.standards)
    sections: list[SectionAudit] = []
    cited: dict[str, tuple[CitedLawState, list[str]]] = {}
    for standard in records.standards:
        judged = _judge(judge, (("violated", standard.violated), ("basis", standard.basis)))
        problems = [*_law_problems(judged), *_standard_problems(standard, judged, governing, numbers)]
        sections.append(_section(document, standard.id, standard.title, standard.pages, judged, problems))
        _collect(cited, judged, standard.id)
    for item in records.items:
        judged = _judge(judge, (("provision", item.provisions), ("basis", item.basis)))
        sections.append(
            _section(document, item.id, item.violation, item.pages, judged, [*_law_problems(judged), *_doubts(item)])
        )
        _collect(cited, judged, item.id)
    return AuditResponse(
        document=document.title,
        document_id=document.id,
        as_of=laws.as_of,
        sections=sections,
        summary=_summary(sections),
        laws=[_law_row(law, ids) for law, ids in cited.values()],
        seconds=round(time.perf_counter() - started, 3),
    )


# ---- laws --------------------------------------------------------------------------------------------------


def _judge(judge: LawJudge, roles: Iterable[tuple[str, Sequence[Basis]]]) -> list[JudgedBasis]:
    return [judge.judge(role, basis) for role, bases in roles for basis in bases]


def _law_problems(judged: Sequence[JudgedBasis]) -> Iterator[Problem]:
    seen: set[tuple[Code, str]] = set()
    for one in judged:
        for problem in law_problems(one):
            if (problem.code, problem.text) not in seen:
                seen.add((problem.code, problem.text))
                yield problem


def _law_state(judged: JudgedBasis) -> CitedLawState:
    basis, law = judged.standing.basis, judged.standing.law
    proposal = judged.proposal
    return CitedLawState(
        role=judged.role,
        written=basis.written,
        title=law.title,
        state=judged.state.value,
        text=judged.text,
        quote_matches=judged.quote_matches,
        differences=[str(difference) for difference in judged.wanting or ()],
        ended_on=judged.endings[0].day if judged.endings else None,
        parent=law.parent,
        parent_repealed=bool(law.parent_endings) if law.parent else None,
        successor=judged.successor,
        successor_basis=judged.successor_basis,
        proposal=f"{judged.proposed_law}{proposal.provision.label}" if proposal else None,
        proposal_score=round(proposal.score, 3) if proposal else None,
        proposal_text=proposal.provision.text if proposal else None,
        page=basis.spot.page,
        provision_ids=[p.id for p in judged.standing.provisions],
    )


def _collect(cited: dict[str, tuple[CitedLawState, list[str]]], judged: Sequence[JudgedBasis], section: str) -> None:
    """Each cited law once, as a whole, with the sections that cite it."""
    for one in judged:
        law = one.standing.law
        if law.title not in cited:
            whole = CitedLawState(
                role=one.role,
                written=format_citation(Citation(law.title)),
                title=law.title,
                state=law.state.value,
                text=law.reason,
                ended_on=one.endings[0].day if one.endings else None,
                parent=law.parent,
                parent_repealed=bool(law.parent_endings) if law.parent else None,
                successor=one.successor,
                successor_basis=one.successor_basis,
            )
            cited[law.title] = (whole, [])
        if section not in cited[law.title][1]:
            cited[law.title][1].append(section)


def _law_row(law: CitedLawState, sections: Sequence[str]) -> CitedLawState:
    text = f"{law.text}引用的部分（{len(sections)}）：{'、'.join(sections)}。"
    return law.model_copy(update={"text": text})


# ---- sections ----------------------------------------------------------------------------------------------


def _standard_problems(
    standard: DiscretionStandard,
    judged: Sequence[JudgedBasis],
    rules: ApplicationRules | None,
    numbers: Counter[tuple[str | None, str]],
) -> Iterator[Problem]:
    page = standard.pages[0] if standard.pages else None
    sheet, printed = _printed(standard)
    corrected = standard.id != printed and not standard.id.endswith(f"·{printed}")
    if numbers[sheet, printed] > 1 or corrected:
        read = f"，按“{standard.id}”处理" if printed != standard.id else ""
        text = f"编号“{printed}”在文件中出现不止一次或者与次序不符{read}。"
        yield Problem(Code.DUPLICATE_NUMBER, Severity.WARNING, text, page)
    if not standard.basis:
        yield Problem(Code.NO_BASIS, Severity.WARNING, "没有读到处罚依据。", page)
    if standard.mode is not Mode.UNREAD:
        yield from _range_problems(standard, standard.legal_ranges, rules)
        yield from _ranges_of_the_day(standard, judged, rules)
    if standard.mode is Mode.TIERED:
        yield from tier_problems(standard)
    if standard.mode is Mode.WEIGHTED:
        for factor in standard.factors:
            yield from factor_problems(factor, standard.variants)
    yield from _doubts(standard)


def _printed(standard: DiscretionStandard) -> tuple[str | None, str]:
    """The number as printed, which may come again on another sheet or for another law."""
    printed = standard.printed_id or standard.id
    table, mark, _ = standard.id.rpartition(f"·{printed}")  # 广告法·1-1: made unique by the name of its table
    return (table if mark else standard.sheet, printed)


def _range_problems(
    standard: DiscretionStandard, ranges: Sequence[LegalRange], rules: ApplicationRules | None
) -> list[Problem]:
    if standard.mode is Mode.WEIGHTED:
        return list(weight_problems(standard, ranges, rules))
    found = list(tier_range_problems(standard, ranges))
    slips = {problem.page for problem in found if problem.code is Code.UNIT_SLIP}
    return [*found, *(problem for problem in slip_problems(standard) if not slips), *misprint_problems(standard)]


def _ranges_of_the_day(
    standard: DiscretionStandard, judged: Sequence[JudgedBasis], rules: ApplicationRules | None
) -> Iterator[Problem]:
    """Where the law of the day reads otherwise than quoted: whether its range is another, and whether fines fit it."""
    bases = [one for one in judged if one.role == "basis"]
    if not any(one.state in (LawState.AMENDED, LawState.TEXT_DIFFERS) for one in bases):
        return
    if any(one.proposal for one in bases):
        return  # the words quoted stand in another article now: what the cited number says is about something else
    held = tuple(replace(one.standing.basis, text=_cited_words(one)) for one in bases if one.standing.provisions)
    if len(held) < len(bases):
        return
    today = read_legal_ranges(held, standard.variants, standard.behaviours)
    if not today or not standard.legal_ranges or _same_ranges(today, standard.legal_ranges):
        return
    said = "、".join(f"“{r.fine.text}”" for r in today)
    quoted = "、".join(f"“{r.fine.text}”" for r in standard.legal_ranges)
    page = standard.pages[0] if standard.pages else None
    text = f"按当日条文读出的法定幅度为{said}，文件所引的为{quoted}，请核对。"
    yield Problem(Code.STATUTE_RANGE_DIFFERS, Severity.WARNING, text, page)
    for problem in _range_problems(standard, today, rules):
        if problem.code in (Code.BEYOND_STATUTE, Code.BELOW_MINIMUM):
            yield replace(problem, text=f"按当日条文：{problem.text}")


def _cited_words(judged: JudgedBasis) -> str:
    """The paragraphs that are cited, whole: an item needs the words that announce it."""
    parts: list[str] = []
    for resolution in judged.standing.articles:
        if resolution.provision is None:
            continue
        text = resolution.provision.text
        number = resolution.citation.path.paragraph
        found = [p for p in split_article(text).paragraphs if number is None or p.number == number]
        parts += [text[p.start : p.end] for p in found]
    return "\n".join(dict.fromkeys(parts))


def _same_ranges(one: Sequence[LegalRange], other: Sequence[LegalRange]) -> bool:
    return {(measure_of(r.fine), limits_of(r.fine)) for r in one} == {
        (measure_of(r.fine), limits_of(r.fine)) for r in other
    }


def _doubts(record: DiscretionStandard | ExemptionItem) -> Iterator[Problem]:
    for doubt in record.doubts:
        page = doubt.spot.page or (record.pages[0] if record.pages else None)
        yield Problem(Code.NEEDS_REVIEW, Severity.INFO, doubt.message, page)


def _section(
    document: AuditedDocument,
    id: str,
    title: str,
    pages: Sequence[int],
    judged: Sequence[JudgedBasis],
    problems: Sequence[Problem],
) -> SectionAudit:
    return SectionAudit(
        key=f"{document.version_id}/{id}" if document.version_id else id,
        id=id,
        title=title,
        pages=list(pages),
        laws=[_law_state(one) for one in judged],
        problems=[AuditProblem(code=p.code, severity=p.severity, text=p.text, page=p.page) for p in problems],
    )


def _summary(sections: Sequence[SectionAudit]) -> dict[str, int]:
    """Counts: sections, cited bases by state, proposals, problems by code, and sections with an error."""
    laws = [law for section in sections for law in section.laws]
    states = Counter(law.state for law in laws)
    problems = Counter(problem.code for section in sections for problem in section.problems)
    errors = sum(any(p.severity == Severity.ERROR for p in section.problems) for section in sections)
    return {
        "sections": len(sections),
        "sections_with_errors": errors,
        "bases": len(laws),
        **{f"state_{state.value}": states[state.value] for state in LawState if states[state.value]},
        "proposals": sum(law.proposal is not None for law in laws),
        **{f"problem_{code}": problems[code] for code in sorted(problems)},
    }
