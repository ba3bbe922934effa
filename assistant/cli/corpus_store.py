"""The store as the commands on the corpus open it (打开语料库): for reading, or owned for changing it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.cli import connect

if TYPE_CHECKING:
    from assistant.settings import Settings
    from corpus.store import CorpusStore


@contextmanager
def store_for_reading(settings: Settings) -> Iterator[CorpusStore]:
    """The store, beside a running server too."""
    from assistant.server import made_data_folder
    from corpus.store import CorpusStore

    made_data_folder(settings.home)
    store = CorpusStore.open(settings.store_url)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def store_for_changing(settings: Settings, what: str) -> Iterator[CorpusStore]:
    """The store while this command alone owns the data folder. Raises IndexUnavailable while a server runs."""
    from assistant.server import owned_data_folder
    from corpus.errors import IndexUnavailable
    from corpus.store import CorpusStore

    with connect.server(settings) as client:
        if client is not None:
            raise IndexUnavailable(
                f"服务正在运行（{client.base_url}），运行中不能{what}。",
                where=str(settings.home),
                remedy="请先停止服务。",
            )
    with owned_data_folder(settings.home):
        store = CorpusStore.open(settings.store_url)
        try:
            yield store
        finally:
            store.close()
