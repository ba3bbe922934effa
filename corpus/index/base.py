"""The vector index (向量索引) as everybody sees it: what is put in, what is asked, what comes back.

The index is derived from the relational store and can be deleted and rebuilt at any time. It holds no law text: a
hit names a passage, and the text is read from the store. Two adapters keep this contract, ``corpus.index.edge``
(embedded) and ``corpus.index.server`` (a Qdrant server or cluster); ``tests/corpus/index/test_contract.py`` runs
against both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from corpus.encoders.base import SparseVector

DenseVector = npt.NDArray[np.float32]

OPEN_END = 99991231
"""Serving date that never comes: the end of what has no known end, and both dates of what is never served."""

REBUILD_COMMAND = "eassistant index rebuild"


def as_yyyymmdd(day: dt.date) -> int:
    """A day as the index compares it: 2026-08-15 is 20260815."""
    return day.year * 10000 + day.month * 100 + day.day


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What made an index (编码指纹): two encoders and the way passages are cut; a change of any asks for a rebuild."""

    sparse_encoder: str
    dense_encoder: str
    passage_format: str

    def __str__(self) -> str:
        return f"sparse={self.sparse_encoder} dense={self.dense_encoder} passages={self.passage_format}"


@dataclass(frozen=True, slots=True)
class PointFacts:
    """What the index knows of a passage besides its vectors; all of it can be compared with the store.

    ``digest`` is that of the encoded text (``corpus.store.repository.passage_digest``). ``served_from`` and
    ``served_until`` are days as yyyymmdd integers, half-open: the passage is served as in force on day ``d`` when
    ``served_from <= d < served_until``. Open end: ``OPEN_END``; never served: both are ``OPEN_END``.
    """

    passage_id: str
    provision_id: str
    version_id: str
    document_id: str
    digest: str
    level: str
    region: str
    shelf: str
    served_from: int
    served_until: int


@dataclass(frozen=True, slots=True, eq=False)
class IndexPoint(PointFacts):
    """A passage as the index stores it: its facts, its sparse vector, and its dense one if already encoded."""

    sparse: SparseVector
    dense: DenseVector | None = None


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Which passages may be found (检索条件). None restricts nothing; an empty set allows nothing.

    ``as_of`` keeps what is served as in force on that day; None also finds what no longer or not yet is.
    """

    as_of: dt.date | None = None
    levels: frozenset[str] | None = None  # EffectLevel values
    shelves: frozenset[str] | None = None  # Shelf values
    regions: frozenset[str] | None = None
    document_ids: frozenset[str] | None = None
    exclude_document_ids: frozenset[str] = frozenset()
    exclude_provision_ids: frozenset[str] = frozenset()

    @property
    def allows_nothing(self) -> bool:
        return any(s is not None and not s for s in (self.levels, self.shelves, self.regions, self.document_ids))

    @property
    def narrows(self) -> bool:
        """Whether it keeps to some places, shelves, levels or documents: then a graph over all points misses some."""
        allowed = (self.levels, self.shelves, self.regions, self.document_ids)
        return any(s is not None for s in allowed) or bool(self.exclude_document_ids)

    def matches(self, facts: PointFacts) -> bool:
        """Whether a passage may be found; the meaning of the filter that every adapter reproduces."""
        return (
            (self.as_of is None or facts.served_from <= as_yyyymmdd(self.as_of) < facts.served_until)
            and (self.levels is None or facts.level in self.levels)
            and (self.shelves is None or facts.shelf in self.shelves)
            and (self.regions is None or facts.region in self.regions)
            and (self.document_ids is None or facts.document_id in self.document_ids)
            and facts.document_id not in self.exclude_document_ids
            and facts.provision_id not in self.exclude_provision_ids
        )


EVERYTHING = SearchFilter()


class Hit(NamedTuple):
    """One passage found (命中), with the score of the search that found it: higher is nearer.

    A tuple, because every search makes hundreds: a frozen class takes five times as long.
    """

    passage_id: str
    provision_id: str
    version_id: str
    document_id: str
    score: float


@dataclass(frozen=True, slots=True)
class IndexState:
    """How far the index is: ``dense_points`` of ``points`` passages have their dense vector."""

    points: int
    dense_points: int
    fingerprint: Fingerprint


class Searchable(Protocol):
    """What can be searched: an index, or something that stands for one. May raise IndexUnavailable."""

    def search_sparse(self, query: SparseVector, where: SearchFilter, limit: int) -> list[Hit]:
        """Lexical search (IDF-weighted dot product), best first; only passages that share a term, score > 0."""

    def search_dense(self, query: DenseVector, where: SearchFilter, limit: int) -> list[Hit]:
        """Semantic search (cosine), best first, over the passages whose dense vector is already there."""


class VectorIndex(Searchable, Protocol):
    """The one interface to the index. Safe to share between threads: searches go on while points are written.

    Every method may raise IndexUnavailable (damaged, server gone) or StoreUnavailable (disk full, no permission).
    """

    @property
    def fingerprint(self) -> Fingerprint:
        """What made this index."""

    def upsert(self, points: Iterable[IndexPoint]) -> None:
        """Add points; one of the same passage id is replaced whole, its dense vector included."""

    def set_dense(self, vectors: Mapping[str, DenseVector]) -> int:
        """Give points their dense vector, by the digest of their text (digest → vector); the number of points set.

        A text that changed or went while it was being encoded matches no point, so no point gets a stale vector.
        """

    def set_facts(self, facts: Iterable[PointFacts]) -> None:
        """Bring the facts of points up to date and keep their vectors: serving dates change without a new encoding.

        Passage, provision and digest stay as they are (another text is an ``upsert``); unknown ids are passed over.
        """

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Remove points; unknown ids are no error."""

    def facts(self) -> dict[str, PointFacts]:
        """Passage id → facts of every point held, as stored; what a sync compares with the store."""

    def digests(self) -> dict[str, str]:
        """Passage id → digest of every point held."""

    def awaiting_dense(self) -> dict[str, str]:
        """Passage id → digest of the points that still wait for their dense vector."""

    def state(self) -> IndexState:
        """Counts and fingerprint."""

    def optimise(self, stop: Callable[[], bool] | None = None) -> None:
        """Build the search structures for what was written; searching is right without it, only slower.

        Quick when nothing was written since. Ends early, without effect, once ``stop`` says so.
        """

    def warm(self) -> None:
        """Make ready in memory what searches gain by; searching is right without it, only slower.

        Called when writing has come to an end; what is written later undoes it.
        """

    def flush(self) -> None:
        """Return when everything written so far survives the loss of the process."""

    def close(self) -> None:
        """Flush and let go of files or connections; closing twice is no error."""

    def drop(self) -> None:
        """Delete the index for good and close it."""
