"""Metrics (指标) as pure functions. What cannot be scored is ``None`` and is left out of every mean, never zero."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Sequence


def recall_at(ranked: Sequence[Hashable], gold: Collection[Hashable], k: int) -> float | None:
    """Share of the gold items among the first ``k`` of the ranking: ``|gold ∩ top k| / |gold|``; None without gold."""
    wanted = set(gold)
    if not wanted:
        return None
    return len(wanted & set(ranked[:k])) / len(wanted)


def reciprocal_rank(ranked: Sequence[Hashable], gold: Collection[Hashable]) -> float | None:
    """1 / rank of the first gold item, 0 when none is ranked; None without gold."""
    wanted = set(gold)
    if not wanted:
        return None
    return next((1 / rank for rank, item in enumerate(ranked, start=1) if item in wanted), 0.0)


def mean(values: Iterable[float | bool | None]) -> float | None:
    """Mean over what could be scored (truth values count as 1 and 0); None when nothing could."""
    scored = [float(v) for v in values if v is not None]
    return sum(scored) / len(scored) if scored else None


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Nearest-rank percentile: the smallest value that at least ``percent`` % of the values do not exceed."""
    if not values:
        return None
    rank = max(1, math.ceil(percent / 100 * len(values)))
    return sorted(values)[rank - 1]
