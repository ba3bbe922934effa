"""Optimise a shard that nobody else has open: the child process of ``EdgeIndex.optimise``.

A process of its own, because the engine holds Python's interpreter lock as long as it builds.
"""

from __future__ import annotations

import os
import sys

import qdrant_edge

NOTHING_TO_DO = 10
NICENESS = 10  # searches in the parent go first


def main(path: str) -> int:
    """Optimise the shard at ``path``; 0 when it changed, ``NOTHING_TO_DO`` when it was already right."""
    os.nice(NICENESS)
    shard = qdrant_edge.EdgeShard.load(path)
    try:
        changed = shard.optimize()
        shard.flush()
    finally:
        shard.close()
    return 0 if changed else NOTHING_TO_DO


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
