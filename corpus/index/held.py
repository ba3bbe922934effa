"""What searches of the embedded index keep in memory (内存中的向量): the vectors, and what each point stands for.

The engine holds Python's interpreter lock while it scans (``corpus.index.edge``); numpy does not while it multiplies,
and finds words in a tenth of the time. The scan's own scores only choose; those that come out are computed point by
point in double precision, so that equal vectors have equal scores wherever they stand, and rounded to the engine's
single precision, so that what it ranks as equal is equal here.
"""

from __future__ import annotations

import math
import sys
from collections import OrderedDict
from collections.abc import Collection, Hashable, Iterable, Sequence
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from corpus.encoders.base import SparseVector
from corpus.index.base import DenseVector, Hit, PointFacts, SearchFilter, as_yyyymmdd
from corpus.index.points import ranked

_ROUNDING = 1e-5
"""More than the scan's single precision can put a score wrong."""
_REMEMBERED = 16  # scans and filters: one question is searched on several shelves

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class HeldVectors:
    """An unchanging copy of the points of an index. Safe to share between threads."""

    def __init__(self, facts: Sequence[PointFacts], vectors: DenseVector, words: Postings) -> None:
        """``vectors`` and ``words`` belong to the ``facts`` in their order; each vector is of length 1."""
        self._hits = [
            (f.passage_id, f.provision_id, sys.intern(f.version_id), sys.intern(f.document_id)) for f in facts
        ]
        self._vectors = vectors
        self._words = words
        self._from = np.array([f.served_from for f in facts], dtype=np.int32)
        self._until = np.array([f.served_until for f in facts], dtype=np.int32)
        self._level = _Column(f.level for f in facts)
        self._shelf = _Column(f.shelf for f in facts)
        self._region = _Column(f.region for f in facts)
        self._document = _Column(f.document_id for f in facts)
        self._provision = _Column(f.provision_id for f in facts)
        self._scans: _Last[bytes, DenseVector] = _Last()
        self._rows: _Last[SearchFilter, npt.NDArray[np.intp]] = _Last()

    def nearest(self, query: DenseVector, where: SearchFilter, limit: int) -> list[Hit]:
        """The nearest points that the filter lets through, best first; exact."""
        rows = self._matching(where)
        if limit <= 0 or not len(rows):
            return []
        scores = self._scanned(query)[rows]
        if len(rows) > limit:
            least = np.partition(scores, len(rows) - limit)[len(rows) - limit]
            rows = rows[scores >= least - _ROUNDING]
        exact = (self._vectors[rows].astype(np.float64) * query.astype(np.float64)).sum(axis=1)
        return self._ranked(rows, exact, limit)

    def sharing_words(self, query: SparseVector, where: SearchFilter, limit: int) -> list[Hit]:
        """The points that share words with the query and that the filter lets through, best first."""
        rows = self._matching(where)
        if limit <= 0 or not len(rows):
            return []
        scores = self._words.scores(query)[rows]
        found = scores > 0
        rows, scores = rows[found], scores[found]
        if len(rows) > limit:
            least = np.partition(scores, len(rows) - limit)[len(rows) - limit]
            best = scores >= least * (1 - _ROUNDING)
            rows, scores = rows[best], scores[best]
        return self._ranked(rows, scores, limit)

    def _ranked(self, rows: npt.NDArray[np.intp], scores: npt.NDArray[np.float64], limit: int) -> list[Hit]:
        single = scores.astype(np.float32).tolist()
        return ranked(self._hit(row, score) for row, score in zip(rows.tolist(), single, strict=True))[:limit]

    def _hit(self, row: int, score: float) -> Hit:
        return Hit(*self._hits[row], score)

    def _scanned(self, query: DenseVector) -> DenseVector:
        key = query.tobytes()
        scores = self._scans.get(key)
        if scores is None:
            scores = self._vectors @ query
            self._scans.put(key, scores)
        return scores

    def _matching(self, where: SearchFilter) -> npt.NDArray[np.intp]:
        rows = self._rows.get(where)
        if rows is None:
            rows = np.flatnonzero(self._mask(where))
            self._rows.put(where, rows)
        return rows

    def _mask(self, where: SearchFilter) -> npt.NDArray[np.bool_]:
        mask = np.ones(len(self._hits), dtype=np.bool_)
        if where.as_of is not None:
            day = as_yyyymmdd(where.as_of)
            mask &= (self._from <= day) & (day < self._until)
        restricted = (
            (self._level, where.levels),
            (self._shelf, where.shelves),
            (self._region, where.regions),
            (self._document, where.document_ids),
        )
        for column, allowed in restricted:
            if allowed is not None:
                mask &= column.is_one_of(allowed)
        if where.exclude_document_ids:
            mask &= ~self._document.is_one_of(where.exclude_document_ids)
        if where.exclude_provision_ids:
            mask &= ~self._provision.is_one_of(where.exclude_provision_ids)
        return mask


