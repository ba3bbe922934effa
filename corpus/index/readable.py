"""The index as a reader searches it (可见索引): hidden documents are left out inside every query, not after it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from corpus.encoders.base import SparseVector
from corpus.index.base import DenseVector, Hit, Searchable, SearchFilter


class ReadableIndex:
    """An index or index slot without the ``hidden`` documents; implements ``Searchable``."""

    def __init__(self, whole: Searchable, hidden: Collection[str]) -> None:
        self._whole = whole
        self._hidden = frozenset(hidden)

    def search_sparse(self, query: SparseVector, where: SearchFilter, limit: int) -> list[Hit]:
        return self._whole.search_sparse(query, self._without_hidden(where), limit)

    def search_dense(self, query: DenseVector, where: SearchFilter, limit: int) -> list[Hit]:
        return self._whole.search_dense(query, self._without_hidden(where), limit)

    def _without_hidden(self, where: SearchFilter) -> SearchFilter:
        excluded = where.exclude_document_ids
        hidden = excluded | self._hidden if excluded else self._hidden  # the same set each time is compared at once
        return replace(where, exclude_document_ids=hidden)
