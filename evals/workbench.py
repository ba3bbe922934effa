"""Candidates for fitting (拟合用的候选): the product's retrieval on our own questions, stopped before the ranking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.catalogue import Catalogue
from assistant.lexicon import Lexicon, load_lexicon
from assistant.places import place_of
from assistant.retrieval.candidates import gather, referring, with_referring
from assistant.retrieval.features import Scored
from assistant.retrieval.search import search_meaning, search_terms, search_words
from assistant.server import owned_data_folder
from assistant.settings import Settings
from assistant.understanding import UnderstoodQuestion, understand
from corpus.encoders.base import DenseEncoder, SparseEncoder
from corpus.encoders.factory import make_dense_encoder, make_sparse_encoder
from corpus.errors import IndexUnavailable
from corpus.index import SearchFilter, VectorIndex, open_index
from corpus.store import CorpusStore
from corpus.vocabulary import Shelf
from evals.questions import Question
from ingest.indexing import index_fingerprint


@dataclass(frozen=True)
class Workbench:
    """The retrieval parts of a prepared data folder."""

    store: CorpusStore
    catalogue: Catalogue
    index: VectorIndex
    sparse: SparseEncoder
    dense: DenseEncoder
    lexicon: Lexicon

    @cached_property
    def named_by(self) -> dict[str, list[str]]:
        """Provision id → ids of the articles of the same text that name it."""
        return referring(self.catalogue.references)

    def understand(self, question: Question, today: dt.date) -> UnderstoodQuestion:
        """The question with its place, as the service understands it."""
        understood = understand(
            question.question,
            as_of=question.as_of or today,
            today=today,
            names=self.catalogue.names,
            lexicon=self.lexicon,
        )
        place = place_of(
            question.question,
            given=question.asked_in,
            home=None,
            of_laws=[self.catalogue.documents[i].region for i in understood.named_documents],
            held=self.catalogue.regions,
            with_rules=self.catalogue.local_regions,
        )
        return replace(understood, place=place)

    def candidates(self, question: UnderstoodQuestion, *, meaning: bool = True) -> list[Scored]:
        """What the searches find for a question, unranked, with what the store knows of each.

        Without ``meaning`` as while the passages are still being encoded: by words alone.
        """
        where = SearchFilter(as_of=question.as_of, regions=question.place.regions, shelves=frozenset({Shelf.LAW.value}))
        terms = [term for expansion in question.expansions for term in expansion.statute]
        found = gather(
            {
                "lexical": search_words(self.index, self.sparse, question.matter, where),
                "expanded": search_terms(self.index, self.sparse, terms, where),
                "semantic": search_meaning(self.index, self.dense, question.matter, where) if meaning else [],
            }
        )
        candidates = with_referring(found, self.named_by)
        provisions = self.store.provisions_by_id([c.provision_id for c in candidates])
        return [
            Scored(c, provisions[c.provision_id], self.catalogue.documents[c.document_id])
            for c in candidates
            if c.provision_id in provisions
        ]


@contextmanager
def open_workbench(settings: Settings) -> Iterator[Workbench]:
    """Open a data folder whose index is complete, dense vectors included. Raises IndexUnavailable otherwise."""
    sparse = make_sparse_encoder(settings.sparse)
    dense = make_dense_encoder(settings.encoder, settings.models_dir)
    fingerprint = index_fingerprint(sparse, dense)
    with (
        owned_data_folder(settings.home),
        closing(CorpusStore.open(settings.store_url)) as store,
        closing(open_index(settings.qdrant, settings.index_dir, fingerprint, dense.dimension)) as index,
    ):
        state = index.state()
        if not 0 < state.points == state.dense_points:
            raise IndexUnavailable(
                f"{state.dense_points} of {state.points} passages have their dense vector.",
                where=str(settings.index_dir),
                remedy="Run eassistant start (or index rebuild) until the index is complete, then fit.",
            )
        yield Workbench(store, Catalogue.read(store), index, sparse, dense, load_lexicon())
