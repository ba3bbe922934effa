"""Questions written for another text of a law (别的文本上的口语问法), for a day on which that text was not in force.

A spoken question leads to the words it was written for, mostly today's, and the index finds only what is in force on
the day asked about. So of an earlier day the street words would lead nowhere. Here the questions of a law's later texts
are searched as well, and each leads to the article of that day that its own article continues.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from assistant.catalogue import Catalogue
from corpus.comparison import Predecessors
from corpus.encoders.base import SparseVector
from corpus.index import Hit, Searchable, SearchFilter
from corpus.index.base import DenseVector
from corpus.store import CorpusStore
from corpus.validity.standing import serving_span
from corpus.vocabulary import SPOKEN_MARK, Shelf

_DAYS = 64  # remembered: those asked about just now
_TEXTS = 128
_ARTICLES = 20_000


class WithOtherTexts:
    """An index in which the questions of later texts find their articles of the day too; implements ``Searchable``."""

    def __init__(self, index: Searchable, catalogue: Catalogue, texts: CorpusStore) -> None:
        self._index = index
        self._catalogue = catalogue
        self._texts = texts
        self._replaced_since = lru_cache(_DAYS)(self._find_replaced)
        self._predecessors = lru_cache(_TEXTS)(lambda version: Predecessors(texts.provisions(version)))
        self._continued = lru_cache(_ARTICLES)(self._find_continued)

    def search_sparse(self, query: SparseVector, where: SearchFilter, limit: int) -> list[Hit]:
        return self._search(lambda w: self._index.search_sparse(query, w, limit), where, limit)

    def search_dense(self, query: DenseVector, where: SearchFilter, limit: int) -> list[Hit]:
        return self._search(lambda w: self._index.search_dense(query, w, limit), where, limit)

    def _search(self, search: Callable[[SearchFilter], list[Hit]], where: SearchFilter, limit: int) -> list[Hit]:
        hits = search(where)
        if where.as_of is None or (where.shelves is not None and Shelf.LAW not in where.shelves):
            return hits
        replaced = self._replaced_since(where.as_of)
        documents = frozenset(replaced) & where.document_ids if where.document_ids is not None else frozenset(replaced)
        if not documents:
            return hits
        others = search(replace(where, as_of=None, document_ids=documents))
        led = [moved for hit in others for moved in self._led_to(hit, replaced[hit.document_id])]
        kept = [hit for hit in led if hit.provision_id not in where.exclude_provision_ids]
        return sorted([*hits, *kept], key=lambda hit: (-hit.score, hit.passage_id))[:limit] if kept else hits

    def _led_to(self, hit: Hit, version: str) -> list[Hit]:
        """Articles of the text of that day that a question of another text leads to; none for what is no question."""
        own, mark, number = hit.passage_id.partition(SPOKEN_MARK)
        if not mark or hit.version_id == version:
            return []
        articles = self._continued(own, version)
        return [Hit(f"{id_}{mark}{number}", id_, version, hit.document_id, hit.score) for id_ in articles]

    def _find_replaced(self, day: dt.date) -> dict[str, str]:
        """Document id → its text of that day, for all documents of which a later text is held."""
        found = {}
        for document, versions in self._catalogue.versions_of.items():
            if len(versions) < 2:
                continue
            spans = [(v.id, span) for v in versions if (span := serving_span(v.validity)) is not None]
            of_day = [v for v, (start, end) in spans if start <= day and (end is None or day < end)]
            if len(of_day) == 1 and any(day < start for _, (start, _) in spans):
                found[document] = of_day[0]
        return found

    def _find_continued(self, provision_id: str, version_id: str) -> tuple[str, ...]:
        """Ids of the articles of a text that an article of another text continues."""
        article = self._texts.provision(provision_id)
        return tuple(p.id for p in self._predecessors(version_id).of(article)) if article is not None else ()
