"""Indexing somebody else's corpus with the product's parts, resumably."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from corpus.encoders.base import DenseEncoder
from corpus.encoders.cache import EncodingCache
from corpus.index import EVERYTHING, Fingerprint
from corpus.index.edge import EdgeIndex
from evals.adhoc_index import CHUNK, fill_index, passages_of
from evals.corpus_files import CorpusArticle
from tests.evals.eval_samples import ARTICLES, Characters, Lengths


class MemoryCache:
    """Encodings kept in memory."""

    def __init__(self) -> None:
        self.held: dict[str, Any] = {}

    def get_many(self, _: str, digests: Iterable[str]) -> dict[str, Any]:
        return {d: self.held[d] for d in digests if d in self.held}

    def put_many(self, _: str, vectors: Mapping[str, Any]) -> None:
        self.held.update(vectors)

    def missing(self, _: str, digests: Iterable[str]) -> list[str]:
        return [d for d in dict.fromkeys(digests) if d not in self.held]


@pytest.fixture
def index(tmp_path: Path) -> Any:
    opened = EdgeIndex.open(tmp_path / "index", Fingerprint("characters", "lengths", "test"), 4)
    yield opened
    opened.close()


def _dense(encoder: Lengths, cache: MemoryCache) -> tuple[DenseEncoder, EncodingCache]:
    return cast(DenseEncoder, encoder), cast(EncodingCache, cache)


def test_passages_belong_to_their_article_and_carry_its_name() -> None:
    (passage,) = passages_of(ARTICLES[0])
    assert passage.provision_id == "d1"
    assert "甲法" in passage.index_text
    assert "第一条" in passage.index_text
    assert len(passages_of(ARTICLES[2])) > 1


def test_every_article_is_found_by_its_words(index: EdgeIndex) -> None:
    told: list[tuple[str, int, int]] = []
    count = fill_index(ARTICLES, index, Characters(), None, lambda *step: told.append(step))
    assert count == index.state().points == sum(len(passages_of(a)) for a in ARTICLES)
    assert index.state().dense_points == 0
    hits = index.search_sparse(Characters().encode_query("秸秆"), EVERYTHING, 1)
    assert [hit.provision_id for hit in hits] == ["d2"]
    assert told[-1] == ("index", count, count)


def test_with_meaning_every_passage_is_encoded_once(index: EdgeIndex) -> None:
    encoder, cache = Lengths(), MemoryCache()
    count = fill_index(ARTICLES, index, Characters(), _dense(encoder, cache), lambda *_: None)
    assert index.state().dense_points == count
    assert len(encoder.encoded) == len(set(encoder.encoded)) == count


def test_an_interrupted_encoding_goes_on_where_it_was(tmp_path: Path) -> None:
    articles = [CorpusArticle(id=f"d{n}", law="甲法", article="第一条", text=f"第{n}号") for n in range(CHUNK + 10)]
    cache = MemoryCache()
    broken = Lengths(breaks_after=CHUNK)
    fingerprint = Fingerprint("characters", "lengths", "test")
    first = EdgeIndex.open(tmp_path / "first", fingerprint, 4)
    with pytest.raises(KeyboardInterrupt):
        fill_index(articles, first, Characters(), _dense(broken, cache), lambda *_: None)
    first.close()
    again = Lengths()
    second = EdgeIndex.open(tmp_path / "second", fingerprint, 4)
    fill_index(articles, second, Characters(), _dense(again, cache), lambda *_: None)
    assert second.state().dense_points == len(articles)
    second.close()
    assert len(broken.encoded) == CHUNK
    assert len(again.encoded) == 10
