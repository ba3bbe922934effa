"""Which paragraphs (款) of an article stayed when it was amended (款的变动). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.structure import Paragraph, split_article

_LEANS = re.compile(r"前(?:[一二两三四五六七八九十]+)?[款项]|[上本]款|本条|前述|上述|第[一二三四五六七八九十百]+款")
"""Words by which a paragraph speaks of the others of its article."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the paragraphs stand in the new text, and the words of what is new beside them, without white space."""

    span: tuple[int, int]
    added: str


def paragraphs_kept(earlier: str, span: tuple[int, int], later: str) -> Kept | None:
    """The paragraphs of ``earlier`` that ``span`` touches, where ``later`` has them with the same words and number.

    None where one of them is not there so; where they are the whole article; and where they, or what was changed beside
    them, speak of other paragraphs of the article, so that their meaning may have changed while their words did not.
    """
    before, after = split_article(earlier).paragraphs, split_article(later).paragraphs
    quoted = [p for p in before if p.start < span[1] and span[0] < p.end]
    if not quoted or len(quoted) == len(before) > 1 or quoted[-1].number > len(after):
        return None
    stayed = after[quoted[0].number - 1 : quoted[-1].number]
    words = [_words(earlier, p) for p in quoted]
    if words != [_words(later, p) for p in stayed]:
        return None
    held, found = {_words(earlier, p) for p in before}, {_words(later, p) for p in after}
    if any(_LEANS.search(told) for told in (*words, *(held ^ found))):
        return None
    return Kept((stayed[0].start, stayed[-1].end), "\n".join(sorted(found - held)))


def _words(text: str, paragraph: Paragraph) -> str:
    return "".join(text[paragraph.start : paragraph.end].split())