class Postings:
    """The sparse vectors of all points by term (倒排表); scores as the engine's with its IDF modifier."""

    def __init__(self, vectors: Iterable[tuple[Sequence[int], Sequence[float]]]) -> None:
        terms: list[npt.NDArray[np.uint32]] = []
        weights: list[npt.NDArray[np.float32]] = []
        for indices, values in vectors:
            terms.append(np.array(indices, dtype=np.uint32))
            weights.append(np.array(values, dtype=np.float32))
        self._points = len(terms)
        of_point = np.repeat(np.arange(self._points, dtype=np.int32), [len(one) for one in terms])
        every = np.concatenate(terms) if terms else np.empty(0, dtype=np.uint32)
        order = np.argsort(every, kind="stable")
        self._rows = of_point[order]
        self._weights = (np.concatenate(weights) if weights else np.empty(0, dtype=np.float32))[order]
        self._terms, self._starts = np.unique(every[order], return_index=True)

    def scores(self, query: SparseVector) -> npt.NDArray[np.float64]:
        """The score of every point; 0 where it shares no term."""
        rows: list[npt.NDArray[np.int32]] = []
        parts: list[npt.NDArray[np.float64]] = []
        for term, weight in zip(query.indices, query.values, strict=True):
            place = int(np.searchsorted(self._terms, np.uint32(term)))  # of another type, all would be converted
            if place == len(self._terms) or self._terms[place] != term:
                continue
            start = int(self._starts[place])
            end = int(self._starts[place + 1]) if place + 1 < len(self._starts) else len(self._rows)
            having = end - start
            rarity = math.log(1 + (self._points - having + 0.5) / (having + 0.5))
            rows.append(self._rows[start:end])
            parts.append(self._weights[start:end].astype(np.float64) * (weight * rarity))
        if not rows:
            return np.zeros(self._points)
        total = np.bincount(np.concatenate(rows), weights=np.concatenate(parts), minlength=self._points)
        return total.astype(np.float64, copy=False)


class _Column:
    """One field of all points as numbers."""

    def __init__(self, values: Iterable[str]) -> None:
        self._codes: dict[str, int] = {}
        codes = self._codes
        self._rows = np.array([codes.setdefault(value, len(codes)) for value in values], dtype=np.int32)

    def is_one_of(self, values: Collection[str]) -> npt.NDArray[np.bool_]:
        wanted = np.zeros(len(self._codes) + 1, dtype=np.bool_)
        wanted[[self._codes[value] for value in values if value in self._codes]] = True
        return wanted[self._rows]


class _Last(Generic[K, V]):
    """The values used last, by key."""

    def __init__(self) -> None:
        self._held: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
            return self._held.get(key)

    def put(self, key: K, value: V) -> None:
        with self._lock:
            self._held[key] = value
            while len(self._held) > _REMEMBERED:
                self._held.popitem(last=False)
