"""Filter conditions (检索条件) in a form that both Qdrant adapters translate word for word."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.index.base import SearchFilter, as_yyyymmdd


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field holds one of the values; ``negated``: none of them."""

    field: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """The field is at most ``at_most``, or above ``above``; days as yyyymmdd."""

    field: str
    at_most: int | None = None
    above: int | None = None


def conditions(where: SearchFilter) -> list[OneOf | Bound]:
    """All conditions of a filter, every one of which must hold; none for a filter that restricts nothing."""
    result: list[OneOf | Bound] = []
    if where.as_of is not None:
        day = as_yyyymmdd(where.as_of)
        result += [Bound("served_from", at_most=day), Bound("served_until", above=day)]
    restricted = (
        ("level", where.levels),
        ("shelf", where.shelves),
        ("region", where.regions),
        ("document_id", where.document_ids),
    )
    for field, allowed in restricted:
        if allowed is not None:
            result.append(OneOf(field, tuple(sorted(allowed))))
    for field, excluded in (("document_id", where.exclude_document_ids), ("provision_id", where.exclude_provision_ids)):
        if excluded:
            result.append(OneOf(field, tuple(sorted(excluded)), negated=True))
    return result
