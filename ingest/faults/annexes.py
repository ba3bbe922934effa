"""Annexes (附件、附表) that the source prints inside the last article: cut out as provisions of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from corpus.vocabulary import FindingKind, Heading, Severity
from ingest.faults.draft import Draft, Mended, finding, joined, lines_of
from ingest.faults.whitespace import is_table_line
from ingest.sources.text import SourceText

ANNEX = "附件"

_NUMERAL = "[一二三四五六七八九十]+"
# 附：   附件：   附件一   附表一：   附件：中华人民共和国国歌（五线谱版、简谱版）
_MARKER = re.compile(rf"附(?P<kind>件|录|表)?(?P<number>{_NUMERAL})?(?:(?P<colon>[：:]).*)?")
# 个人所得税税率表一（综合所得适用）, directly above a table
_TABLE_TITLE = re.compile(rf"(?P<title>[^，。；：]{{2,30}}表(?:{_NUMERAL})?)(?:（[^）]*）)?")
# 中华人民共和国香港特别行政区基本法附件一香港特别行政区行政长官的产生办法修正案: an annex as later replaced
_LATER = re.compile(rf"(?P<law>中华人民共和国\S+?)(?P<label>附件{_NUMERAL})[^。，；：]*?(?P<amends>修正案)?")
_ISSUER = "全国人民代表大会常务委员会关于"  # first line of a decision printed after the annexes, its title over lines
_ADOPTED = re.compile(r"（(\d{4}年\d{1,2}月\d{1,2}日)\S*通过）")
_CLOSED = ("。", "；", "：", "，", "、", ":")


def cut_annexes(law: SourceText, drafts: list[Draft]) -> Mended:
    """Cut annexes out of the article they follow, each its own provision (附件一, 附表二, 附件), layout kept."""
    mended: list[Draft] = []
    found = []
    for draft in drafts:
        lines = lines_of(draft.text)
        starts = list(_starts(law, lines))
        if not starts:
            mended.append(draft)
            continue
        mended.append(draft.with_text(joined(lines[: starts[0][0]])))
        ends = [*(at for at, _ in starts[1:]), len(lines)]
        for (start, label), end in zip(starts, ends, strict=True):
            cut = replace(draft, label=label, text=joined(lines[start:end]), row=None, article=None)
            mended.append(replace(cut, heading=Heading(), annex=True))
            found.append(
                finding(
                    law,
                    FindingKind.ANNEX_IN_ARTICLE,
                    Severity.INFO,
                    label,
                    f"来源把{label}印在{draft.label}之中，已单列。",
                    repaired=True,
                )
            )
    return mended, found


def _starts(law: SourceText, lines: list[str]) -> Iterator[tuple[int, str]]:
    """Lines at which an annex begins, with its label; the first line of an article never does."""
    marked = False
    for at, (before, line) in enumerate(pairwise(lines), start=1):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if label := _marker_label(line):
            marked = True
            yield at, label
        elif marked and (label := _later_label(law, line)):
            yield at, label
        elif marked and line == _ISSUER:
            yield at, _decision_label(lines[at:])
        elif not marked and is_table_line(following) and not is_table_line(line) and _ends(before):
            title = _TABLE_TITLE.fullmatch(line)
            if title is not None:
                yield at, title["title"]


def _ends(line: str) -> bool:
    return line.endswith(("。", "）")) or is_table_line(line)


def _marker_label(line: str) -> str | None:
    match = _MARKER.fullmatch(line.strip())
    if match is None or not (match["kind"] or match["colon"]):
        return None
    return f"附{match['kind'] or '件'}{match['number'] or ''}"


def _later_label(law: SourceText, line: str) -> str | None:
    match = _LATER.fullmatch(line)
    if match is None or match["law"] != law.title or line.endswith(_CLOSED):
        return None
    return f"{match['label']}{match['amends'] or ''}"


def _decision_label(lines: list[str]) -> str:
    """Label of a decision printed behind the annexes: the day it was adopted tells it from the others."""
    for line in lines[:6]:
        if adopted := _ADOPTED.fullmatch(line):
            return f"附{adopted.group(1)}决定"
    return "附决定"
