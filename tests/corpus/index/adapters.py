"""The two adapters of the vector index, each as something that can be opened, re-opened and erased."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from qdrant_client import QdrantClient

from corpus.index import Fingerprint, IndexSettings, VectorIndex
from corpus.index.edge import EdgeIndex
from corpus.index.server import ServerIndex
from tests.corpus.index.index_samples import DIMENSION, FINGERPRINT


@dataclass(frozen=True)
class Adapter:
    """One way to hold an index: ``open`` opens (and re-opens) the same place, ``erase`` deletes it unopened."""

    name: str
    open: Callable[..., VectorIndex]
    erase: Callable[[], None]


def edge_adapter(folder: Path) -> Adapter:
    def open_edge(fingerprint: Fingerprint = FINGERPRINT, dimension: int = DIMENSION) -> VectorIndex:
        return EdgeIndex.open(folder, fingerprint, dimension)

    return Adapter("edge", open_edge, lambda: EdgeIndex.erase(folder))


def server_adapter() -> Adapter:
    """The server adapter on the client's in-memory mode, which outlives the index like a server would."""
    client = QdrantClient(":memory:")
    settings = IndexSettings(url="http://memory", collection="test")

    def open_server(fingerprint: Fingerprint = FINGERPRINT, dimension: int = DIMENSION) -> VectorIndex:
        return ServerIndex.open(settings, fingerprint, dimension, client)

    return Adapter("server", open_server, lambda: ServerIndex.erase(settings, client))
