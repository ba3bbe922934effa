"""The grounding check (依据核验): does every sentence that a model wrote stand in the provisions it cites?

Pure. A sentence is kept whole or taken out whole, with the reason; nothing is mended. What is looked at, in this
order: its keys, its quotations, the articles and laws it names, its figures, its measures with their conditions,
its modal words, its negations, its authorities, and whether it shares any words with what it cites.
``docs/grounding.md`` says what such a check cannot see.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answer.attribution import NamedArticle, find_named_articles, unfounded_names
from assistant.answer.claims import restates, states_law, unfounded_claim
from assistant.answer.draft import (
    DraftSentence,
    Segment,
    SentenceSplitter,
    find_quotations,
    has_stray_mark,
    read_sentence,
    without_enumerators,
)
from assistant.answer.lines import Evidence, Line
from assistant.answer.sanctions import Span
from assistant.answer.source import Source, read_source
from corpus.citations import NameTable
from corpus.structure import span_of

_PUNCTUATION = "。！？!?；;，,：: \n"
_BLANK = "\u3000"
_MARKUP = re.compile(
    r"://|(?<![a-z0-9])(?:www\.|(?:javascript|data|mailto):)|!\[|\]\(|</?[a-z!]|</?[^\W\d_][^<>\n]{0,20}>",
    re.IGNORECASE,
)
"""Addresses and markup: no provision needs them, and a page that followed them would leave this machine."""

_NAMING = re.compile(r"(?:法律|处罚|处理)?(?:依据|根据|依照|按照|规定|条文|法条)(?:如下)?|[的为是\W_]")
"""What stands around the name of an article without saying anything of it."""

_UNREADABLE = re.compile(r"[\ufffd\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What is left of a broken encoding, and characters that control a terminal: a figure may be missing there."""


