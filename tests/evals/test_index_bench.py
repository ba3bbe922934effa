"""The index benchmark measures what it says: the same data on every run, exact engines exact, medians per measure."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.index import SearchFilter
from corpus.index.edge import EdgeIndex
from evals.index_bench import (
    DENSE_FILTERS,
    DIMENSION,
    FINGERPRINT,
    SEARCHES,
    Measures,
    NumpySearch,
    Sample,
    measure,
    median,
    table,
)

SIZE = 200


@pytest.mark.parametrize("where", DENSE_FILTERS.values(), ids=[name.strip() or "all" for name in DENSE_FILTERS])
def test_the_floor_finds_what_the_embedded_index_finds(tmp_path: Path, where: SearchFilter) -> None:
    sample = Sample(SIZE)
    index = EdgeIndex.open(tmp_path / "index", FINGERPRINT, DIMENSION)
    index.upsert(sample.points())
    floor = NumpySearch(sample.points())
    for dense, sparse in zip(sample.dense_queries(3), sample.sparse_queries(3), strict=True):
        nearest = [h.passage_id for h in index.search_dense(dense, where, 10)]
        assert nearest == floor.search_dense(dense, where, 10)
        matching = [h.passage_id for h in index.search_sparse(sparse, where, 10)]
        assert matching == floor.search_sparse(sparse, where, 10)[: len(matching)]
    index.close()


def test_the_sample_is_the_same_on_every_run() -> None:
    one, other = Sample(SIZE), Sample(SIZE)
    assert (one.dense == other.dense).all()
    assert one.sparse == other.sparse
    assert (one.dense_queries(2) == other.dense_queries(2)).all()


def test_an_exact_engine_recalls_everything(tmp_path: Path) -> None:
    measured = measure("edge-exact", SIZE, 2, tmp_path)
    assert measured.recalls_at_10 == (1.0,) * len(DENSE_FILTERS)
    assert len(measured.searches_ms) == 2 * len(SEARCHES)
    assert measured.disk_mib > 0


def measures(load_s: float, dense_ms: float) -> Measures:
    searches = (dense_ms, 9.0, *range(2, 2 * len(SEARCHES)))
    return Measures(load_s, 0.0, 0.0, 0.5, searches, (1.0,) * len(DENSE_FILTERS), 100.0, 50.0)


def test_each_measure_is_its_own_median() -> None:
    middle = median([measures(1.0, 30.0), measures(3.0, 10.0), measures(2.0, 20.0)])
    assert (middle.load_s, middle.searches_ms[0], middle.searches_ms[1]) == (2.0, 20.0, 9.0)


def test_the_table_has_a_row_per_engine_and_size() -> None:
    lines = table([(26_000, "edge-exact", 3, measures(1.25, 8.0))]).splitlines()
    assert len({line.count("|") for line in lines}) == 1
    assert lines[2].startswith("| 26,000 | Qdrant Edge, exact scan | 3 | 1.2 |")
    assert "| 8.0 / 9.0 | 2.0 / 3.0 | 4.0 / 5.0 | 6.0 / 7.0 |" in lines[2]
