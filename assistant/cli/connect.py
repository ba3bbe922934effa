"""Which service a command talks to (连接): the running server of the data folder, or the folder itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from assistant.api.client import ApiClient
    from assistant.contract import Assistant
    from assistant.settings import Settings


def settings() -> Settings:
    """The settings, with the privacy switches they ask for."""
    from assistant.settings import load_settings

    return load_settings()


@contextmanager
def server(of: Settings) -> Iterator[ApiClient | None]:
    """A client of the server that owns the data folder, or None when none runs."""
    from assistant.server import read_record, running_server

    record = running_server(of.home) if read_record(of.home) else None
    if record is None:
        yield None
        return
    from assistant.api.client import ApiClient

    with ApiClient(record.url) as client:
        yield client


@contextmanager
def service(of: Settings, *, lexicon_only: bool = False) -> Iterator[Assistant]:
    """The service: the running server's, or one opened here, which loads the laws on first use with a progress bar.

    ``lexicon_only`` is for commands that need the store but no index: they then need not own the data folder.
    """
    with server(of) as client:
        if client is not None:
            yield client
            return
    from assistant.cli.local import open_reader, open_service

    with (open_reader if lexicon_only else open_service)(of) as assistant:
        yield assistant


def say(message: str) -> None:
    """A remark on what goes on, on standard error, so that it never mixes with results."""
    typer.secho(message, dim=True, err=True)
