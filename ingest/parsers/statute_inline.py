"""Articles that begin inside a line (行内条文): the line breaks between them were lost in the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.vocabulary import FindingKind, Severity
from ingest.parsers.statute_lines import ArticleLine, read_article, read_heading
from ingest.parsers.statute_numbered import Line
from ingest.sources.text import SourceFault

_INSIDE = re.compile(r"(?P<before>.)(?P<blank>[ \t\u3000]*)(?=第[〇零一二三四五六七八九十百千0-9]+条)")
_CLOSED = frozenset("。；：:;！？”》）")
# 本条例第十二条, 依照第十二条: words before a reference to an article
_REFERS = frozenset("法例定则办细章程释、和或及与至依照按据反有用在对项款之的")


def split_inline_articles(lines: Sequence[Line]) -> tuple[list[Line], list[SourceFault]]:
    """Cut lines where an article begins inside whose number no line begins with and which comes next in the numbering.

    Certain behind a closed sentence; elsewhere it is cut too, since only a missing article can stand there, but a
    person is told, for words before it may be lost.
    """
    heads = {article.label for line in lines if (article := read_article(line.text)) is not None}
    split: list[Line] = []
    faults: list[SourceFault] = []
    last = 0
    for line in lines:
        rest = line.text
        if (heading := read_heading(rest)) is not None and heading.rest:
            split.append(replace(line, text=heading.words))
            rest = heading.rest
        article = read_article(rest)
        if article is not None and (article.certain or article.number.number == last + 1):
            last = article.number.number
        while (cut := _next_inside(rest, last, heads)) is not None:
            at, inner, closed = cut
            split.append(replace(line, text=rest[:at].rstrip()))
            faults.append(_fault(inner, rest[:at], closed=closed))
            rest = rest[at:]
            last = inner.number.number
        split.append(replace(line, text=rest))
    return split, faults


def _next_inside(text: str, last: int, heads: set[str]) -> tuple[int, ArticleLine, bool] | None:
    for match in _INSIDE.finditer(text):
        inner = read_article(text[match.end() :])
        if inner is None or inner.number.insertion or inner.number.number != last + 1 or inner.label in heads:
            continue
        closed = match["before"] in _CLOSED
        if closed or (not match["blank"] and match["before"] not in _REFERS and not inner.certain and last):
            return match.end(), inner, closed
    return None


def _fault(article: ArticleLine, before: str, *, closed: bool) -> SourceFault:
    message = f"{article.label}与前文印在同一段落，已分开。"
    if closed:
        return SourceFault(FindingKind.EMBEDDED_ARTICLE, Severity.INFO, article.label, message, repaired=True)
    return SourceFault(
        FindingKind.EMBEDDED_ARTICLE,
        Severity.WARNING,
        article.label,
        f"{message}其前一句没有写完，可能有缺字。",
        "引用前请核对原文。",
        repaired=True,
        text=before[-20:],
    )
