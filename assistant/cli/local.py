"""A service opened by a command itself (本地打开), when no server runs on the data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.cli.progress import shown, waiting

if TYPE_CHECKING:
    from assistant.contract import Assistant
    from assistant.discretion.contract import Desk
    from assistant.reading import Reader
    from assistant.runtime import Runtime
    from assistant.settings import Settings


@contextmanager
def open_runtime(settings: Settings) -> Iterator[Runtime]:
    """Own the data folder and open everything in it, preparing nothing."""
    from assistant.runtime import Runtime
    from assistant.server import owned_data_folder

    with owned_data_folder(settings.home):
        runtime = Runtime.open(settings)
        try:
            yield runtime
        finally:
            runtime.close()


@contextmanager
def open_service(settings: Settings) -> Iterator[Assistant]:
    """The service over the data folder; on first use the laws are loaded and indexed for key words, with a bar.

    What is asked goes on record as asked at the command line.

    Meaning (dense vectors) takes part only as far as it was encoded before: a command does not wait minutes for it.
    """
    from assistant.accounts.principal import LOCAL
    from assistant.auditlog.contract import Surface
    from assistant.auditlog.origin import Origin, coming_from

    with open_runtime(settings) as runtime:
        with shown() as show:
            runtime.prepare(show, dense=False)
        with coming_from(Origin(Surface.CLI)):
            yield runtime.services().views.assistant(LOCAL)


@contextmanager
def open_reader(settings: Settings) -> Iterator[Reader]:
    """What reads the store only (citations, documents, provisions): no index, no encoder, no need to own the folder.

    On first use the laws are loaded, and for that the folder is owned.
    """
    from assistant.assembly import assemble_reader
    from assistant.loaded import is_loaded
    from assistant.server import made_data_folder
    from corpus.store import CorpusStore

    made_data_folder(settings.home)
    store = CorpusStore.open(settings.store_url)
    try:
        if not is_loaded(store):
            with open_runtime(settings) as runtime, shown() as show:
                runtime.load(show)
        yield assemble_reader(store, settings.current_day, settings.region)
    finally:
        store.close()


@contextmanager
def open_desk(settings: Settings, *, meaning: bool) -> Iterator[Desk]:
    """The discretion desk over the store: no index, no need to own the folder.

    On first use the laws are loaded, and for that the folder is owned. With ``meaning`` the records are encoded, once,
    so that descriptions are compared by meaning too.
    """
    from contextlib import closing

    from assistant.assembly import assemble_desk
    from assistant.loaded import is_loaded
    from assistant.server import made_data_folder
    from corpus.encoders.cache import EncodingCache
    from corpus.encoders.factory import make_dense_encoder
    from corpus.store import CorpusStore

    made_data_folder(settings.home)
    store = CorpusStore.open(settings.store_url)
    try:
        if not is_loaded(store):
            with open_runtime(settings) as runtime, shown() as show:
                runtime.load(show)
        with closing(EncodingCache(settings.encodings_path)) as cache:
            encoder = make_dense_encoder(settings.encoder, settings.models_dir) if meaning else None
            desk = assemble_desk(
                store,
                settings.current_day,
                settings.region,
                originals=settings.originals_dir,
                dense=lambda: encoder,
                cache=cache,
            )
            if meaning:
                with waiting("正在编码裁量标准（只需一次）"):
                    desk.prepare_meaning()
            yield desk
    finally:
        store.close()
