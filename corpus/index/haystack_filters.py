"""Haystack's filter dictionaries (检索条件), read as a ``SearchFilter``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.errors import InvalidInput
from corpus.index.base import SearchFilter, as_yyyymmdd

_ALLOWED = {"level": "levels", "shelf": "shelves", "region": "regions", "document_id": "document_ids"}
_EXCLUDED = {"document_id": "exclude_document_ids", "provision_id": "exclude_provision_ids"}
_DAY_BOUNDS = {("served_from", "<="), ("served_until", ">")}

_CAN = (
    "Join with AND: `==` or `in` on meta.level, meta.shelf, meta.region and meta.document_id; `!=` or `not in` on "
    "meta.document_id and meta.provision_id; and for a day both meta.served_from `<=` and meta.served_until `>` it, "
    "as yyyymmdd."
)


def search_filter(filters: Mapping[str, Any] | None) -> SearchFilter:
    """The same filter in the index's terms. Raises InvalidInput, with what can be asked, for anything else."""
    allowed: dict[str, frozenset[str]] = {}
    excluded: dict[str, frozenset[str]] = {}
    days: dict[tuple[str, str], int] = {}
    for field, operator, value in _comparisons(filters) if filters else ():
        if operator in ("==", "in") and field in _ALLOWED:
            name, values = _ALLOWED[field], _values(operator == "in", value)
            allowed[name] = allowed[name] & values if name in allowed else values
        elif operator in ("!=", "not in") and field in _EXCLUDED:
            name, values = _EXCLUDED[field], _values(operator == "not in", value)
            excluded[name] = excluded.get(name, frozenset()) | values
        elif (field, operator) in _DAY_BOUNDS and isinstance(value, int) and (field, operator) not in days:
            days[field, operator] = value
        else:
            raise _refused(f"meta.{field} {operator} {value!r}")
    return SearchFilter(as_of=_day(days), **allowed, **excluded)


def haystack_filters(where: SearchFilter) -> dict[str, Any] | None:
    """A filter of the index in Haystack's terms; None when it restricts nothing. ``search_filter`` reads it back."""
    comparisons: list[dict[str, Any]] = []
    if where.as_of is not None:
        day = as_yyyymmdd(where.as_of)
        comparisons.append({"field": "meta.served_from", "operator": "<=", "value": day})
        comparisons.append({"field": "meta.served_until", "operator": ">", "value": day})
    for field, name in _ALLOWED.items():
        if getattr(where, name) is not None:
            comparisons.append({"field": f"meta.{field}", "operator": "in", "value": sorted(getattr(where, name))})
    for field, name in _EXCLUDED.items():
        if getattr(where, name):
            comparisons.append({"field": f"meta.{field}", "operator": "not in", "value": sorted(getattr(where, name))})
    return {"operator": "AND", "conditions": comparisons} if comparisons else None


def _comparisons(filters: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    if "conditions" in filters:
        if filters.get("operator") != "AND":
            raise _refused(f"operator {filters.get('operator')!r}")
        for condition in filters["conditions"]:
            yield from _comparisons(condition)
    else:
        try:
            yield str(filters["field"]).removeprefix("meta."), filters["operator"], filters["value"]
        except KeyError as error:
            raise _refused(f"a comparison without {error}") from error


def _values(many: bool, value: Any) -> frozenset[str]:
    return frozenset(value) if many else frozenset({value})


def _day(days: Mapping[tuple[str, str], int]) -> dt.date | None:
    if not days:
        return None
    if days.keys() != _DAY_BOUNDS or len(set(days.values())) != 1:
        raise _refused("served_from and served_until that do not bound one day")
    [number] = set(days.values())
    try:
        return dt.date(number // 10000, number // 100 % 100, number % 100)
    except ValueError as error:
        raise _refused(f"the day {number}") from error


def _refused(what: str) -> InvalidInput:
    return InvalidInput(f"The index cannot filter by {what}.", remedy=_CAN)
