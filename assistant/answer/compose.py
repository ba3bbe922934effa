"""An answer composed without a language model (原文编排): a conclusion in the law's own words, then the law.

Every legal word is a span of a stored provision between “ and ”; what stands outside the quotation marks only names
places, ranks and dates. So the answer is complete in itself and cannot say more than its sources.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.answer.focus import words_of
from assistant.answer.leading import FOR_THE_ONLY, conclusion
from assistant.answer.lines import (
    CLOSE,
    OCR_MARK,
    OPEN,
    Evidence,
    Line,
    Related,
    cite,
    length_of,
    merged,
    quoting,
    standing,
    within,
)
from assistant.answer.portions import LONGEST_LEAD, portions, shortened
from assistant.answer.sanctions import Span
from assistant.understanding import UnderstoodQuestion
from corpus.structure import span_of, split_article
from corpus.vocabulary import ProvisionPath

__all__ = [
    "CLOSE",
    "LONGEST_LEAD",
    "MOST_CHARACTERS",
    "MOST_PROVISIONS",
    "OCR_MARK",
    "OPEN",
    "Evidence",
    "Line",
    "Related",
    "cite",
    "closing_line",
    "compose",
    "quotation",
    "standing",
]

MOST_PROVISIONS = 4
MOST_CHARACTERS = 1_200
"""An answer is read at the roadside: it quotes no more provisions and prints no more characters than this."""
LONGEST_FURTHER = 300
LEAST_QUOTED = 40
"""Characters that are quoted of a further provision; one for which less room is left is not shown."""
_MARKS = 16  # quotation marks, full stops and ellipses of a further provision, and the number of its paragraph
_COMMENCES = re.compile(r"本[^，。；]{1,6}自[^，。；]{4,20}起(?:施行|实施|生效)。?\s*$")
_ASKS_FROM_WHEN = re.compile(r"施行|实施|生效|什么时候开始|何时起")
_EARLIER = re.compile(r"(?<!\d)(?:19|20)\d{2}年|去年|前年|大前年|当时的|那时的|以前的(?:规定|法)|旧法|老法")
LONGEST_QUOTE = 400
"""Whole paragraphs are quoted beside the answer up to this length, beyond it only what the answer prints from."""


def compose(question: UnderstoodQuestion, evidence: Sequence[Evidence], related: Sequence[Related]) -> tuple[Line, ...]:
    """Lines of the answer, conclusion first. ``evidence`` is best first and not empty.

    Together they keep to ``MOST_CHARACTERS``; a further provision for which no room is left is not in them.
    """
    words = words_of(question.text, (term for e in question.expansions for term in e.statute))
    evidence = [evidence[0], *(e for e in evidence[1:] if e.path is not None or not _only_commences(e, question.text))]
    closing = closing_line(question.as_of, of_then=_speaks_of_then(question.text) and evidence[0].past_day is None)
    lines = conclusion(question, evidence[0], words, alone=not evidence[1:])
    others = Line("所问的其他条文：" if evidence[0].path is not None else "相近条文：")
    asked = {r.evidence.key for r in related if r.asked}
    told = sorted(related, key=lambda r: not r.asked)
    further = [(f"{r.role}：", r.evidence, r.quotes) for r in told if r.asked]
    further += [("", e, _named_span(e)) for e in evidence[1:]]
    further += [(f"{r.role}：", r.evidence, r.quotes) for r in told if not r.asked]
    room = MOST_CHARACTERS - length_of([*lines, others, closing])
    added: list[Line] = []
    for place, (role, source, quotes) in enumerate(further):
        label = len(role) + len(cite(source)) + (0 if role else len(standing(source)))
        share = min(room // (len(further) - place) - label - _MARKS, LONGEST_FURTHER)
        if share < LEAST_QUOTED:
            continue
        line = _further(role, source, quotes, words, share)
        if length_of([line]) <= room:
            added.append(line)
            room -= length_of([line])
    pointed = {e.key for e in evidence[1:]}
    pointers = [line for line in added if pointed.issuperset(line.keys)]
    lines += [line for line in added if asked.issuperset(line.keys)]
    lines += [others, *pointers] if pointers else []
    lines += [line for line in added if line not in pointers and not asked.issuperset(line.keys)]
    return (*lines, closing)


def _only_commences(evidence: Evidence, question: str) -> bool:
    """Whether the provision says only from when its law applies, and nobody asked."""
    return bool(_COMMENCES.match(evidence.provision.text)) and not _ASKS_FROM_WHEN.search(question)


def _further(role: str, evidence: Evidence, quotes: Sequence[Span], words: frozenset[str], room: int) -> Line:
    """A further provision in one line; the paragraph is named where all that is quoted stands in one of several."""
    text = evidence.provision.text
    spans = _fitted(text, quotes, words, room) if quotes else portions(text, words, room)
    told = [p for p in split_article(text).paragraphs if within(text, spans, p)]
    one = told[0] if len(told) == 1 < len(split_article(text).paragraphs) else None
    whole = (one.start, one.end) if one else (0, len(text))
    place = cite(evidence, one.number if one else None)
    if evidence.path is not None and quotes:
        place, whole = cite(evidence, evidence.path.paragraph, evidence.path.item), (quotes[0][0], quotes[-1][1])
    return quoting(f"{role}{place}{'' if role else f'（{standing(evidence)}）'}：", evidence, spans, whole)


def _fitted(text: str, quotes: Sequence[Span], words: frozenset[str], room: int) -> tuple[Span, ...]:
    """The parts given, in order, as far as there is room; of a single long one what is nearest to the question."""
    if len(quotes) == 1:
        start, end = quotes[0]
        return tuple((start + a, start + b) for a, b in portions(text[start:end], words, room))
    fitted: list[Span] = []
    for span in quotes:
        left = room - sum(b - a for a, b in fitted)
        if span[1] - span[0] <= left or len(fitted) < 2:
            fitted.append(shortened(text, span, max(left, 0)))
    return merged(text, fitted)


def _named_span(evidence: Evidence) -> tuple[Span, ...]:
    """The paragraph or item that the question names, if it names one."""
    named = evidence.path is not None and evidence.path != ProvisionPath()
    span = span_of(evidence.provision.text, evidence.path) if named and evidence.path else None
    return (span,) if span else ()


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


def _speaks_of_then(question: str) -> bool:
    """Whether the question speaks of an earlier time without naming a day."""
    return bool(_EARLIER.search(question)) and not _ASKS_FROM_WHEN.search(question)


def closing_line(as_of: dt.date, *, of_then: bool = False) -> Line:
    """The day whose law was searched, and who decides; ``of_then``: the act may have been under other law."""
    then = "所问涉及以前的时间，行为发生时的规定可能不同，请写明年月日再问。" if of_then else ""
    return Line(f"以上按{as_of:%Y-%m-%d}有效的规定检索；{then}引号内均为条文原文，定性与裁量由办案机关决定。")
