"""The lines of an answer (答复的行): what they rest on, how places and ranks are named, how words are quoted.

Words of a provision that are left out between two quotations, before the first or after the last, show as ……, outside
the quotation marks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer.sanctions import Span
from corpus.citations import format_citation
from corpus.structure import Paragraph
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
OMITTED = "……"
OCR_MARK = "文字由图片识别，引用前请核对原件"
_ENDS = "。；：\n "


@dataclass(frozen=True, slots=True)
class Evidence:
    """A provision that an answer rests on (依据), with its version, rank and state on the day asked about.

    ``path`` is the paragraph or item that the question names, if it names one. ``note`` is a caveat to print.
    ``past_day`` is the day asked about where that is not today, so that nobody reads 现行 into it.
    """

    provision: Provision
    version: Version
    document: Document
    state: State
    note: str = ""
    path: ProvisionPath | None = None
    past_day: dt.date | None = None

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

    ``quotes`` are the parts that matter, in order; none: whatever is nearest to the question. ``asked``: the question
    asks for it by name, so that it is told before other provisions.
    """

    role: str  # 相应罚则, 所引规定, 听证, 追责时效, or what leniency the words grant: 从轻、减轻、不予处罚
    evidence: Evidence
    quotes: tuple[Span, ...] = ()
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an answer with the keys that support it; ``quotes`` are (key, span) pairs it prints.

    A ``heading`` names what it cites and says nothing of it.
    """

    text: str
    keys: tuple[str, ...] = ()
    quotes: tuple[tuple[str, Span], ...] = ()
    heading: bool = False

    @property
    def is_substantive(self) -> bool:
        """Whether it says something that rests on a provision."""
        return bool(self.keys) and not self.heading


def length_of(lines: Sequence[Line]) -> int:
    """Characters that the lines take when printed one below the other."""
    return sum(len(line.text) + 1 for line in lines)


def cite(evidence: Evidence, paragraph: int | None = None, item: int | None = None) -> str:
    """Canonical citation of a piece of evidence, optionally down to 款 and 项."""
    provision = evidence.provision
    path = ProvisionPath(paragraph, item)
    label = None if provision.article else provision.label
    return format_citation(Citation(evidence.document.title, provision.article, path, label))


def standing(evidence: Evidence) -> str:
    """Rank, region, dates and state in one line: ``法律 · 2021-07-15起施行 · 现行有效``.

    Where no source says when the text came into force, it is named by the day of its publication. Of another day than
    today that day stands before the state: ``2021-06-10公布的文本 · 2025-03-01当日有效``.
    """
    validity = evidence.version.validity
    parts = [evidence.document.level.value]
    if evidence.document.region != NATION:
        parts.append(evidence.document.region)
    if validity.commencement.day:
        parts.append(f"{_day(validity.commencement)}起施行")
    elif validity.published:
        parts.append(f"{validity.published:%Y-%m-%d}公布的文本")
    if validity.end.day:
        parts.append(f"{_day(validity.end)}起失效")
    parts.append(_state(evidence))
    if evidence.provision.ocr:
        parts.append(OCR_MARK)
    return " · ".join(parts)


def _state(evidence: Evidence) -> str:
    state, day = evidence.state, evidence.past_day
    if day is not None and state in (State.IN_FORCE, State.AMENDED):
        return f"{day:%Y-%m-%d}{'当日有效' if state is State.IN_FORCE else STATE_ZH[state]}"
    return STATE_ZH[state]


def _day(fact: DatedFact) -> str:
    """The day of a fact, or the bound that is all the sources give."""
    bound = {DateBasis.NOT_BEFORE: "不早于", DateBasis.NOT_AFTER: "不晚于"}.get(fact.basis, "")
    return f"{bound}{fact.day:%Y-%m-%d}"


def quoting(label: str, evidence: Evidence, spans: Sequence[Span], within: Span | None = None) -> Line:
    """The label and the spans, each in quotation marks; ``within`` is the part of the text that they stand for."""
    text = evidence.provision.text
    spans = _joined(text, spans)
    first, last = within or (spans[0][0], spans[-1][1])
    said = label
    for span in spans:
        said += (OMITTED if _says_something(text[first : span[0]]) else "") + f"{OPEN}{text[slice(*span)]}{CLOSE}"
        first = span[1]
    if _says_something(text[first:last]):
        said += OMITTED
    elif not text[spans[-1][0] : spans[-1][1]].endswith("。"):
        said += "。"
    return Line(said, (evidence.key,), tuple((evidence.key, span) for span in spans))


def _says_something(words: str) -> bool:
    return any(character.isalnum() for character in words)


def merged(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, neighbours with nothing but white space between them made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple((a, a + len(text[a:b].rstrip())) for a, b in joined)


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans, those made one between which only marks stand."""
    joined = [spans[0]]
    for start, end in spans[1:]:
        if start >= joined[-1][1] and not _says_something(text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def within(text: str, spans: Sequence[Span], paragraph: Paragraph) -> tuple[Span, ...]:
    """The parts of the spans that lie in a paragraph."""
    cut = [(max(a, paragraph.start), min(b, paragraph.end)) for a, b in spans]
    return merged(text, [(a, b) for a, b in cut if a < b and text[a:b].strip()])


def covered(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of the spans holds all of ``span``."""
    return any(a <= span[0] and span[1] <= b for a, b in spans)


def without_end(text: str, span: Span) -> Span:
    """The span without the marks that end it."""
    start, end = span
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    return start, end
