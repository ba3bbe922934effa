"""Which service a command talks to (连接): the running server of the data folder, or the folder itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from assistant.api.client import ApiClient
    from assistant.contract import Assistant
    from assistant.discretion.contract import Desk
    from assistant.reading import Reader
    from assistant.settings import Settings


def settings() -> Settings:
    """The settings; a hub model named in them is the one reason to let a library reach the network."""
    from assistant.privacy import allow_hub, is_hub_model
    from assistant.settings import load_settings
    from corpus.encoders.settings import BUNDLED_MODELS

    found = load_settings()
    if is_hub_model(found.encoder.model, BUNDLED_MODELS):
        allow_hub()
    return found


@contextmanager
def server(of: Settings) -> Iterator[ApiClient | None]:
    """A client of the server that owns the data folder, or None when none runs."""
    from assistant.server import read_record, running_server

    record = running_server(of.home) if read_record(of.home) else None
    if record is None:
        yield None
        return
    from assistant.api.client import ApiClient
    from assistant.auditlog.contract import Surface

    token = of.token.get_secret_value() if of.token else None
    with ApiClient(record.url, token=token, surface=Surface.CLI) as client:
        yield client


@contextmanager
def service(of: Settings) -> Iterator[Assistant]:
    """The service: the running server's, or one opened here, which loads the laws on first use with a progress bar."""
    with server(of) as client:
        if client is not None:
            yield client
            return
    from assistant.cli.local import open_service

    with open_service(of) as assistant:
        yield assistant


@contextmanager
def reader(of: Settings) -> Iterator[Reader | ApiClient]:
    """What reads citations: the running server's, or the store itself, which needs neither index nor encoder."""
    with server(of) as client:
        if client is not None:
            yield client
            return
    from assistant.cli.local import open_reader

    with open_reader(of) as found:
        yield found


@contextmanager
def desk(of: Settings, *, meaning: bool = False) -> Iterator[Desk]:
    """The discretion desk: the running server's, or one over the store; ``meaning`` as in ``open_desk``."""
    with server(of) as client:
        if client is not None:
            yield client.desk
            return
    from assistant.cli.local import open_desk

    with open_desk(of, meaning=meaning) as found:
        yield found


def say(message: str) -> None:
    """A remark on what goes on, on standard error, so that it never mixes with results."""
    typer.secho(message, dim=True, err=True)