@dataclass(frozen=True, slots=True)
class RemovedSentence:
    """A sentence that the check took out, as the model wrote it, and why, in words for the officer."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Grounded:
    """A draft after the check: lines that hold, with their keys, and sentences that were taken out."""

    lines: tuple[Line, ...]
    removed: tuple[RemovedSentence, ...]

    @property
    def is_substantive(self) -> bool:
        """Whether any line that is left says something that rests on a provision."""
        return any(line.is_substantive for line in self.lines)


Checked = Line | RemovedSentence


class ProseCheck:
    """The check of one draft while it is being written; ``evidence`` is what each key handed out stands for."""

    def __init__(self, evidence: Mapping[str, Evidence], names: NameTable) -> None:
        self._sources = {key: read_source(key, e, names) for key, e in evidence.items()}
        self._names = names
        self._splitter = SentenceSplitter()

    def feed(self, piece: str) -> Iterator[Checked]:
        """What the sentences that ``piece`` completes are worth."""
        return self._checked(self._splitter.feed(piece))

    def finish(self) -> Iterator[Checked]:
        """What the rest of the draft is worth."""
        return self._checked(self._splitter.finish())

    def _checked(self, sentences: Iterable[str]) -> Iterator[Checked]:
        for written in sentences:
            sentence = read_sentence(written, self._sources)
            if sentence.text.strip(_PUNCTUATION):
                yield check_sentence(sentence, self._sources, self._names)


def check_prose(text: str, evidence: Mapping[str, Evidence], names: NameTable) -> Grounded:
    """The whole draft checked at once."""
    check = ProseCheck(evidence, names)
    results = [*check.feed(text), *check.finish()]
    return Grounded(
        tuple(r for r in results if isinstance(r, Line)), tuple(r for r in results if isinstance(r, RemovedSentence))
    )


def check_sentence(sentence: DraftSentence, sources: Mapping[str, Source], names: NameTable) -> Checked:
    """One sentence: a line to print, or what is wrong with it."""
    reason = _fault(sentence, sources, names)
    if reason is not None:
        return RemovedSentence(sentence.written, reason)
    return _line(sentence, sources, names)


def _fault(sentence: DraftSentence, sources: Mapping[str, Source], names: NameTable) -> str | None:
    if sentence.unknown_keys:
        return f"引用标记{'、'.join(f'[{key}]' for key in sentence.unknown_keys)}不存在。"
    if _MARKUP.search(sentence.written):
        return "写有网址或者网页标记。"
    if _UNREADABLE.search(sentence.written):
        return "写有无法辨认的字符。"
    if has_stray_mark(sentence.text):
        return "引号不成对，无法核对引文。"
    return next(
        (fault for segment in sentence.segments if (fault := _segment_fault(segment, sources, names)) is not None), None
    )


def _segment_fault(segment: Segment, sources: Mapping[str, Source], names: NameTable) -> str | None:
    known = list(sources.values())
    read = _read(segment, names)
    if not segment.keys:
        if read.quotations or states_law(read.plain) or restates(read.plain, known):
            return "陈述法律而未注明依据。"
        return unfounded_names(read.named, [], known)
    cited = [sources[key] for key in segment.keys]
    if fault := unfounded_names(read.named, cited, known):
        return fault
    cited = [_narrowed(source, read.named) for source in cited]
    for words in read.quotations:
        if all(source.quoted(words) is None for source in cited):
            if any(source.contains(words) for source in cited):
                return f"引文“{_short(words)}”截断了数额、否定词或“可以”，与原意不符。"
            return f"引文“{_short(words)}”不是所引条文的原文。"
    if len(read.quotations) == 1 and not states_law(read.around_quotations):
        return None
    return unfounded_claim(read.plain, read.named, cited)


@dataclass(frozen=True, slots=True)
class _Read:
    """A segment made ready: ``plain`` is its text without quotation marks, the names of laws blanked out.

    ``named`` are those names, their spans counted in ``plain``.
    """

    plain: str
    around_quotations: str
    quotations: tuple[str, ...]
    named: tuple[NamedArticle, ...]


def _read(segment: Segment, names: NameTable) -> _Read:
    text = around = without_enumerators(segment.text)
    quotations = find_quotations(segment.text)
    for quotation in quotations:
        around = _blanked(around, (quotation.start - 1, quotation.end + 1))
    named = find_named_articles(around, names)
    for member in (m for m in named if not m.relative):
        text = _blanked(text, (member.start, member.end))
        around = _blanked(around, (member.start, member.end))
    marks = sorted(at for q in quotations for at in (q.start - 1, q.end))
    plain = "".join(char for at, char in enumerate(text) if at not in marks)
    moved = tuple(
        replace(m, start=m.start - bisect_left(marks, m.start), end=m.end - bisect_left(marks, m.end)) for m in named
    )
    return _Read(plain, around, tuple(q.words for q in quotations), moved)


def _blanked(text: str, span: Span) -> str:
    return f"{text[: span[0]]}{_BLANK * (span[1] - span[0])}{text[span[1] :]}"


def _narrowed(source: Source, named: Iterable[NamedArticle]) -> Source:
    """The source, cut down to the paragraph or item where the sentence names exactly one of it."""
    paths = {m.path for m in named if not m.is_whole_law and m.means(source.evidence)}
    span = span_of(source.text, paths.pop()) if len(paths) == 1 else None
    return source.within(span) if span else source


def _line(sentence: DraftSentence, sources: Mapping[str, Source], names: NameTable) -> Line:
    """The sentence as it is printed: quotations in the stored text's own characters, places in words for keys."""
    named = [m for m in find_named_articles(sentence.text, names) if not m.is_whole_law]
    said = {key for key in sentence.keys if any(m.means(sources[key].evidence) for m in named)}
    parts: list[str] = []
    quotes: list[tuple[str, Span]] = []
    for segment in sentence.segments:
        text = segment.text
        for quotation in reversed(find_quotations(text)):
            found = ((key, sources[key].quoted(quotation.words)) for key in segment.keys)
            key, span = next((key, span) for key, span in found if span is not None)
            text = text[: quotation.start] + sources[key].text[span[0] : span[1]] + text[quotation.end :]
            quotes.append((sources[key].evidence.key, span))
        places = [sources[key].evidence.citation for key in segment.keys if key not in said]
        said.update(segment.keys)
        parts.append(_with_places(text, places))
    keys = tuple(sources[key].evidence.key for key in sentence.keys)
    heading = all(_only_names(segment, names) for segment in sentence.segments)
    return Line("".join(parts), keys, tuple(quotes), heading)


def _only_names(segment: Segment, names: NameTable) -> bool:
    """Whether a segment names an article and says nothing of it."""
    return not _NAMING.sub("", _read(segment, names).plain)


def _with_places(text: str, places: Sequence[str]) -> str:
    """The text with its sources named before its closing mark."""
    if not places:
        return text
    body = text.rstrip(_PUNCTUATION)
    return f"{body}（{'；'.join(places)}）{text[len(body) :]}"


def _short(words: str) -> str:
    return words if len(words) <= 30 else f"{words[:14]}……{words[-14:]}"
