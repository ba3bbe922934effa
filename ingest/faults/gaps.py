"""Missing articles (缺条) and what is left of them inside their neighbours.

Three traces of a missing article N+1 are looked for in article N: a line that begins with its printed number (the
article is only hidden), a paragraph that begins in the middle of a word (its tail, the beginning lost), or nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corpus.vocabulary import ArticleNumber, DocumentKind, Finding, FindingKind, Severity
from ingest.faults.draft import Draft, Mended, finding, joined, lines_of
from ingest.faults.numbering import print_label
from ingest.sources.text import SourceText

_OPENING = 4  # characters of a paragraph that are looked up in all texts
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_MARKER = re.compile(r"\n(第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)[ \u3000]+")
_ENOUGH = 20  # occurrences inside words before an opening says anything
_ALMOST_ALWAYS = 0.95
_LATE_START = 20  # a first number beyond this: the file holds a later part of the text (民法典合同编)


def mend_gaps(law: SourceText, drafts: list[Draft], texts: Sequence[str]) -> Mended:
    """Find missing article numbers, split off hidden articles, cut foreign tails, report every number still missing.

    ``texts`` are all texts of the source: they tell how words begin. An amendment that continues the numbering of the
    one before (宪法修正案 of 1993 begins at 第三条) has no gap in front.
    """
    mended: list[Draft] = []
    found: list[Finding] = []
    last = None if law.kind is DocumentKind.AMENDMENT else ArticleNumber(0)
    for draft in drafts:
        if last == ArticleNumber(0) and draft.article is not None and draft.article.number > _LATE_START:
            found.append(_begins_late(law, draft))
            last = draft.article
        for missing in _missing(last, draft.article):
            split = _split_off_hidden(law, mended[-1], missing) if mended else None
            if split is not None:
                mended[-1:], report = split
                found.append(report)
                continue
            tail = _cut_foreign_tail(law, mended[-1], missing, texts) if mended else None
            if tail is not None:
                mended[-1], report = tail
                found.append(report)
            found.append(_gap(law, missing, tail_in=mended[-1].label if tail else None))
        mended.append(draft)
        last = draft.article or last
    return mended, found + _other_markers(law, mended)


def _missing(last: ArticleNumber | None, this: ArticleNumber | None) -> list[ArticleNumber]:
    if last is None or this is None:
        return []
    return [ArticleNumber(n) for n in range(last.number + 1, this.number)]


def _split_off_hidden(law: SourceText, draft: Draft, missing: ArticleNumber) -> tuple[list[Draft], Finding] | None:
    label = print_label(missing)
    match = next((m for m in _MARKER.finditer(draft.text) if m.group(1) == label), None)
    if match is None:
        return None
    hidden = replace(draft, label=label, article=missing, text=draft.text[match.end() :], row=None)
    report = finding(
        law,
        FindingKind.EMBEDDED_ARTICLE,
        Severity.INFO,
        label,
        f"来源把{label}印在{draft.label}之中，已分开。",
        article=missing,
        repaired=True,
        text=label,
    )
    return [replace(draft, text=draft.text[: match.start()]), hidden], report


def _cut_foreign_tail(
    law: SourceText, draft: Draft, missing: ArticleNumber, texts: Sequence[str]
) -> tuple[Draft, Finding] | None:
    lines = lines_of(draft.text)
    for i in range(1, len(lines)):
        if lines[i - 1].endswith("。") and begins_inside_a_word(lines[i], texts):
            report = finding(
                law,
                FindingKind.FOREIGN_TAIL,
                Severity.WARNING,
                draft.label,
                f"来源缺失{print_label(missing)}，其开头佚失的后半部分印在{draft.label}之末，已从该条移出，不作引用。",
                article=draft.article,
                repaired=True,
                remedy="如需引用缺失的条文，请查官方文本。",
                text=joined(lines[i:]),
            )
            return draft.with_text(joined(lines[:i])), report
    return None


def begins_inside_a_word(line: str, texts: Iterable[str]) -> bool:
    """Whether ``line`` begins with the rest of a word (境主管部门责令改正): its beginning has been lost.

    Certain when its first characters occur often in ``texts``, practically never where a sentence or clause begins, and
    practically always after one and the same character (环).
    """
    opening = line[:_OPENING]
    if len(opening) < _OPENING or not all(_CHINESE.match(c) for c in opening):
        return False
    before = Counter(text[at - 1] if at else "\n" for text in texts for at in _occurrences(opening, text))
    total = before.total()
    if total < _ENOUGH:
        return False
    character, count = before.most_common(1)[0]
    return bool(_CHINESE.match(character)) and count >= _ALMOST_ALWAYS * total


def _occurrences(words: str, text: str) -> Iterable[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _begins_late(law: SourceText, draft: Draft) -> Finding:
    return finding(
        law,
        FindingKind.NUMBERING_GAP,
        Severity.WARNING,
        draft.label,
        f"来源只是该文件的一部分，从{draft.label}开始，此前各条不在其中。",
        remedy="此前各条请查该文件的其他部分或官方文本。",
    )


def _gap(law: SourceText, missing: ArticleNumber, tail_in: str | None) -> Finding:
    label = print_label(missing)
    rest = f"，仅存开头佚失的后半部分（原印在{tail_in}之末）" if tail_in else ""
    return finding(
        law,
        FindingKind.NUMBERING_GAP,
        Severity.ERROR,
        label,
        f"来源缺失{label}{rest}，该条不能引用。",
        article=missing,
        remedy="请查官方文本。",
    )


def _other_markers(law: SourceText, drafts: list[Draft]) -> list[Finding]:
    """Article numbers that begin a line inside an article of a statute, where none is missing."""
    if law.kind is not DocumentKind.STATUTE:
        return []
    return [
        finding(
            law,
            FindingKind.EMBEDDED_ARTICLE,
            Severity.WARNING,
            draft.label,
            f"本条之中另有以“{match.group(1)}”开头的一段，可能是混入的条文。",
            article=draft.article,
            remedy="引用前请核对原文。",
            text=match.group(1),
        )
        for draft in drafts
        for match in _MARKER.finditer(draft.text)
    ]
