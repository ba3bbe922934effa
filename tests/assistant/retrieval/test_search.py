"""A search gives the best provisions, however many passages and spoken questions lead to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from assistant.retrieval.search import search_meaning, search_words
from corpus.encoders.base import DenseEncoder, SparseEncoder, SparseVector
from corpus.index import EVERYTHING, Hit, Searchable
from corpus.vocabulary import SPOKEN_MARK


class Found:
    """An index that finds the same hits whatever is asked, as many as are wanted."""

    def __init__(self, hits: Sequence[Hit]) -> None:
        self.hits = list(hits)

    def search_dense(self, query: object, where: object, limit: int) -> list[Hit]:
        return self.hits[:limit]

    search_sparse = search_dense


class Encoder:
    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return np.ones((len(texts), 2), dtype=np.float32)

    def encode_query(self, text: str) -> SparseVector:
        return SparseVector((1,), (1.0,)) if text else SparseVector((), ())


def hit(provision: str, mark: str, score: float) -> Hit:
    return Hit(f"{provision}{mark}", provision, "v", "d", score)


def meaning(hits: Sequence[Hit], limit: int) -> list[str]:
    index, encoder = cast(Searchable, Found(hits)), cast(DenseEncoder, Encoder())
    return [h.passage_id for h in search_meaning(index, encoder, "问", EVERYTHING, limit)]


def test_many_passages_of_one_provision_do_not_crowd_out_the_next() -> None:
    index = cast(Searchable, Found([*(hit("a", f"@{n}", 9.0 - n / 10) for n in range(3)), hit("b", "@1", 1.0)]))
    found = search_words(index, cast(SparseEncoder, Encoder()), "词", EVERYTHING, 2)
    assert [h.provision_id for h in found] == ["a", "a", "a", "b"]


def test_no_more_provisions_are_found_than_wanted() -> None:
    assert meaning([hit("a", "@1", 0.9), hit("b", "@1", 0.8), hit("a", "@2", 0.7)], 1) == ["a@1", "a@2"]


def test_what_is_asked_and_what_is_told_each_have_their_places() -> None:
    ask = f"{SPOKEN_MARK}1"
    hits = [hit("a", ask, 0.9), hit("b", ask, 0.8), hit("a", "@1", 0.7), hit("c", "@1", 0.6)]
    assert meaning(hits, 1) == [f"a{ask}", "a@1"]
    assert meaning(hits, 2) == [h.passage_id for h in hits]


def test_a_question_without_words_finds_nothing() -> None:
    index = cast(Searchable, Found([hit("a", "@1", 1.0)]))
    assert search_words(index, cast(SparseEncoder, Encoder()), "", EVERYTHING) == []
