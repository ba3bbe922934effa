"""References inside one text (条文互引): 违反本法第二十八条规定的 ties the penalty to the duty it sanctions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.citations.found import Anchor, FoundCitation
from corpus.citations.parse import find_citations
from corpus.numerals import parse_number
from corpus.vocabulary import ArticleNumber, Provision

# A text without these words names no article of its own law; most do not have them.
_HINT = re.compile(r"本(?:法|条例|规定|办法|规则|决定|细则)|前[一两二三四五六七八九十]{0,2}条|上一?条")
_BEFORE = re.compile(r"[前上](?P<how_many>[一两二三四五六七八九十]*)条")


def cross_references(provisions: Sequence[Provision]) -> list[tuple[str, str]]:
    """Pairs (from, to) of provision ids: each article with the articles of the same text that it names.

    Named are 本法第…条, all articles of a range (第三条至第五条), and 前条, 前两条. An article that names itself,
    and a number that the text does not have, give nothing. ``provisions`` are all of one text, in printed order.
    """
    numbered = [p for p in provisions if p.article is not None]
    ids = {p.article: p.id for p in numbered if p.article is not None}
    places = {p.id: place for place, p in enumerate(numbered)}
    pairs: list[tuple[str, str]] = []
    for provision in provisions:
        if not _HINT.search(provision.text):
            continue
        for found in find_citations(provision.text):
            if found.anchor is Anchor.THIS_LAW and found.written.startswith("本"):
                pairs += [(provision.id, ids[a]) for a in _articles(found, sorted(ids)) if a in ids]
            elif found.anchor is Anchor.PRECEDING and provision.id in places:
                place = places[provision.id]
                pairs += [(provision.id, p.id) for p in numbered[max(0, place - _how_many(found)) : place]]
    return [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]


def _articles(found: FoundCitation, known: Sequence[ArticleNumber]) -> Iterator[ArticleNumber]:
    """Those written out, and those that lie in a range in this text (第三十三条之一)."""
    yield from (c.article for c in found.citations if c.article is not None)
    for first, last in found.ranges:
        yield from (article for article in known if first <= article <= last)


def _how_many(found: FoundCitation) -> int:
    """How many articles before its own a reference means: 前条 one, 前两条 two; 前款 and 前项 none."""
    match = _BEFORE.match(found.written)
    if match is None:
        return 0
    return parse_number(match["how_many"]) if match["how_many"] else 1
