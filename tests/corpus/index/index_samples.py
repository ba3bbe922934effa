"""Points, vectors and adapters for the index tests: everything follows from a digest, so every run is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np

from corpus.encoders import SparseVector
from corpus.index import EVERYTHING, Fingerprint, IndexPoint, VectorIndex
from corpus.index.base import DenseVector

DIMENSION = 16
FINGERPRINT = Fingerprint("words-1", "meaning-1", "passages-1")
OTHER_FINGERPRINT = Fingerprint("words-1", "meaning-2", "passages-1")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def dense(text: str, dimension: int = DIMENSION) -> DenseVector:
    """A unit vector that depends on the text alone."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    vector = np.random.default_rng(seed).standard_normal(dimension)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def sparse(text: str) -> SparseVector:
    """One term per character, weighted by how often it comes."""
    return SparseVector(
        indices=tuple(sorted({ord(c) for c in text})),
        values=tuple(float(text.count(chr(i))) for i in sorted({ord(c) for c in text})),
    )


def point(
    passage_id: str,
    text: str = "",
    *,
    document_id: str = "doc-a",
    level: str = "法律",
    region: str = "国家",
    shelf: str = "法规",
    served: tuple[int, int] = (20200101, 99991231),
    with_dense: bool = True,
) -> IndexPoint:
    text = text or passage_id
    return IndexPoint(
        passage_id=passage_id,
        provision_id=passage_id.split("#")[0],
        version_id=f"{document_id}-v1",
        document_id=document_id,
        digest=digest(text),
        level=level,
        region=region,
        shelf=shelf,
        served_from=served[0],
        served_until=served[1],
        sparse=sparse(text),
        dense=dense(text) if with_dense else None,
    )


def contents(index: VectorIndex, queries: Iterable[str]) -> tuple[object, ...]:
    """All that can be seen of an index from outside: facts, counts, and whole rankings without their exact scores."""
    rankings = [
        (
            sorted(h.passage_id for h in index.search_sparse(sparse(q), EVERYTHING, 10_000)),
            [(h.passage_id, round(h.score, 4)) for h in index.search_dense(dense(q), EVERYTHING, 10_000)],
        )
        for q in queries
    ]
    return index.facts(), index.state(), index.awaiting_dense(), rankings
