"""Finding citations in any text (引用识别): what people write, kept as written.

``find_citations`` neither knows which laws exist nor what they say; ``names`` and ``resolve`` do. It would rather
miss than invent: 三十条街, 两条建议, 劳动合同第三条 and 第三十条生产线 are no citations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.citations import grammar
from corpus.citations.chain import Chain, read_articles, read_below
from corpus.citations.found import Anchor, FoundCitation
from corpus.citations.spans import overlaps
from corpus.citations.titles import (
    TitleFinder,
    WrittenTitle,
    follows_no_law,
    own_law_before,
    quoted_titles,
    split_edition,
    title_before,
)
from corpus.vocabulary import Citation

# 《行政处罚法》（以下简称《处罚法》）, （以下简称“本条例”）
_DEFINITION = re.compile(
    r"》[（(][^（）()\n]{0,30}以下简称为?\s*[《“\"]?(?P<short>[\u4e00-\u9fff]{1,20})[》”\"]?\s*[）)]"
)
_BEING_DEFINED = re.compile(r"(?:简称|称)为?\s*$")


def find_citations(text: str, names: TitleFinder | None = None) -> list[FoundCitation]:
    """Every citation in ``text``, in order, spans disjoint.

    ``names`` (a ``NameTable``) tells where a bare title begins (当事人李某违反|消防法第二十八条); without it the words
    around decide. A law in 《》 without article is a citation of the whole law.
    """
    titles = quoted_titles(text)
    definitions = _definitions(text, titles)
    found: list[FoundCitation] = []
    floor = 0
    for start, relative in _starts(text):
        if start < floor or overlaps(titles, start, start + 1):
            continue
        citation = _relative(text, start) if relative else _with_article(text, start, floor, names)
        if citation is not None:
            found.append(_defined(citation, definitions))
            floor = citation.end
    alone = [title for title in titles if _stands_alone(text, title) and not overlaps(found, title.start, title.end)]
    found += [_defined(_whole(text, title), definitions) for title in alone]
    return sorted(found, key=lambda citation: citation.start)


def _starts(text: str) -> list[tuple[int, bool]]:
    """Where an article, an entry or a relative reference (true) may begin."""
    articles = [(match.start(), False) for piece in (grammar.ARTICLE, grammar.ENTRY) for match in piece.finditer(text)]
    return sorted(articles + [(match.start(), True) for match in grammar.RELATIVE.finditer(text)])


def _with_article(text: str, start: int, floor: int, names: TitleFinder | None) -> FoundCitation | None:
    entry = grammar.ENTRY.match(text, start)
    chain = Chain((), entry.end()) if entry else read_articles(text, start)
    if chain is None or follows_no_law(text, start, floor):
        return None
    ordinal = text[start] == "第" or entry is not None
    title = title_before(text, start, floor, ordinal=ordinal, finder=names)
    own = None if title or entry else own_law_before(text, start, floor)
    if title is None and (entry or not (ordinal or own is not None)):
        return None
    words = title.words if title else ""
    if entry:
        below = read_below(text, entry.end())
        citations = tuple(Citation(words, None, place.path, label=entry.group()) for place in below.places)
        chain = below
    else:
        citations = tuple(Citation(words, place.article, place.path) for place in chain.places)
    begin = title.start if title else own if own is not None else start
    return FoundCitation(
        start=begin,
        end=chain.end,
        written=text[begin : chain.end],
        anchor=Anchor.FULL if own is None else Anchor.THIS_LAW,
        title=title.words if title else None,
        citations=citations,
        ranges=chain.ranges,
        edition=title.edition if title else None,
    )


def _relative(text: str, start: int) -> FoundCitation | None:
    match = grammar.RELATIVE.match(text, start)
    if match is None:
        return None
    chain = read_below(text, match.end())
    return FoundCitation(
        start=start,
        end=chain.end,
        written=text[start : chain.end],
        anchor=Anchor.THIS_ARTICLE if match["word"].startswith("本") else Anchor.PRECEDING,
        title=None,
        citations=tuple(Citation("", None, place.path, label=match["word"]) for place in chain.places),
    )


@dataclass(frozen=True, slots=True)
class _Definition:
    """From ``end`` on, ``short`` means the law that ``words`` names: 《…管理办法》（以下简称《办法》）."""

    short: str
    words: str
    end: int


def _definitions(text: str, titles: Sequence[WrittenTitle]) -> list[_Definition]:
    words_by_end = {title.end: title.words for title in titles}
    return [
        _Definition(match["short"], words_by_end[match.start() + 1], match.end())
        for match in _DEFINITION.finditer(text)
        if match.start() + 1 in words_by_end
    ]


def _defined(citation: FoundCitation, definitions: Sequence[_Definition]) -> FoundCitation:
    for definition in reversed(definitions):
        if definition.short == citation.title and definition.end <= citation.start:
            return replace(citation, defined=definition.words)
    return citation


# ---- titles in 《》 -----------------------------------------------------------------------------------------


def _stands_alone(text: str, title: WrittenTitle) -> bool:
    """Whether a law in 《》 is cited as such: it has a law's name and is not just being defined."""
    named = grammar.LAW_WORD.search(title.words) or grammar.LAW_WORD.search(split_edition(title.words)[0])
    return bool(named) and not _BEING_DEFINED.search(text[max(0, title.start - 4) : title.start])


def _whole(text: str, title: WrittenTitle) -> FoundCitation:
    return FoundCitation(
        start=title.start,
        end=title.end,
        written=text[title.start : title.end],
        anchor=Anchor.FULL,
        title=title.words,
        citations=(Citation(title.words),),
        edition=title.edition,
    )
