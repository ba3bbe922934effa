"""The index on a Qdrant server or cluster (服务器索引), by URL.

The collection has the layout of qdrant-haystack (names of the vectors, ids, payload with ``meta``), so its
``QdrantDocumentStore`` and retrievers read the same collection; writing late dense vectors and changed dates is what
that store has no calls for, so it is done here. The fingerprint is kept in the collection's metadata. The server
optimises by itself and a write is durable when it is confirmed, so ``optimise`` and ``flush`` have nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from qdrant_client import QdrantClient, models
from qdrant_client.common.client_exceptions import QdrantException
from qdrant_client.http.exceptions import ApiException

from corpus.encoders.base import SparseVector
from corpus.errors import IndexUnavailable
from corpus.index.base import DenseVector, Fingerprint, Hit, IndexPoint, IndexState, PointFacts, SearchFilter
from corpus.index.conditions import Bound, OneOf, conditions
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
from corpus.index.settings import IndexSettings

DENSE = "text-dense"
SPARSE = "text-sparse"
META = "meta"
PAGE = 2000  # points read at once when all are listed
METADATA_KEY = "eassistant"
UNKNOWN = Fingerprint("unknown", "unknown", "unknown")

_WITHOUT_DENSE = models.Filter(must_not=[models.HasVectorCondition(has_vector=DENSE)])
_QUANTIZATION: dict[str, models.QuantizationConfig | None] = {
    "none": None,
    "int8": models.ScalarQuantization(scalar=models.ScalarQuantizationConfig(type=models.ScalarType.INT8)),
    "binary": models.BinaryQuantization(binary=models.BinaryQuantizationConfig()),
}


class ServerIndex:
    """The adapter of ``VectorIndex`` for a collection on a Qdrant server."""

    def __init__(self, settings: IndexSettings, fingerprint: Fingerprint, client: QdrantClient | None = None) -> None:
        self._client = client or connect(settings)
        self._owns_client = client is None
        self._collection = settings.collection
        self._where = f"{settings.url} collection {settings.collection}"
        self._fingerprint = fingerprint

    @classmethod
    def open(
        cls, settings: IndexSettings, fingerprint: Fingerprint, dimension: int, client: QdrantClient | None = None
    ) -> ServerIndex:
        """Open the collection, making it where there is none.

        A ``client`` given takes the place of a connection to ``settings.url`` and is left open by ``close``.
        Raises IndexMismatch when other encoders made it, IndexUnavailable when the server does not answer.
        """
        index = cls(settings, fingerprint, client)
        with index._translated():
            if not index._client.collection_exists(settings.collection):
                index._create(settings, dimension)
            found = index._client.get_collection(settings.collection)
            require_match(_made_by(found.config.metadata or {}), (fingerprint, dimension), index._where)
            index._add_payload_indexes(found.payload_schema)
        return index

    @staticmethod
    def erase(settings: IndexSettings, client: QdrantClient | None = None) -> None:
        """Delete the collection whatever made it; no error where there is none."""
        ServerIndex(settings, UNKNOWN, client).drop()

    def _create(self, settings: IndexSettings, dimension: int) -> None:
        self._client.create_collection(
            settings.collection,
            vectors_config={DENSE: models.VectorParams(size=dimension, distance=models.Distance.COSINE)},
            sparse_vectors_config={SPARSE: models.SparseVectorParams(modifier=models.Modifier.IDF)},
            shard_number=settings.shards,
            replication_factor=settings.replicas,
            quantization_config=_QUANTIZATION[settings.quantization],
            metadata={METADATA_KEY: {"fingerprint": asdict(self._fingerprint), "dimension": dimension}},
        )

    def _add_payload_indexes(self, present: Mapping[str, Any]) -> None:
        wanted = dict.fromkeys(KEYWORD_FIELDS, models.PayloadSchemaType.KEYWORD)
        wanted |= dict.fromkeys(INTEGER_FIELDS, models.PayloadSchemaType.INTEGER)
        for field, schema in wanted.items():
            if f"{META}.{field}" not in present:
                self._client.create_payload_index(self._collection, f"{META}.{field}", field_schema=schema)

    @property
    def fingerprint(self) -> Fingerprint:
        return self._fingerprint

    # ---- writing -------------------------------------------------------------------------------------------

    def upsert(self, points: Iterable[IndexPoint]) -> None:
        for batch in batches(points):
            with self._translated():
                self._client.upsert(self._collection, [_point(p) for p in batch], wait=True)

    def set_dense(self, vectors: Mapping[str, DenseVector]) -> int:
        done = 0
        for digests in batches(vectors):
            matching = models.FieldCondition(key=f"{META}.digest", match=models.MatchAny(any=list(digests)))
            found = [(i, facts.digest) for i, facts in self._scroll(models.Filter(must=[matching]))]
            for batch in batches(found):
                updates = [models.PointVectors(id=i, vector={DENSE: vectors[d].tolist()}) for i, d in batch]
                with self._translated():
                    self._client.update_vectors(self._collection, updates, wait=True)
            done += len(found)
        return done

    def set_facts(self, facts: Iterable[PointFacts]) -> None:
        for changed, passage_ids in by_changeable_facts(facts):
            for batch in batches(passage_ids):
                with self._translated():
                    ids = [point_id(i) for i in batch]
                    held = [r.id for r in self._client.retrieve(self._collection, ids, with_payload=False)]
                    if held:
                        self._client.set_payload(self._collection, changed, points=held, key=META, wait=True)

    def delete(self, passage_ids: Sequence[str]) -> None:
        for batch in batches(passage_ids):
            with self._translated():
                self._client.delete(self._collection, [point_id(i) for i in batch], wait=True)

    # ---- searching -----------------------------------------------------------------------------------------

    def search_sparse(self, query: SparseVector, where: SearchFilter, limit: int) -> list[Hit]:
        if not query.indices:
            return []
        vector = models.SparseVector(indices=list(query.indices), values=list(query.values))
        return self._search(vector, SPARSE, where, limit)

    def search_dense(self, query: DenseVector, where: SearchFilter, limit: int) -> list[Hit]:
        return self._search(query.tolist(), DENSE, where, limit)

    def _search(
        self, query: models.SparseVector | list[float], using: str, where: SearchFilter, limit: int
    ) -> list[Hit]:
        if limit <= 0 or where.allows_nothing:
            return []
        with self._translated():
            found = self._client.query_points(
                self._collection,
                query,
                using=using,
                query_filter=_filter(where),
                limit=limit,
                with_payload=True,
                search_params=models.SearchParams(exact=True) if where.narrows and using == DENSE else None,
            )
        return ranked(hit_of((point.payload or {}).get(META), point.score) for point in found.points)

    # ---- looking -------------------------------------------------------------------------------------------

    def facts(self) -> dict[str, PointFacts]:
        return {facts.passage_id: facts for _, facts in self._scroll(None)}

    def digests(self) -> dict[str, str]:
        return {facts.passage_id: facts.digest for _, facts in self._scroll(None)}

    def awaiting_dense(self) -> dict[str, str]:
        return {facts.passage_id: facts.digest for _, facts in self._scroll(_WITHOUT_DENSE)}

    def state(self) -> IndexState:
        with self._translated():
            points = self._client.count(self._collection, exact=True).count
            waiting = self._client.count(self._collection, count_filter=_WITHOUT_DENSE, exact=True).count
        return IndexState(points, points - waiting, self._fingerprint)

    def _scroll(self, condition: models.Filter | None) -> Iterator[tuple[models.ExtendedPointId, PointFacts]]:
        offset: models.ExtendedPointId | None = None
        while True:
            with self._translated():
                records, offset = self._client.scroll(
                    self._collection, scroll_filter=condition, limit=PAGE, offset=offset, with_payload=True
                )
            yield from ((record.id, facts_of((record.payload or {}).get(META))) for record in records)
            if offset is None:
                return

    # ---- upkeep --------------------------------------------------------------------------------------------

    def optimise(self, stop: Callable[[], bool] | None = None) -> None:
        """Nothing: the server optimises by itself."""

    def warm(self) -> None:
        """Nothing: the server keeps in its memory what it needs."""

    def flush(self) -> None:
        """Nothing: every write was confirmed as written."""

    def close(self) -> None:
        if self._owns_client:
            with self._translated():
                self._client.close()

    def drop(self) -> None:
        with self._translated():
            self._client.delete_collection(self._collection)
        self.close()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn the errors of the server and of the way to it into ours."""
        try:
            yield
        except (ApiException, QdrantException, OSError) as error:
            raise IndexUnavailable(
                f"The Qdrant server failed ({type(error).__name__}: {str(error)[:300]}).",
                where=self._where,
                remedy="Check that the server runs, is reachable and accepts the key (settings `qdrant.url`, "
                "`qdrant.api_key`), then try again.",
            ) from error


