"""A place for the index (索引槽): the service holds the slot, the index in it may come later or be replaced.

While the slot is empty a search finds nothing; when the index could not be opened, a search raises that error.
"""

from __future__ import annotations

from corpus.encoders.base import SparseVector
from corpus.errors import EAssistantError
from corpus.index import DenseVector, Hit, SearchFilter, VectorIndex


class IndexSlot:
    """Hands searches to the index it holds. Setting and searching from different threads is safe."""

    def __init__(self) -> None:
        self._index: VectorIndex | None = None
        self._error: EAssistantError | None = None

    @property
    def index(self) -> VectorIndex | None:
        return self._index

    def put(self, index: VectorIndex) -> None:
        self._index, self._error = index, None

    def fail(self, error: EAssistantError) -> None:
        """Remember why there is no index; searches raise it until one is put in."""
        self._index, self._error = None, error

    def take(self) -> VectorIndex | None:
        """Empty the slot, handing out what was in it."""
        index, self._index, self._error = self._index, None, None
        return index

    def search_sparse(self, query: SparseVector, where: SearchFilter, limit: int) -> list[Hit]:
        index = self._present()
        return index.search_sparse(query, where, limit) if index else []

    def search_dense(self, query: DenseVector, where: SearchFilter, limit: int) -> list[Hit]:
        index = self._present()
        return index.search_dense(query, where, limit) if index else []

    def _present(self) -> VectorIndex | None:
        if self._error is not None:
            raise self._error
        return self._index
