"""Real law to make items from: the national laws of the installed package, in force on the day of the tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import pytest

from assistant.assembly import assemble_desk
from assistant.catalogue import Catalogue
from assistant.quiz.gathering import Shelves
from assistant.quiz.material import LawBook, SourceText
from corpus.store import CorpusStore
from ingest.load import load_national_laws

_OF_FIELDS = ("道路交通安全法", "广告法", "安全生产法", "药品管理法", "种子法", "烟草专卖法")


@pytest.fixture(scope="session")
def shelves(national_store: CorpusStore, today: dt.date) -> Shelves:
    return Shelves(
        catalogue=Catalogue.read(national_store),
        store=national_store,
        desk=assemble_desk(national_store, lambda: today),
        today=lambda: today,
        region=None,
    )


@pytest.fixture(scope="session")
def book(shelves: Shelves) -> LawBook:
    return shelves.book()


@pytest.fixture(scope="session")
def penalty_law(book: LawBook) -> SourceText:
    return next(t for t in book.texts if t.document.title == "中华人民共和国行政处罚法")


@pytest.fixture(scope="session")
def laws(book: LawBook, tmp_path_factory: pytest.TempPathFactory, today: dt.date) -> Iterator[Mapping[str, SourceText]]:
    """The laws of the book and some laws of fields, by their titles without the state."""
    store = CorpusStore.open(f"sqlite:///{tmp_path_factory.mktemp('fields') / 'corpus.db'}")
    load_national_laws(store, today=today, only=tuple(f"中华人民共和国{title}" for title in _OF_FIELDS))
    more = Shelves(
        catalogue=Catalogue.read(store),
        store=store,
        desk=assemble_desk(store, lambda: today),
        today=lambda: today,
        region=None,
    ).book()
    yield {t.document.title.removeprefix("中华人民共和国"): t for t in (*book.texts, *more.texts)}
    store.close()
