"""What only the server adapter has: a server that may be gone, and a collection that Haystack's own store reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from haystack.utils import Secret
from haystack_integrations.document_stores.qdrant import QdrantDocumentStore
from haystack_integrations.document_stores.qdrant.converters import UUID_NAMESPACE, convert_id
from pydantic import ValidationError
from qdrant_client import QdrantClient, models

from corpus.errors import IndexMismatch, IndexUnavailable
from corpus.index import IndexSettings, erase_index, open_index
from corpus.index.points import POINT_NAMESPACE, point_id
from corpus.index.server import ServerIndex
from tests.corpus.index.index_samples import DIMENSION, FINGERPRINT, dense, point

pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect:UserWarning")

NOBODY = IndexSettings(url="http://127.0.0.1:1", timeout_s=1)


def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="Qdrant server failed") as caught:
        open_index(NOBODY, tmp_path, FINGERPRINT, DIMENSION)
    assert caught.value.where == "http://127.0.0.1:1 collection eassistant"
    assert "qdrant.url" in (caught.value.remedy or "")
    with pytest.raises(IndexUnavailable):
        erase_index(NOBODY, tmp_path)


def test_without_a_url_the_index_is_embedded(tmp_path: Path) -> None:
    index = open_index(IndexSettings(), tmp_path / "index", FINGERPRINT, DIMENSION)
    index.upsert([point("a")])
    index.close()
    assert (tmp_path / "index" / "index.json").exists()
    erase_index(IndexSettings(), tmp_path / "index")
    assert not (tmp_path / "index").exists()


def test_a_collection_of_somebody_else_is_refused() -> None:
    client = QdrantClient(":memory:")
    client.create_collection(
        "eassistant", vectors_config=models.VectorParams(size=DIMENSION, distance=models.Distance.COSINE)
    )
    with pytest.raises(IndexMismatch, match="unknown"):
        ServerIndex.open(IndexSettings(url="http://in-memory"), FINGERPRINT, DIMENSION, client)


@pytest.mark.parametrize("url", ["", "localhost:6333", "file:///etc"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        IndexSettings(url=url)


def test_the_key_is_not_shown() -> None:
    settings = IndexSettings(url="https://qdrant.example", api_key="s3cret")  # type: ignore[arg-type]
    assert "s3cret" not in repr(settings)


def test_haystacks_own_store_reads_the_collection(tmp_path: Path) -> None:
    """The layout is qdrant-haystack's, so an operator may put its retrievers into a pipeline."""
    assert POINT_NAMESPACE == UUID_NAMESPACE
    assert point_id("甲/第一条").replace("-", "") == convert_id("甲/第一条")

    client = QdrantClient(path=str(tmp_path))
    index = ServerIndex.open(IndexSettings(url="http://on-disk", collection="laws"), FINGERPRINT, DIMENSION, client)
    index.upsert([point("a", "罚款"), point("b", "警告", level="行政法规"), point("c", "没收", with_dense=False)])
    client.close()

    store = QdrantDocumentStore(
        path=str(tmp_path),
        index="laws",
        embedding_dim=DIMENSION,
        use_sparse_embeddings=True,
        sparse_idf=True,
        api_key=Secret.from_token("unused"),
    )
    assert store.count_documents() == 3
    only_laws = {"field": "meta.level", "operator": "==", "value": "法律"}
    assert {d.id for d in store.filter_documents(only_laws)} == {"a", "c"}
    [best, _] = store._query_by_embedding(dense("罚款").tolist(), top_k=2)
    assert (best.id, best.meta["provision_id"]) == ("a", "a")
    store.close()
