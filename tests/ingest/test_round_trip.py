"""An exported corpus, imported into an empty home and indexed there, answers searches as the first one does."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.encoders.cache import EncodingCache
from corpus.encoders.factory import make_sparse_encoder
from corpus.encoders.settings import SparseSettings
from corpus.index import EVERYTHING, Hit
from corpus.index.edge import EdgeIndex
from corpus.store import CorpusStore
from corpus.store.exchange import export_corpus, import_corpus
from ingest.indexing import IndexBuilder, index_fingerprint
from tests.corpus.index.index_samples import DIMENSION
from tests.ingest.indexing_samples import Meaning

QUERIES = 200


def _queries(store: CorpusStore) -> list[str]:
    """Words from 200 places spread over all provisions: half sentences as an officer might quote them."""
    texts = [p.text for p in store.all_provisions() if len(p.text) > 40]
    return [texts[n * len(texts) // QUERIES][8:30] for n in range(QUERIES)]


def _answers(store: CorpusStore, folder: Path, queries: list[str]) -> list[list[Hit]]:
    """The first ten by words and by (made) vectors, for each query, from an index built here."""
    words, meaning = make_sparse_encoder(SparseSettings()), Meaning()
    index = EdgeIndex.open(folder / "index", index_fingerprint(words, meaning), DIMENSION)
    cache = EncodingCache(folder / "encodings.db")
    try:
        builder = IndexBuilder(store, index, words, meaning, cache)
        builder.sync()
        builder.encode()
        return [
            [
                *index.search_sparse(words.encode_query(query), EVERYTHING, 10),
                *index.search_dense(meaning.encode_queries([query])[0], EVERYTHING, 10),
            ]
            for query in queries
        ]
    finally:
        cache.close()
        index.close()


@pytest.mark.slow
def test_an_imported_corpus_gives_the_same_results_for_200_queries(
    full_national_store: CorpusStore, tmp_path: Path
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    export_corpus(full_national_store, tmp_path / "corpus.zip", first / "originals")
    copy = CorpusStore.open(f"sqlite:///{second / 'corpus.db'}")
    try:
        import_corpus(copy, tmp_path / "corpus.zip", second / "originals")
        queries = _queries(full_national_store)
        found = _answers(full_national_store, first, queries)
        again = _answers(copy, second, queries)
        assert [[hit.passage_id for hit in hits] for hits in again] == [[h.passage_id for h in hits] for hits in found]
        # two indexes of one store add up float32 terms in another order: equal to six digits, not to the last bit
        scores = [hit.score for hits in again for hit in hits]
        assert scores == pytest.approx([hit.score for hits in found for hit in hits], rel=1e-5)
        assert all(found)
    finally:
        copy.close()
