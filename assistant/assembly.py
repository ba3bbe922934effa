"""Putting the service together (组装) from an open store, an index and the encoders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.catalogue import Catalogue
from assistant.reading import Reader
from corpus.citations import Resolver
from corpus.store import CorpusStore
from corpus.store.remembering import RememberingStore

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.contract import Assistant
    from assistant.discretion.contract import Desk
    from assistant.discretion.desk import DiscretionDesk
    from assistant.encyclopedia.items import ActReader
    from assistant.encyclopedia.service import EncyclopediaService
    from assistant.generator import Writer
    from assistant.index_slot import IndexSlot
    from assistant.service import AssistantService
    from corpus.encoders.base import DenseEncoder, SparseEncoder
    from corpus.encoders.cache import EncodingCache
    from corpus.encoders.reranker import Reranker

Today = Callable[[], dt.date]


def assemble_reader(store: CorpusStore, today: Today, region: str | None = None) -> Reader:
    """What reads the store only: citations, documents and provisions. Loads no encoder and no pipeline."""
    from assistant.presenting import Presenter

    catalogue = Catalogue.read(store)
    presenter = Presenter(store, catalogue, today)
    return Reader(store, catalogue, Resolver(store, catalogue.names), presenter, today, region)


def assemble_service(
    store: CorpusStore,
    slot: IndexSlot,
    sparse: SparseEncoder,
    dense: Callable[[], DenseEncoder | None],
    today: Today,
    words_ready: Callable[[], bool] = lambda: True,
    writer: Writer | None = None,
    region: str | None = None,
    desk: Desk | None = None,
    texts: RememberingStore | None = None,
    reranker: Callable[[], Reranker | None] = lambda: None,
) -> AssistantService:
    """The whole service over a snapshot of the store; make a new one after the store has changed.

    ``dense`` gives the encoder of meaning once every passage has its vector, and None before; ``words_ready`` says
    whether every passage is in the index at all. Without a ``writer``, answers are composed of the quoted provisions.
    ``region`` is the officers' own, which counts where a question names no other. ``desk`` finds the standards offered
    under an answer. ``texts`` is what the parts of one snapshot remember of the store. ``reranker`` gives what reads
    the best provisions beside the question, None where the order of the searches is to stand.
    """
    from assistant.lexicon import load_lexicon
    from assistant.materials import MaterialFinder
    from assistant.presenting import Presenter
    from assistant.retrieval.retriever import Retriever
    from assistant.service import AssistantService

    catalogue = Catalogue.read(store)
    texts = texts or RememberingStore(store)
    resolver = Resolver(texts, catalogue.names)
    presenter = Presenter(texts, catalogue, today)
    retriever = Retriever(texts, catalogue, slot, sparse, dense, reranker=reranker)
    reader = Reader(texts, catalogue, resolver, presenter, today, region)
    return AssistantService(
        texts=texts,
        catalogue=catalogue,
        retriever=retriever,
        resolver=resolver,
        reader=reader,
        presenter=presenter,
        materials=MaterialFinder(texts, catalogue, retriever, presenter, reader.version),
        lexicon=load_lexicon(),
        today=today,
        words_ready=words_ready,
        dense_ready=lambda: dense() is not None,
        writer=writer,
        region=region,
        desk=desk,
    )


def assemble_desk(
    store: CorpusStore,
    today: Today,
    region: str | None = None,
    *,
    originals: Path | None = None,
    dense: Callable[[], DenseEncoder | None] = lambda: None,
    cache: EncodingCache | None = None,
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    texts: RememberingStore | None = None,
) -> DiscretionDesk:
    """The discretion desk over a snapshot of the store; make a new one after the store has changed.

    ``originals`` is the folder of kept originals; ``dense`` gives the encoder of meaning, None while there is none;
    ``texts`` is what the parts of one snapshot remember of the store.
    """
    from assistant.discretion.desk import DiscretionDesk
    from assistant.lexicon import load_lexicon

    texts = texts or RememberingStore(store)
    return DiscretionDesk(
        store=store,
        texts=texts,
        resolver=Resolver(texts, Catalogue.read(store).names),
        lexicon=load_lexicon(),
        today=today,
        now=now,
        region=region,
        originals=originals,
        dense=dense,
        cache=cache,
    )


def assemble_encyclopedia(
    store: CorpusStore,
    today: Today,
    region: str | None = None,
    *,
    desk: Desk,
    assistant: Assistant,
    acts: ActReader | None = None,
) -> EncyclopediaService:
    """The encyclopedia over a snapshot of the store, with the desk and the search of the same view.

    ``acts`` is what the views of one snapshot share of their reading of penalty articles.
    """
    from assistant.encyclopedia.service import EncyclopediaService
    from assistant.presenting import Presenter

    catalogue = Catalogue.read(store)
    resolver = Resolver(store, catalogue.names)
    return EncyclopediaService(
        catalogue=catalogue,
        store=store,
        reader=Reader(store, catalogue, resolver, Presenter(store, catalogue, today), today, region),
        resolver=resolver,
        desk=desk,
        assistant=assistant,
        today=today,
        region=region,
        acts=acts,
    )
