"""Numbers of articles (条号): which rows are articles of the law itself, and which numbers stand twice."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from corpus.errors import InvalidInput
from corpus.numerals import format_number, parse_number
from corpus.vocabulary import ArticleNumber, DocumentKind, FindingKind, Severity
from ingest.faults.draft import Draft, Mended, finding
from ingest.sources.text import SourceText

_LABEL = re.compile(r"第(?P<number>[零一二三四五六七八九十百千]+)条(?:之(?P<insertion>[一二三四五六七八九十]+))?")
_ANNOUNCING = ("：", ":")


@lru_cache(maxsize=8192)
def read_label(label: str) -> ArticleNumber | None:
    """The number that a printed label states: 第一百三十三条之一 → (133, 1); None for 条目一, 全文, 附件."""
    match = _LABEL.fullmatch(label)
    if match is None:
        return None
    try:
        insertion = parse_number(match["insertion"]) if match["insertion"] else 0
        return ArticleNumber(parse_number(match["number"]), insertion)
    except InvalidInput:
        return None


def print_label(article: ArticleNumber) -> str:
    """The label as laws print it: (133, 1) → 第一百三十三条之一."""
    insertion = f"之{format_number(article.insertion)}" if article.insertion else ""
    return f"第{format_number(article.number)}条{insertion}"


def number_articles(law: SourceText, drafts: list[Draft]) -> Mended:
    """Give each row the article number it prints, unless the row is an article of another document.

    Two such cases are certain. A decision (决定) whose 第…条 do not count up from 第一条 quotes articles of laws or
    treaties. In an amendment (修正案) a row that ends in a colon announces new articles (内容如下：), and the rows
    after it whose numbers jump are those articles.
    """
    numbers = [read_label(d.label) for d in drafts]
    printed = [n for n in numbers if n is not None]
    if law.kind is DocumentKind.DECISION and printed and not _counts_up_from_one(printed):
        numbers = [None] * len(drafts)
    elif law.kind in (DocumentKind.AMENDMENT, DocumentKind.AMENDING_DECISION):
        numbers = _without_announced(drafts, numbers)

    numbered = [replace(d, article=n) for d, n in zip(drafts, numbers, strict=True)]
    found = [
        finding(
            law,
            FindingKind.EMBEDDED_ARTICLE,
            Severity.WARNING,
            d.label,
            "这一行是本文件引述的其他文件的条文，不是本文件自己的条。",
            repaired=True,
            remedy="请按所引的文件引用。",
        )
        for d in numbered
        if d.article is None and read_label(d.label) is not None
    ]
    return numbered, found


def _counts_up_from_one(numbers: list[ArticleNumber]) -> bool:
    return numbers[0] == ArticleNumber(1) and all(a < b for a, b in pairwise(numbers))


def _without_announced(drafts: list[Draft], numbers: list[ArticleNumber | None]) -> list[ArticleNumber | None]:
    kept = list(numbers)
    for i in range(1, len(drafts)):
        before, this = numbers[i - 1], numbers[i]
        announced = kept[i - 1] is None and before is not None
        if before is None or this is None:
            continue
        if announced or (drafts[i - 1].text.endswith(_ANNOUNCING) and this.number > before.number + 1):
            kept[i] = None
    return kept


def report_doubles(law: SourceText, drafts: list[Draft]) -> Mended:
    """Report labels printed twice in one text, and 第…条之… whose arabic number in the source is that of 第…条.

    Nothing is changed: the printed label is the number, and ids of doubles get ``#2``.
    """
    found = [
        finding(
            law,
            FindingKind.DUPLICATE_LABEL,
            Severity.WARNING,
            label,
            f"“{label}”在这一文本中出现 {count} 次，按条号引用时不能确定指哪一处。",
            article=next(d.article for d in drafts if d.label == label),
            remedy="引用时请核对原文。",
        )
        for label, count in Counter(d.label for d in drafts).items()
        if count > 1
    ]
    columns = Counter(r.number for r in law.rows if read_label(r.label))
    found += [
        finding(
            law,
            FindingKind.NUMBER_COLLISION,
            Severity.INFO,
            row.label,
            f"来源的数字条号 {row.number} 同时指“第…条”和“第…条之…”，已按所印条号区分。",
            article=article,
            repaired=True,
        )
        for row in law.rows
        if row.number is not None
        and (article := read_label(row.label))
        and article.insertion
        and columns[row.number] > 1
    ]
    return drafts, found
