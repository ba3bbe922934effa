"""What searches of the embedded index keep in memory (内存中的向量): the vectors, and what each point stands for.

The engine holds Python's interpreter lock while it scans (``corpus.index.edge``); numpy does not while it multiplies,
and finds words in a tenth of the time. Points stand in order of shelf and region, so that a search that keeps to some
reads only their stretches of memory: reading it is what a scan costs, so the scan reads them in eight bits
(``corpus.index.rough``). Its own scores only choose, with all that its bound does not exclude; those that come out are
computed point by point in double precision, so that equal vectors have equal scores wherever they stand, and rounded to
the engine's single precision, so that what it ranks as equal is equal here.
"""

from __future__ import annotations

import math
import sys
from collections import OrderedDict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from threading import Lock
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from corpus.encoders.base import SparseVector
from corpus.index.base import DenseVector, Hit, PointFacts, SearchFilter, as_yyyymmdd
from corpus.index.rough import RoughVectors

_ROUNDING = 1e-5
"""More than single precision can put a score of words wrong, as a share of it."""
_FILTERS = 64  # remembered: those of the readers and regions that ask just now
_WORDS = 8  # queries remembered with their scores: one question is searched on several shelves
_STRETCH = 64
"""From this many points in a stretch of memory for each one looked for, only those looked for are read, in full."""
_SAMPLED, _STEP = 16, 16  # from so many values for each one wanted on, every so manieth is looked at first
_COLUMNS = 32  # moved at a time while the vectors are put in order

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Matching:
    """The points that a filter lets through, and the stretches of memory they stand in."""

    rows: npt.NDArray[np.intp]
    stretches: tuple[tuple[int, int], ...]

    @property
    def scattered(self) -> bool:
        return len(self.rows) * _STRETCH < sum(end - start for start, end in self.stretches)


class HeldVectors:
    """An unchanging copy of the points of an index. Safe to share between threads."""

    def __init__(self, facts: Sequence[PointFacts], vectors: DenseVector, words: Postings) -> None:
        """``vectors`` and ``words`` belong to the ``facts`` in their order, and are taken over: they are put in another
        order. Each vector is of length 1.

        From now on the process's matrix library works in the thread that calls it: its own threads turn in place
        while they wait for the next product, which took as much of the processor as all the rest of a search.
        """
        threadpool_limits(limits=1, user_api="blas")
        order = sorted(range(len(facts)), key=lambda point: _block(facts[point]))
        facts = [facts[point] for point in order]
        self._hits = [
            (f.passage_id, f.provision_id, sys.intern(f.version_id), sys.intern(f.document_id)) for f in facts
        ]
        self._by_id = _places([f.passage_id for f in facts])
        self._vectors = vectors
        self._words = words
        _put_in_order(vectors, order)
        words.put_in_order(order)
        self._blocks = [(*block, len(list(points))) for block, points in groupby(facts, _block)]
        self._rough = RoughVectors(vectors, list(accumulate(length for _, _, length in self._blocks)))
        self._from = np.array([f.served_from for f in facts], dtype=np.int32)
        self._until = np.array([f.served_until for f in facts], dtype=np.int32)
        self._level = _Column(f.level for f in facts)
        self._document = _Column(f.document_id for f in facts)
        self._provision = _Column(f.provision_id for f in facts)
        self._matches: _Last[SearchFilter, _Matching] = _Last(_FILTERS)
        self._word_scores: _Last[SparseVector, npt.NDArray[np.float64]] = _Last(_WORDS)

    def nearest(self, query: DenseVector, where: SearchFilter, limit: int) -> list[Hit]:
        """The nearest points that the filter lets through, best first; exact."""
        matching = self._matching(where)
        rows = matching.rows
        if limit <= 0 or not len(rows):
            return []
        if len(rows) > limit and not matching.scattered:
            scores, off = self._rough.scores(query, rows, matching.stretches)
            least = _nth_greatest(scores - off, limit)
            rows = rows[scores + off >= least]
        exact = np.vecdot(self._vectors[rows].astype(np.float64), query.astype(np.float64))
        return self._ranked(rows, exact, limit)

    def sharing_words(self, query: SparseVector, where: SearchFilter, limit: int) -> list[Hit]:
        """The points that share words with the query and that the filter lets through, best first."""
        rows = self._matching(where).rows
        if limit <= 0 or not len(rows):
            return []
        every = self._word_scores.get(query)
        if every is None:
            every = self._words.scores(query)
            self._word_scores.put(query, every)
        scores = every[rows]
        least = _nth_greatest(scores, limit) if len(rows) > limit else 0.0
        best = np.flatnonzero(scores >= least * (1 - _ROUNDING) if least > 0 else scores > 0)
        return self._ranked(rows[best], scores[best], limit)

    def _ranked(self, rows: npt.NDArray[np.intp], scores: npt.NDArray[np.float64], limit: int) -> list[Hit]:
        """The best hits, in the order of ``corpus.index.points.ranked``."""
        single = scores.astype(np.float32)
        order = np.lexsort((self._by_id[rows], -single))[:limit]
        hits = self._hits
        best = zip(rows[order].tolist(), single[order].tolist(), strict=True)
        new = tuple.__new__  # twice as quick as Hit(…), and there are hundreds
        return [new(Hit, (*hits[row], score)) for row, score in best]

    def _matching(self, where: SearchFilter) -> _Matching:
        matching = self._matches.get(where)
        if matching is None:
            stretches = self._stretches(where)
            found = [start + np.flatnonzero(self._mask(where, slice(start, end))) for start, end in stretches]
            rows = np.concatenate(found) if found else np.empty(0, dtype=np.intp)
            matching = _Matching(rows, stretches)
            self._matches.put(where, matching)
        return matching

    def _stretches(self, where: SearchFilter) -> tuple[tuple[int, int], ...]:
        """Where the points of the shelves and regions stand, neighbours joined."""
        joined: list[tuple[int, int]] = []
        start = 0
        for shelf, region, length in self._blocks:
            end = start + length
            on_shelf = where.shelves is None or shelf in where.shelves
            if on_shelf and (where.regions is None or region in where.regions):
                if joined and joined[-1][1] == start:
                    joined[-1] = (joined[-1][0], end)
                else:
                    joined.append((start, end))
            start = end
        return tuple(joined)

    def _mask(self, where: SearchFilter, stretch: slice) -> npt.NDArray[np.bool_]:
        """Which points of a stretch the filter lets through, shelves and regions aside."""
        mask = np.ones(stretch.stop - stretch.start, dtype=np.bool_)
        if where.as_of is not None:
            day = as_yyyymmdd(where.as_of)
            mask &= (self._from[stretch] <= day) & (day < self._until[stretch])
        for column, allowed in ((self._level, where.levels), (self._document, where.document_ids)):
            if allowed is not None:
                mask &= column.is_one_of(allowed, stretch)
        for column, excluded in (
            (self._document, where.exclude_document_ids),
            (self._provision, where.exclude_provision_ids),
        ):
            if excluded:
                mask &= ~column.is_one_of(excluded, stretch)
        return mask


