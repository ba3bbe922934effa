"""The adoption history (制定、修正经过, 题注) as dated events; every date is one that the words themselves print."""

from __future__ import annotations

import datetime as dt
import re

from corpus.errors import InvalidInput
from corpus.numerals import parse_number
from ingest.identify.profile import HistoryEvent

_DIGITS = "0-9０-９〇○零一二三四五六七八九十"
_DAY = re.compile(
    rf"(?P<year>[12１２][0-9０-９]{{3}}|[一二][〇○零一二三四五六七八九]{{3}})\s*年\s*"
    rf"(?P<month>[{_DIGITS}]{{1,3}})\s*月\s*(?P<day>[{_DIGITS}]{{1,3}})\s*日"
)
_QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》|〈[^〈〉]*〉|<[^<>]*>|“[^”]*”")
_COMMENCES = re.compile(r"\s*起?\s*(?:正式)?(?:施行|实施|生效|执行|实行|试行)")
_STARTS_AT = re.compile(r"[自从]\s*$")
_WRITTEN = re.compile(
    r"成文日期[】\]]?\s*[：:]?\s*(?P<year>\d{4})\s*[-年./]\s*(?P<month>\d{1,2})\s*[-月./]\s*(?P<day>\d{1,2})"
)
_ADOPTS = re.compile(r"通过|批准|修正|修订|修改|公布|发布|公告|颁布|令|印发|制定|会议|决定")
_TRIMMED = " \t\u3000（）()，,；;。、根据经由"


def read_day(text: str) -> dt.date | None:
    """The first day that ``text`` prints (2012年8月31日, 一九九六年三月十七日), None where there is none."""
    match = _DAY.search(text)
    return _date(match) if match else None


def read_history(text: str) -> tuple[HistoryEvent, ...]:
    """The events of a 题注 in printed order: each day that stands outside quoted titles, with the words behind it."""
    events = []
    for day, _, end, until in _stretches(text):
        words = " ".join(text[end:until].split()).strip(_TRIMMED)
        events.append(HistoryEvent(day, words))
    return tuple(events)


def adoption_days(text: str) -> list[dt.date]:
    """The days on which the text was adopted, amended, published or signed; days of commencement are left out."""
    days = []
    for day, start, end, until in _stretches(text):
        if _STARTS_AT.search(text[:start]) or _COMMENCES.match(text[end:until]):
            continue
        if _ADOPTS.search(text[end:until]) or _stands_alone(text, start, end):
            days.append(day)
    return days


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a day is a whole line: that of the signature under an order (令)."""
    before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
    return not before.strip() and not after.strip()


def written_day(text: str) -> dt.date | None:
    """The day in a line 成文日期：2024年6月3日 or 成文日期：2024-06-03; the day a page was put online is none."""
    match = _WRITTEN.search(text)
    if match is None:
        return None
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def commencement_day(text: str) -> dt.date | None:
    """The last day of commencement that a 题注 prints: 2012年4月10日 施行, 自2021年11月1日起施行."""
    days = [day for day, _, end in _days(text) if _COMMENCES.match(text[end:])]
    return days[-1] if days else None


def outside_quotes(text: str) -> str:
    """``text`` without quoted titles: who adopted a text is not who made the law that it amends or carries out."""
    return _QUOTED.sub("", text)


def _stretches(text: str) -> list[tuple[dt.date, int, int, int]]:
    """Each day with its half-open span and the end of the words behind it."""
    found = _days(text)
    ends = [*(start for _, start, _ in found[1:]), len(text)]
    return [(*day, until) for day, until in zip(found, ends[: len(found)], strict=True)]


def _days(text: str) -> list[tuple[dt.date, int, int]]:
    """Days outside 《》 with their half-open spans."""
    quoted = [(m.start(), m.end()) for m in _QUOTED.finditer(text)]
    found = []
    for match in _DAY.finditer(text):
        if any(start < match.start() < end for start, end in quoted):
            continue
        day = _date(match)
        if day is not None:
            found.append((day, match.start(), match.end()))
    return found


def _date(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(*(parse_number(match[name]) for name in ("year", "month", "day")))
    except (InvalidInput, ValueError):
        return None
