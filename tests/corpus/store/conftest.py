"""The store's tests run on every database it is made for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import CorpusStore
from tests.postgres import new_database


@pytest.fixture(params=["sqlite", "postgres"])
def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CorpusStore]:
    if request.param == "postgres":
        url = new_database(request.getfixturevalue("postgres"))
    else:
        url = f"sqlite:///{tmp_path / 'corpus.db'}"
    store = CorpusStore.open(url)
    yield store
    store.close()
