"""The contract of the vector index, run against both adapters."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.encoders import SparseVector
from corpus.errors import IndexMismatch
from corpus.index import EVERYTHING, OPEN_END, IndexPoint, PointFacts, SearchFilter, VectorIndex
from corpus.index.points import WRITE_BATCH
from tests.corpus.index.adapters import Adapter, edge_adapter, server_adapter
from tests.corpus.index.index_samples import (
    DIMENSION,
    FINGERPRINT,
    OTHER_FINGERPRINT,
    contents,
    dense,
    digest,
    point,
    sparse,
)

pytestmark = [
    pytest.mark.filterwarnings("ignore:Payload indexes have no effect:UserWarning"),
    pytest.mark.filterwarnings("ignore:Local mode performs exact:UserWarning"),
]

NOTHING = SparseVector((), ())


@pytest.fixture(params=["edge", "server"])
def adapter(request: pytest.FixtureRequest, tmp_path: Path) -> Adapter:
    return edge_adapter(tmp_path / "index") if request.param == "edge" else server_adapter()


@pytest.fixture(scope="module", params=["edge", "server"])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorIndex]:
    """One index for many tables of cases: each test first clears it."""
    folder = tmp_path_factory.mktemp("shared")
    opened = (edge_adapter(folder) if request.param == "edge" else server_adapter()).open()
    yield opened
    opened.close()


def fill(index: VectorIndex, points: list[IndexPoint]) -> None:
    index.delete(list(index.digests()))
    index.upsert(points)


@pytest.fixture
def index(adapter: Adapter) -> Iterator[VectorIndex]:
    opened = adapter.open()
    yield opened
    opened.close()


def lexical(index: VectorIndex, words: str, where: SearchFilter = EVERYTHING, limit: int = 10) -> list[str]:
    return [hit.passage_id for hit in index.search_sparse(sparse(words), where, limit)]


def semantic(index: VectorIndex, words: str, where: SearchFilter = EVERYTHING, limit: int = 10) -> list[str]:
    return [hit.passage_id for hit in index.search_dense(dense(words), where, limit)]


def facts_of(point: IndexPoint) -> PointFacts:
    return PointFacts(*(getattr(point, field.name) for field in dataclasses.fields(PointFacts)))


# ---- empty and small ---------------------------------------------------------------------------------------


def test_an_empty_index_answers_every_question_with_nothing(index: VectorIndex) -> None:
    assert lexical(index, "罚款") == []
    assert semantic(index, "罚款") == []
    assert index.facts() == {}
    assert index.digests() == {}
    assert index.awaiting_dense() == {}
    assert (index.state().points, index.state().dense_points) == (0, 0)


def test_writing_nothing_changes_nothing(index: VectorIndex) -> None:
    index.upsert([])
    index.set_facts([])
    index.delete([])
    assert index.set_dense({}) == 0
    assert index.state().points == 0


def test_a_single_point_is_found_with_its_facts(index: VectorIndex) -> None:
    only = point("v1/第三十三条", "违法行为轻微")
    index.upsert([only])
    [hit] = index.search_sparse(sparse("轻微"), EVERYTHING, 10)
    assert (hit.passage_id, hit.provision_id, hit.version_id, hit.document_id) == (
        only.passage_id,
        only.provision_id,
        only.version_id,
        only.document_id,
    )
    assert hit.score > 0
    assert index.facts() == {only.passage_id: facts_of(only)}


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_finds_nothing(index: VectorIndex, limit: int) -> None:
    index.upsert([point("a", "罚款")])
    assert lexical(index, "罚款", limit=limit) == []
    assert semantic(index, "罚款", limit=limit) == []


def test_the_limit_keeps_the_best(index: VectorIndex) -> None:
    index.upsert([point(f"p{n}") for n in range(9)])
    everything = index.search_dense(dense("q"), EVERYTHING, 9)
    assert index.search_dense(dense("q"), EVERYTHING, 4) == everything[:4]
    assert [h.score for h in everything] == sorted((h.score for h in everything), reverse=True)


@pytest.mark.parametrize("count", [WRITE_BATCH - 1, WRITE_BATCH, 2 * WRITE_BATCH + 1])
def test_any_number_of_points_is_written_and_listed_whole(index: VectorIndex, count: int) -> None:
    points = [point(f"p{n}", with_dense=n % 2 == 0) for n in range(count)]
    index.upsert(iter(points))
    assert index.digests() == {p.passage_id: p.digest for p in points}
    assert index.facts() == {p.passage_id: facts_of(p) for p in points}
    assert set(index.awaiting_dense()) == {p.passage_id for p in points if p.dense is None}
    index.delete([p.passage_id for p in points[1:]])
    assert set(index.digests()) == {"p0"}


# ---- searching ---------------------------------------------------------------------------------------------


def test_lexical_search_finds_only_what_shares_a_term(index: VectorIndex) -> None:
    index.upsert([point("a", "罚款"), point("b", "警告"), point("c", "罚金")])
    assert set(lexical(index, "罚")) == {"a", "c"}
    assert lexical(index, "吊") == []
    assert index.search_sparse(NOTHING, EVERYTHING, 10) == []


def test_a_rare_term_counts_more_than_a_common_one(index: VectorIndex) -> None:
    index.upsert([point("common", "应当"), point("rare", "应税"), *(point(f"x{n}", "当") for n in range(5))])
    assert lexical(index, "当税")[0] == "rare"


def test_semantic_search_scores_by_cosine(index: VectorIndex) -> None:
    texts = ["罚款", "警告", "没收", "吊销"]
    index.upsert([point(t, t) for t in texts])
    expected = {t: float(dense("拘留") @ dense(t)) for t in texts}
    found = {h.passage_id: h.score for h in index.search_dense(dense("拘留"), EVERYTHING, 10)}
    assert found == pytest.approx(expected, abs=1e-5)


def test_equal_scores_are_ordered_by_passage(index: VectorIndex) -> None:
    index.upsert([point(i, "同一条文") for i in ("c", "a", "d", "b")])
    assert lexical(index, "条文") == ["a", "b", "c", "d"]
    assert semantic(index, "条文") == ["a", "b", "c", "d"]


def test_both_adapters_rank_the_same_data_the_same(tmp_path: Path) -> None:
    words = "行政处罚由违法行为发生地的县级以上地方人民政府具有行政处罚权的机关管辖法律法规另有规定从其规定"
    rng = np.random.default_rng(7)
    texts = ["".join(rng.choice(list(words), size=rng.integers(3, 30))) for _ in range(300)]
    points = [point(f"p{n}", t, served=(20200101 + n % 3, 20260101 + n % 2)) for n, t in enumerate(texts)]
    on_a_day = SearchFilter(as_of=dt.date(2020, 1, 2))
    rankings = []
    for adapter in (edge_adapter(tmp_path), server_adapter()):
        index = adapter.open()
        index.upsert(points)
        rankings.append(
            [
                (lexical(index, q, where, 300), semantic(index, q, where, 300))
                for q in ("行政处罚", "管辖", "另有规定从其规定", "县级以上人民政府")
                for where in (EVERYTHING, on_a_day)
            ]
        )
        index.close()
    assert rankings[0] == rankings[1]
    assert any(ranking for ranking, _ in rankings[0])


# ---- late dense vectors ------------------------------------------------------------------------------------


def test_words_find_a_passage_before_its_dense_vector_is_there(index: VectorIndex) -> None:
    index.upsert([point("a", "罚款", with_dense=False), point("b", "警告", with_dense=False)])
    assert lexical(index, "罚款") == ["a"]
    assert semantic(index, "罚款") == []
    assert index.awaiting_dense() == {"a": digest("罚款"), "b": digest("警告")}
    assert index.set_dense({digest("警告"): dense("警告")}) == 1
    assert semantic(index, "罚款") == ["b"]
    assert lexical(index, "罚款") == ["a"]
    assert (index.state().points, index.state().dense_points) == (2, 1)
    assert set(index.awaiting_dense()) == {"a"}


def test_passages_of_one_text_get_their_vector_together(index: VectorIndex) -> None:
    index.upsert([point("a", "罚款", with_dense=False), point("b", "罚款", with_dense=False)])
    assert index.set_dense({digest("罚款"): dense("罚款")}) == 2
    assert semantic(index, "罚款") == ["a", "b"]


def test_a_vector_of_a_text_that_changed_meanwhile_is_not_used(index: VectorIndex) -> None:
    index.upsert([point("a", "旧文", with_dense=False)])
    index.upsert([point("a", "新文", with_dense=False)])
    assert index.set_dense({digest("旧文"): dense("旧文")}) == 0
    assert semantic(index, "旧文") == []


def test_more_vectors_than_one_write_takes(index: VectorIndex) -> None:
    texts = [f"文{n}" for n in range(WRITE_BATCH + 3)]
    index.upsert([point(t, t, with_dense=False) for t in texts])
    assert index.set_dense({digest(t): dense(t) for t in texts}) == len(texts)
    assert index.awaiting_dense() == {}


# ---- replacing, facts, deleting ----------------------------------------------------------------------------


def test_a_replaced_point_is_replaced_whole(index: VectorIndex) -> None:
    index.upsert([point("a", "旧文"), point("b", "他文")])
    index.upsert([point("a", "新章", document_id="doc-b", with_dense=False)])
    assert lexical(index, "旧") == []
    assert lexical(index, "新") == ["a"]
    assert semantic(index, "旧文") == ["b"], "the vector of the old text is gone"
    assert index.facts()["a"].document_id == "doc-b"
    assert index.state().points == 2


def test_changed_facts_keep_the_vectors(index: VectorIndex) -> None:
    before = point("a", "罚款", served=(20200101, OPEN_END))
    index.upsert([before, point("b", "罚款")])
    changed = dataclasses.replace(facts_of(before), served_until=20260815, level="行政法规")
    index.set_facts([changed])
    assert index.facts()["a"] == changed
    assert index.facts()["b"].served_until == OPEN_END
    late = SearchFilter(as_of=dt.date(2026, 8, 15))
    assert lexical(index, "罚款", late) == ["b"]
    assert semantic(index, "罚款", late) == ["b"]
    assert semantic(index, "罚款") == ["a", "b"]


def test_facts_of_unknown_points_are_passed_over(index: VectorIndex) -> None:
    index.upsert([point("a")])
    index.set_facts(
        [facts_of(point("gone", served=(20240101, 20250101))), facts_of(point("a", served=(20240101, 20250101)))]
    )
    assert set(index.facts()) == {"a"}
    assert index.facts()["a"].served_from == 20240101


def test_a_deleted_point_is_found_no_more(index: VectorIndex) -> None:
    index.upsert([point("a", "罚款"), point("b", "罚款")])
    index.delete(["a", "never there"])
    assert lexical(index, "罚款") == semantic(index, "罚款") == ["b"]
    assert set(index.digests()) == {"b"}
    assert index.state().points == 1


# ---- filters -----------------------------------------------------------------------------------------------

PLACES = [
    point("nation", "罚款", document_id="n"),
    point("province", "罚款", document_id="p", level="地方性法规", region="广东省"),
    point("city", "罚款", document_id="c", level="地方政府规章", region="江门市"),
    point("case", "罚款", document_id="k", level="参考资料", region="江门市", shelf="案例"),
]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param(SearchFilter(), {"nation", "province", "city", "case"}, id="nothing asked, everything found"),
        pytest.param(SearchFilter(levels=frozenset({"地方性法规"})), {"province"}, id="level"),
        pytest.param(SearchFilter(levels=frozenset({"法律", "地方政府规章"})), {"nation", "city"}, id="two levels"),
        pytest.param(SearchFilter(levels=frozenset()), set(), id="no level allowed"),
        pytest.param(SearchFilter(shelves=frozenset({"法规"})), {"nation", "province", "city"}, id="shelf"),
        pytest.param(SearchFilter(shelves=frozenset({"实务", "案例"})), {"case"}, id="two shelves"),
        pytest.param(SearchFilter(shelves=frozenset()), set(), id="no shelf allowed"),
        pytest.param(
            SearchFilter(shelves=frozenset({"法规"}), regions=frozenset({"江门市"})), {"city"}, id="shelf and region"
        ),
        pytest.param(SearchFilter(regions=frozenset({"国家", "广东省"})), {"nation", "province"}, id="regions"),
        pytest.param(SearchFilter(regions=frozenset({"佛山市"})), set(), id="another region"),
        pytest.param(SearchFilter(regions=frozenset()), set(), id="no region allowed"),
        pytest.param(SearchFilter(document_ids=frozenset({"c"})), {"city"}, id="document"),
        pytest.param(SearchFilter(document_ids=frozenset()), set(), id="no document allowed"),
        pytest.param(
            SearchFilter(exclude_document_ids=frozenset({"c"})), {"nation", "province", "case"}, id="no document"
        ),
        pytest.param(
            SearchFilter(exclude_provision_ids=frozenset({"nation"})),
            {"province", "city", "case"},
            id="no provision",
        ),
        pytest.param(
            SearchFilter(regions=frozenset({"国家", "江门市"}), levels=frozenset({"法律"})),
            {"nation"},
            id="both",
        ),
        pytest.param(
            SearchFilter(document_ids=frozenset({"n", "c"}), exclude_document_ids=frozenset({"n"})),
            {"city"},
            id="excluded beats allowed",
        ),
    ],
)
def test_filters_by_level_region_and_document(shared: VectorIndex, where: SearchFilter, expected: set[str]) -> None:
    fill(shared, PLACES)
    assert set(lexical(shared, "罚款", where)) == expected
    assert set(semantic(shared, "罚款", where)) == expected


@pytest.mark.parametrize(
    ("where", "narrows"),
    [
        (SearchFilter(), False),
        (SearchFilter(as_of=dt.date(2026, 11, 21)), False),
        (SearchFilter(exclude_provision_ids=frozenset({"p"})), False),
        (SearchFilter(regions=frozenset({"国家"})), True),
        (SearchFilter(shelves=frozenset({"案例"})), True),
        (SearchFilter(document_ids=frozenset({"d"})), True),
    ],
)
def test_a_filter_by_place_or_shelf_asks_for_an_exact_search(where: SearchFilter, narrows: bool) -> None:
    assert where.narrows is narrows


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2021-07-14", {"old"}, id="the day before the new text commences"),
        pytest.param("2021-07-15", {"new", "open"}, id="the first day: new in, old out"),
        pytest.param("2026-08-14", {"new", "open"}, id="the last day before the repeal"),
        pytest.param("2026-08-15", {"open"}, id="the day of the repeal"),
        pytest.param("1995-12-31", set(), id="before everything"),
        pytest.param("9999-12-31", set(), id="what is never served is not served on the last day either"),
    ],
)
def test_only_what_is_in_force_on_the_day_is_found(shared: VectorIndex, as_of: str, expected: set[str]) -> None:
    fill(
        shared,
        [
            point("old", "罚款", served=(19960101, 20210715)),
            point("new", "罚款", served=(20210715, 20260815)),
            point("open", "罚款", served=(20210715, OPEN_END)),
            point("never", "罚款", served=(OPEN_END, OPEN_END)),
        ],
    )
    where = SearchFilter(as_of=dt.date.fromisoformat(as_of))
    assert set(lexical(shared, "罚款", where)) == expected
    assert set(semantic(shared, "罚款", where)) == expected


DAYS = st.sampled_from([20191231, 20200101, 20200102, 20260814, 20260815, OPEN_END])
LEVELS = st.sampled_from(["法律", "行政法规", "地方性法规"])
SHELVES = st.sampled_from(["法规", "实务", "案例"])
REGIONS = st.sampled_from(["国家", "广东省", "江门市"])
DOCUMENTS = st.sampled_from(["d1", "d2", "d3"])
POINTS = st.lists(st.tuples(DOCUMENTS, LEVELS, REGIONS, SHELVES, st.tuples(DAYS, DAYS)), max_size=12)
FILTERS = st.builds(
    SearchFilter,
    as_of=st.none() | st.dates(dt.date(2019, 12, 30), dt.date(2020, 1, 3)) | st.just(dt.date(2026, 8, 15)),
    levels=st.none() | st.frozensets(LEVELS, max_size=2),
    shelves=st.none() | st.frozensets(SHELVES, max_size=2),
    regions=st.none() | st.frozensets(REGIONS, max_size=2),
    document_ids=st.none() | st.frozensets(DOCUMENTS, max_size=2),
    exclude_document_ids=st.frozensets(DOCUMENTS, max_size=1),
    exclude_provision_ids=st.frozensets(st.sampled_from(["p0", "p1", "p2"]), max_size=2),
)


@settings(max_examples=30, deadline=None)
@given(rows=POINTS, wheres=st.lists(FILTERS, min_size=1, max_size=6))
def test_a_search_finds_exactly_what_the_filter_means(
    shared: VectorIndex, rows: list[tuple[str, str, str, str, tuple[int, int]]], wheres: list[SearchFilter]
) -> None:
    points = [
        point(f"p{n}", "罚款", document_id=d, level=level, region=region, shelf=shelf, served=served)
        for n, (d, level, region, shelf, served) in enumerate(rows)
    ]
    fill(shared, points)
    for where in wheres:
        expected = {p.passage_id for p in points if where.matches(p)}
        assert set(lexical(shared, "罚款", where, 100)) == expected
        assert set(semantic(shared, "罚款", where, 100)) == expected


# ---- closing, opening, mismatch ----------------------------------------------------------------------------


def test_a_reopened_index_is_the_same(adapter: Adapter) -> None:
    index = adapter.open()
    index.upsert([point("a", "罚款"), point("b", "警告", with_dense=False)])
    index.delete(["a"])
    index.upsert([point("a", "罚金")])
    before = contents(index, ["罚款", "警告"])
    index.close()
    index.close()
    again = adapter.open()
    assert contents(again, ["罚款", "警告"]) == before
    again.close()


@pytest.mark.parametrize("change", ["sparse_encoder", "dense_encoder", "passage_format"])
def test_an_index_made_by_something_else_is_refused_and_the_remedy_named(adapter: Adapter, change: str) -> None:
    adapter.open().close()
    other = dataclasses.replace(FINGERPRINT, **{change: "another"})
    with pytest.raises(IndexMismatch, match="eassistant index rebuild") as caught:
        adapter.open(other)
    assert "another" in caught.value.what
    assert str(FINGERPRINT) in caught.value.what
    adapter.open().close()


def test_another_vector_size_is_a_mismatch_too(adapter: Adapter) -> None:
    adapter.open().close()
    with pytest.raises(IndexMismatch, match=f"{DIMENSION + 1} dimensions"):
        adapter.open(dimension=DIMENSION + 1)


def test_erasing_makes_room_for_another_fingerprint(adapter: Adapter) -> None:
    index = adapter.open()
    index.upsert([point("a")])
    index.close()
    adapter.erase()
    index = adapter.open(OTHER_FINGERPRINT)
    assert index.state().points == 0
    assert index.state().fingerprint == OTHER_FINGERPRINT
    index.close()


def test_erasing_what_is_not_there_is_no_error(adapter: Adapter) -> None:
    adapter.erase()
    adapter.open().close()


def test_a_dropped_index_starts_again_empty(adapter: Adapter) -> None:
    index = adapter.open()
    index.upsert([point("a")])
    index.drop()
    again = adapter.open()
    assert again.facts() == {}
    again.close()


def test_optimising_and_flushing_change_nothing_that_can_be_seen(index: VectorIndex) -> None:
    index.upsert([point(f"p{n}", f"第{n}条罚款", with_dense=n % 3 > 0) for n in range(40)])
    index.delete([f"p{n}" for n in range(0, 40, 4)])
    before = contents(index, ["罚款", "第7条"])
    index.flush()
    index.optimise()
    assert contents(index, ["罚款", "第7条"]) == before
    index.upsert([point("new", "吊销")])
    assert lexical(index, "吊销") == ["new"]
