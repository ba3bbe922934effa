"""Whether the store holds a complete load (是否已装载), or a load is due: the first, an unfinished or a newer one."""

from __future__ import annotations

import importlib.metadata

from corpus.store import CorpusStore
from ingest.load import LOADED_FROM, READ_AS, reading
from ingest.sources.national_laws import DISTRIBUTION
from ingest.validity import DERIVED_FROM


def is_loaded(store: CorpusStore) -> bool:
    """True when the last load ran to its end and, if it read the law package, read the version installed now.

    A program that reads the source differently (another revision, other spoken questions) has a load due as well.

    A load narrowed to some laws counts as complete: whoever asked for a part gets the part.
    """
    source = store.meta(LOADED_FROM)
    if not source or not store.meta(DERIVED_FROM):
        return False
    name, _, read = source.rpartition(" ")
    if name != DISTRIBUTION:
        return True
    return read == importlib.metadata.version(DISTRIBUTION) and store.meta(READ_AS) == reading()
