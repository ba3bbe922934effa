"""Points of the index (索引点): how a passage is named and described inside Qdrant, the same for both adapters."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from corpus.encoders.base import SparseVector
from corpus.errors import IndexUnavailable
from corpus.index.base import REBUILD_COMMAND, DenseVector, Hit, IndexPoint, PointFacts

POINT_NAMESPACE = uuid.UUID("3896d314-1e95-4a3a-b45a-945f9f0b541d")
"""qdrant-haystack's own: its document store finds our points of a Qdrant server under the same ids."""

KEYWORD_FIELDS = ("level", "region", "shelf", "document_id", "provision_id", "digest")
INTEGER_FIELDS = ("served_from", "served_until")
FACT_FIELDS = tuple(PointFacts.__dataclass_fields__)
CHANGEABLE_FIELDS = ("version_id", "document_id", "level", "region", "shelf", "served_from", "served_until")

WRITE_BATCH = 256
"""Points per write: short enough that a search never waits long for one, see ``corpus.index.edge``."""

T = TypeVar("T")


def point_id(passage_id: str) -> str:
    """The UUID that stands for a passage id, as Qdrant takes only integers and UUIDs."""
    return str(uuid.uuid5(POINT_NAMESPACE, passage_id))


def with_vectors(facts: PointFacts, sparse: SparseVector, dense: DenseVector | None) -> IndexPoint:
    """The point of a passage: its facts and its vectors."""
    return IndexPoint(**facts_payload(facts), sparse=sparse, dense=dense)


def facts_payload(facts: PointFacts) -> dict[str, Any]:
    """The facts under their own names."""
    return {name: getattr(facts, name) for name in FACT_FIELDS}


def by_changeable_facts(facts: Iterable[PointFacts]) -> list[tuple[dict[str, Any], list[str]]]:
    """Passage ids grouped by those of their facts that may change: one write per group and batch."""
    groups: dict[tuple[Any, ...], list[str]] = {}
    for f in facts:
        groups.setdefault(tuple(getattr(f, name) for name in CHANGEABLE_FIELDS), []).append(f.passage_id)
    return [(dict(zip(CHANGEABLE_FIELDS, values, strict=True)), ids) for values, ids in groups.items()]


def facts_of(payload: Mapping[str, Any] | None) -> PointFacts:
    """The facts read back from a stored payload. Raises IndexUnavailable when it is damaged."""
    try:
        return PointFacts(*((payload or {})[name] for name in FACT_FIELDS))
    except KeyError as error:
        raise IndexUnavailable(
            f"A point of the vector index lacks its {error}.",
            remedy=f"Run `{REBUILD_COMMAND}`: the index is made anew from the store, nothing is lost.",
        ) from error


def hit_of(payload: Mapping[str, Any] | None, score: float) -> Hit:
    """A search result. Raises IndexUnavailable when the payload is damaged."""
    facts = facts_of(payload)
    return Hit(facts.passage_id, facts.provision_id, facts.version_id, facts.document_id, score)


def ranked(hits: Iterable[Hit]) -> list[Hit]:
    """Best first; equal scores by passage id, so that the same data gives the same list everywhere."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))


def batches(items: Iterable[T], size: int = WRITE_BATCH) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
