"""The embedded index (嵌入式索引): Qdrant Edge, the engine of the Qdrant server inside our own process.

What reading and measuring qdrant-edge-py 0.9.0 taught (2026-11-21, figures in ``docs/benchmarks-index.md``):

* Every call holds Python's interpreter lock until it returns. Writes are therefore cut into small batches, and
  ``EdgeShard.optimize``, which builds for seconds to minutes, never runs here: ``optimise`` lets a child process
  work on a copy of the files while searches go on, and then changes over.
* Up to some ten thousand passages an exact scan answers in milliseconds, finds everything and ranks the same on
  every run, so the HNSW graph (approximate) is built only from ``GRAPH_FROM_POINTS`` on.
* Where a filter leaves out the neighbourhood of the query (a question nearest to the rules of other cities), the graph
  finds little more than half of the nearest passages, with ACORN or a wider search five sixths. Searches that keep to
  some places or shelves are therefore exact: 35 instead of 6 ms at 170,000 points.
* Changing a point that is not there is an error, so points are looked up first.
* Up to ``HOLD_TO_POINTS``, ``warm`` therefore copies the vectors into memory (``corpus.index.held``), where an exact
  scan leaves the lock free and words are found in a tenth of the time; while points are written, the engine searches.
* The files are memory-mapped: writing on a full disk ends the process with SIGBUS instead of an error. Free space is
  therefore checked before each write.
* A write is in the write-ahead log when the call returns: it survives ``kill -9`` of the process; ``flush`` makes it
  survive a loss of power too.
* There are no error types, only messages; so the owner of the folder is settled by a lock of our own, not by the
  words in which a second opener fails.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import numpy as np
import qdrant_edge as edge

from corpus.encoders.base import SparseVector
from corpus.errors import IndexUnavailable, StoreUnavailable
from corpus.index.base import (
    REBUILD_COMMAND,
    DenseVector,
    Fingerprint,
    Hit,
    IndexPoint,
    IndexState,
    PointFacts,
    SearchFilter,
)
from corpus.index.conditions import Bound, OneOf, conditions
from corpus.index.edge_files import (
    Manifest,
    folder_bytes,
    lock,
    new_shard_name,
    read_manifest,
    remove_leftovers,
    require_space,
)
from corpus.index.edge_optimise import Outcome
from corpus.index.gate import Gate
from corpus.index.held import HeldVectors, Postings
from corpus.index.mismatch import require_match
from corpus.index.points import (
    INTEGER_FIELDS,
    KEYWORD_FIELDS,
    batches,
    by_changeable_facts,
    facts_of,
    facts_payload,
    hit_of,
    point_id,
    ranked,
)

DENSE = "dense"
SPARSE = "sparse"
PAGE = 2000  # points read at once when all are listed
GRAPH_FROM_POINTS = 50_000
HOLD_TO_POINTS = 250_000  # vectors kept in memory: 2.9 KB a point
HOLD_PAGE = 500  # points read at once with their vectors: some ten milliseconds
DELETED_SHARE = 0.2  # of the points: from here on the engine cleans up
CHILD_POLL_S = 0.2

_WITHOUT_DENSE = edge.Filter(must_not=[edge.HasVectorCondition(DENSE)])


class EdgeIndex:
    """The embedded adapter of ``VectorIndex``; one process owns a folder at a time."""

    def __init__(
        self, folder: Path, owned: IO[bytes], manifest: Manifest, shard: edge.EdgeShard, graph_from_points: int
    ) -> None:
        self._folder = folder
        self._owned = owned
        self._manifest = manifest
        self._shard: edge.EdgeShard | None = shard
        self._graph_from_points = graph_from_points
        self._gate = Gate()
        self._writing = threading.RLock()
        self._deleted = 0  # since it was opened or optimised
        self._closing = threading.Event()
        self._held_vectors: HeldVectors | None = None  # None while points change

    @classmethod
    def open(
        cls, folder: Path, fingerprint: Fingerprint, dimension: int, *, graph_from_points: int = GRAPH_FROM_POINTS
    ) -> EdgeIndex:
        """Open the index of a folder, making an empty one where there is none.

        Raises IndexMismatch when other encoders made it, IndexUnavailable when another process has it open or it is
        damaged, StoreUnavailable when the disk is full or the folder cannot be written.
        """
        with _translated(folder):
            folder.mkdir(parents=True, exist_ok=True)
            require_space(folder)
            owned = lock(folder)
            try:
                manifest = read_manifest(folder)
                if manifest is None:
                    manifest = Manifest(fingerprint, dimension, new_shard_name())
                    manifest.write(folder)
                require_match((manifest.fingerprint, manifest.dimension), (fingerprint, dimension), str(folder))
                shard = _load_or_create(folder / manifest.shard, _config(dimension, graph_from_points))
            except BaseException:
                owned.close()
                raise
        remove_leftovers(folder, manifest.shard)
        return cls(folder, owned, manifest, shard, graph_from_points)

    @staticmethod
    def erase(folder: Path) -> None:
        """Delete the index of a folder whatever made it, damaged or not; no error where there is none.

        Raises IndexUnavailable while another process has it open.
        """
        if folder.exists():
            with _translated(folder), lock(folder):
                shutil.rmtree(folder)

    @property
    def fingerprint(self) -> Fingerprint:
        return self._manifest.fingerprint

    # ---- writing -------------------------------------------------------------------------------------------

    def upsert(self, points: Iterable[IndexPoint]) -> None:
        for batch in batches(points):
            self._update(edge.UpdateOperation.upsert_points([_point(p) for p in batch]))

    def set_dense(self, vectors: Mapping[str, DenseVector]) -> int:
        done = 0
        for digests in batches(vectors):
            with self._writing:
                condition = edge.Filter(must=[edge.FieldCondition("digest", match=edge.MatchAny(list(digests)))])
                found = [(record.id, facts.digest) for record, facts in self._scroll(condition)]
                for batch in batches(found):
                    updates = [edge.PointVectors(i, {DENSE: vectors[digest].tolist()}) for i, digest in batch]
                    self._update(edge.UpdateOperation.update_vectors(updates))
            done += len(found)
        return done

    def set_facts(self, facts: Iterable[PointFacts]) -> None:
        for changed, passage_ids in by_changeable_facts(facts):
            for batch in batches(passage_ids):
                with self._writing:
                    held = self._held(batch)
                    if held:
                        self._update(edge.UpdateOperation.set_payload(held, changed))

    def delete(self, passage_ids: Sequence[str]) -> None:
        for batch in batches(passage_ids):
            self._update(edge.UpdateOperation.delete_points([point_id(i) for i in batch]))
            self._deleted += len(batch)

    def _update(self, operation: edge.UpdateOperation) -> None:
        with self._writing, self._using_shard() as shard:
            require_space(self._folder)
            if self._manifest.optimised:
                self._describe(replace(self._manifest, optimised=False))
            self._held_vectors = None
            shard.update(operation)

    # ---- searching -----------------------------------------------------------------------------------------

    def search_sparse(self, query: SparseVector, where: SearchFilter, limit: int) -> list[Hit]:
        if not query.indices:
            return []
        held = self._held_vectors
        if held is not None:
            return [] if where.allows_nothing else held.sharing_words(query, where, limit)
        vector = edge.SparseVector(list(query.indices), list(query.values))
        return self._search(edge.Query.Nearest(vector, using=SPARSE), where, limit)

    def search_dense(self, query: DenseVector, where: SearchFilter, limit: int) -> list[Hit]:
        held = self._held_vectors
        if held is not None:
            return [] if where.allows_nothing else held.nearest(query, where, limit)
        exact = edge.SearchParams(exact=True) if where.narrows else None
        return self._search(edge.Query.Nearest(query.tolist(), using=DENSE), where, limit, exact)

    def _search(
        self, query: edge.Query, where: SearchFilter, limit: int, params: edge.SearchParams | None = None
    ) -> list[Hit]:
        if limit <= 0 or where.allows_nothing:
            return []
        request = edge.QueryRequest(limit=limit, query=query, filter=_filter(where), with_payload=True, params=params)
        with self._using_shard() as shard:
            found = shard.query(request)
        return ranked(hit_of(point.payload, point.score) for point in found)

    # ---- looking -------------------------------------------------------------------------------------------

    def facts(self) -> dict[str, PointFacts]:
        return {facts.passage_id: facts for _, facts in self._scroll(None)}

    def digests(self) -> dict[str, str]:
        return {facts.passage_id: facts.digest for _, facts in self._scroll(None)}

    def awaiting_dense(self) -> dict[str, str]:
        return {facts.passage_id: facts.digest for _, facts in self._scroll(_WITHOUT_DENSE)}

    def state(self) -> IndexState:
        with self._using_shard() as shard:
            points = shard.count(edge.CountRequest(exact=True))
            waiting = shard.count(edge.CountRequest(exact=True, filter=_WITHOUT_DENSE))
        return IndexState(points, points - waiting, self.fingerprint)

    def _held(self, passage_ids: Sequence[str]) -> list[edge.PointId]:
        with self._using_shard() as shard:
            found = shard.retrieve([point_id(i) for i in passage_ids], with_payload=False, with_vector=False)
        return [record.id for record in found]

    def _scroll(
        self, condition: edge.Filter | None, *, with_vector: bool = False, page: int = PAGE
    ) -> Iterator[tuple[edge.Record, PointFacts]]:
        offset: edge.PointId | None = None
        while True:
            request = edge.ScrollRequest(
                offset=offset, limit=page, filter=condition, with_payload=True, with_vector=with_vector
            )
            with self._using_shard() as shard:
                records, offset = shard.scroll(request)
            yield from ((record, facts_of(record.payload)) for record in records)
            if offset is None:
                return

    # ---- upkeep --------------------------------------------------------------------------------------------

    def warm(self) -> None:
        """Copy the vectors into memory, once every point has its dense one; nothing where they are already there."""
        with self._writing:
            state = self.state()
            if self._held_vectors is None and 0 < state.points == state.dense_points <= HOLD_TO_POINTS:
                self._held_vectors = self._read_vectors(state.points)

    def _read_vectors(self, points: int) -> HeldVectors:
        vectors = np.empty((points, self._manifest.dimension), dtype=np.float32)
        facts: list[PointFacts] = []

        def read() -> Iterator[tuple[Sequence[int], Sequence[float]]]:
            for record, of_record in self._scroll(None, with_vector=True, page=HOLD_PAGE):
                held: Any = record.vector
                vectors[len(facts)] = held[DENSE]
                facts.append(of_record)
                yield held[SPARSE].indices, held[SPARSE].values

        words = Postings(read())
        return HeldVectors(facts, vectors, words)

    def optimise(self, stop: Callable[[], bool] | None = None) -> None:
        """Merge, clean and index what was written, in a child process on a copy; writes wait, searches do not.

        A small index of which little was deleted is left as it is: its exact scan needs nothing built.
        """
        with self._writing, _translated(self._folder):
            if self._manifest.optimised:
                return
            points = self.state().points
            if points < self._graph_from_points and self._deleted < DELETED_SHARE * points:
                return
            self.flush()
            current = self._folder / self._manifest.shard
            require_space(self._folder, 2 * folder_bytes(current))
            fresh = replace(self._manifest, shard=new_shard_name(), optimised=True)
            try:
                shutil.copytree(current, self._folder / fresh.shard)
                match self._optimise_in_child(self._folder / fresh.shard, stop):
                    case Outcome.CHANGED:
                        self._change_over(fresh)
                        self._deleted = 0
                    case Outcome.NOTHING_TO_DO:
                        self._describe(replace(self._manifest, optimised=True))
            finally:
                remove_leftovers(self._folder, self._manifest.shard)

    def _optimise_in_child(self, shard: Path, stop: Callable[[], bool] | None) -> Outcome:
        """Let a child process optimise the shard. Raises IndexUnavailable when it failed."""
        command = [sys.executable, "-m", "corpus.index.edge_optimise", str(shard)]
        stopped = False
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as child:
            while True:
                try:
                    _, complaint = child.communicate(timeout=CHILD_POLL_S)
                    break
                except subprocess.TimeoutExpired:
                    stopped = self._closing.is_set() or (stop is not None and stop())
                    if stopped:
                        child.kill()
        if stopped:
            return Outcome.STOPPED
        if child.returncode in (Outcome.CHANGED, Outcome.NOTHING_TO_DO):
            return Outcome(child.returncode)
        raise IndexUnavailable(
            f"Optimising the vector index failed (exit {child.returncode}): {complaint.strip()[-300:]}",
            where=str(self._folder),
            remedy="The index works on without it. Check free disk space and memory, then run the command again.",
        )

    def _change_over(self, fresh: Manifest) -> None:
        config = _config(fresh.dimension, self._graph_from_points)
        shard = edge.EdgeShard.load(str(self._folder / fresh.shard), config)
        with self._gate.alone():
            self._describe(fresh)
            old, self._shard = self._shard, shard
        if old is not None:
            old.close()

    def _describe(self, manifest: Manifest) -> None:
        manifest.write(self._folder)
        self._manifest = manifest

    def flush(self) -> None:
        with self._writing, self._using_shard() as shard:
            shard.flush()

    def close(self) -> None:
        self._closing.set()
        with self._writing, self._gate.alone(), _translated(self._folder):
            if self._shard is not None:
                self._shard.close()
                self._shard = None
                self._owned.close()

    def drop(self) -> None:
        self.close()
        self.erase(self._folder)

    @contextmanager
    def _using_shard(self) -> Iterator[edge.EdgeShard]:
        with self._gate.shared(), _translated(self._folder):
            if self._shard is None:
                raise IndexUnavailable(
                    "The vector index is closed.",
                    where=str(self._folder),
                    remedy="Open it again; if this came up while the program was running, restart it.",
                )
            yield self._shard


def _config(dimension: int, graph_from_points: int) -> edge.EdgeConfig:
    kilobytes = graph_from_points * dimension * 4 // 1024
    return edge.EdgeConfig(
        vectors={DENSE: edge.EdgeVectorParams(size=dimension, distance=edge.Distance.Cosine)},
        sparse_vectors={SPARSE: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf)},
        optimizers=edge.EdgeOptimizersConfig(indexing_threshold=max(1, kilobytes)),
    )


def _load_or_create(path: Path, config: edge.EdgeConfig) -> edge.EdgeShard:
    """The shard at ``path``; a fresh one where none was finished, with its payload indexes before any point."""
    if (path / "edge_config.json").exists():
        shard = edge.EdgeShard.load(str(path), config)
    else:
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        shard = edge.EdgeShard.create(str(path), config)
    present = shard.info().payload_schema
    for field in KEYWORD_FIELDS:
        if field not in present:
            shard.update(edge.UpdateOperation.create_field_index(field, edge.PayloadSchemaType.Keyword))
    for field in INTEGER_FIELDS:
        if field not in present:
            shard.update(edge.UpdateOperation.create_field_index(field, edge.PayloadSchemaType.Integer))
    return shard


def _point(p: IndexPoint) -> edge.Point:
    vectors: dict[str, edge.NamedVector] = {
        SPARSE: edge.SparseVector(list(p.sparse.indices), list(p.sparse.values)),
    }
    if p.dense is not None:
        vectors[DENSE] = p.dense.tolist()
    return edge.Point(point_id(p.passage_id), vectors, facts_payload(p))


def _filter(where: SearchFilter) -> edge.Filter | None:
    must: list[edge.ConditionType] = []
    must_not: list[edge.ConditionType] = []
    for condition in conditions(where):
        match condition:
            case OneOf(field, values, negated):
                matching = edge.FieldCondition(field, match=edge.MatchAny(list(values)))
                (must_not if negated else must).append(matching)
            case Bound(field, at_most, above):
                must.append(edge.FieldCondition(field, range=edge.RangeFloat(lte=at_most, gt=above)))
    return edge.Filter(must=must, must_not=must_not) if must or must_not else None


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn the errors of the engine and of the file system into ours.

    The engine raises plain ``Exception``, and on some damaged files it panics: pyo3's ``PanicException`` is a
    ``BaseException`` that no module exports.
    """
    try:
        yield
    except OSError as error:
        raise StoreUnavailable(
            f"The vector index's files failed ({type(error).__name__}: {error}).",
            where=str(folder),
            remedy="Check free space and permissions of the data folder (EASSISTANT_HOME), then try again.",
        ) from error
    except BaseException as error:
        if type(error) is not Exception and type(error).__name__ != "PanicException":
            raise
        raise IndexUnavailable(
            f"The vector index failed ({type(error).__name__}: {error}).",
            where=str(folder),
            remedy=f"Run `{REBUILD_COMMAND}`: the index is made anew from the store, nothing is lost.",
        ) from error
