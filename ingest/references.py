"""References inside one text (条文互引): 违反本法第二十八条规定的 ties the penalty to the duty it sanctions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.vocabulary import ArticleNumber, Provision
from ingest.faults.numbering import read_label

_NUMERAL = "[零一二三四五六七八九十百千]+"
_ARTICLE = rf"第{_NUMERAL}条(?:之{_NUMERAL})?"
_BELOW = rf"(?:第{_NUMERAL}[款项目]|第（{_NUMERAL}）项)"
_AND = "(?:、|和|与|或者|或|及|以及|至|到)"
# 本法第二十八条第一款、第三十条至第三十二条, 本条例第五条
_CHAIN = re.compile(
    rf"本(?:法|条例|规定|办法|规则|决定)(?P<chain>{_ARTICLE}{_BELOW}*(?:{_AND}(?:{_ARTICLE}{_BELOW}*|{_BELOW}+))*)"
)
_ARTICLE_OR_RANGE = re.compile(rf"({_ARTICLE}){_BELOW}*(?:[至到]({_ARTICLE}))?")


def cross_references(provisions: Sequence[Provision]) -> list[tuple[str, str]]:
    """Pairs (from, to) of provision ids: each article with the articles of the same text that it names as 本法第…条.

    A range (第三十二条至第三十四条) names all that lie between. An article that names itself, and a number that the
    text does not have, give nothing.
    """
    ids = {p.article: p.id for p in provisions if p.article is not None}
    known = sorted(ids)
    pairs = (
        (provision.id, target)
        for provision in provisions
        for article in _named(provision.text, known)
        if (target := ids.get(article)) is not None and target != provision.id
    )
    return list(dict.fromkeys(pairs))


def _named(text: str, known: Sequence[ArticleNumber]) -> Iterator[ArticleNumber]:
    for chain in _CHAIN.finditer(text):
        for match in _ARTICLE_OR_RANGE.finditer(chain["chain"]):
            first = read_label(match.group(1))
            last = read_label(match.group(2)) if match.group(2) else first
            if first is not None and last is not None:
                yield from (n for n in known if first <= n <= last)
