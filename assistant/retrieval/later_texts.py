"""Questions written for a later text of a law (后来文本上的口语问法), for a day on which it was not in force yet.

A spoken question leads to the words it was written for, mostly today's, and the index finds only what is in force on
the day asked about. So of an earlier day the street words would lead nowhere. Here the questions of a law's later texts
are searched as well, and each leads to the articles of that day that its own article continues; the question of an
article that was added since leads to none.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from threading import Lock
from typing import NamedTuple

from assistant.catalogue import Catalogue
from corpus.comparison import continued
from corpus.encoders.base import SparseVector
from corpus.index import Hit, Searchable, SearchFilter
from corpus.index.base import DenseVector
from corpus.store import CorpusStore
from corpus.validity.standing import serving_span
from corpus.vocabulary import SPOKEN_MARK, Shelf

_DAYS = 64  # remembered: those asked about just now
_PAIRS = 256


class Continuations:
    """Which articles of a text an article of a later one continues; remembered. Safe to share between threads."""

    def __init__(self, texts: CorpusStore) -> None:
        self._texts = texts
        self._known: OrderedDict[tuple[str, str], Mapping[str, tuple[str, ...]]] = OrderedDict()
        self._lock = Lock()

    def of(self, provision_id: str, version_id: str) -> tuple[str, ...]:
        """Ids of the articles of the version that the provision of another version continues."""
        key = (provision_id.partition("/")[0], version_id)
        with self._lock:  # two searches of one question ask for the same
            known = self._known.get(key)
            if known is None:
                later, earlier = (self._texts.provisions(version) for version in key)
                known = self._known[key] = continued(earlier, later)
            self._known.move_to_end(key)
            while len(self._known) > _PAIRS:
                self._known.popitem(last=False)
        return known.get(provision_id, ())


class WithLaterTexts:
    """An index in which the questions of later texts find their articles of the day too; implements ``Searchable``."""

    def __init__(self, index: Searchable, catalogue: Catalogue, continuations: Continuations) -> None:
        self._index = index
        self._continuations = continuations
        self._replaced = lru_cache(_DAYS)(partial(_replaced_since, catalogue))

    def search_sparse(self, query: SparseVector, where: SearchFilter, limit: int) -> list[Hit]:
        return self._search(lambda w: self._index.search_sparse(query, w, limit), where, limit)

    def search_dense(self, query: DenseVector, where: SearchFilter, limit: int) -> list[Hit]:
        return self._search(lambda w: self._index.search_dense(query, w, limit), where, limit)

    def _search(self, search: Callable[[SearchFilter], list[Hit]], where: SearchFilter, limit: int) -> list[Hit]:
        hits = search(where)
        if where.as_of is None or (where.shelves is not None and Shelf.LAW not in where.shelves):
            return hits
        replaced = self._replaced(where.as_of)
        documents = frozenset(replaced) & where.document_ids if where.document_ids is not None else frozenset(replaced)
        if not documents:
            return hits
        others = search(replace(where, as_of=None, document_ids=documents))
        led = [moved for hit in others for moved in self._led_to(hit, replaced[hit.document_id])]
        kept = [hit for hit in led if hit.provision_id not in where.exclude_provision_ids]
        return sorted([*hits, *kept], key=lambda hit: (-hit.score, hit.passage_id))[:limit] if kept else hits

    def _led_to(self, hit: Hit, texts: _Texts) -> list[Hit]:
        """Articles of the text of that day that a question of a later text leads to; none for what is no question."""
        own, mark, number = hit.passage_id.partition(SPOKEN_MARK)
        if not mark or hit.version_id not in texts.later:
            return []
        articles = self._continuations.of(own, texts.of_day)
        return [Hit(f"{id_}{mark}{number}@{own}", id_, texts.of_day, hit.document_id, hit.score) for id_ in articles]


class _Texts(NamedTuple):
    """Ids of a document's text of a day and of those that came after it."""

    of_day: str
    later: frozenset[str]


def _replaced_since(catalogue: Catalogue, day: dt.date) -> dict[str, _Texts]:
    """The texts of every document of which one of that day and a later one are held, by its id."""
    found = {}
    for document, versions in catalogue.versions_of.items():
        if len(versions) < 2:
            continue
        spans = [(v.id, span) for v in versions if (span := serving_span(v.validity)) is not None]
        of_day = [v for v, (start, end) in spans if start <= day and (end is None or day < end)]
        later = frozenset(v for v, (start, _) in spans if day < start)
        if len(of_day) == 1 and later:
            found[document] = _Texts(of_day[0], later)
    return found
