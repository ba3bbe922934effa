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
    SearchFilter,
    VectorIndex,
)

__all__ = [
    "EVERYTHING",
    "OPEN_END",
    "DenseVector",
    "Fingerprint",
    "Hit",
    "IndexPoint",
    "IndexState",
    "PointFacts",
    "SearchFilter",
    "VectorIndex",
]
