"""The service over a store, whose answers rest on the articles that a question names: nothing is searched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from assistant.catalogue import Catalogue
from assistant.generator import Writer
from assistant.lexicon import load_lexicon
from assistant.materials import MaterialFinder
from assistant.presenting import Presenter
from assistant.reading import Reader
from assistant.service import AssistantService
from corpus.citations import Resolver
from corpus.store import CorpusStore
from corpus.store.remembering import RememberingStore


class NothingElse:
    """A retriever that finds nothing, so that an answer rests on the article named."""

    def retrieve(self, question: object, where: object, meanwhile: Callable[[], None]) -> tuple[()]:
        meanwhile()
        return ()


def service_of_named_articles(store: CorpusStore, writer: Writer | None, today: dt.date) -> AssistantService:
    """The service with a model that writes, or without."""
    catalogue = Catalogue.read(store)
    resolver = Resolver(store, catalogue.names)
    presenter = Presenter(store, catalogue, lambda: today)
    reader = Reader(store, catalogue, resolver, presenter, lambda: today)
    retriever: Any = NothingElse()
    return AssistantService(
        catalogue=catalogue,
        texts=RememberingStore(store),
        retriever=retriever,
        resolver=resolver,
        reader=reader,
        presenter=presenter,
        materials=MaterialFinder(store, catalogue, retriever, presenter, reader.version),
        lexicon=load_lexicon(),
        today=lambda: today,
        words_ready=lambda: True,
        dense_ready=lambda: False,
        writer=writer,
    )
