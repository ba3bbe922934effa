"""A small store for the desk's tests: laws from the installed package, one of them repealed by the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from assistant.discretion.bases import CitedLaws
from corpus.citations import NameTable, Resolver
from corpus.store import CorpusStore
from ingest.load import load_national_laws

AUDITED_LAWS = (
    "中华人民共和国水污染防治法",
    "中华人民共和国噪声污染防治法",
    "中华人民共和国生态环境法典",
    "中华人民共和国行政处罚法",
)


@pytest.fixture(scope="session")
def law_store(tmp_path_factory: pytest.TempPathFactory, today: dt.date) -> Iterator[CorpusStore]:
    """Three statutes of which the last repeals the others, and the general penalty law; read only."""
    store = CorpusStore.open(f"sqlite:///{tmp_path_factory.mktemp('audited') / 'corpus.db'}")
    load_national_laws(store, today=today, only=AUDITED_LAWS)
    yield store
    store.close()


@pytest.fixture(scope="session")
def laws_on(law_store: CorpusStore, today: dt.date) -> Callable[[dt.date], CitedLaws]:
    """The cited laws as of a day."""
    resolver = Resolver(law_store, NameTable.from_documents(law_store.documents()))
    return lambda day: CitedLaws(law_store, resolver, as_of=day, today=today)
