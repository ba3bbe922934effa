"""Texts that stop in the middle (文本残缺): what shows it with certainty, and what only makes it likely."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.errors import InvalidInput
from corpus.numerals import parse_number
from corpus.vocabulary import DocumentKind, EffectLevel, FindingKind, Severity
from ingest.faults.numbering import read_label
from ingest.identify.profile import Profile
from ingest.sources.text import SourceFault, SourceRow

_REMEDY = "请换用完整文本后重新装载；在此之前，只有已装载的条文可以引用。"
_COMMENCES = re.compile(r"施行|生效|实施|执行|公布之日|发布之日|废止|试行")
_OWN_REFERENCE = re.compile(
    r"(?P<own>本(?:法|条例|办法|规定|细则|规则|决定|解释))(?:[第、和或及条一二三四五六七八九十百零]*?)"
    r"第(?P<number>[一二三四五六七八九十百千零]+)条"
)
_FINISHED = tuple("。；：！？.;:!?）)」』”’\"'…—》】]")
_PROMISES_COMMENCEMENT = re.compile(r"(?:条例|办法|规定|细则|规则|法|规程|章程)(?:（[^）]*）)?$")
_RANKS = {
    EffectLevel.LAW,
    EffectLevel.ADMINISTRATIVE_REGULATION,
    EffectLevel.LOCAL_REGULATION,
    EffectLevel.DEPARTMENTAL_RULE,
    EffectLevel.LOCAL_RULE,
}


def find_truncation(profile: Profile, rows: Sequence[SourceRow], contents: Sequence[str]) -> Iterator[SourceFault]:
    """The fault that a text stops before its end, at most one: an error where certain, else a warning."""
    articles = [row for row in rows if read_label(row.label)]
    if not articles:
        return
    last = articles[-1]
    if why := _certain(profile, rows, articles, contents):
        message = f"文本残缺：{why}，{last.label}之后的内容没有收录。"
        yield SourceFault(FindingKind.TRUNCATED, Severity.ERROR, last.label, message, _REMEDY)
    elif _lacks_commencement(profile, articles):
        message = f"文本可能残缺：止于{last.label}，没有附则和施行日期。"
        yield SourceFault(FindingKind.TRUNCATED, Severity.WARNING, last.label, message, _REMEDY)


def _certain(
    profile: Profile, rows: Sequence[SourceRow], articles: Sequence[SourceRow], contents: Sequence[str]
) -> str:
    last = articles[-1]
    seen = {name for row in rows for name in (row.part, row.subpart, row.chapter, row.section) if name}
    if missing := [name for name in contents if name not in seen]:
        return f"目录所列“{missing[0]}”不在正文中"
    if rows[-1] is last and not last.text.rstrip().endswith(_FINISHED):
        return "末条句子没有写完"
    if rows[-1] is last and last.text.rstrip().endswith(("：", ":")):
        return "末条所列各项没有收录"
    top = max(number.number for row in articles if (number := read_label(row.label)))
    if (named := _highest_named(articles)) > top:
        return f"正文提到本文件第{named}条，而文本只到第{top}条"
    if _lacks_commencement(profile, articles) and profile.kind is DocumentKind.STATUTE and profile.level in _RANKS:
        chapters = [row.chapter for row in articles if row.chapter]
        if chapters and "总则" in chapters[0] and len(set(chapters)) == 1:
            return "只有“总则”一章"
    return ""


def _highest_named(articles: Sequence[SourceRow]) -> int:
    highest = 0
    for row in articles:
        for match in _OWN_REFERENCE.finditer(row.text):
            try:
                highest = max(highest, parse_number(match["number"]))
            except InvalidInput:
                continue
    return highest


def _lacks_commencement(profile: Profile, articles: Sequence[SourceRow]) -> bool:
    if profile.kind is not DocumentKind.STATUTE or not _PROMISES_COMMENCEMENT.search(profile.title):
        return False
    if profile.effective is not None:
        return False
    closing = any("附则" in (row.chapter or "") for row in articles)
    return not closing and not any(_COMMENCES.search(row.text) for row in articles[-4:])
