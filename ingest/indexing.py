"""Bring the vector index into line with the store (建立索引): what differs is written, what is right is left alone.

Two steps, each of which may be stopped or killed at any moment and run again. ``sync`` makes the passages findable by
their words within seconds; ``encode`` gives them their dense vectors, which takes minutes the first time. What is
still to do is always read from the store, the index and the cache of encodings, never remembered elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from corpus.encoders.base import DenseEncoder, EncodingStopped, SparseEncoder
from corpus.encoders.cache import EncodingCache
from corpus.index import OPEN_END, Fingerprint, IndexPoint, PointFacts, VectorIndex
from corpus.index.base import as_yyyymmdd
from corpus.index.mismatch import require_match
from corpus.index.points import batches, with_vectors
from corpus.store import CorpusStore, PassageKey
from corpus.store.repository import passage_digest
from corpus.validity import serving_span
from corpus.vocabulary import Document, Shelf, Validity, Version

Report: TypeAlias = Callable[[int, int], None]
"""Called with how many passages are done, of how many."""

Stop: TypeAlias = Callable[[], bool]
"""Asked between batches; True ends the work with ``EncodingStopped``, and what is written stays."""

POINT_FORMAT = "2"
"""How a passage is described in the index; to be raised when ids, facts or vectors of a point change their meaning."""

SYNC_BATCH = 256
ENCODE_BATCH = 256  # texts: some seconds of work, which is what a kill may cost


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, in passages (检索片段)."""

    added: int
    replaced: int  # the text changed
    updated: int  # only dates, level or region changed
    deleted: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class EncodeReport:
    """What an encoding run did: passages with a dense vector now, of all; texts encoded, and found in the cache."""

    dense: int
    total: int
    encoded: int
    from_cache: int


def index_fingerprint(sparse: SparseEncoder, dense: DenseEncoder) -> Fingerprint:
    """What an index made with these encoders is known by."""
    return Fingerprint(sparse.id, dense.id, POINT_FORMAT)


class IndexBuilder:
    """Keeps one index in line with one store. One builder at a time works on an index."""

    def __init__(
        self,
        store: CorpusStore,
        index: VectorIndex,
        sparse: SparseEncoder,
        dense: DenseEncoder,
        cache: EncodingCache,
    ) -> None:
        """Raises IndexMismatch when other encoders made the index."""
        in_use = index_fingerprint(sparse, dense)
        require_match((index.fingerprint, dense.dimension), (in_use, dense.dimension), "the index to be filled")
        self._store = store
        self._index = index
        self._sparse = sparse
        self._dense = dense
        self._cache = cache
        self._read: tuple[str, Mapping[str, PointFacts], Mapping[str, PointFacts]] | None = None

    def encode_ahead(self, *, progress: Report | None = None, stop: Stop | None = None) -> int:
        """Encode into the cache what a sync would bring into the index without its dense vector; how many passages.

        A sync that follows leaves no passage without its vector. Raises EncodingStopped, EncoderUnavailable.
        """
        revision, wanted, held = self._store.revision(), self._wanted_facts(), self._index.facts()
        waiting = {f.digest: p for p, f in wanted.items() if p not in held or f.digest != held[p].digest}
        missing = sorted(waiting[digest] for digest in self._cache.missing(self._dense.id, waiting))
        if not missing:  # nothing is waited for: a sync that follows finds the same
            self._read = revision, wanted, held
        digest_of = {passage: digest for digest, passage in waiting.items()}
        done = _Counter(0, len(missing), progress)
        for passages in batches(missing, ENCODE_BATCH):
            _heed(stop)
            texts = self._texts({p: digest_of[p] for p in passages})
            rows = self._dense.encode_passages(list(texts.values()), progress=done.preview, stop=stop)
            self._cache.put_many(self._dense.id, dict(zip(texts, rows, strict=True)))
            done.add(len(passages))
        return len(missing)

    def sync(
        self,
        *,
        progress: Report | None = None,
        stop: Stop | None = None,
        turn: Callable[[], None] = lambda: None,
    ) -> SyncReport:
        """Make the index hold exactly the passages that may be served, with their words, dates and known dense vectors.

        Withheld texts are left out. New texts first, so that a replaced law is never missing; dense vectors come along
        where the cache has them. ``turn`` is called when the new texts are in and nothing old has changed yet: whoever
        answers from a snapshot of the store turns to the new one there, and finds his texts before and after.
        Raises EncodingStopped, StoreUnavailable, IndexUnavailable.
        """
        read, self._read = self._read, None
        if read is not None and read[0] == self._store.revision():
            _, wanted, held = read
        else:
            wanted, held = self._wanted_facts(), self._index.facts()
        added = [p for p in wanted if p not in held]
        replaced = [p for p in wanted if p in held and not _same_text(wanted[p], held[p])]
        updated = [p for p in wanted if p in held and _same_text(wanted[p], held[p]) and wanted[p] != held[p]]
        deleted = [p for p in held if p not in wanted]
        unchanged = len(wanted) - len(added) - len(replaced) - len(updated)
        done = _Counter(unchanged, len(wanted), progress)

        for batch in batches(added + replaced, SYNC_BATCH):
            _heed(stop)
            self._index.upsert(self._points([wanted[p] for p in batch]))
            done.add(len(batch))
        turn()
        for batch in batches(updated, SYNC_BATCH):
            _heed(stop)
            self._index.set_facts([wanted[p] for p in batch])
            done.add(len(batch))
        self._index.delete(deleted)
        self._index.flush()
        self._index.warm()
        return SyncReport(len(added), len(replaced), len(updated), len(deleted), unchanged)

    def encode(self, *, progress: Report | None = None, stop: Stop | None = None) -> EncodeReport:
        """Give every passage of the index its dense vector, from the cache or the encoder, then optimise the index.

        Each batch goes into the cache first, then into the index. Raises EncodingStopped, EncoderUnavailable,
        StoreUnavailable, IndexUnavailable.
        """
        waiting = self._index.awaiting_dense()
        total = self._index.state().points
        done = _Counter(total - len(waiting), total, progress)
        passage_of = {digest: passage for passage, digest in sorted(waiting.items(), reverse=True)}

        missing = set(self._cache.missing(self._dense.id, passage_of))
        cached = [digest for digest in passage_of if digest not in missing]
        for digests in batches(cached, ENCODE_BATCH):
            _heed(stop)
            done.add(self._index.set_dense(self._cache.get_many(self._dense.id, digests)))

        encoded = 0
        for passages in batches(sorted(passage_of[digest] for digest in missing), ENCODE_BATCH):
            _heed(stop)
            texts = self._texts({p: waiting[p] for p in passages})
            if not texts:
                continue
            rows = self._dense.encode_passages(list(texts.values()), progress=done.preview, stop=stop)
            vectors = dict(zip(texts, rows, strict=True))
            self._cache.put_many(self._dense.id, vectors)
            done.add(self._index.set_dense(vectors))
            encoded += len(vectors)
        self._index.flush()
        self._index.optimise(stop)
        self._index.warm()
        state = self._index.state()
        return EncodeReport(state.dense_points, state.points, encoded, len(cached))

    def _wanted_facts(self) -> dict[str, PointFacts]:
        documents = {d.id: d for d in self._store.documents()}
        served = _serving_days(documents, self._store.versions())

        def facts(key: PassageKey) -> PointFacts:
            document = documents[key.document_id]
            return PointFacts(
                key.passage_id,
                key.provision_id,
                key.version_id,
                key.document_id,
                key.digest,
                document.level.value,
                document.region,
                document.kind.shelf.value,
                *served[key.version_id],
            )

        return {key.passage_id: facts(key) for key in self._store.passage_keys() if key.version_id in served}

    def _points(self, batch: Sequence[PointFacts]) -> Iterator[IndexPoint]:
        texts = self._texts({f.passage_id: f.digest for f in batch})
        vectors = self._cache.get_many(self._dense.id, texts)
        for f in batch:
            if f.digest in texts:
                yield with_vectors(f, self._sparse.encode_passage(texts[f.digest]), vectors.get(f.digest))

    def _texts(self, digests: Mapping[str, str]) -> dict[str, str]:
        """Digest → text of passages (id → digest); what a load has changed since is left to the next sync."""
        passages = self._store.passages_by_id(list(digests))
        texts = {passage_digest(p.index_text): p.index_text for p in passages.values()}
        return {digest: texts[digest] for digest in digests.values() if digest in texts}