def connect(settings: IndexSettings) -> QdrantClient:
    """A client of the server that the settings name; nothing is sent yet."""
    key = settings.api_key.get_secret_value() if settings.api_key else None
    return QdrantClient(url=settings.url, api_key=key, timeout=settings.timeout_s, check_compatibility=False)


def _made_by(metadata: Mapping[str, Any]) -> tuple[Fingerprint, int]:
    """Fingerprint and dimension as the collection's metadata give them; unknown where it is not one of ours."""
    ours = metadata.get(METADATA_KEY)
    if ours is None:
        return UNKNOWN, 0
    return Fingerprint(**ours["fingerprint"]), int(ours["dimension"])


def _point(p: IndexPoint) -> models.PointStruct:
    vectors: dict[str, Any] = {
        SPARSE: models.SparseVector(indices=list(p.sparse.indices), values=list(p.sparse.values)),
    }
    if p.dense is not None:
        vectors[DENSE] = p.dense.tolist()
    payload = {"id": p.passage_id, "content": None, META: facts_payload(p)}
    return models.PointStruct(id=point_id(p.passage_id), vector=vectors, payload=payload)


def _filter(where: SearchFilter) -> models.Filter | None:
    must: list[models.Condition] = []
    must_not: list[models.Condition] = []
    for condition in conditions(where):
        match condition:
            case OneOf(field, values, negated):
                matching = models.FieldCondition(key=f"{META}.{field}", match=models.MatchAny(any=list(values)))
                (must_not if negated else must).append(matching)
            case Bound(field, at_most, above):
                between = models.Range(lte=at_most, gt=above)
                must.append(models.FieldCondition(key=f"{META}.{field}", range=between))
    return models.Filter(must=must, must_not=must_not) if must or must_not else None
