"""Fixtures shared by all tests: stores loaded from the installed law package, read only by the tests that use them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import CorpusStore
from ingest.load import load_national_laws
from tests.postgres import server

TODAY = dt.date(2026, 11, 21)

CHOSEN_LAWS = (
    "中华人民共和国行政处罚法",
    "中华人民共和国行政强制法",
    "中华人民共和国水污染防治法",
    "中华人民共和国生态环境法典",
    "中华人民共和国食品安全法",
    "全国人民代表大会常务委员会关于修改《中华人民共和国食品安全法》的决定",
    "中华人民共和国商标法",
    "中华人民共和国仲裁法",
    "中华人民共和国消防法",
    "中华人民共和国治安管理处罚法",
    "中华人民共和国刑法",
    "中华人民共和国刑法修正案（十二）",
)


@pytest.fixture(scope="session")
def today() -> dt.date:
    return TODAY


@pytest.fixture(scope="session")
def national_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CorpusStore]:
    """A store with a dozen laws of every sort that matters; shared, so a test that writes opens its own."""
    yield from _loaded(tmp_path_factory.mktemp("national"), only=CHOSEN_LAWS)


@pytest.fixture(scope="session")
def full_national_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CorpusStore]:
    """A store with all national laws (some ten seconds): for slow tests and facts about the whole corpus."""
    yield from _loaded(tmp_path_factory.mktemp("national-full"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server with ``{database}`` to be filled in; skips where its binaries are absent."""
    with server() as template:
        yield template


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[CorpusStore]:
    store = CorpusStore.open(f"sqlite:///{tmp_path / 'corpus.db'}")
    yield store
    store.close()


def _loaded(folder: Path, only: tuple[str, ...] | None = None) -> Iterator[CorpusStore]:
    store = CorpusStore.open(f"sqlite:///{folder / 'corpus.db'}")
    load_national_laws(store, today=TODAY, only=only)
    yield store
    store.close()
