"""Overlaps and gaps between two lists (清单比对): two bodies with one item, an article that only one list builds on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.citations import Anchor, find_citations, format_citation
from corpus.citations.keys import title_key
from corpus.lists.columns import Column, meaning_of
from corpus.lists.diff import CellChange
from corpus.lists.rows import ListRow, comparable
from corpus.vocabulary import WHOLE_ARTICLE, ArticleNumber, Citation

_PENALTY_FOR = re.compile(r"对(.+?)(?:的)?(?:行为)?的?(?:行政)?处罚")
_BODIES = (Column.SUPERVISING_BODY, Column.PUNISHING_BODY, Column.LEVEL, Column.REGION)


@dataclass(frozen=True, slots=True)
class SameItem:
    """An item that stands in both lists (重复事项), and where the two name other bodies, levels or regions."""

    first: ListRow
    second: ListRow
    differing: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class SharedBasis:
    """An article that rows of both lists build on (共同依据); the rows need not be the same item."""

    article: str  # 《中华人民共和国食品安全法》第一百二十四条
    first: tuple[ListRow, ...]
    second: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class LoneBasis:
    """An article that only one list builds on (单方依据)."""

    article: str
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class ListComparison:
    """Overlaps and gaps (重叠与空缺) of two lists; rows whose basis names no article are told, not guessed."""

    same_items: tuple[SameItem, ...]
    shared_bases: tuple[SharedBasis, ...]
    only_in_first: tuple[LoneBasis, ...]
    only_in_second: tuple[LoneBasis, ...]
    without_article_first: tuple[ListRow, ...] = ()
    without_article_second: tuple[ListRow, ...] = ()


_Key = tuple[str, ArticleNumber]


def compare_lists(first: Sequence[ListRow], second: Sequence[ListRow]) -> ListComparison:
    """Compare two lists by their items and by the articles that their bases name, paragraphs and items left aside."""
    bases_first, bases_second = _by_article(first), _by_article(second)
    shared = [key for key in bases_first if key in bases_second]
    return ListComparison(
        same_items=tuple(SameItem(a, b, tuple(_differing(a, b))) for a, b in _same_items(first, second)),
        shared_bases=tuple(SharedBasis(bases_first[k][0], bases_first[k][1], bases_second[k][1]) for k in shared),
        only_in_first=tuple(LoneBasis(*found) for key, found in bases_first.items() if key not in bases_second),
        only_in_second=tuple(LoneBasis(*found) for key, found in bases_second.items() if key not in bases_first),
        without_article_first=tuple(row for row in first if not articles_of(row)),
        without_article_second=tuple(row for row in second if not articles_of(row)),
    )


def articles_of(row: ListRow) -> Mapping[_Key, str]:
    """The articles that a row's basis columns name, by law and number, each in its canonical form."""
    found: dict[_Key, str] = {}
    for name, cell in row.fields:
        if meaning_of(name) in (Column.BASIS, Column.PENALTY_BASIS, Column.VIOLATED):
            found |= {key: text for key, text in _articles(cell) if key not in found}
    return found


def _articles(text: str) -> Iterable[tuple[_Key, str]]:
    for citation in find_citations(text):
        if citation.anchor is not Anchor.FULL or citation.title is None:
            continue
        for one in citation.citations:
            if one.article is not None:
                whole: Citation = replace(one, path=WHOLE_ARTICLE)
                yield (title_key(one.title), one.article), format_citation(whole)


def _by_article(rows: Sequence[ListRow]) -> dict[_Key, tuple[str, tuple[ListRow, ...]]]:
    found: dict[_Key, tuple[str, tuple[ListRow, ...]]] = {}
    for row in rows:
        for key, text in articles_of(row).items():
            written, known = found.get(key, (text, ()))
            found[key] = (written, (*known, row))
    return found


def _same_items(first: Sequence[ListRow], second: Sequence[ListRow]) -> Iterable[tuple[ListRow, ListRow]]:
    """Items of one name in both lists, every pair of them; 对占用消防车通道的处罚 and 占用消防车通道 are one name.

    Two lists of two bodies number and phrase their items on their own: codes and like names prove nothing here.
    """
    by_name: dict[str, list[ListRow]] = defaultdict(list)
    for row in second:
        by_name[_item_name(row)].append(row)
    return [(row, other) for row in first if _item_name(row) for other in by_name.get(_item_name(row), ())]


def _item_name(row: ListRow) -> str:
    name = comparable(row.name)
    found = _PENALTY_FOR.fullmatch(name)
    return found[1] if found else name.removesuffix("的")


def _differing(first: ListRow, second: ListRow) -> Iterable[CellChange]:
    for meaning in _BODIES:
        ours, theirs = first.value(meaning), second.value(meaning)
        if ours and theirs and comparable(ours) != comparable(theirs):
            yield CellChange(meaning.zh, ours, theirs)
