"""What a citation in a case or guide points at (引用对应): the law, and its article where the number is surely meant.

An article number belongs to a text of a day. A guide of 2012 that names article 96 does not mean article 96 of a text
of 2021; such a citation points at the law only, and is reported, unless the guide's own quotation proves the article.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.vocabulary import ArticleNumber, Version

_QUOTED = re.compile(r"[^。；“”\n]{0,14}(?:规定|载明)[^“”。\n]{0,8}[“\"](?P<words>[^”\"]{12,300})")
_TOLD = re.compile(r"[^。；“”，,\n]{0,14}(?:规定|载明)[，,：:](?P<words>[^。；“”\n]{15,200})")
_APPLIED = re.compile(r"(?:依据|根据|按照|依照|违反|符合|适用|援引|基于|依|按)[^，。；]{0,12}$")
_LETTER = re.compile(r"[\u4e00-\u9fff0-9]")
_SAME, _OTHER = 0.7, 0.35  # part of a quotation's letter pairs that stand in the article


class Doubt(StrEnum):
    """Why a citation is not tied to an article (存疑原因)."""

    NO_SUCH_ARTICLE = "no_such_article"
    TEXT_NOT_HELD = "text_not_held"  # the text that applied on the citing day, or the named edition
    RENUMBERED = "renumbered"  # today's article of that number is another one
    OTHER_WORDS = "other_words"  # the words quoted do not stand in that article
    OLDER_TEXT = "older_text"  # other citations of the same law in this text are of an older one
    UNDATED = "undated"  # the citing text has no day; the number is taken from the texts held


@dataclass(frozen=True, slots=True)
class Target:
    """Where a citation points: the article if it is surely meant, else None for the law; and the doubt, if any."""

    article: ArticleNumber | None
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class HeldLaw:
    """The served texts of one law, oldest first, the numbers of their articles, and how to read an article."""

    versions: Sequence[Version]
    articles: Mapping[str, frozenset[ArticleNumber]]
    read: Callable[[str, ArticleNumber], str]


def target_of(
    law: HeldLaw, article: ArticleNumber, *, day: dt.date | None, edition: int | None, quotation: str | None
) -> Target:
    """Where a citation of ``article`` in a text of ``day`` points; ``edition`` is the year that the writer names.

    ``quotation`` are the words that the writer quotes as the article's own.
    """
    newest = law.versions[-1]
    holding = [v for v in law.versions if article in law.articles.get(v.id, frozenset())]
    if not holding:
        return Target(None, Doubt.NO_SUCH_ARTICLE)
    current = law.read(newest.id, article) if newest in holding else ""
    if quotation is not None and current and (share := shared_part(quotation, current)) is not None:
        if share >= _SAME:
            return Target(article)
        if share < _OTHER:
            return Target(None, Doubt.OTHER_WORDS)
    meant = _text_of(law.versions, day, edition)
    if meant is None and (day is not None or edition is not None):
        return Target(None, Doubt.TEXT_NOT_HELD)
    if meant is None:
        revised = len(law.versions) > 1 or _had_earlier_text(newest)
        return Target(article, Doubt.UNDATED if revised else None) if current else Target(None, Doubt.RENUMBERED)
    if meant not in holding:
        return Target(None, Doubt.NO_SUCH_ARTICLE)
    if meant is newest:
        return Target(article)
    share = shared_part(law.read(meant.id, article), current) if current else None
    return Target(article) if share is not None and share >= _SAME else Target(None, Doubt.RENUMBERED)


def quotation_after(text: str, start: int, end: int) -> str | None:
    """The words that follow a citation as the article's own: 第二十六条规定：“…”, 规定，…; None where none do.

    依照第一百四十八条规定，… tells what was done, not what the article says.
    """
    match = _QUOTED.match(text, end)
    if match is None and not _APPLIED.search(text[:start]):
        match = _TOLD.match(text, end)
    return match["words"] if match else None


def shared_part(words: str, text: str) -> float | None:
    """The part of the letter pairs of ``words`` that stand in ``text``; None for too few to tell."""
    letters = "".join(_LETTER.findall(words))
    pairs = {letters[i : i + 2] for i in range(len(letters) - 1)}
    if len(pairs) < 8:
        return None
    return sum(pair in text for pair in pairs) / len(pairs)


def start_of(version: Version) -> dt.date | None:
    """The day from which a text counts: its commencement, else its publication."""
    return version.validity.commencement.day or version.validity.published


def _text_of(versions: Sequence[Version], day: dt.date | None, edition: int | None) -> Version | None:
    """The text that is meant: of the edition named, else the one that applied on the day; None where it is not held."""
    if edition is not None:
        named = [v for v in versions if v.validity.published and v.validity.published.year == edition]
        return named[-1] if len(named) == 1 else None
    if day is None:
        return None
    begun = [v for v in versions if (start := start_of(v)) is not None and start <= day]
    return begun[-1] if begun else None


def _had_earlier_text(version: Version) -> bool:
    first, own = version.validity.first_commencement.day, start_of(version)
    return first is not None and own is not None and first < own
