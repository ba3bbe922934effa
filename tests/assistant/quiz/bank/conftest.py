"""A room for each test: a small corpus and an empty bank."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import CorpusStore
from tests.assistant.quiz.bank.bank_room import Room
from tests.assistant.quiz.bank.bank_room import room as new_room


@pytest.fixture
def room(tmp_path: Path, national_store: CorpusStore) -> Iterator[Room]:
    opened = new_room(tmp_path, national_store)
    yield opened
    opened.close()
