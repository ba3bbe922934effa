"""A service opened by a command itself (本地打开), when no server runs on the data folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.cli.progress import shown

if TYPE_CHECKING:
    from assistant.contract import Assistant
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

    Meaning (dense vectors) takes part only as far as it was encoded before: a command does not wait minutes for it.
    """
    with open_runtime(settings) as runtime:
        with shown() as show:
            runtime.prepare(show, dense=False)
        yield runtime.assistant


@contextmanager
def open_reader(settings: Settings) -> Iterator[Assistant]:
    """The service for commands that read the store only: no index, no encoder, and no need to own the folder."""
    from assistant.runtime import Reader, is_loaded

    if not is_loaded(settings):
        with open_service(settings) as assistant:
            yield assistant
        return
    reader = Reader.open(settings)
    try:
        yield reader.assistant
    finally:
        reader.close()
