"""Which index to use (选择索引): one function from settings to an open index."""

from __future__ import annotations

from pathlib import Path

from corpus.index.base import Fingerprint, VectorIndex
from corpus.index.edge import EdgeIndex
from corpus.index.settings import IndexSettings


def open_index(settings: IndexSettings, folder: Path, fingerprint: Fingerprint, dimension: int) -> VectorIndex:
    """The index that ``settings`` ask for, empty if new: embedded in ``folder``, or on the server at ``url``.

    Raises IndexMismatch when other encoders made it, IndexUnavailable when it cannot be opened, StoreUnavailable when
    the disk is full.
    """
    if settings.url is None:
        return EdgeIndex.open(folder, fingerprint, dimension)
    from corpus.index.server import ServerIndex  # takes a second to import, and most never need it

    return ServerIndex.open(settings, fingerprint, dimension)


def erase_index(settings: IndexSettings, folder: Path) -> None:
    """Delete the index whatever made it, damaged or not, so that ``open_index`` starts with an empty one.

    Raises IndexUnavailable while another process owns it or the server does not answer.
    """
    if settings.url is None:
        EdgeIndex.erase(folder)
        return
    from corpus.index.server import ServerIndex

    ServerIndex.erase(settings)
