"""What is done while the search by meaning goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from haystack import Pipeline
from haystack.core.errors import PipelineRuntimeError

from assistant.lexicon import Lexicon
from assistant.retrieval.pipeline import Asked, build_pipeline
from assistant.understanding import understand
from corpus.citations import NameTable
from corpus.errors import IndexUnavailable
from corpus.index import EVERYTHING, Fingerprint
from corpus.index.edge import EdgeIndex
from evals.adhoc_index import fill_index
from evals.searchers import AdhocLaws
from tests.evals.eval_samples import ARTICLES, Characters

DAY = dt.date(2026, 11, 21)


@pytest.fixture
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    index = EdgeIndex.open(tmp_path_factory.mktemp("pipeline") / "index", Fingerprint("characters", "none", "test"), 1)
    fill_index(ARTICLES, index, Characters(), None, lambda *_: None)
    laws = AdhocLaws.of(ARTICLES)
    yield build_pipeline(index, Characters(), lambda: None, laws.lookup, laws.references)
    index.close()


def run(pipeline: Pipeline, asked: Asked) -> list[str]:
    replies: dict[str, Any] = pipeline.run({step: {"asked": asked} for step in ("words", "statute", "meaning", "rank")})
    return [ranked.candidate.provision_id for ranked in replies["rank"]["order"].ranked]


def test_it_is_done_once_and_changes_nothing(pipeline: Pipeline) -> None:
    question = understand("焚烧秸秆", as_of=DAY, today=DAY, names=NameTable.from_documents([]), lexicon=Lexicon([]))
    done: list[str] = []
    alone = run(pipeline, Asked(question, EVERYTHING))
    assert run(pipeline, Asked(question, EVERYTHING, lambda: done.append("once"))) == alone != []
    assert done == ["once"]


def test_what_fails_in_it_fails_the_search(pipeline: Pipeline) -> None:
    def fail() -> None:
        raise IndexUnavailable("no", where="there", remedy="none")

    question = understand("焚烧秸秆", as_of=DAY, today=DAY, names=NameTable.from_documents([]), lexicon=Lexicon([]))
    with pytest.raises(PipelineRuntimeError) as failed:
        run(pipeline, Asked(question, EVERYTHING, fail))
    assert isinstance(failed.value.__cause__, IndexUnavailable)  # which the retriever raises in its place
