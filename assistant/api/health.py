"""How much of the state of the service a person sees (服务状态的查阅范围): no number counts what they may not read."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.contract import Health, IndexStatus, Preparation


def for_anyone(health: Health) -> Health:
    """What somebody who is not logged in may see: status, version, mark of this run and the day, how far it is."""
    return Health(
        status=health.status,
        version=health.version,
        preparation=scaled_preparation(health.preparation, 100).model_copy(update={"error": None}),
        today=health.today,
        instance=health.instance,
        searchable=health.searchable,
    )


def for_part(health: Health, counts: Mapping[str, int]) -> Health:
    """What somebody sees who may read a part of the corpus only, with so many rows: progress is scaled to the part."""
    passages = counts["passages"]
    return health.model_copy(
        update={
            "corpus": dict(counts),
            "index": scaled_index(health.index, passages),
            "preparation": scaled_preparation(health.preparation, passages),
        }
    )


def scaled_index(index: IndexStatus, total: int) -> IndexStatus:
    """The same progress out of another total."""
    share = total / index.total if index.total else 0.0
    return index.model_copy(
        update={
            "points": _scaled(index.points, index.total, total),
            "dense_points": _scaled(index.dense_points, index.total, total),
            "total": total,
            "rate": index.rate * share if index.rate is not None else None,
        }
    )


def scaled_preparation(preparation: Preparation, total: int) -> Preparation:
    if not preparation.total:
        return preparation
    return preparation.model_copy(update={"done": _scaled(preparation.done, preparation.total, total), "total": total})


def _scaled(done: int, of: int, total: int) -> int:
    return min(done, of) * total // of if of else 0