class _Counter:
    """How far a run is, told to whoever wants to know."""

    def __init__(self, done: int, total: int, tell: Report | None) -> None:
        self._done = done
        self._total = total
        self._tell = tell
        self.preview(0)

    def add(self, count: int) -> None:
        self._done += count
        self.preview(0)

    def preview(self, count: int) -> None:
        """Tell of work that is done but not yet written."""
        if self._tell is not None:
            self._tell(min(self._done + count, self._total), self._total)


def _same_text(one: PointFacts, other: PointFacts) -> bool:
    return one.digest == other.digest and one.provision_id == other.provision_id


def _serving_days(documents: Mapping[str, Document], versions: Sequence[Version]) -> dict[str, tuple[int, int]]:
    """Version id → days on which it is served, half-open; withheld versions have none. ``versions``: oldest first."""
    days: dict[str, tuple[int, int]] = {}
    reference: dict[str, list[Version]] = defaultdict(list)
    for version in versions:
        if version.withheld:
            continue
        if documents[version.document_id].kind.shelf is Shelf.LAW:
            days[version.id] = _served(version.validity)
        else:
            reference[version.document_id].append(version)
    for texts in reference.values():
        days |= _reference_days(texts)
    return days


def _reference_days(versions: Sequence[Version]) -> dict[str, tuple[int, int]]:
    """Days on which the texts of a case, a guideline or a list are served: always one of them, each until the next.

    What is no law does not need to be in force to be looked up. Where the next text gives no day, it takes its place
    from the beginning.
    """
    starts = [0]
    for version in versions[1:]:
        day = version.validity.commencement.day or version.validity.published
        starts.append(as_yyyymmdd(day) if day is not None else 0)
    ends = [*starts[1:], OPEN_END]
    spans = zip(starts, ends, strict=True)
    return {v.id: (s, e) if s < e else (OPEN_END, OPEN_END) for v, (s, e) in zip(versions, spans, strict=True)}


def _served(validity: Validity) -> tuple[int, int]:
    """Days on which a version is served as in force, as the index holds them; never: both ``OPEN_END``."""
    span = serving_span(validity)
    if span is None:
        return OPEN_END, OPEN_END
    start, end = span
    return as_yyyymmdd(start), as_yyyymmdd(end) if end is not None else OPEN_END


def _heed(stop: Stop | None) -> None:
    if stop is not None and stop():
        raise EncodingStopped("Building the index was stopped.", remedy="Run it again; it goes on where it stopped.")
