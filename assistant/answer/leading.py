"""What an answer says first (结论): the provision that answers, in the law's own words, act and consequences apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answer.focus import is_clear, standouts
from assistant.answer.lines import (
    Evidence,
    Line,
    cite,
    covered,
    length_of,
    merged,
    quoting,
    standing,
    within,
    without_end,
)
from assistant.answer.portions import leading_paragraph, portions, sentences
from assistant.answer.sanctions import PenaltyClause, Span, read_penalty_clauses
from assistant.understanding import Intent, UnderstoodQuestion
from corpus.numerals import format_number
from corpus.structure import Paragraph, span_of, split_article
from corpus.vocabulary import ProvisionPath

FOR_THE_ONLY, FOR_THE_FIRST = 640, 480
"""Characters that are quoted of the provision that answers, alone or with others that may; those share what is left."""
LONGEST_NAMED = 1_000
"""Characters of a provision asked for by its number."""
_LEAD_IN = re.compile(r"违反(?:本(?:法|条例|办法|规定))?规定，")
_SENTENCE_ENDS = "。；："


def conclusion(question: UnderstoodQuestion, evidence: Evidence, words: frozenset[str], *, alone: bool) -> list[Line]:
    """The lines on the provision that answers; ``alone`` where no other is quoted beside it."""
    room = FOR_THE_ONLY if alone else FOR_THE_FIRST
    head = f"（{standing(evidence)}）"
    if evidence.path is not None:
        return _named_lines(evidence, evidence.path, words, head, LONGEST_NAMED if alone else room)
    clauses = read_penalty_clauses(evidence.provision.text)
    if clauses and (Intent.SANCTION in question.intents or not question.intents):
        lines = _penalty_lines(evidence, clauses, words, head, room)
        if length_of(lines) <= LONGEST_NAMED:
            return lines
    return _provision_lines(evidence, words, head, room)


def _named_lines(evidence: Evidence, path: ProvisionPath, words: frozenset[str], head: str, room: int) -> list[Line]:
    """What was asked for by number is given whole, the item, the paragraph or the article, as far as there is room."""
    text = evidence.provision.text
    span = span_of(text, path) or (0, len(text))
    place = f"{cite(evidence, path.paragraph, path.item)}{head}规定"
    if span[1] - span[0] <= room:
        return [Line(f"{place}：", (evidence.key,)), quoting("", evidence, (span,))]
    found = portions(text[span[0] : span[1]], words, room)
    return [
        Line(f"{place}（条文较长，以下为摘录）：", (evidence.key,)),
        quoting("", evidence, tuple((span[0] + a, span[0] + b) for a, b in found), span),
    ]


def _penalty_lines(
    evidence: Evidence, clauses: Sequence[PenaltyClause], words: frozenset[str], head: str, room: int
) -> list[Line]:
    text = evidence.provision.text
    number = leading_paragraph(text, words, [c.paragraph for c in clauses])
    chosen = next(c for c in clauses if c.paragraph == number)
    paragraphs = split_article(text).paragraphs
    given = portions(text, words, room, number)
    place = cite(evidence, number if len(paragraphs) > 1 else None)
    lines = [Line(f"{place}{head}：", (evidence.key,))]
    lines += _clause_lines(evidence, chosen, paragraphs[number - 1], given, words)
    others = [p for p in paragraphs if p.number != number]
    lines += _other_paragraphs(evidence, others, given)
    left_out = [p for p in others if not within(text, given, p)]
    further = [p for p in left_out if p.number in {c.paragraph for c in clauses}]
    if further:
        numbers = "、".join(f"第{format_number(p.number)}款" for p in further)
        lines.append(Line(f"本条另有罚则（{numbers}），见条文全文。", (evidence.key,)))
    return lines


def _clause_lines(
    evidence: Evidence, clause: PenaltyClause, paragraph: Paragraph, given: Sequence[Span], words: frozenset[str]
) -> Iterator[Line]:
    """The act, then what follows from it, sentence by sentence; the items stand with the words that announce them."""
    text = evidence.provision.text
    end = paragraph.items[0].start if paragraph.items else paragraph.end
    told = [without_end(text, s) for s in sentences(text, paragraph.start, end, _SENTENCE_ENDS)]
    items = _items(text, paragraph, given, words)
    act = _act(text, clause, told[0])
    lines: list[tuple[str, Span]] = [("", sentence) for sentence in told]
    if act is not None:
        lines[:1] = [("行为：", act), ("处理：", _behind(text, act[1], told[0][1]))]
    announcing = max((n for n, (_, span) in enumerate(lines) if "下列" in text[slice(*span)]), default=len(lines) - 1)
    for n, (label, span) in enumerate(lines):
        if n == announcing and items:
            yield quoting(label, evidence, (span, *items), (span[0], paragraph.end))
        else:
            yield quoting(label, evidence, (span,))


def _behind(text: str, start: int, end: int) -> Span:
    """What follows a condition, without the comma between them."""
    return end - len(text[start:end].lstrip("，, \n")), end


def _act(text: str, clause: PenaltyClause, sentence: Span) -> Span | None:
    """The act at the head of a clause, with the duty that it breaks; None where the sentence does not begin with it."""
    start, end = _behind_lead_in(text, sentence[0], sentence[1])
    if clause.act is None or not start <= clause.act[0] < clause.act[1] < end:
        return None
    return start, clause.act[1]


def _behind_lead_in(text: str, start: int, end: int) -> Span:
    """The stretch without 违反本法规定 at its head, which names no duty."""
    found = _LEAD_IN.match(text, start, end)
    return (found.end() if found else start), end


def _items(text: str, paragraph: Paragraph, given: Sequence[Span], words: frozenset[str]) -> tuple[Span, ...]:
    """The listed acts to print: those that are clearly meant, else all for which there is room."""
    items = [(i.start, i.end) for i in paragraph.items]
    held = [text[a:b] for a, b in items]
    near = standouts(words, held) if is_clear(words, held) else range(len(items))
    printed = merged(text, [item for n, item in enumerate(items) if n in near and covered(item, given)])
    return tuple(without_end(text, span) for span in printed)


def _provision_lines(evidence: Evidence, words: frozenset[str], head: str, room: int) -> list[Line]:
    text = evidence.provision.text
    paragraphs = split_article(text).paragraphs
    if len(paragraphs) <= 1:
        given = portions(text, words, room)
        return [Line(f"{cite(evidence)}{head}规定：", (evidence.key,)), quoting("", evidence, given, (0, len(text)))]
    number = leading_paragraph(text, words)
    given = portions(text, words, room, number)
    main = paragraphs[number - 1]
    lines = [Line(f"{cite(evidence, number)}{head}规定：", (evidence.key,))]
    lines.append(quoting("", evidence, within(text, given, main), (main.start, main.end)))
    return [*lines, *_other_paragraphs(evidence, [p for p in paragraphs if p is not main], given)]


def _other_paragraphs(evidence: Evidence, others: Sequence[Paragraph], given: Sequence[Span]) -> Iterator[Line]:
    text = evidence.provision.text
    for paragraph in others:
        spans = within(text, given, paragraph)
        if spans:
            label = f"同条第{format_number(paragraph.number)}款："
            yield quoting(label, evidence, spans, (paragraph.start, paragraph.end))
