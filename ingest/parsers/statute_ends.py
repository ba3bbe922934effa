"""Texts that stop in the middle (文本残缺): what shows it with certainty, and what only makes it likely."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from corpus.errors import InvalidInput
from corpus.numerals import format_number, parse_number
from corpus.vocabulary import DocumentKind, EffectLevel, FindingKind, Severity
from ingest.faults.numbering import read_label
from ingest.identify.profile import Profile
from ingest.sources.text import SourceFault, SourceRow

_REMEDY = "请换用完整文本后重新装载；在此之前，只有已装载的条文可以引用。"
_COMMENCES = re.compile(
    r"(?:自|从|于|由|按|以)[^。；]{0,30}(?:施行|实施|生效|试行|执行)|(?:公布|发布|颁布|颁发|公告|通过|下发|印发)之?日"
    r"|\d日(?:起)?(?:施行|实施|生效|试行)"
)
_OWN_REFERENCE = re.compile(
    r"(?P<own>本(?:法|条例|办法|规定|细则|规则|决定|解释))(?:[第、和或及条一二三四五六七八九十百零]*?)"
    r"第(?P<number>[一二三四五六七八九十百千零]+)条"
)
_CLOSING = 4  # articles at the end among which the clause of commencement stands
_FINISHED = tuple("。；：！？.;:!?）)」』”’\"'…—》】]")
_PROMISES_COMMENCEMENT = re.compile(r"(?:条例|办法|规定|细则|规则|法|规程|章程)(?:（[^）]*）)?$")
_CLAUSE_REQUIRED = dt.date(2000, 7, 1)
_RANKS = {
    EffectLevel.LAW,
    EffectLevel.ADMINISTRATIVE_REGULATION,
    EffectLevel.LOCAL_REGULATION,
    EffectLevel.DEPARTMENTAL_RULE,
    EffectLevel.LOCAL_RULE,
}


def find_truncation(profile: Profile, rows: Sequence[SourceRow], contents: Sequence[str]) -> Iterator[SourceFault]:
    """The fault that a text stops before its end, at most one: an error where certain, else a warning.

    A text whose closing articles commence it is whole. Without that clause it is certainly cut where something else
    shows it, or where 立法法 (in force from 2000-07-01) wants the clause; older texts may never have had it.
    """
    articles = [row for row in rows if read_label(row.label)]
    if profile.kind is not DocumentKind.STATUTE or not articles or _is_closed(profile, articles):
        return
    last = articles[-1]
    if why := _certain(profile, rows, articles, contents):
        message = f"文本残缺：{why}，{last.label}之后的内容没有收录。"
        yield SourceFault(FindingKind.TRUNCATED, Severity.ERROR, last.label, message, _REMEDY)
    elif _PROMISES_COMMENCEMENT.search(profile.title):
        message = f"文本可能残缺：止于{last.label}，没有附则和施行日期。"
        yield SourceFault(FindingKind.TRUNCATED, Severity.WARNING, last.label, message, _REMEDY)


def _is_closed(profile: Profile, articles: Sequence[SourceRow]) -> bool:
    """Whether the text has its last clause: 本条例自…起施行, or the head gives the day of commencement instead."""
    return profile.effective is not None or any(_COMMENCES.search(row.text) for row in articles[-_CLOSING:])


def _certain(
    profile: Profile, rows: Sequence[SourceRow], articles: Sequence[SourceRow], contents: Sequence[str]
) -> str:
    last = articles[-1]
    seen = {_numbered(name) for row in rows for name in (row.part, row.subpart, row.chapter, row.section) if name}
    if missing := [name for name in contents if _numbered(name) not in seen]:
        return f"目录所列“{missing[0]}”不在正文中"
    ending = last.text.rstrip()
    if rows[-1] is last and ending.endswith(("：", ":")):
        return "末条所列各项没有收录"
    if rows[-1] is last and not ending.endswith((*_FINISHED, "|")):
        return "末条句子没有写完"
    top = max(number.number for row in articles if (number := read_label(row.label)))
    if (named := _highest_named(articles)) > top:
        return f"正文提到本文件第{format_number(named)}条，而文本只到第{format_number(top)}条"
    chapters = {row.chapter for row in articles if row.chapter}
    if len(chapters) == 1 and "总则" in next(iter(chapters)):
        return "只有“总则”一章"
    if _needs_clause(profile) and _PROMISES_COMMENCEMENT.search(profile.title):
        return "没有附则和施行日期"
    return ""


def _needs_clause(profile: Profile) -> bool:
    """Whether the clause of commencement is required: of a law by its first adoption, of regulations by this text."""
    days = [event.day for event in profile.history] if profile.level is EffectLevel.LAW else []
    day = min(days, default=profile.published)
    return profile.level in _RANKS and day is not None and day >= _CLAUSE_REQUIRED


def _numbered(heading: str) -> str:
    """The number of a heading, by which the 目录 and the text agree even where their wording does not."""
    return heading.split(" ", 1)[0]


def _highest_named(articles: Sequence[SourceRow]) -> int:
    highest = 0
    for row in articles:
        for match in _OWN_REFERENCE.finditer(row.text):
            try:
                highest = max(highest, parse_number(match["number"]))
            except InvalidInput:
                continue
    return highest
