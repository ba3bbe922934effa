"""Articles that an amendment held in the corpus changed in a text that does not yet contain the change (条文修改)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.validity.facts import AmendedArticle
from corpus.validity.places import meant_by
from corpus.validity.reading import TextReading
from corpus.validity.wording import title_key
from corpus.vocabulary import ArticleNumber, DatedFact


def amended_articles(
    amenders: Sequence[TextReading],
    versions_by_key: Mapping[str, Sequence[TextReading]],
    commencements: Mapping[str, DatedFact],
    ends: Mapping[str, DatedFact],
) -> Iterator[AmendedArticle]:
    """Every article of a held text that an amendment published after that text changed while it applied.

    The 刑法 held was published on 2020年12月26日: 修正案（十一） of that day is contained in it, 修正案（十二） is not.
    Where an amendment lets later articles move (增加一条，作为第五条), every article from there on is listed.
    """
    for amender in amenders:
        published = amender.facts.published
        effective = commencements[amender.facts.version_id].day
        for key in sorted(amender.amends):
            for version in meant_by(amender.facts.document, versions_by_key.get(key, ())):
                facts, end = version.facts, ends[version.facts.version_id].day
                if published is None or facts.published is None or facts.published >= published:
                    continue
                if end is not None and effective is not None and end <= effective:
                    continue
                for article, provision_id in _changed(amender, version, key).items():
                    yield AmendedArticle(facts.version_id, article, provision_id, effective)


def _changed(amender: TextReading, version: TextReading, key: str) -> dict[ArticleNumber, str]:
    changed: dict[ArticleNumber, str] = {}
    mover: tuple[int, str] | None = None
    for target in amender.targets:
        if title_key(target.title) != key:
            continue
        changed.setdefault(target.article, target.provision_id)
        if target.renumbered_to or (target.added and not target.article.insertion):
            mover = min(
                mover or (target.article.number, target.provision_id), (target.article.number, target.provision_id)
            )
    if mover is not None:
        for article in version.articles:
            if article.number >= mover[0]:
                changed.setdefault(article, mover[1])
    return changed
