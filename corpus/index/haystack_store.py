"""The index as a Haystack document store (Haystack 文档库), so that any Haystack pipeline can hold it.

A document here is a passage without its text: id, facts as ``meta``, vectors. The text is read from the relational
store by whoever shows it. Filters are Haystack's own dictionaries, as far as the index knows their fields, so that a
pipeline written for qdrant-haystack's store runs on the embedded index, too.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
from haystack import Document, default_from_dict, default_to_dict
from haystack.dataclasses import SparseEmbedding
from haystack.document_stores.errors import DuplicateDocumentError
from haystack.document_stores.types import DuplicatePolicy

from corpus.encoders.base import SparseVector
from corpus.errors import InvalidInput
from corpus.index.base import Fingerprint, Hit, IndexPoint, PointFacts, VectorIndex
from corpus.index.factory import open_index
from corpus.index.haystack_filters import search_filter
from corpus.index.points import FACT_FIELDS, facts_of, facts_payload, with_vectors
from corpus.index.settings import IndexSettings

_OPEN: WeakValueDictionary[tuple[str, str], VectorIndex] = WeakValueDictionary()
_OPENING = threading.Lock()


class IndexDocumentStore:
    """A Haystack document store over the vector index.

    An embedded index has one owner, so all stores of a process that name the same place share one open index: one
    restored from YAML finds the index that ``share`` has announced, and opens it only when there is none.
    """

    def __init__(
        self,
        folder: str,
        sparse_encoder: str,
        dense_encoder: str,
        passage_format: str,
        dimension: int,
        url: str | None = None,
        collection: str = "eassistant",
    ) -> None:
        """Nothing is opened before the first use. ``folder`` is where an embedded index lies; ``url`` a server's."""
        self.folder = folder
        self.fingerprint = Fingerprint(sparse_encoder, dense_encoder, passage_format)
        self.dimension = dimension
        self.settings = IndexSettings(url=url, collection=collection)
        self._index: VectorIndex | None = None

    @property
    def index(self) -> VectorIndex:
        """The index itself. Raises IndexMismatch or IndexUnavailable when it cannot be opened."""
        with _OPENING:
            if self._index is None:
                self._index = _OPEN.get(self._place)
            if self._index is None:
                self._index = open_index(self.settings, Path(self.folder), self.fingerprint, self.dimension)
                _OPEN[self._place] = self._index
            return self._index

    def share(self, index: VectorIndex) -> None:
        """Use an index that is already open, here and in every store of this process that names the same place."""
        with _OPENING:
            self._index = _OPEN[self._place] = index

    @property
    def _place(self) -> tuple[str, str]:
        if self.settings.url is not None:
            return self.settings.url, self.settings.collection
        return str(Path(self.folder).resolve()), ""

    # ---- Haystack's protocol -------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Any]:
        return default_to_dict(
            self,
            folder=self.folder,
            sparse_encoder=self.fingerprint.sparse_encoder,
            dense_encoder=self.fingerprint.dense_encoder,
            passage_format=self.fingerprint.passage_format,
            dimension=self.dimension,
            url=self.settings.url,
            collection=self.settings.collection,
        )

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> IndexDocumentStore:
        store: IndexDocumentStore = default_from_dict(cls, data)
        return store

    def count_documents(self) -> int:
        return self.index.state().points

    def filter_documents(self, filters: Mapping[str, Any] | None = None) -> list[Document]:
        """The passages that a filter lets through, by id. Raises InvalidInput for a filter the index cannot apply."""
        where = search_filter(filters)
        return [_document(f) for _, f in sorted(self.index.facts().items()) if where.matches(f)]

    def write_documents(self, documents: list[Document], policy: DuplicatePolicy = DuplicatePolicy.NONE) -> int:
        """Write passages: facts in ``meta``, ``sparse_embedding`` always, ``embedding`` if there is one.

        Without a policy, or with FAIL, an id that is already held raises DuplicateDocumentError and nothing is
        written. Raises InvalidInput when a document lacks facts or its sparse vector.
        """
        points = {document.id: _point(document) for document in documents}
        if policy is not DuplicatePolicy.OVERWRITE:
            duplicates = sorted(points.keys() & self.index.digests().keys())
            if duplicates and policy is not DuplicatePolicy.SKIP:
                raise DuplicateDocumentError(f"Already in the index: {', '.join(duplicates[:5])}.")
            for duplicate in duplicates:
                del points[duplicate]
        self.index.upsert(points.values())
        return len(points)

    def delete_documents(self, document_ids: list[str]) -> None:
        self.index.delete(document_ids)

    # ---- retrieval -----------------------------------------------------------------------------------------

    def sparse_retrieval(
        self, query: SparseEmbedding, filters: Mapping[str, Any] | None = None, top_k: int = 10
    ) -> list[Document]:
        """Passages that share the query's terms, best first, with ``score``."""
        vector = SparseVector(tuple(query.indices), tuple(query.values))
        return self._documents(self.index.search_sparse(vector, search_filter(filters), top_k))

    def embedding_retrieval(
        self, query: list[float], filters: Mapping[str, Any] | None = None, top_k: int = 10
    ) -> list[Document]:
        """Passages nearest in meaning, best first, with ``score``."""
        vector = np.asarray(query, dtype=np.float32)
        return self._documents(self.index.search_dense(vector, search_filter(filters), top_k))

    @staticmethod
    def _documents(hits: list[Hit]) -> list[Document]:
        return [
            Document(
                id=hit.passage_id,
                meta={
                    "provision_id": hit.provision_id,
                    "version_id": hit.version_id,
                    "document_id": hit.document_id,
                },
                score=hit.score,
            )
            for hit in hits
        ]


def _document(facts: PointFacts) -> Document:
    return Document(id=facts.passage_id, meta=facts_payload(facts))


def _point(document: Document) -> IndexPoint:
    payload = {**document.meta, "passage_id": document.id}
    lacking = [name for name in FACT_FIELDS if name not in payload]
    if lacking:
        raise InvalidInput(f"The document's meta lacks {', '.join(lacking)}.", where=document.id, remedy="Add it.")
    if document.sparse_embedding is None:
        raise InvalidInput("The document has no sparse embedding.", where=document.id, remedy="Encode it first.")
    sparse = SparseVector(tuple(document.sparse_embedding.indices), tuple(document.sparse_embedding.values))
    dense = None if document.embedding is None else np.asarray(document.embedding, dtype=np.float32)
    return with_vectors(facts_of(payload), sparse, dense)
