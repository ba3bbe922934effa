"""Time limits as a law prints them (期限): number, unit, from when, and whether its days are working days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.encyclopedia.contract import TimeUnit
from corpus.numerals import parse_number
from corpus.quantities import Unit, find_quantities
from corpus.vocabulary import Provision

Span = tuple[int, int]

_UNITS = {
    Unit.HOUR: TimeUnit.HOUR,
    Unit.DAY: TimeUnit.DAY,
    Unit.WORKING_DAY: TimeUnit.DAY,
    Unit.MONTH: TimeUnit.MONTH,
    Unit.YEAR: TimeUnit.YEAR,
}
_BEFORE = re.compile(r"(?:不得超过|不超过|不得少于|超过|满|最长不得超过|延长至)$")
_AFTER = re.compile(r"(?:以内|之内|内|以前|之前|前|以后|之后|后)")
_FROM = re.compile(r"[自从][^自从，。；：]{1,50}?(?:之日|之时|时)起")
_AFTER_EVENT = re.compile(r"[^，。；：（）]{2,30}(?:之日起|后)$")
_WORKING = re.compile(r"工作日")
_LISTED = re.compile(r"[“\"”]?([一二三四五六七八九十百]+)日[”\"“]")
_WITHIN = re.compile(r"([一二三四五六七八九十百]+)日以内")


@dataclass(frozen=True, slots=True)
class FoundLimit:
    """A time limit with its spans; ``own_working``: its own words say 工作日."""

    span: Span
    number: int
    unit: TimeUnit
    starts: Span | None
    own_working: bool


@dataclass(frozen=True, slots=True)
class WorkingDayRule:
    """What a law says of working days: the numbers of days it lists, or the most days up to which they are such."""

    provision: Provision
    span: Span
    numbers: frozenset[int]
    up_to: int | None

    def covers(self, days: int) -> bool:
        return days in self.numbers or (self.up_to is not None and days <= self.up_to)


def find_limits(text: str, start: int, end: int) -> Iterator[FoundLimit]:
    """The time limits in a stretch of a provision."""
    words = text[start:end]
    for quantity in find_quantities(words):
        unit = _UNITS.get(quantity.unit)
        after = _AFTER.match(words, quantity.end)
        before = _BEFORE.search(words[: quantity.start])
        if unit is None or not (after or before) or quantity.value != int(quantity.value):
            continue
        left = before.start() if before and not after else quantity.start
        right = after.end() if after else quantity.end
        began = _start_before(words, left)
        yield FoundLimit(
            span=(start + left, start + right),
            number=int(quantity.value),
            unit=unit,
            starts=(start + began[0], start + began[1]) if began else None,
            own_working=quantity.unit is Unit.WORKING_DAY,
        )


def working_day_rules(provisions: Sequence[Provision]) -> list[WorkingDayRule]:
    """What the law itself says of working days: 本法中“二日”“三日”的规定是指工作日; 十日以内期限的规定是指工作日."""
    rules = []
    for provision in provisions:
        if not _WORKING.search(provision.text) or "指工作日" not in provision.text.replace("是指", "指"):
            continue
        for start, end in sentences(provision.text):
            words = provision.text[start:end]
            if not _WORKING.search(words):
                continue
            within = _WITHIN.search(words)
            numbers = frozenset(int(parse_number(m[1])) for m in _LISTED.finditer(words))
            if numbers or within:
                up_to = int(parse_number(within[1])) if within else None
                rules.append(WorkingDayRule(provision, (start, end), numbers, up_to))
    return rules


def sentences(text: str) -> Iterator[Span]:
    """Sentences of a provision, listed items apart; without white space around them."""
    start = 0
    for match in re.finditer(r"[。\n]", text):
        end = match.end() if match.group() == "。" else match.start()
        if text[start:end].strip():
            yield _stripped(text, start, end)
        start = match.end()
    if text[start:].strip():
        yield _stripped(text, start, len(text))


def _start_before(words: str, at: int) -> Span | None:
    """What the limit counts from, right before it: 自立案之日起, 行政机关告知后."""
    clause = max(words.rfind(mark, 0, at) for mark in "，。；：（") + 1
    found = None
    for match in _FROM.finditer(words, clause, at):
        found = match.span()
    if found is None and (event := _AFTER_EVENT.search(words[:at], clause)):
        found = event.span()
    if found is None:
        return None
    start, end = found
    while words[start] in "应当在的须" and start < end - 2:
        start += 1
    return start, end


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
