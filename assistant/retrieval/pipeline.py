"""The query pipeline (检索管线): Haystack components around the plain functions, so that a step can be swapped in YAML.

::

    question ─┬─► meaning  ─┐
              ├─► words    ─┼─► rank ─► ranked provisions
              └─► statute  ─┘

The search by meaning goes on in a thread of its own while the others are made, which take about as long and work in
Python where it works in numpy and ONNX Runtime.

Haystack copies what passes between components, deeply; our values are frozen and say so through ``Found``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from haystack import Pipeline, component

from assistant.retrieval.candidates import Candidate, gather, referring, with_referring
from assistant.retrieval.features import Scored
from assistant.retrieval.ranking import Ranked, penalties_behind_duties, rank
from assistant.retrieval.reranking import rerank
from assistant.retrieval.search import search_meaning, search_terms, search_words
from assistant.understanding import UnderstoodQuestion
from corpus.encoders.base import DenseEncoder, SparseEncoder
from corpus.encoders.reranker import Reranker
from corpus.index import Hit, Searchable, SearchFilter


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on its way through the pipeline, with the filter that goes with it.

    ``meanwhile`` is called by whatever step waits for the search by meaning, once, before it waits.
    """

    question: UnderstoodQuestion
    where: SearchFilter
    meanwhile: Callable[[], None] | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> Asked:
        return self


@dataclass(frozen=True, slots=True)
class Found:
    """What one search found."""

    hits: tuple[Hit, ...] = ()

    def __deepcopy__(self, memo: dict[int, Any]) -> Found:
        return self


_BESIDE = ThreadPoolExecutor(thread_name_prefix="meaning")


@dataclass(frozen=True, slots=True)
class Coming:
    """What a search going on in another thread will have found."""

    found: Future[list[Hit]]

    def __deepcopy__(self, memo: dict[int, Any]) -> Coming:
        return self


@dataclass(frozen=True, slots=True)
class Order:
    """Ranked provisions, best first, with what the store knows of each."""

    ranked: tuple[Ranked, ...]
    scored: dict[str, Scored]

    def __deepcopy__(self, memo: dict[int, Any]) -> Order:
        return self


@component
class WordSearch:
    """Lexical search with the question's own words."""

    def __init__(self, index: Searchable, encoder: SparseEncoder) -> None:
        self.index = index
        self.encoder = encoder

    @component.output_types(found=Found)
    def run(self, asked: Asked) -> dict[str, Found]:
        return {"found": Found(tuple(search_words(self.index, self.encoder, asked.question.matter, asked.where)))}


@component
class StatuteTermSearch:
    """Lexical search with the statute words that the lexicon adds to spoken ones."""

    def __init__(self, index: Searchable, encoder: SparseEncoder) -> None:
        self.index = index
        self.encoder = encoder

    @component.output_types(found=Found)
    def run(self, asked: Asked) -> dict[str, Found]:
        terms = [term for e in asked.question.expansions for term in e.statute]
        return {"found": Found(tuple(search_terms(self.index, self.encoder, terms, asked.where)))}


@component
class MeaningSearch:
    """Semantic search, begun and not waited for; finds nothing as long as no encoder is ready."""

    def __init__(self, index: Searchable, encoder: Callable[[], DenseEncoder | None]) -> None:
        self.index = index
        self.encoder = encoder

    @component.output_types(coming=Coming)
    def run(self, asked: Asked) -> dict[str, Coming]:
        return {"coming": Coming(_BESIDE.submit(self._search, asked))}

    def _search(self, asked: Asked) -> list[Hit]:
        encoder = self.encoder()
        return search_meaning(self.index, encoder, asked.question.matter, asked.where) if encoder is not None else []


@component
class Ranker:
    """Joins the searches and puts the provisions in order."""

    def __init__(
        self,
        lookup: Callable[[Sequence[Candidate]], dict[str, Scored]],
        references: Mapping[str, Sequence[str]],
        reranker: Callable[[], Reranker | None],
    ) -> None:
        self.lookup = lookup
        self.references = references
        self.reranker = reranker
        self.named_by = referring(references)

    @component.output_types(order=Order)
    def run(self, asked: Asked, words: Found, statute: Found, meaning: Coming) -> dict[str, Order]:
        if asked.meanwhile is not None:
            asked.meanwhile()
        found = gather({"lexical": words.hits, "expanded": statute.hits, "semantic": meaning.found.result()})
        candidates = with_referring(found, self.named_by)
        scored = self.lookup(candidates)
        held = [scored[c.provision_id] for c in candidates if c.provision_id in scored]
        ranked = rank(asked.question, held, self.references)
        reranker = self.reranker()
        if reranker is not None:
            ranked = rerank(asked.question.matter, ranked, scored, reranker)
        ordered = penalties_behind_duties(asked.question, ranked, scored, self.named_by)
        return {"order": Order(tuple(ordered), scored)}


def build_pipeline(
    index: Searchable,
    sparse: SparseEncoder,
    dense: Callable[[], DenseEncoder | None],
    lookup: Callable[[Sequence[Candidate]], dict[str, Scored]],
    references: Mapping[str, Sequence[str]],
    reranker: Callable[[], Reranker | None] = lambda: None,
) -> Pipeline:
    """Assemble the query pipeline over an open index; ``reranker`` gives None where the order is to stand."""
    pipeline = Pipeline()
    pipeline.add_component("meaning", MeaningSearch(index, dense))
    pipeline.add_component("words", WordSearch(index, sparse))
    pipeline.add_component("statute", StatuteTermSearch(index, sparse))
    pipeline.add_component("rank", Ranker(lookup, references, reranker))
    pipeline.connect("words.found", "rank.words")
    pipeline.connect("statute.found", "rank.statute")
    pipeline.connect("meaning.coming", "rank.meaning")
    return pipeline
