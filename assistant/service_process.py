"""The server process (服务进程): owns the data folder, serves at once, prepares in the background, leaves in order."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from typing import NoReturn

from assistant.runtime import Runtime
from assistant.server import (
    ServerRecord,
    bind,
    new_instance,
    owned_data_folder,
    recorded,
    serve_until_stopped,
    url_of,
)
from assistant.settings import Settings

_LEAVES_WITHIN_S = 1.0


def run_service(settings: Settings, *, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; ``announce`` gets the address once the API accepts requests.

    Work that cannot be interrupted (a batch in the model, a merge of the index) may still run on return, so the
    caller should ``leave`` the process. Raises IndexUnavailable when the data folder has an owner, ServerUnavailable
    when the port is taken.
    """
    from assistant.api.app import create_app

    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("haystack").setLevel(logging.ERROR)  # warns at length about snapshots of failed pipelines
    with (
        owned_data_folder(settings.home),
        bind(settings.server.host, settings.server.port, "EASSISTANT_SERVER__PORT") as listener,
    ):
        instance = new_instance()
        url = url_of(listener)
        runtime = Runtime.open(settings, instance=instance)
        with recorded(settings.home, ServerRecord.new(url, instance)):
            runtime.prepare_in_background()
            announce(url)
            app = create_app(runtime.services(), settings)
            serve_until_stopped(app, listener, on_stop=runtime.ask_to_stop)
        if runtime.finished(_LEAVES_WITHIN_S):
            runtime.close()


def leave() -> NoReturn:
    """End the process now: freeing the models takes seconds, and a thread may sit in work that cannot be interrupted.

    What is on disk survives the end of the process at any moment.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
