"""A first look in eight bits leaves out nothing that belongs to the best, whatever the vectors and the filter."""

from __future__ import annotations

import datetime as dt
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.index import EVERYTHING, Hit, SearchFilter
from corpus.index.base import PointFacts
from corpus.index.held import HeldVectors, Postings
from corpus.index.rough import RoughVectors

Vectors = npt.NDArray[np.float32]

FILTERS = [
    EVERYTHING,
    SearchFilter(as_of=dt.date(2026, 1, 1)),
    SearchFilter(as_of=dt.date(2026, 1, 1), exclude_document_ids=frozenset({"d0", "d2"})),
    SearchFilter(regions=frozenset({"国家", "杭州市"}), shelves=frozenset({"法规"})),
    SearchFilter(regions=frozenset({"宁波市"})),
    SearchFilter(document_ids=frozenset({"d1"})),
    SearchFilter(exclude_provision_ids=frozenset({"p3", "p4"}), levels=frozenset({"法律"})),
]


def facts_of(n: int) -> PointFacts:
    return PointFacts(
        passage_id=f"p{n * 7919 % 1009}@{n}",
        provision_id=f"p{n % 11}",
        version_id=f"v{n % 5}",
        document_id=f"d{n % 23}",
        digest=str(n),
        level="法律" if n % 3 else "规章",
        region=("国家", "国家", "杭州市", "宁波市")[n % 4],
        shelf="法规" if n % 6 else "案例",
        served_from=20200101 if n % 9 else 20260601,
        served_until=99991231,
    )


def vectors_like(seed: int, count: int, dimension: int, spread: float, copies: bool) -> Vectors:
    """Vectors of length 1, the nearer to each other the smaller the spread, every fourth twice where asked."""
    random = np.random.default_rng(seed)
    vectors = random.standard_normal(dimension) + spread * random.standard_normal((count, dimension))
    if copies:
        vectors[3::4] = vectors[: len(vectors[3::4])]
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return vectors.astype(np.float32)


def scanned(facts: list[PointFacts], vectors: Vectors, query: Vectors, where: SearchFilter, limit: int) -> list[Hit]:
    """What comparing every vector that the filter lets through gives."""
    wide = query.astype(np.float64)
    scores = (np.float32(np.vecdot(vector.astype(np.float64), wide)) for vector in vectors)
    hits = [
        Hit(f.passage_id, f.provision_id, f.version_id, f.document_id, float(score))
        for f, score in zip(facts, scores, strict=True)
        if where.matches(f)
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[:limit]


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    count=st.integers(0, 300),
    dimension=st.sampled_from([1, 3, 16, 384]),
    spread=st.sampled_from([0.0, 1e-4, 0.05, 1.0]),
    copies=st.booleans(),
    where=st.sampled_from(FILTERS),
    limit=st.sampled_from([0, 1, 5, 40]),
    piece=st.sampled_from([1, 20, 16_384]),
)
def test_the_best_are_those_of_an_exact_scan_in_the_same_order(
    seed: int, count: int, dimension: int, spread: float, copies: bool, where: SearchFilter, limit: int, piece: int
) -> None:
    vectors = vectors_like(seed, count + 1, dimension, spread, copies)
    query, vectors = vectors[-1], vectors[:-1]
    facts = [facts_of(n) for n in range(count)]
    expected = scanned(facts, vectors, query, where, limit)
    with patch("corpus.index.rough._PIECE", piece), patch("corpus.index.held._STRETCH", 4):
        held = HeldVectors(facts, vectors.copy(), Postings(([], []) for _ in facts))
        assert held.nearest(query, where, limit) == expected


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    length=st.sampled_from([0.0, 1e-3, 1.0, 50.0]),
    extreme=st.booleans(),
)
def test_a_rough_score_is_off_by_no_more_than_it_says(seed: int, length: float, extreme: bool) -> None:
    vectors = vectors_like(seed, 40, 384, 1.0, copies=False)
    if extreme:  # the largest products that bytes give
        vectors = np.sign(vectors)
    query = vectors[0] * np.float32(length)
    vectors = vectors * np.float32(length)
    exact = vectors.astype(np.float64) @ query.astype(np.float64)
    rough = RoughVectors(vectors)
    rows = np.arange(0, 40, 3)
    scores, off = rough.scores(query, rows, [(0, 10), (10, 40)])
    assert (np.abs(scores - exact[rows]) <= off).all()
    assert (off <= 0.03 * max(1.0, length**2 * (384 if extreme else 1))).all()
