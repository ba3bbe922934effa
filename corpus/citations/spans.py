"""Spans of one text, in order and disjoint."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol


class Span(Protocol):
    """Anything with a half-open place in a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def overlaps(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of ``spans`` shares a character with ``[start, end)``."""
    before = bisect_left(spans, end, key=lambda span: span.start) - 1
    return before >= 0 and spans[before].end > start
