"""Optimise a shard that nobody else has open: the child process of ``EdgeIndex.optimise``.

A process of its own, because the engine holds Python's interpreter lock as long as it builds.
"""

from __future__ import annotations

import os
import sys
from enum import IntEnum

import qdrant_edge

NICENESS = 10  # searches in the parent go first


class Outcome(IntEnum):
    """How it ended; the first two are exit codes of the process."""

    CHANGED = 0
    NOTHING_TO_DO = 10
    STOPPED = -1  # by the parent


def main(path: str) -> Outcome:
    """Optimise the shard at ``path`` as its own configuration says."""
    os.nice(NICENESS)
    shard = qdrant_edge.EdgeShard.load(path)
    try:
        changed = shard.optimize()
        shard.flush()
    finally:
        shard.close()
    return Outcome.CHANGED if changed else Outcome.NOTHING_TO_DO


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
