"""The verbatim check (引文核验): a quotation is the provision's own words and nobody else's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

_ARTICLE_START = re.compile(
    r"^\s*(第[〇零一二三四五六七八九十百千两]+条(?:之[一二三四五六七八九十]+)?)[\s　]", re.MULTILINE
)

OPENING_LENGTH = 40
"""Characters of another article's beginning that count as that article's text; shorter ones may recur by chance."""


class QuoteFault(StrEnum):
    """What is wrong with a quotation."""

    EMPTY = "empty"
    NOT_VERBATIM = "not_verbatim"  # not a substring of the stored provision
    FOREIGN_MARKER = "foreign_marker"  # a line of it begins another article: 第…条
    FOREIGN_TEXT = "foreign_text"  # another article of the same text begins in it


def quote_faults(quote: str, provision: str, others: Iterable[str]) -> list[QuoteFault]:
    """Faults of ``quote`` taken from ``provision``; ``others`` are the texts of the other articles of that version.

    Another article of the very same beginning as the provision itself cannot be told apart and is passed over.
    """
    if not quote.strip():
        return [QuoteFault.EMPTY]
    faults = []
    if quote not in provision:
        faults.append(QuoteFault.NOT_VERBATIM)
    if _ARTICLE_START.search(quote):
        faults.append(QuoteFault.FOREIGN_MARKER)
    own = bare(provision)[:OPENING_LENGTH]
    beginnings = _beginnings(quote)
    for other in others:
        opening = bare(other)[:OPENING_LENGTH]
        if len(opening) == OPENING_LENGTH and opening != own and any(b.startswith(opening) for b in beginnings):
            faults.append(QuoteFault.FOREIGN_TEXT)
            break
    return faults


def _beginnings(quote: str) -> list[str]:
    """The quotation from each of its sentences on: where another article could have run into it.

    In the middle of a sentence two articles may have the same words by right, such as a list of the same actors.
    """
    starts = [0, *(m.end() for m in re.finditer(r"[。\n]", quote))]
    return [bare(quote[start : start + 4 * OPENING_LENGTH]) for start in starts]


def bare(text: str) -> str:
    """Letters and digits only, full-width forms folded: what two prints of the same words share."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[0] in "LN")


def points_found(points: Iterable[str], text: str) -> list[bool]:
    """For each answer point (答案要点), whether ``text`` holds it once punctuation and white space are set aside."""
    words = bare(text)
    return [bare(point) in words for point in points]
