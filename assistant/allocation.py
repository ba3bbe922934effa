"""Memory given back (内存分配): as few arenas of the C library as are of use.

glibc gives up to eight arenas a core to the threads that ask, and what one arena has freed another does not use: the
vectors and texts that pass through forty threads are then kept many times over. The interpreter lets one thread run at
a time, so two arenas are enough.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys

_M_ARENA_MAX = -8  # malloc.h
_ARENAS = 2


def keep_few_arenas() -> None:
    """To be called before threads start; does nothing where the C library is another."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)
