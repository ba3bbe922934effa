"""The vector index (向量索引): derived from the relational store, one interface, two adapters."""

from corpus.index.base import (
    EVERYTHING,
    OPEN_END,
    DenseVector,
    Fingerprint,
    Hit,
    IndexPoint,
    IndexState,
    PointFacts,
    Searchable,
    SearchFilter,
    VectorIndex,
)
from corpus.index.factory import erase_index, open_index
from corpus.index.settings import IndexSettings

__all__ = [
    "EVERYTHING",
    "OPEN_END",
    "DenseVector",
    "Fingerprint",
    "Hit",
    "IndexPoint",
    "IndexSettings",
    "IndexState",
    "PointFacts",
    "SearchFilter",
    "Searchable",
    "VectorIndex",
    "erase_index",
    "open_index",
]
