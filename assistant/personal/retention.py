"""Personal data whose time is over is deleted (保存期限): when the instance starts, and every day after."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Sequence

from corpus.errors import EAssistantError

log = logging.getLogger(__name__)

_DAY_S = 24 * 60 * 60.0

Sweep = Callable[[], object]
"""Deletes what is older than it may be kept."""


class Retention:
    """Calls the sweeps in a thread of its own until it is stopped."""

    def __init__(
        self,
        sweeps: Sequence[Sweep],
        every_s: float = _DAY_S,
        failed: str = "personal data whose time is over was not deleted",
    ) -> None:
        self._sweeps = sweeps
        self._every_s = every_s
        self._failed = failed
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def sweep(self) -> None:
        """Sweep once; a sweep that fails is logged and tried again the next time."""
        for sweep in self._sweeps:
            try:
                sweep()
            except EAssistantError as error:
                log.warning("%s: %s", self._failed, error)

    def start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="retention", daemon=True)
            self._thread.start()

    def ask_to_stop(self) -> None:
        self._stop.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for the thread to end; whether it has."""
        if self._thread is not None:
            self._thread.join(timeout_s)
            return not self._thread.is_alive()
        return True

    def _run(self) -> None:
        while True:
            self.sweep()
            if self._stop.wait(self._every_s):
                return


def older_than(days: int | None, erase_before: Callable[[dt.datetime], int]) -> Sweep:
    """A sweep of what is older than so many days; of nothing where there is no bound."""

    def sweep() -> None:
        if days is not None:
            erase_before(dt.datetime.now(dt.UTC) - dt.timedelta(days=days))

    return sweep
