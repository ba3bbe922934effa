"""Retrieval as the assistant uses it (检索): an understood question in, ranked provisions with their texts out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from haystack.core.errors import PipelineRuntimeError

from assistant.catalogue import Catalogue
from assistant.retrieval.candidates import Candidate
from assistant.retrieval.features import Scored
from assistant.retrieval.later_texts import Continuations, WithLaterTexts
from assistant.retrieval.materials import NearMaterial, find_materials
from assistant.retrieval.pipeline import Asked, Order, build_pipeline
from assistant.retrieval.search import RememberedWords
from assistant.understanding import UnderstoodQuestion
from corpus.encoders.base import DenseEncoder, SparseEncoder
from corpus.encoders.reranker import Reranker
from corpus.errors import EAssistantError
from corpus.index import Searchable, SearchFilter
from corpus.index.readable import ReadableIndex
from corpus.store import CorpusStore
from corpus.store.readable import ReadableStore


class RankedProvision(NamedTuple):
    """A provision found (命中条文) with its final score and the evidence of each search."""

    scored: Scored
    score: float


class Retriever:
    """Runs the query pipeline over an open index and a snapshot of the catalogue."""

    def __init__(
        self,
        store: CorpusStore,
        catalogue: Catalogue,
        index: Searchable,
        sparse: SparseEncoder,
        dense: Callable[[], DenseEncoder | None],
        texts: CorpusStore | None = None,
        reranker: Callable[[], Reranker | None] = lambda: None,
        continuations: Continuations | None = None,
    ) -> None:
        """``texts`` is a store of all documents that several retrievers share, because it remembers what it has read;
        without it, ``store`` is read. Ids are checked against the catalogue before they are looked up. ``reranker``
        gives None where the order of the searches is to stand. ``continuations`` of those texts may be shared."""
        self._catalogue = catalogue
        self._index = index
        self._sparse = sparse if isinstance(sparse, RememberedWords) else RememberedWords(sparse)
        self._dense = dense
        self._texts = texts if texts is not None else store
        self._reranker = reranker
        self._continuations = continuations if continuations is not None else Continuations(self._texts)
        every = WithLaterTexts(index, catalogue, self._continuations)
        self.pipeline = build_pipeline(every, self._sparse, dense, self._look_up, catalogue.references, reranker)

    def without(self, store: ReadableStore, catalogue: Catalogue) -> Retriever:
        """This retriever for a reader of ``store``: the index is asked to leave out what is hidden, in every search."""
        index = ReadableIndex(self._index, store.hidden)
        return Retriever(
            store, catalogue, index, self._sparse, self._dense, self._texts, self._reranker, self._continuations
        )

    def retrieve(
        self, question: UnderstoodQuestion, where: SearchFilter, meanwhile: Callable[[], None] | None = None
    ) -> list[RankedProvision]:
        """Provisions for a question, best first; empty when nothing shares a word or a meaning with it.

        ``meanwhile`` is called once, while the search by meaning goes on in its thread.
        """
        asked = Asked(question, where, meanwhile)
        steps = ("words", "statute", "meaning", "rank")
        try:
            outcome = self.pipeline.run({step: {"asked": asked} for step in steps})
        except PipelineRuntimeError as error:
            if isinstance(error.__cause__, EAssistantError):  # e.g. an index that does not fit the encoders
                raise error.__cause__ from None
            raise
        order: Order = outcome["rank"]["order"]
        return [RankedProvision(order.scored[r.candidate.provision_id], r.score) for r in order.ranked]

    def materials(self, question: UnderstoodQuestion, where: SearchFilter) -> list[NearMaterial]:
        """Cases and practice material that the filter lets through, nearest first."""
        return find_materials(question, where, self._index, self._sparse, self._dense(), self._look_up)

    def _look_up(self, candidates: Sequence[Candidate]) -> dict[str, Scored]:
        """What the store knows of the candidates; whatever found it, what the catalogue lacks is passed over."""
        known = [c for c in candidates if c.provision_id.partition("/")[0] in self._catalogue.versions]
        held = self._texts.provisions_by_id([c.provision_id for c in known])
        of = self._catalogue.document_of
        return {c.provision_id: Scored(c, p, of(p)) for c in known if (p := held.get(c.provision_id)) is not None}