def _nth_greatest(values: npt.NDArray[Any], n: int) -> Any:
    """The value that n values reach; of many values only those are put in order that a sample of them lets hope."""
    if len(values) > _SAMPLED * n:
        sample = values[::_STEP]
        hoped = min(len(sample), 2 * n // _STEP + 8)
        high = values[values >= np.partition(sample, len(sample) - hoped)[len(sample) - hoped]]
        if len(high) >= n:
            values = high
    return np.partition(values, len(values) - n)[len(values) - n]


def _block(facts: PointFacts) -> tuple[str, str]:
    return facts.shelf, facts.region


def _places(ids: Sequence[str]) -> npt.NDArray[np.int32]:
    """Which place each id has in the order of ids."""
    places = np.empty(len(ids), dtype=np.int32)
    places[np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.intp)] = np.arange(len(ids), dtype=np.int32)
    return places


def _put_in_order(vectors: DenseVector, order: Sequence[int]) -> None:
    """Rows in another order, some columns at a time: a copy of the whole would double what is held."""
    rows = np.array(order, dtype=np.intp)
    for column in range(0, vectors.shape[1], _COLUMNS):
        vectors[:, column : column + _COLUMNS] = vectors[rows, column : column + _COLUMNS]


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

    def put_in_order(self, order: Sequence[int]) -> None:
        """Count the points in another order from now on."""
        place = np.empty(self._points, dtype=np.int32)
        place[np.array(order, dtype=np.intp)] = np.arange(self._points, dtype=np.int32)
        self._rows = place[self._rows]

    def scores(self, query: SparseVector) -> npt.NDArray[np.float64]:
        """The score of every point; 0 where it shares no term."""
        total = np.zeros(self._points)
        for term, weight in zip(query.indices, query.values, strict=True):
            place = int(np.searchsorted(self._terms, np.uint32(term)))  # of another type, all would be converted
            if place == len(self._terms) or self._terms[place] != term:
                continue
            start = int(self._starts[place])
            end = int(self._starts[place + 1]) if place + 1 < len(self._starts) else len(self._rows)
            having = end - start
            rarity = math.log(1 + (self._points - having + 0.5) / (having + 0.5))
            np.add.at(total, self._rows[start:end], self._weights[start:end].astype(np.float64) * (weight * rarity))
        return total


class _Column:
    """One field of all points as numbers."""

    def __init__(self, values: Iterable[str]) -> None:
        self._codes: dict[str, int] = {}
        codes = self._codes
        self._rows = np.array([codes.setdefault(value, len(codes)) for value in values], dtype=np.int32)

    def is_one_of(self, values: Collection[str], stretch: slice) -> npt.NDArray[np.bool_]:
        wanted = np.zeros(len(self._codes) + 1, dtype=np.bool_)
        wanted[[self._codes[value] for value in values if value in self._codes]] = True
        return wanted[self._rows[stretch]]


class _Last(Generic[K, V]):
    """The values used last, by key."""

    def __init__(self, most: int) -> None:
        self._most = most
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
            while len(self._held) > self._most:
                self._held.popitem(last=False)
