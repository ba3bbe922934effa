"""An answer composed without a language model (原文编排): a conclusion in the law's own words, then the law.

Every legal word is a span of a stored provision between “ and ”; what stands outside the quotation marks only names
places, ranks and dates. So the answer is complete in itself and cannot say more than its sources.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.focus import best, words_of
from assistant.answer.sanctions import PenaltyClause, Span, read_penalty_clauses
from assistant.understanding import Intent, UnderstoodQuestion
from corpus.citations import format_citation
from corpus.numerals import format_number
from corpus.structure import span_of, split_article
from corpus.vocabulary import (
    NATION,
    STATE_ZH,
    Citation,
    DateBasis,
    DatedFact,
    Document,
    Provision,
    ProvisionPath,
    State,
    Version,
)

OPEN, CLOSE = "“", "”"
LONGEST_ITEM_LIST = 3
OCR_MARK = "文字由图片识别，引用前请核对原件"
LONGEST_LEAD = 160


@dataclass(frozen=True, slots=True)
class Evidence:
    """A provision that an answer rests on (依据), with its version, rank and state on the day asked about.

    ``path`` is the paragraph or item that the question names, if it names one. ``note`` is a caveat to print.
    ``past`` is true when the day asked about is not today, so that nobody reads 现行 into it.
    """

    provision: Provision
    version: Version
    document: Document
    state: State
    note: str = ""
    path: ProvisionPath | None = None
    past: bool = False

    @property
    def key(self) -> str:
        """Citation key: the identity of the provision, so that two sources never share one."""
        return self.provision.id

    @property
    def citation(self) -> str:
        return cite(self)


@dataclass(frozen=True, slots=True)
class Related:
    """A provision that adds to the answer (相关规定) and the one word that says how."""

    role: str  # 被违反的规定, 从轻、减轻与不罚, 听证
    evidence: Evidence
    quote: Span


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an answer with the keys that support it; ``quotes`` are (key, span) pairs it prints."""

    text: str
    keys: tuple[str, ...] = ()
    quotes: tuple[tuple[str, Span], ...] = ()


def cite(evidence: Evidence, paragraph: int | None = None, item: int | None = None) -> str:
    """Canonical citation of a piece of evidence, optionally down to 款 and 项."""
    provision = evidence.provision
    path = ProvisionPath(paragraph, item)
    label = None if provision.article else provision.label
    return format_citation(Citation(evidence.document.title, provision.article, path, label))


def compose(question: UnderstoodQuestion, evidence: Sequence[Evidence], related: Sequence[Related]) -> tuple[Line, ...]:
    """Lines of the answer, conclusion first. ``evidence`` is best first and not empty."""
    words = words_of(question.text, (term for e in question.expansions for term in e.statute))
    lines = list(_conclusion(question, evidence[0], words))
    others = evidence[1:]
    if others:
        lines.append(Line("另请核对以下条文是否更贴切："))
        lines += [_pointer(e, words) for e in others]
    roles: dict[str, list[Related]] = {}
    for entry in related:
        roles.setdefault(entry.role, []).append(entry)
    for role, entries in roles.items():
        lines += [_related_line(role, entry) for entry in entries]
    lines.append(closing_line(question.as_of))
    return tuple(lines)


def closing_line(as_of: dt.date) -> Line:
    """The day whose law was searched, and who decides."""
    return Line(f"以上按{as_of:%Y-%m-%d}有效的规定检索；引号内均为条文原文，定性与裁量由办案机关决定。")


def standing(evidence: Evidence) -> str:
    """Rank, region, dates and state in one line: ``法律 · 2021-07-15起施行 · 现行有效``."""
    validity = evidence.version.validity
    parts = [evidence.document.level.value]
    if evidence.document.region != NATION:
        parts.append(evidence.document.region)
    if validity.commencement.day:
        parts.append(f"{_day(validity.commencement)}起施行")
    elif validity.published:
        parts.append(f"{validity.published:%Y-%m-%d}公布，施行日期来源未载明")
    if validity.end.day:
        parts.append(f"{_day(validity.end)}起失效")
    in_force_then = evidence.past and evidence.state is State.IN_FORCE
    parts.append("当日有效" if in_force_then else STATE_ZH[evidence.state])
    if evidence.provision.ocr:
        parts.append(OCR_MARK)
    return " · ".join(parts)


def _day(fact: DatedFact) -> str:
    """The day of a fact, or the bound that is all the sources give."""
    bound = {DateBasis.NOT_BEFORE: "不早于", DateBasis.NOT_AFTER: "不晚于"}.get(fact.basis, "")
    return f"{bound}{fact.day:%Y-%m-%d}"


def _conclusion(question: UnderstoodQuestion, evidence: Evidence, words: frozenset[str]) -> list[Line]:
    head = f"（{standing(evidence)}）"
    if evidence.path is not None:
        return _named_lines(evidence, evidence.path, head)
    clauses = read_penalty_clauses(evidence.provision.text)
    if clauses and (Intent.SANCTION in question.intents or not question.intents):
        return _penalty_lines(evidence, clauses, words, head)
    return _provision_lines(evidence, words, head)


