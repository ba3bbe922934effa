"""The encyclopedia over a dozen national laws, made once for all its tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from assistant.assembly import assemble_desk, assemble_encyclopedia
from assistant.contract import SearchRequest, SearchResponse
from assistant.encyclopedia.service import EncyclopediaService
from corpus.store import CorpusStore
from corpus.vocabulary import Provision


class NothingFound:
    """Answers every search with nothing, and remembers what was asked."""

    def __init__(self) -> None:
        self.requests: list[SearchRequest] = []

    def search(self, request: SearchRequest) -> SearchResponse:
        self.requests.append(request)
        day = request.as_of or dt.date(2026, 11, 21)
        return SearchResponse(question=request.question, as_of=day, latency_ms=0.0, dense_ready=False)


def encyclopedia_over(store: CorpusStore, today: dt.date) -> EncyclopediaService:
    desk = assemble_desk(store, lambda: today)
    return assemble_encyclopedia(store, lambda: today, desk=desk, assistant=NothingFound())  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def encyclopedia(national_store: CorpusStore, today: dt.date) -> EncyclopediaService:
    return encyclopedia_over(national_store, today)


@pytest.fixture(scope="session")
def article(national_store: CorpusStore) -> Callable[[str, str], Provision]:
    """An article of the newest text of a law, by short title and label."""

    def find(title: str, label: str) -> Provision:
        document = next(d for d in national_store.documents() if d.title == f"中华人民共和国{title}")
        newest = national_store.versions(document.id)[-1]
        return next(p for p in national_store.provisions(newest.id) if p.label == label)

    return find
