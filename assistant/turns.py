"""Turns at the processor (轮流计算): only as many questions are worked on at once as there are cores.

The interpreter runs one thread at a time. Of forty questions worked on at once each waits for all the others, and so
does whatever else the process has to answer; worked on in turn, the first is ready forty times sooner and the last no
later. Whoever waits for a model or a person must not hold a turn, nor ask for a second one.
"""

from __future__ import annotations

import os
import threading


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


TURNS = threading.BoundedSemaphore(max(2, cores()))
"""``with TURNS:`` around work that computes. Two at least: encoder and scan leave the interpreter to another thread."""
