"""An answer composed without a language model (原文编排): a conclusion in the law's own words, then the law.

Every legal word is a span of a stored provision between “ and ”; what stands outside the quotation marks only names
places, ranks and dates. So the answer is complete in itself and cannot say more than its sources.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer.focus import best, standouts, words_of
from assistant.answer.portions import merged, portions, sentences, shortened
from assistant.answer.sanctions import PenaltyClause, Span, read_penalty_clauses
from assistant.understanding import Intent, UnderstoodQuestion
from corpus.citations import format_citation
from corpus.numerals import format_number
from corpus.structure import Paragraph, span_of, split_article
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
OCR_MARK = "文字由图片识别，引用前请核对原件"
LONGEST_LEAD = 160
MOST_PROVISIONS = 4
MOST_CHARACTERS = 1_200
"""An answer is read at the roadside: it quotes no more provisions and prints no more characters than this."""
FOR_THE_ONLY, FOR_THE_FIRST = 640, 480
"""Characters that are quoted of the provision that answers, alone or with others that may; those share what is left."""
LONGEST_NAMED = 1_000
"""Characters of a provision asked for by its number."""
LONGEST_FURTHER = 300
LEAST_QUOTED = 40
"""Characters that are quoted of a further provision; one for which less room is left is not shown."""
_MARKS = 12  # quotation marks and full stops of a further provision
LONGEST_QUOTE = 400
"""Whole paragraphs are quoted beside the answer up to this length, beyond it only what the answer prints from."""


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
    """A provision that adds to the answer (相关规定) and the one word that says how.

    ``quote`` is the part that matters; None: whatever is nearest to the question.
    """

    role: str  # 适用的罚则, 被违反的规定, 听证, or what leniency the words grant: 从轻、减轻、不予处罚
    evidence: Evidence
    quote: Span | None


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
    """Lines of the answer, conclusion first. ``evidence`` is best first and not empty.

    Together they keep to ``MOST_CHARACTERS``; a further provision for which no room is left is not in them.
    """
    words = words_of(question.text, (term for e in question.expansions for term in e.statute))
    closing = closing_line(question.as_of)
    lines = list(_conclusion(question, evidence[0], words, FOR_THE_FIRST if evidence[1:] else FOR_THE_ONLY))
    others = Line("所问的其他条文：" if evidence[0].path is not None else "另请核对以下条文是否更贴切：")
    further = [(_pointer_label(e), e, _named_span(e)) for e in evidence[1:]]
    further += [(f"{r.role}：{cite(r.evidence)}：", r.evidence, r.quote) for r in related]
    room = MOST_CHARACTERS - _length([*lines, others, closing])
    added: list[Line] = []
    for place, (label, source, quote) in enumerate(further):
        share = min(room // (len(further) - place) - len(label) - _MARKS, LONGEST_FURTHER)
        if share < LEAST_QUOTED:
            continue
        line = _quoting(label, source, _excerpt(source.provision.text, quote, words, share))
        if _length([line]) <= room:
            added.append(line)
            room -= _length([line])
    pointed = {e.key for e in evidence[1:]}
    pointers = [line for line in added if pointed.issuperset(line.keys)]
    lines += [others, *pointers] if pointers else []
    lines += [line for line in added if line not in pointers]
    return (*lines, closing)


def quotation(evidence: Evidence, lines: Sequence[Line]) -> Span:
    """What is quoted beside the answer: the paragraphs that it prints from, only its own words where they are long."""
    text = evidence.provision.text
    printed = merged(text, [span for line in lines for key, span in line.quotes if key == evidence.key])
    if not printed:
        return 0, len(text)
    first, last = printed[0][0], printed[-1][1]
    touched = [p for p in split_article(text).paragraphs if p.start < last and first < p.end]
    whole = touched[0].start, touched[-1].end
    if whole[1] - whole[0] <= LONGEST_QUOTE:
        return whole
    if last - first <= FOR_THE_ONLY:
        return first, last
    return max(printed, key=lambda span: span[1] - span[0])


def _length(lines: Sequence[Line]) -> int:
    return sum(len(line.text) + 1 for line in lines)


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


def _conclusion(question: UnderstoodQuestion, evidence: Evidence, words: frozenset[str], room: int) -> list[Line]:
    head = f"（{standing(evidence)}）"
    if evidence.path is not None:
        return _named_lines(evidence, evidence.path, words, head, LONGEST_NAMED if room == FOR_THE_ONLY else room)
    clauses = read_penalty_clauses(evidence.provision.text)
    if clauses and (Intent.SANCTION in question.intents or not question.intents):
        lines = _penalty_lines(evidence, clauses, words, head, room)
        if _length(lines) <= LONGEST_NAMED:
            return lines
    return _provision_lines(evidence, words, head, room)


def _named_lines(evidence: Evidence, path: ProvisionPath, words: frozenset[str], head: str, room: int) -> list[Line]:
    """What was asked for by number is given whole, the item, the paragraph or the article, as far as there is room."""
    text = evidence.provision.text
    span = span_of(text, path) or (0, len(text))
    place = f"{cite(evidence, path.paragraph, path.item)}{head}规定"
    if span[1] - span[0] <= room:
        return [Line(f"{place}：", (evidence.key,)), _quoting("", evidence, (span,))]
    found = portions(text[span[0] : span[1]], words, room)
    return [
        Line(f"{place}（条文较长，以下为摘录）：", (evidence.key,)),
        _quoting("", evidence, tuple((span[0] + a, span[0] + b) for a, b in found)),
    ]


def _penalty_lines(
    evidence: Evidence, clauses: Sequence[PenaltyClause], words: frozenset[str], head: str, room: int
) -> list[Line]:
    text = evidence.provision.text
    chosen = clauses[best(words, [text[c.span[0] : c.span[1]] for c in clauses]) or 0]
    paragraphs = split_article(text).paragraphs
    given = portions(text, words, room, chosen.paragraph)
    place = cite(evidence, chosen.paragraph if len(paragraphs) > 1 else None)
    lines = [Line(f"{place}{head}：", (evidence.key,))]
    if chosen.act:
        lines.append(_quoting("行为：", evidence, (chosen.act,)))
    near = standouts(words, [_of(text, item) for item in chosen.items])
    items = [i for n, i in enumerate(chosen.items) if _covered(i, given) and (n in near or not near)]
    if items:
        lines.append(_quoting("所列情形：", evidence, items))
    if chosen.authority:
        lines.append(_quoting("处理机关：", evidence, (chosen.authority,)))
    lines += [line for _, line in sorted(_consequences(evidence, chosen, paragraphs), key=lambda entry: entry[0])]
    others = [p for p in paragraphs if p.number != chosen.paragraph]
    for paragraph in others:
        spans = _within(text, given, paragraph)
        if spans:
            lines.append(_quoting(f"同条第{format_number(paragraph.number)}款：", evidence, spans))
    left_out = [p for p in others if not _within(text, given, p)]
    further = [p for p in left_out if p.number in {c.paragraph for c in clauses}]
    if further:
        numbers = "、".join(f"第{format_number(p.number)}款" for p in further)
        lines.append(Line(f"本条另有罚则（{numbers}），见条文全文。", (evidence.key,)))
    return lines


def _consequences(
    evidence: Evidence, chosen: PenaltyClause, paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[int, Line]]:
    """What follows from the act, each with its condition, and where in the text it stands.

    Sentences in between that order nothing (货值金额不足十万元的，按十万元计算) are given as they are.
    """
    text = evidence.provision.text
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
        yield consequence.measure[0], Line(line, (evidence.key,), tuple((evidence.key, s) for s in spans))
    own = paragraphs[chosen.paragraph - 1]
    end = own.items[0].start if own.items else own.end
    said = [c.measure for c in chosen.consequences] + ([chosen.act] if chosen.act else [])
    for start, stop in sentences(text, own.start, end, "。；："):
        if not any(a < stop and start < b for a, b in said):
            yield start, _quoting("另：", evidence, (_without_end(text, (start, stop)),))


def _provision_lines(evidence: Evidence, words: frozenset[str], head: str, room: int) -> list[Line]:
    text = evidence.provision.text
    paragraphs = split_article(text).paragraphs
    number = (best(words, [text[p.start : p.end] for p in paragraphs]) or 0) + 1
    given = portions(text, words, room, number)
    if len(paragraphs) <= 1:
        return [Line(f"{cite(evidence)}{head}规定：", (evidence.key,)), _quoting("", evidence, given)]
    main = paragraphs[number - 1]
    lines = [Line(f"{cite(evidence, number)}{head}规定：", (evidence.key,))]
    lines.append(_quoting("", evidence, _within(text, given, main)))
    for paragraph in paragraphs:
        spans = _within(text, given, paragraph)
        if spans and paragraph is not main:
            lines.append(_quoting(f"同条第{format_number(paragraph.number)}款：", evidence, spans))
    return lines


def _pointer_label(evidence: Evidence) -> str:
    return f"{cite(evidence)}（{standing(evidence)}）："


def _named_span(evidence: Evidence) -> Span | None:
    """The paragraph or item that the question names, if it names one."""
    named = evidence.path is not None and evidence.path != ProvisionPath()
    return span_of(evidence.provision.text, evidence.path) if named and evidence.path else None


def _excerpt(text: str, quote: Span | None, words: frozenset[str], room: int) -> tuple[Span, ...]:
    """What is quoted of a further provision: the part given, or what is nearest to the question."""
    if quote is not None:
        return (shortened(text, quote, room),)
    return portions(text, words, room)


def _within(text: str, spans: Sequence[Span], paragraph: Paragraph) -> tuple[Span, ...]:
    """The parts of the spans that lie in a paragraph."""
    cut = [(max(a, paragraph.start), min(b, paragraph.end)) for a, b in spans]
    return merged(text, [(a, b) for a, b in cut if a < b and text[a:b].strip()])


def _covered(span: Span, spans: Sequence[Span]) -> bool:
    return any(a <= span[0] and span[1] <= b for a, b in spans)


def _without_end(text: str, span: Span) -> Span:
    start, end = span
    while end > start and text[end - 1] in "。；：\n ":
        end -= 1
    return start, end


def first_sentence(text: str) -> Span:
    """Span of the first sentence of a provision, not longer than a lead."""
    found = sentences(text)
    return shortened(text, found[0], LONGEST_LEAD) if found else (0, len(text))


def _quoting(label: str, evidence: Evidence, spans: Sequence[Span]) -> Line:
    text = evidence.provision.text
    quoted = "".join(f"{OPEN}{_of(text, span)}{CLOSE}" for span in spans)
    end = "" if label.endswith("：") and len(spans) == 1 and _of(text, spans[0]).endswith("。") else "。"
    if any(_of(text, span).endswith("。") for span in spans[-1:]):
        end = ""
    return Line(f"{label}{quoted}{end}", (evidence.key,), tuple((evidence.key, span) for span in spans))


def _of(text: str, span: Span) -> str:
    return text[span[0] : span[1]]
