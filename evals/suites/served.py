"""The service that is asked (被测服务), with the day it is asked on and what a report says of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.contract import Assistant
    from assistant.settings import Settings
    from corpus.store import CorpusStore


@dataclass(frozen=True, slots=True)
class Served:
    """The service, the store that its quotations are checked against, the day, and what the report says of them."""

    assistant: Assistant
    store: CorpusStore
    day: dt.date
    conditions: dict[str, str]


@contextmanager
def serve(settings: Settings, today: dt.date | None) -> Iterator[Served]:
    """The running server of the data folder, or the folder opened in this process."""
    from assistant.cli import connect
    from corpus.store import CorpusStore

    day = today or settings.current_day()
    with connect.service(settings) as assistant, closing(CorpusStore.open(settings.store_url)) as store:
        yield Served(assistant, store, day, _conditions(settings, store))


def _conditions(settings: Settings, store: CorpusStore) -> dict[str, str]:
    counts = store.counts()
    return {
        "corpus": ", ".join(f"{counts[name]} {name}" for name in ("documents", "versions", "provisions", "passages")),
        "dense encoder": f"{settings.encoder.model}, {settings.encoder.precision}",
        "reranking": "yes" if settings.retrieval.reranking else "no",
        "chat model": settings.generator.model or "none",
    }
