"""Turns at the processor (轮流计算): only as many questions are worked on at once as there are cores.

The interpreter runs one thread at a time. Of forty questions worked on at once each waits for all the others, and so
does whatever else the process has to answer; worked on in turn, the first is ready forty times sooner and the last no
later. Whoever waits for a model or a person must not hold a turn, nor ask for a second one.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from types import TracebackType


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Turns:
    """So many turns at once, first come, first served; a semaphore lets a newcomer overtake those who wait."""

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[threading.Lock] = deque()
        self._lock = threading.Lock()

    def __enter__(self) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()  # released by whoever hands over the turn

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


TURNS = Turns(max(2, cores()))
"""``with TURNS:`` around work that computes. Two at least: encoder and scan leave the interpreter to another thread."""
