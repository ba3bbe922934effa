"""Headings that stand in the wrong place (标题错位): 第二编 审判程序 at the end of the article before it."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus.vocabulary import FindingKind, Heading, Severity
from ingest.faults.draft import Draft, Mended, finding, joined, lines_of
from ingest.sources.text import SourceText

_NUMERAL = "[一二三四五六七八九十]+"
_HEADING = re.compile(
    rf"(?P<subpart>第{_NUMERAL}分编)\s+(?P<of>\S.*)|(?P<part>第{_NUMERAL}编)\s+(?P<name>\S.*)|附\s*则"
)
_LONGEST = 40  # characters; 第九分编 化学物质污染风险管控、电磁辐射和光污染防治 has 25


def move_stray_headings(law: SourceText, drafts: list[Draft]) -> Mended:
    """Cut headings of 编, 分编 and 附则 off the end of articles and set them above the articles that follow.

    A source that delivers the 编 of each row is left as it is. In the others the heading of the first 编 is never
    printed, so what stands before the first cut keeps None. A chapter cannot reach across a 编: where the source
    repeats the last chapter of the part before, it is cleared.
    """
    if any(draft.heading.part or draft.heading.subpart for draft in drafts):
        return drafts, []
    mended: list[Draft] = []
    found = []
    above = Heading()
    carried: Heading | None = None  # chapter and section of the article before the heading, as the source had them
    for draft in drafts:
        columns = Heading(chapter=draft.heading.chapter, section=draft.heading.section)
        if carried is not None and columns != carried:
            carried = None
        own = Heading() if carried is not None else columns
        body, cut = _split(draft.text)
        mended.append(
            replace(draft, text=body, heading=replace(own, part=above.part, subpart=above.subpart)),
        )
        if cut:
            found.append(
                finding(
                    law,
                    FindingKind.STRAY_HEADING,
                    Severity.INFO,
                    draft.label,
                    "来源把下一部分的标题印在本条末尾，已移到其后各条之上。",
                    article=draft.article,
                    repaired=True,
                    text=joined(cut),
                )
            )
            for line in cut:
                above = _beneath(above, line)
            carried = columns
    return mended, found


def _split(text: str) -> tuple[str, list[str]]:
    lines = lines_of(text)
    first = len(lines)
    while first > 1 and len(lines[first - 1]) <= _LONGEST and _is_heading(lines[first - 1]):
        first -= 1
    return joined(lines[:first]), lines[first:]


def _is_heading(line: str) -> bool:
    return bool(_HEADING.fullmatch(line.strip())) and not line.rstrip().endswith(("。", "；", "：", "，"))


def _beneath(above: Heading, line: str) -> Heading:
    """The headings in force after ``line``: a 编 closes the 分编 before it. Blanks inside the name are layout."""
    match = _HEADING.fullmatch(line.strip())
    if match is None:
        return above
    if match["subpart"]:
        return replace(above, subpart=f"{match['subpart']} {''.join(match['of'].split())}")
    if match["part"]:
        return Heading(part=f"{match['part']} {''.join(match['name'].split())}")
    return Heading(part="附则")
