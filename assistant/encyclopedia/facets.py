"""Counting and narrowing lists (分面): each facet is counted without the filter on itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from assistant.encyclopedia.contract import FacetValue

T = TypeVar("T")
Values = Callable[[T], Collection[str]]
"""The values of an entry under one facet; several for a list of laws or sanctions."""


def narrow(entries: Iterable[T], facets: Mapping[str, Values[T]], chosen: Mapping[str, str | None]) -> list[T]:
    """The entries that have every chosen value."""
    wanted = {name: value for name, value in chosen.items() if value is not None}
    return [e for e in entries if all(value in facets[name](e) for name, value in wanted.items())]


def count(
    entries: Sequence[T],
    facets: Mapping[str, Values[T]],
    chosen: Mapping[str, str | None],
    labels: Mapping[str, Callable[[str], str]],
    order: Mapping[str, Callable[[FacetValue], object]],
    most: int = 100,
) -> dict[str, list[FacetValue]]:
    """For each facet its values with their counts, most frequent first where ``order`` says nothing else."""
    counted: dict[str, list[FacetValue]] = {}
    for name, values_of in facets.items():
        others = {other: value for other, value in chosen.items() if other != name}
        found = Counter(value for e in narrow(entries, facets, others) for value in values_of(e))
        label = labels.get(name, str)
        values = [FacetValue(value=v, label=label(v), count=n) for v, n in found.items()]
        sort = order.get(name) or (lambda f: (-f.count, f.label))
        counted[name] = sorted(values, key=sort)[:most]  # type: ignore[arg-type]
    return counted


def has_words(words: str | None, *texts: str) -> bool:
    """Whether every word occurs in one of the texts."""
    return not words or all(any(word in text for text in texts) for word in words.split())
