"""Real law to make items from: the national laws of the installed package, in force on the day of the tests."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.assembly import assemble_desk
from assistant.catalogue import Catalogue
from assistant.quiz.gathering import Shelves
from assistant.quiz.material import LawBook, SourceText
from corpus.store import CorpusStore


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
