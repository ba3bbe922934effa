"""A child that is kept running (守护进程): started again when it ends by itself, ended with whoever keeps it."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable

TOO_SHORT_A_LIFE_S = 10.0
"""A child that ends sooner than this would only end again: it is given up."""
GRACE_S = 2.0
"""Wait before a new start: Ctrl-C reaches the child first, and its keeper a moment later."""
_LAST_WORDS_S = 1.0


class KeptProcess:
    """Keeps the process that ``spawn`` starts; ``restarting`` and ``given_up`` are told of what happens to it."""

    def __init__(
        self,
        spawn: Callable[[], subprocess.Popen[bytes]],
        *,
        restarting: Callable[[], None],
        given_up: Callable[[], None],
        too_short_a_life_s: float = TOO_SHORT_A_LIFE_S,
        grace_s: float = GRACE_S,
    ) -> None:
        self._spawn = spawn
        self._restarting = restarting
        self._given_up = given_up
        self._too_short_a_life_s = too_short_a_life_s
        self._grace_s = grace_s
        self._ending = threading.Event()
        self._changing = threading.Lock()
        self._child = spawn()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether it is kept: False once it was ended or given up."""
        return self._thread.is_alive() and not self._ending.is_set()

    def wait(self) -> None:
        """Return when the child is kept no longer."""
        self._thread.join()

    def end(self) -> None:
        """End the child and keep it no longer."""
        with self._changing:
            self._ending.set()
            self._child.terminate()
        try:
            self._child.wait(timeout=_LAST_WORDS_S)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._thread.join()

    def _keep(self) -> None:
        while True:
            began = time.monotonic()
            self._child.wait()
            if self._ending.wait(self._grace_s):
                return
            if time.monotonic() - began < self._too_short_a_life_s + self._grace_s:
                self._given_up()
                return
            self._restarting()
            with self._changing:
                if self._ending.is_set():
                    return
                self._child = self._spawn()