def _named_lines(evidence: Evidence, path: ProvisionPath, head: str) -> list[Line]:
    """What was asked for by number is given whole: the item, the paragraph or the article."""
    span = span_of(evidence.provision.text, path) or (0, len(evidence.provision.text))
    return [
        Line(f"{cite(evidence, path.paragraph, path.item)}{head}规定：", (evidence.key,)),
        _quoting("", evidence, (span,)),
    ]


def _penalty_lines(
    evidence: Evidence, clauses: Sequence[PenaltyClause], words: frozenset[str], head: str
) -> list[Line]:
    text = evidence.provision.text
    chosen = clauses[best(words, [text[c.span[0] : c.span[1]] for c in clauses]) or 0]
    place = cite(evidence, chosen.paragraph if len(split_article(text).paragraphs) > 1 else None)
    lines = [Line(f"{place}{head}：", (evidence.key,))]
    if chosen.act:
        lines.append(_quoting("行为：", evidence, (chosen.act,)))
    items = _matching_items(text, chosen.items, words)
    if items:
        lines.append(_quoting("所列情形：", evidence, items))
    if chosen.authority:
        lines.append(_quoting("处理机关：", evidence, (chosen.authority,)))
    for consequence in chosen.consequences:
        spans: list[Span] = []
        label = "处理："
        if consequence.condition:
            label = f"{OPEN}{_of(text, consequence.condition)}{CLOSE}："
            spans.append(consequence.condition)
        by = ""
        if consequence.authority and consequence.authority != chosen.authority:
            by = f"由{OPEN}{_of(text, consequence.authority)}{CLOSE}，"
            spans.append(consequence.authority)
        spans.append(consequence.measure)
        line = f"{label}{by}{OPEN}{_of(text, consequence.measure)}{CLOSE}。"
        lines.append(Line(line, (evidence.key,), tuple((evidence.key, s) for s in spans)))
    further = [c for c in clauses if c is not chosen]
    if further:
        numbers = "、".join(f"第{format_number(c.paragraph)}款" for c in further)
        lines.append(Line(f"本条另有罚则（{numbers}），见条文全文。", (evidence.key,)))
    return lines


def _provision_lines(evidence: Evidence, words: frozenset[str], head: str) -> list[Line]:
    text = evidence.provision.text
    paragraphs = split_article(text).paragraphs
    chosen = paragraphs[best(words, [text[p.start : p.end] for p in paragraphs]) or 0]
    place = cite(evidence, chosen.number if len(paragraphs) > 1 else None)
    return [
        Line(f"{place}{head}规定：", (evidence.key,)),
        _quoting("", evidence, ((chosen.start, chosen.end),)),
    ]


def _pointer(evidence: Evidence, words: frozenset[str]) -> Line:
    """A one-line pointer to a further provision: its place and the sentence nearest to the question."""
    text = evidence.provision.text
    sentences = _sentences(text)
    span = sentences[best(words, [_of(text, s) for s in sentences]) or 0] if sentences else (0, len(text))
    return _quoting(f"{cite(evidence)}（{standing(evidence)}）：", evidence, (_shortened(text, span),))


def _related_line(role: str, entry: Related) -> Line:
    return _quoting(f"{role}：{cite(entry.evidence)}：", entry.evidence, (entry.quote,))


def first_sentence(text: str) -> Span:
    """Span of the first sentence of a provision, not longer than a lead."""
    sentences = _sentences(text)
    return _shortened(text, sentences[0]) if sentences else (0, len(text))


def _quoting(label: str, evidence: Evidence, spans: Sequence[Span]) -> Line:
    text = evidence.provision.text
    quoted = "".join(f"{OPEN}{_of(text, span)}{CLOSE}" for span in spans)
    end = "" if label.endswith("：") and len(spans) == 1 and _of(text, spans[0]).endswith("。") else "。"
    if any(_of(text, span).endswith("。") for span in spans[-1:]):
        end = ""
    return Line(f"{label}{quoted}{end}", (evidence.key,), tuple((evidence.key, span) for span in spans))


def _matching_items(text: str, items: Sequence[Span], words: frozenset[str]) -> tuple[Span, ...]:
    """The listed acts nearest to the question; all of a short list when none stands out."""
    if not items:
        return ()
    found = best(words, [_of(text, item) for item in items])
    if found is not None:
        return (items[found],)
    return tuple(items) if len(items) <= LONGEST_ITEM_LIST else ()


def _sentences(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for i, char in enumerate(text):
        if char in "。\n":
            end = i + 1 if char == "。" else i
            if text[start:end].strip():
                spans.append((start, end))
            start = i + 1
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def _shortened(text: str, span: Span) -> Span:
    """The span, ended at a clause boundary when it is longer than a lead."""
    start, end = span
    if end - start <= LONGEST_LEAD:
        return span
    for mark in "；，、":
        cut = text.rfind(mark, start, start + LONGEST_LEAD)
        if cut > start:
            return start, cut
    return start, start + LONGEST_LEAD


def _of(text: str, span: Span) -> str:
    return text[span[0] : span[1]]
