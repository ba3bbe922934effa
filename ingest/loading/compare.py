"""Two texts of one day compared article by article (文本对照): the same law, or where the words part.

Pure. White space and punctuation marks do not count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.citations.format import format_article
from corpus.vocabulary import ArticleNumber, Provision
from ingest.loading.identity import plain

WORDS_SHOWN = 12
ARTICLES_SHOWN = 10
OUTSIDE = "条文以外的部分"


@dataclass(frozen=True, slots=True)
class ArticleDifference:
    """One article that differs: the words of either text from where they part, None where a text lacks it."""

    label: str
    ours: str | None
    theirs: str | None

    def __str__(self) -> str:
        if self.ours is None:
            return f"{self.label}（仅此来源有）"
        if self.theirs is None:
            return f"{self.label}（此来源缺）"
        return f"{self.label}（采用本作“{self.ours}”，此来源作“{self.theirs}”）"


def differences(ours: Sequence[Provision], theirs: Sequence[Provision]) -> list[ArticleDifference]:
    """Where ``theirs`` differs from ``ours``, the text that is served; empty for the same text.

    Numbered articles are compared by number. What has no number (序言, 附件, rows of tables) is compared as one text,
    and differs only where ``theirs`` has words there that ``ours`` does not have.
    """
    ours_by_number, ours_rest = _parts(ours)
    theirs_by_number, theirs_rest = _parts(theirs)
    found = list(_of_articles(ours_by_number, theirs_by_number))
    without_numbers = not ours_by_number and not theirs_by_number
    if theirs_rest not in ours_rest or (without_numbers and theirs_rest != ours_rest):
        found.append(_parting(OUTSIDE, ours_rest, theirs_rest))
    return found


def describe(found: Sequence[ArticleDifference]) -> str:
    """The differences in one line for people, the first ones with their words."""
    shown = "；".join(str(d) for d in found[:ARTICLES_SHOWN])
    more = f"；等共 {len(found)} 处" if len(found) > ARTICLES_SHOWN else ""
    return f"{shown}{more}"


def _parts(provisions: Sequence[Provision]) -> tuple[dict[ArticleNumber, str], str]:
    numbered: dict[ArticleNumber, str] = {}
    rest: list[str] = []
    for provision in provisions:
        if provision.article is not None:
            numbered[provision.article] = numbered.get(provision.article, "") + plain(provision.text)
        else:
            rest.append(plain(provision.text))
    return numbered, "".join(rest)


def _of_articles(ours: Mapping[ArticleNumber, str], theirs: Mapping[ArticleNumber, str]) -> Iterator[ArticleDifference]:
    for number in sorted(ours.keys() | theirs.keys()):
        one, other = ours.get(number), theirs.get(number)
        if one != other:
            yield _parting(format_article(number), one, other)


def _parting(label: str, ours: str | None, theirs: str | None) -> ArticleDifference:
    if not ours or not theirs:
        return ArticleDifference(label, ours or None, theirs or None)
    same = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs)))
    start = max(0, same - 4)
    return ArticleDifference(label, _shown(ours, start), _shown(theirs, start))


def _shown(words: str, start: int) -> str:
    piece = words[start : start + WORDS_SHOWN]
    return f"{'…' if start else ''}{piece}{'…' if start + WORDS_SHOWN < len(words) else ''}"
