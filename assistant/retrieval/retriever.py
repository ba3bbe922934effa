"""Retrieval as the assistant uses it (检索): an understood question in, ranked provisions with their texts out."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

from haystack.core.errors import PipelineRuntimeError

from assistant.catalogue import Catalogue
from assistant.retrieval.candidates import Candidate
from assistant.retrieval.features import Scored
from assistant.retrieval.materials import NearMaterial, find_materials
from assistant.retrieval.pipeline import Asked, Order, build_pipeline
from assistant.understanding import UnderstoodQuestion
from corpus.encoders.base import DenseEncoder, SparseEncoder
from corpus.errors import EAssistantError
from corpus.index import Searchable, SearchFilter
from corpus.store import CorpusStore
from corpus.vocabulary import Provision

_HELD_TEXTS = 40_000  # provisions kept in memory, about 40 MB of law


@dataclass(frozen=True, slots=True)
class RankedProvision:
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
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._index = index
        self._sparse = sparse
        self._dense = dense
        self._held: OrderedDict[str, Provision] = OrderedDict()
        self._lock = Lock()
        self.pipeline = build_pipeline(index, sparse, dense, self._look_up, catalogue.references)

    def retrieve(self, question: UnderstoodQuestion, where: SearchFilter) -> list[RankedProvision]:
        """Provisions for a question, best first; empty when nothing shares a word or a meaning with it."""
        asked = Asked(question, where)
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
        """What the store knows of the candidates; one that has left the store since is passed over."""
        provisions = self._provisions([c.provision_id for c in candidates])
        return {
            c.provision_id: Scored(c, provisions[c.provision_id], self._catalogue.documents[c.document_id])
            for c in candidates
            if c.provision_id in provisions and c.document_id in self._catalogue.documents
        }

    def _provisions(self, ids: Sequence[str]) -> dict[str, Provision]:
        with self._lock:
            found = {i: self._held[i] for i in ids if i in self._held}
        missing = [i for i in ids if i not in found]
        if missing:
            read = self._store.provisions_by_id(missing)
            found |= read
            with self._lock:
                self._held.update(read)
                while len(self._held) > _HELD_TEXTS:
                    self._held.popitem(last=False)
        return found
