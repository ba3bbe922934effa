"""What the embedded index finds in memory is what its engine finds, under every filter and after every write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.index import EVERYTHING, Hit, SearchFilter
from corpus.index.edge import EdgeIndex
from corpus.index.held import _nth_greatest
from tests.corpus.index.index_samples import DIMENSION, FINGERPRINT, dense, point, sparse

TEXTS = [f"{what}第{n}条处以{n % 7}万元罚款" for n in range(60) for what in ("摊贩占道", "燃气")]
FILTERS = [
    EVERYTHING,
    SearchFilter(as_of=dt.date(2026, 1, 1)),
    SearchFilter(document_ids=frozenset({"doc-1"})),
    SearchFilter(document_ids=frozenset({"no such"})),
    SearchFilter(levels=frozenset()),
    SearchFilter(exclude_document_ids=frozenset({"doc-1"})),
    SearchFilter(shelves=frozenset({"法规"})),
    SearchFilter(regions=frozenset({"国家", "杭州市"})),
    SearchFilter(regions=frozenset({"宁波市"}), shelves=frozenset({"案例"})),
    SearchFilter(shelves=frozenset({"案例", "法规"}), exclude_provision_ids=frozenset({TEXTS[3], TEXTS[8]})),
    SearchFilter(as_of=dt.date(2026, 1, 1), regions=frozenset({"国家"}), exclude_document_ids=frozenset({"doc-0"})),
]
REGIONS = ("国家", "浙江省", "国家", "杭州市", "宁波市")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EdgeIndex]:
    index = EdgeIndex.open(tmp_path / "index", FINGERPRINT, DIMENSION)
    index.upsert(
        point(
            text,
            document_id=f"doc-{n % 3}",
            region=REGIONS[n % 5],
            shelf="法规" if n % 4 else "案例",
            served=(20200101 if n % 7 else 20260601, 99991231),
        )
        for n, text in enumerate(TEXTS)
    )
    yield index
    index.close()


def found(index: EdgeIndex, text: str, where: SearchFilter, limit: int = 20) -> tuple[list[Hit], list[Hit]]:
    return index.search_dense(dense(text), where, limit), index.search_sparse(sparse(text), where, limit)


def same(one: list[Hit], other: list[Hit]) -> bool:
    """The same passages with the same scores, up to single precision."""
    scores = {hit.passage_id: hit.score for hit in other}
    return {hit.passage_id: hit.score for hit in one} == pytest.approx(scores, rel=1e-5, abs=1e-6)


@pytest.mark.parametrize("where", FILTERS)
def test_memory_finds_what_the_engine_finds(index: EdgeIndex, where: SearchFilter) -> None:
    asked = ["占道经营罚多少", "燃气第3条", "没有这样的词"]
    by_engine = [found(index, text, where, limit=200) for text in asked]
    index.warm()
    for (dense_before, sparse_before), text in zip(by_engine, asked, strict=True):
        dense_now, sparse_now = found(index, text, where, limit=200)
        for limit in (1, 5, 30):
            assert found(index, text, where, limit) == (dense_now[:limit], sparse_now[:limit])
        assert same(dense_now, dense_before)
        assert same(sparse_now, sparse_before)


def test_what_is_written_is_found_at_once_and_what_is_deleted_is_not(index: EdgeIndex) -> None:
    index.warm()
    index.upsert([point("新写的条文")])
    assert found(index, "新写的条文", EVERYTHING)[0][0].passage_id == point("新写的条文").passage_id
    index.warm()
    assert found(index, "新写的条文", EVERYTHING)[1][0].passage_id == point("新写的条文").passage_id
    index.delete([point("新写的条文").passage_id])
    left = found(index, "新写的条文", EVERYTHING)
    assert all(hit.passage_id != point("新写的条文").passage_id for hits in left for hit in hits)


@settings(deadline=None)
@given(
    seed=st.integers(0, 2**32),
    count=st.integers(1, 5000),
    kinds=st.sampled_from([1, 2, 40, 10**9]),
    rising=st.booleans(),
    share=st.floats(0, 1),
)
def test_the_value_that_so_many_reach_is_found_however_the_values_lie(
    seed: int, count: int, kinds: int, rising: bool, share: float
) -> None:
    values = np.random.default_rng(seed).integers(0, kinds, count).astype(np.float64)
    if rising:  # so that every so manieth says little of the rest
        values.sort()
    n = max(1, min(count, round(share * count / 40)))
    assert _nth_greatest(values, n) == np.sort(values)[-n]
