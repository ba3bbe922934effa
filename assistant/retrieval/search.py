"""The two searches (词面检索、语义检索) behind a question, as plain functions over the index and the encoders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from corpus.encoders.base import DenseEncoder, SparseEncoder, SparseVector
from corpus.index import Hit, Searchable, SearchFilter
from corpus.vocabulary import SPOKEN_MARK

DEPTH = 150
"""Provisions taken from each search before ranking: Recall@100 decides what ranking can still bring up."""

PASSAGES = 450
"""Passages looked through for them: several passages and spoken questions lead to one provision."""

_TEXTS = 512
"""Questions and statute terms whose words are remembered: one question is searched on several shelves, and the terms
of the lexicon come again and again."""


class RememberedWords:
    """A ``SparseEncoder`` that remembers the queries it encoded last."""

    def __init__(self, encoder: SparseEncoder) -> None:
        self.id = encoder.id
        self.encode_query = lru_cache(maxsize=_TEXTS)(encoder.encode_query)
        self.encode_passage = encoder.encode_passage


def search_words(
    index: Searchable, encoder: SparseEncoder, text: str, where: SearchFilter, limit: int = DEPTH
) -> list[Hit]:
    """Passages that share words with a text, of the best ``limit`` provisions."""
    query = encoder.encode_query(text)
    return _first(index.search_sparse(query, where, _passages(limit)), limit) if query.indices else []


def search_terms(
    index: Searchable, encoder: SparseEncoder, terms: Iterable[str], where: SearchFilter, limit: int = DEPTH
) -> list[Hit]:
    """Passages that hold statute terms; a word that several terms share counts once."""
    query = merged([encoder.encode_query(term) for term in dict.fromkeys(terms)])
    return _first(index.search_sparse(query, where, _passages(limit)), limit) if query.indices else []


def search_meaning(
    index: Searchable, encoder: DenseEncoder, text: str, where: SearchFilter, limit: int = DEPTH
) -> list[Hit]:
    """Passages near in meaning: of the best ``limit`` provisions by their words, of as many by what is asked of them.

    Taken apart, for a question is nearer to another question than to any article.
    """
    told: set[str] = set()
    asked: set[str] = set()
    kept = []
    for hit in index.search_dense(encoder.encode_queries([text])[0], where, 2 * _passages(limit)):
        provisions = asked if SPOKEN_MARK in hit[0] else told
        if hit[1] in provisions:
            kept.append(hit)
        elif len(provisions) < limit:
            provisions.add(hit[1])
            kept.append(hit)
    return kept


def _passages(provisions: int) -> int:
    return provisions * PASSAGES // DEPTH


def _first(hits: Sequence[Hit], provisions: int) -> list[Hit]:
    """The hits of the first ``provisions`` provisions."""
    kept: set[str] = set()
    first = []
    for hit in hits:
        if hit[1] not in kept:
            if len(kept) == provisions:
                continue
            kept.add(hit[1])
        first.append(hit)
    return first


def merged(vectors: Iterable[SparseVector]) -> SparseVector:
    """One vector with, for every term, its greatest weight among ``vectors``."""
    weights: Counter[int] = Counter()
    for vector in vectors:
        for index, value in zip(vector.indices, vector.values, strict=True):
            weights[index] = max(weights[index], value)  # type: ignore[assignment]
    indices = tuple(sorted(weights))
    return SparseVector(indices, tuple(float(weights[i]) for i in indices))
