"""The two searches (词面检索、语义检索) behind a question, as plain functions over the index and the encoders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from corpus.encoders.base import DenseEncoder, SparseEncoder, SparseVector
from corpus.index import Hit, Searchable, SearchFilter

DEPTH = 150
"""Hits taken from each search before ranking: Recall@100 decides what ranking can still bring up."""


def search_words(
    index: Searchable, encoder: SparseEncoder, text: str, where: SearchFilter, limit: int = DEPTH
) -> list[Hit]:
    """Passages that share words with a text."""
    query = encoder.encode_query(text)
    return index.search_sparse(query, where, limit) if query.indices else []


def search_terms(
    index: Searchable, encoder: SparseEncoder, terms: Iterable[str], where: SearchFilter, limit: int = DEPTH
) -> list[Hit]:
    """Passages that hold statute terms; a word that several terms share counts once."""
    query = merged([encoder.encode_query(term) for term in dict.fromkeys(terms)])
    return index.search_sparse(query, where, limit) if query.indices else []


def search_meaning(
    index: Searchable, encoder: DenseEncoder, text: str, where: SearchFilter, limit: int = DEPTH
) -> list[Hit]:
    """Passages near in meaning."""
    return index.search_dense(encoder.encode_queries([text])[0], where, limit)


def merged(vectors: Iterable[SparseVector]) -> SparseVector:
    """One vector with, for every term, its greatest weight among ``vectors``."""
    weights: Counter[int] = Counter()
    for vector in vectors:
        for index, value in zip(vector.indices, vector.values, strict=True):
            weights[index] = max(weights[index], value)  # type: ignore[assignment]
    indices = tuple(sorted(weights))
    return SparseVector(indices, tuple(float(weights[i]) for i in indices))
