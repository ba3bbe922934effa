"""Searching an ad-hoc corpus with the product's pipeline and with single searches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import numpy as np
import pytest

from assistant.lexicon import Entry, Lexicon
from assistant.retrieval.features import FEATURES
from corpus.encoders.base import DenseEncoder
from corpus.index import Fingerprint
from corpus.index.edge import EdgeIndex
from corpus.store.repository import passage_digest
from evals.adhoc_index import fill_index, passages_of
from evals.corpus_files import CorpusArticle
from evals.methods import Method
from evals.searchers import AdhocLaws, Searcher
from tests.evals.eval_samples import ARTICLES, Characters, Lengths

LEXICON = Lexicon([Entry(spoken=("烧稻草",), statute=("焚烧秸秆",))])


@pytest.fixture(autouse=True)
def plain_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that only count the searches, so that no fit can change these tests."""
    weights = {name: float(name in ("lexical", "expanded", "semantic")) for name in FEATURES}
    monkeypatch.setattr("assistant.retrieval.ranking.load_weights", lambda: weights)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EdgeIndex]:
    folder = tmp_path_factory.mktemp("adhoc") / "index"
    opened = EdgeIndex.open(folder, Fingerprint("characters", "lengths", "test"), 4)
    fill_index(ARTICLES, opened, Characters(), None, lambda *_: None)
    nearest = passages_of(ARTICLES[2])[0]
    opened.set_dense({passage_digest(nearest.index_text): np.full(4, 0.5, dtype=np.float32)})
    yield opened
    opened.close()


def _searcher(index: EdgeIndex, method: Method) -> Searcher:
    dense = cast(DenseEncoder, Lengths()) if method.needs_meaning else None
    return Searcher(method, index, Characters(), dense, AdhocLaws.of(ARTICLES), lexicon=LEXICON)


@pytest.mark.parametrize(
    ("method", "question", "first"),
    [
        (Method.WORDS, "焚烧秸秆", "d2"),
        (Method.LEXICAL, "占道摆摊", "d1"),
        (Method.LEXICAL, "烧稻草", "d2"),  # through the lexicon
        (Method.HYBRID, "焚烧秸秆", "d2"),
        (Method.DENSE, "焚烧秸秆", "d3"),  # the only article with a vector
    ],
)
def test_each_method_finds_articles_its_own_way(index: EdgeIndex, method: Method, question: str, first: str) -> None:
    assert _searcher(index, method).search(question, 10)[0] == first


def test_an_article_of_several_passages_is_found_once(index: EdgeIndex) -> None:
    for method in (Method.WORDS, Method.LEXICAL):
        found = list(_searcher(index, method).search("各种事情以及它们的后果", 10))
        assert len(found) == len(set(found))
        assert "d3" in found


def test_no_more_articles_are_returned_than_wanted(index: EdgeIndex) -> None:
    for method in Method:
        assert len(_searcher(index, method).search("罚款道路秸秆", 1)) == 1


def test_a_report_can_name_what_searched(index: EdgeIndex) -> None:
    searcher = _searcher(index, Method.LEXICAL)
    assert searcher.passages == sum(len(passages_of(a)) for a in ARTICLES)
    assert searcher.models == {"sparse encoder": "characters", "dense encoder": "none", "reranker": "none"}


def test_articles_of_one_law_that_name_each_other_are_tied() -> None:
    laws = AdhocLaws.of(
        [
            CorpusArticle(id="duty", law="甲法", article="第三条", text="不得占道。"),
            CorpusArticle(id="penalty", law="甲法", article="第九条", text="违反本法第三条规定的，处罚款。"),
            CorpusArticle(id="other", law="乙法", article="第三条", text="另一部法。"),
        ]
    )
    assert laws.references == {"penalty": ["duty"]}
