"""The server process (服务进程): owns the data folder, serves at once, prepares in the background, leaves in order."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import NoReturn

from assistant.allocation import keep_few_arenas
from assistant.api.own_origin import OnlyThisMachine, require_accounts_off_loopback
from assistant.logging_setup import set_up_logging
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


def run_service(
    settings: Settings, *, announce: Callable[[str], None], invite: Callable[[str], None] = lambda _code: None
) -> None:
    """Serve until SIGINT or SIGTERM; ``announce`` gets the address once the API accepts requests.

    ``invite`` gets the set-up code for the first administrator, where accounts are on and there is none.

    Work that cannot be interrupted (a batch in the model, a merge of the index) may still run on return, so the
    caller should ``leave`` the process. Raises InvalidInput when it was to listen off loopback without accounts,
    IndexUnavailable when the data folder has an owner, ServerUnavailable when the port is taken.
    """
    from assistant.api.app import create_app

    require_accounts_off_loopback(
        settings.server.host, accounts=settings.accounts.enabled, setting="EASSISTANT_SERVER__HOST"
    )
    set_up_logging(settings.log)
    keep_few_arenas()
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
            code = runtime.areas.accounts.new_setup_code()
            if code is not None:
                invite(code)
            app = create_app(runtime.services(), settings)
            served = app if settings.accounts.enabled else OnlyThisMachine(app)
            serve_until_stopped(
                served, listener, on_stop=runtime.ask_to_stop, trusted_proxies=settings.server.trusted_proxies
            )
        if runtime.finished(_LEAVES_WITHIN_S):
            runtime.close()


def leave() -> NoReturn:
    """End the process now: freeing the models takes seconds, and a thread may sit in work that cannot be interrupted.

    What is on disk survives the end of the process at any moment.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
