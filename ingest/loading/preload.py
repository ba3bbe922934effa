"""Everything a worker needs, loaded before its first file (预先装入): the time limit is for the file, not for imports.

To be imported in the process from which workers are forked. On a busy machine the libraries of all readers take longer
to load than any file may take to read (2026-11-22).
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

import ingest.parsers
import ingest.readers
from ingest.spoken import load_spoken_questions


def _load(package: ModuleType) -> None:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)


_load(ingest.readers)
_load(ingest.parsers)
load_spoken_questions()
