"""A citation as it stands in a text (所见引用), before anybody asks what it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.vocabulary import ArticleNumber, Citation


class Anchor(StrEnum):
    """What a citation hangs on (引用依托)."""

    FULL = "full"  # 《行政处罚法》第三十三条; also 第三十三条 alone, its law unsaid
    THIS_LAW = "this_law"  # 本法第三十三条, 该条例第五条
    THIS_ARTICLE = "this_article"  # 本条第二款
    PRECEDING = "preceding"  # 前款, 前两项, 前条


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """One written reference with its half-open span; a list or range is one reference with several citations.

    ``title`` is the law as written without 《》 (处罚法), None where none is written; the citations carry the same
    words (or ``""``). ``ranges`` are the ends of 第三十二条至第三十四条: the whole numbers between are among the
    citations, numbers such as 第三十三条之一 only the law itself knows. ``edition`` is the year that the writer gives
    (2021修订); ``defined`` the full title that the text itself has defined ``title`` to mean (以下简称《办法》).
    """

    start: int
    end: int
    written: str
    anchor: Anchor
    title: str | None
    citations: tuple[Citation, ...]
    ranges: tuple[tuple[ArticleNumber, ArticleNumber], ...] = ()
    edition: int | None = None
    defined: str | None = None
