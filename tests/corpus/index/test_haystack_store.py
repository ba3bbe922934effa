"""The index inside Haystack: its document store protocol, its filters, and one open index per place."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from haystack import Document, Pipeline, component
from haystack.dataclasses import SparseEmbedding
from haystack.document_stores.errors import DuplicateDocumentError
from haystack.document_stores.types import DuplicatePolicy
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InvalidInput
from corpus.index import SearchFilter
from corpus.index.edge import EdgeIndex
from corpus.index.haystack_filters import haystack_filters, search_filter
from corpus.index.haystack_store import IndexDocumentStore
from corpus.index.points import facts_payload
from tests.corpus.index.index_samples import DIMENSION, FINGERPRINT, dense, point, sparse


@pytest.fixture
def store(tmp_path: Path) -> Iterator[IndexDocumentStore]:
    store = IndexDocumentStore(str(tmp_path / "index"), **dataclasses.asdict(FINGERPRINT), dimension=DIMENSION)
    yield store
    store.index.close()


def document(passage_id: str, text: str, **facts: Any) -> Document:
    made = point(passage_id, text, **facts)
    return Document(
        id=passage_id,
        meta=facts_payload(made),
        embedding=dense(text).tolist(),
        sparse_embedding=embedding(text),
    )


def embedding(text: str) -> SparseEmbedding:
    vector = sparse(text)
    return SparseEmbedding(list(vector.indices), list(vector.values))


@component
class Lexical:
    """A component as an operator might write it, holding the store."""

    def __init__(self, document_store: IndexDocumentStore) -> None:
        self.document_store = document_store

    @component.output_types(documents=list[Document])
    def run(self, words: str) -> dict[str, list[Document]]:
        return {"documents": self.document_store.sparse_retrieval(embedding(words))}


def test_documents_are_written_found_filtered_and_deleted(store: IndexDocumentStore) -> None:
    assert store.count_documents() == 0
    assert store.write_documents([document("a", "罚款"), document("b", "警告", level="行政法规")]) == 2
    assert store.count_documents() == 2
    [found] = store.sparse_retrieval(embedding("罚"), top_k=5)
    assert (found.id, found.meta["provision_id"]) == ("a", "a")
    assert found.score is not None
    assert found.score > 0
    assert [d.id for d in store.embedding_retrieval(dense("警告").tolist(), top_k=1)] == ["b"]
    laws = {"field": "meta.level", "operator": "==", "value": "法律"}
    assert [d.id for d in store.filter_documents(laws)] == ["a"]
    assert [d.id for d in store.embedding_retrieval(dense("警告").tolist(), laws)] == ["a"]
    assert [d.id for d in store.filter_documents()] == ["a", "b"]
    store.delete_documents(["a", "unknown"])
    assert [d.id for d in store.filter_documents()] == ["b"]


@pytest.mark.parametrize("policy", [DuplicatePolicy.NONE, DuplicatePolicy.FAIL])
def test_a_duplicate_is_refused_and_nothing_written(store: IndexDocumentStore, policy: DuplicatePolicy) -> None:
    store.write_documents([document("a", "罚款")])
    with pytest.raises(DuplicateDocumentError, match="a"):
        store.write_documents([document("a", "警告"), document("b", "警告")], policy)
    assert [d.id for d in store.filter_documents()] == ["a"]


def test_a_duplicate_is_skipped_or_overwritten_on_request(store: IndexDocumentStore) -> None:
    store.write_documents([document("a", "罚款")])
    assert store.write_documents([document("a", "警告"), document("b", "没收")], DuplicatePolicy.SKIP) == 1
    assert [d.id for d in store.sparse_retrieval(embedding("罚款"))] == ["a"]
    assert store.write_documents([document("a", "警告")], DuplicatePolicy.OVERWRITE) == 1
    assert store.sparse_retrieval(embedding("罚款")) == []


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        pytest.param(Document(id="a", sparse_embedding=embedding("罚")), "meta lacks provision_id", id="no facts"),
        pytest.param(Document(id="a", meta=facts_payload(point("a"))), "no sparse embedding", id="no words"),
    ],
)
def test_an_incomplete_document_is_refused(store: IndexDocumentStore, broken: Document, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        store.write_documents([broken])
    assert store.count_documents() == 0


def test_a_pipeline_restored_from_yaml_shares_the_open_index(tmp_path: Path) -> None:
    index = EdgeIndex.open(tmp_path / "index", FINGERPRINT, DIMENSION)
    index.upsert([point("a", "罚款")])
    store = IndexDocumentStore(str(tmp_path / "index"), **dataclasses.asdict(FINGERPRINT), dimension=DIMENSION)
    store.share(index)
    pipeline = Pipeline()
    pipeline.add_component("lexical", Lexical(store))
    restored = Pipeline.loads(pipeline.dumps(), allowed_modules=["corpus", "tests"])
    answer = restored.run({"lexical": {"words": "罚款"}})
    assert [d.id for d in answer["lexical"]["documents"]] == ["a"]
    index.close()


@pytest.mark.parametrize(
    "filters",
    [
        {"operator": "OR", "conditions": []},
        {"operator": "NOT", "conditions": []},
        {"field": "meta.level", "operator": ">", "value": "法律"},
        {"field": "meta.title", "operator": "==", "value": "行政处罚法"},
        {"field": "meta.served_from", "operator": "<=", "value": 20260815},
        {"field": "meta.level", "operator": "=="},
        {
            "operator": "AND",
            "conditions": [
                {"field": "meta.served_from", "operator": "<=", "value": 20261340},
                {"field": "meta.served_until", "operator": ">", "value": 20261340},
            ],
        },
    ],
)
def test_a_filter_that_the_index_cannot_apply_is_refused_with_what_it_can(filters: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="cannot filter by") as caught:
        search_filter(filters)
    assert "meta.served_until" in (caught.value.remedy or "")


WORDS = st.frozensets(st.sampled_from(["甲", "乙", "丙"]))


@given(
    st.builds(
        SearchFilter,
        as_of=st.none() | st.dates(dt.date(1900, 1, 1)),
        levels=st.none() | WORDS,
        shelves=st.none() | WORDS,
        regions=st.none() | WORDS,
        document_ids=st.none() | WORDS,
        exclude_document_ids=WORDS,
        exclude_provision_ids=WORDS,
    )
)
def test_filters_survive_the_way_to_haystack_and_back(where: SearchFilter) -> None:
    assert search_filter(haystack_filters(where)) == where


def test_two_conditions_on_one_field_must_both_hold() -> None:
    both = {
        "operator": "AND",
        "conditions": [
            {"field": "meta.level", "operator": "in", "value": ["法律", "行政法规"]},
            {"field": "meta.level", "operator": "==", "value": "法律"},
        ],
    }
    assert search_filter(both) == SearchFilter(levels=frozenset({"法律"}))
