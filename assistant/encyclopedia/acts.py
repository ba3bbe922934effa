"""What a penalty article punishes (罚则所列违法行为): one act after the other, with its penalties.

The pattern of Chinese penalty provisions (全国人大常委会法工委《立法技术规范（试行）》) is read clause by clause::

    违反本法第…条规定，<act>的，由<authority><measure>，<measure>；<condition>的，<measure>。
    <subject>有下列行为之一的，由<authority><measure>：（一）<act>；（二）<act>。

Everything is a half-open span of the article's text. What does not follow the pattern gives nothing rather than a
guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.encyclopedia.clauses import (
    Span,
    Stretch,
    imposes,
    is_case,
    is_internal,
    is_lenient,
    reads_back,
    split_stretches,
    trimmed,
)
from corpus.numerals import parse_number
from corpus.structure import Paragraph, split_article

_LISTS = re.compile(r"(?:下列|以下)[^，。；：]{0,24}?(?:行为|情形|情况|规定|活动|手段|之一)")
_OUTCOME = re.compile(
    r"[，,](?:[^，]{0,6}情节(?:特别|较)?(?:严重|轻微|较轻|恶劣)|(?:尚?不|尚未|未)?构成[^，]{0,6}犯罪|(?:尚?不|尚未)够?刑事处罚|"
    r"(?:尚?不|尚未)构成[^，]{0,12}|应当(?:给予|受到)[^，]{0,12}处罚)$"
)
_BACK = re.compile(
    r"[^，]{0,40}?(?:前[一两二三]?款|本条(?!例)|(?<!条)(?<!条例)第[一二三四五六]款)[^，]{0,40}?"
    r"(?:行为|情形|情况|规定|活动|项|之一)(?:之一)?(?:的|者)?"
)
_NOTHING_SAID = re.compile(
    r"(?:有|实施|从事)?(?:法律|行政法规|法规|规章|国务院[^，]{0,12}|[、和或者])*(?:规定的)?(?:的)?其[他它]"
    r"(?:严重)?(?:违反|不符合|不履行)?(?:本(?:法|条例|办法|规定)|(?:有关)?法律|行政法规|法规|规章|国家|有关|[、和或者])*"
    r"(?:有关)?(?:规定|义务|要求)?(?:规定)?的?(?:严重)?(?:违法|失职|渎职|不正当)?(?:行为|情形|情况)?(?:的)?|"
    r"(?:依照|有|实施)?[^，]{0,30}(?:规定|法规|法律)[^，]{0,4}(?:，应当给予处罚)?的其[他它][^，]{0,6}(?:行为|情形)"
)
_ENUMERATOR = re.compile(r"\s*[（(][一二三四五六七八九十百]+[）)]\s*")
_LEAD_IN = re.compile(
    r"违反(?:了)?(?:本(?:法|条例|办法|规定|规则|决定)|国家|有关|法律|行政法规|[、和或者])*[^，；。]{0,80}?(?:规定|要求)(?:的)?[，,]"
)
_ACCOMPLICE = re.compile(r"明知|提供|协助|帮助|教唆|阻碍")
_PARAGRAPH = re.compile(r"第([一二三四五六七八九十]+)款")
_ITEMS = re.compile(r"第[（(]?([一二三四五六七八九十]+)[）)]?(?:项|至|、|和|或)")
_RANGE = re.compile(r"第[（(]?([一二三四五六七八九十]+)[）)]?项?至第?[（(]?([一二三四五六七八九十]+)[）)]?项")


@dataclass(frozen=True, slots=True)
class PunishedAct:
    """One act that a penalty article punishes (违法行为).

    ``act`` are the words of the act without 违反本法第…条规定; ``condition`` is the whole condition it stands in,
    references included. ``lead`` are the words above a listed act (…有下列行为之一的). ``stretches`` are the
    penalties, those of the act itself first. ``item`` is the number of the listed act (项).
    """

    paragraph: int
    item: int | None
    act: Span
    condition: Span
    lead: Span | None
    stretches: tuple[Stretch, ...]


@dataclass(slots=True)
class _Open:
    """An act while its penalties are being gathered."""

    paragraph: int
    item: int | None
    act: Span
    condition: Span
    lead: Span | None
    stretches: list[Stretch] = field(default_factory=list)


def read_acts(text: str) -> tuple[PunishedAct, ...]:
    """The acts that an article punishes, in printed order; empty where it imposes no administrative penalty."""
    if not imposes(text):
        return ()
    acts: list[_Open] = []
    for paragraph in split_article(text).paragraphs:
        _read_paragraph(text, paragraph, acts)
    return tuple(
        PunishedAct(a.paragraph, a.item, a.act, a.condition, a.lead, tuple(a.stretches))
        for a in acts
        if any(imposes(text[slice(*s.measure)]) or reads_back(text[slice(*s.measure)]) for s in a.stretches)
        and not is_internal(text, a.stretches)
        and not is_lenient(text[slice(*a.stretches[0].measure)])
    )


def _read_paragraph(text: str, paragraph: Paragraph, acts: list[_Open]) -> None:
    head_end = paragraph.items[0].start if paragraph.items else paragraph.end
    begun = len(acts)
    stretches = list(split_stretches(text, paragraph.start, head_end))
    lead = next((s.condition for s in stretches if s.condition and _LISTS.search(_end(text, s.condition))), None)
    if paragraph.items and lead is not None:
        _read_listed(text, paragraph, lead, stretches, acts)
        return
    current: list[_Open] = []
    for stretch in stretches:
        meant = _referred(text, stretch, acts, begun, paragraph.number)
        if meant:
            for act in meant:
                act.stretches.append(stretch)
        elif stretch.condition is not None and stretch.opens and not is_case(text[slice(*stretch.condition)]):
            opened = _opened(text, paragraph.number, None, stretch.condition, None)
            current = [opened] if opened is not None else []
            acts += current
            for one in current:
                one.stretches.append(replace(stretch, condition=None))
        else:
            for one in current:
                one.stretches.append(stretch)


def _read_listed(text: str, paragraph: Paragraph, lead: Span, stretches: Sequence[Stretch], acts: list[_Open]) -> None:
    common = [replace(s, condition=None) if s.condition == lead else s for s in stretches]
    for item in paragraph.items:
        start, end = trimmed(text, item.start, item.end)
        enumerator = _ENUMERATOR.match(text, start, end)
        start = enumerator.end() if enumerator else start
        own = [s for s in split_stretches(text, start, end) if s.condition]
        punished = own and own[0].condition is not None and imposes(text[slice(*own[0].measure)])
        condition = own[0].condition if punished and own[0].condition else (start, end)
        act = _opened(text, paragraph.number, item.number, condition, lead)
        if act is None:
            continue
        if punished:
            act.stretches += [replace(own[0], condition=None), *own[1:]]
        act.stretches += common
        acts.append(act)


def _opened(text: str, paragraph: int, item: int | None, condition: Span, lead: Span | None) -> _Open | None:
    act = _act_words(text, condition)
    words = text[slice(*act)]
    if len(words) < 4 or _NOTHING_SAID.fullmatch(words):
        return None
    return _Open(paragraph, item, act, condition, lead)


def _act_words(text: str, condition: Span) -> Span:
    """The act without the law that it breaks (违反本法第五条规定，) and without the 的 at its end."""
    start, end = trimmed(text, *condition)
    lead = _LEAD_IN.match(text, start, end)
    if lead and end - lead.end() >= 4 and not text.startswith(("或", "和", "以及"), lead.end()):
        start = lead.end()
    if text[end - 1] == "的" and end - start > 4:
        end -= 1
    while (outcome := _OUTCOME.search(text, start, end)) and outcome.start() - start >= 4:
        end = outcome.start()
        if text[end - 1] == "的":
            end -= 1
    return trimmed(text, start, end)


def _referred(text: str, stretch: Stretch, acts: Sequence[_Open], begun: int, number: int) -> list[_Open]:
    """The earlier acts that a condition means (有前款行为，情节严重的; 单位有前款行为的); empty where it names none."""
    if stretch.condition is None:
        return []
    words = text[slice(*stretch.condition)]
    if not _BACK.fullmatch(words.split("，", 1)[0]) or _ACCOMPLICE.search(words):
        return []
    before = acts[:begun]
    paragraphs = {int(parse_number(m[1])) for m in _PARAGRAPH.finditer(words)}
    if "前款" in words:
        paragraphs.add(max((a.paragraph for a in before if a.paragraph < number), default=0))
    meant = [a for a in before if not paragraphs or a.paragraph in paragraphs]
    if items := _items(words):
        meant = [a for a in meant if a.item in items]
    return meant


def _items(words: str) -> set[int]:
    numbers = {int(parse_number(m[1])) for m in _ITEMS.finditer(words)} if "项" in words else set()
    for match in _RANGE.finditer(words):
        numbers |= set(range(int(parse_number(match[1])), int(parse_number(match[2])) + 1))
    return numbers


def _end(text: str, span: Span) -> str:
    return text[slice(*span)]


def every_span(act: PunishedAct) -> Iterator[Span]:
    """All spans of an act."""
    yield act.act
    yield act.condition
    if act.lead is not None:
        yield act.lead
    for stretch in act.stretches:
        yield stretch.measure
        if stretch.condition is not None:
            yield stretch.condition
        if stretch.authority is not None:
            yield stretch.authority
