"""The report of a load run (负载报告), from what locust counted and what was seen of the service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.load.service import Sample, Watch
from evals.report import Cell, Report, Table

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of request; times in milliseconds, rounded above 100 ms to two digits, as locust keeps them."""

    name: str
    requests: int
    errors: int
    p50: float | None
    p95: float | None
    longest: float | None

    def row(self) -> list[Cell]:
        return [self.name, self.requests, self.errors, _whole(self.p50), _whole(self.p95), _whole(self.longest)]


def entries_of(stats: Sequence[Mapping[str, Any]]) -> list[Entry]:
    """The entries of locust's JSON, by name."""
    found = [
        Entry(
            name=one["name"],
            requests=one["num_requests"],
            errors=one["num_failures"],
            p50=percentile(one["response_times"], 0.5),
            p95=percentile(one["response_times"], 0.95),
            longest=one["max_response_time"],
        )
        for one in stats
    ]
    return sorted(found, key=lambda entry: entry.name)


def percentile(times: Mapping[str, int], share: float) -> float | None:
    """The time within which this share of the requests was answered; None of nothing."""
    total, seen = sum(times.values()), 0
    for time, count in sorted((float(time), count) for time, count in times.items()):
        seen += count
        if seen >= share * total:
            return time
    return None


def growth_per_minute(samples: Sequence[Sample]) -> float | None:
    """Megabytes a minute by which memory grew over the second half, by least squares; None of too few samples."""
    late = samples[len(samples) // 2 :]
    if len(late) < 3:
        return None
    mean_at = sum(s.at_s for s in late) / len(late)
    mean_rss = sum(s.rss for s in late) / len(late)
    spread = sum((s.at_s - mean_at) ** 2 for s in late)
    rise = sum((s.at_s - mean_at) * (s.rss - mean_rss) for s in late)
    return rise / spread * 60 / _MB if spread else None


def load_report(stats: Sequence[Mapping[str, Any]], watch: Watch, conditions: Mapping[str, Cell]) -> Report:
    """The whole run: requests by kind, memory and processor time of the service, load of the machine."""
    entries, samples = entries_of(stats), watch.samples
    rss = [round(s.rss / _MB) for s in samples]
    loads = [s.load for s in samples]
    growth = growth_per_minute(samples)
    service: list[list[Cell]] = [
        ["resident memory, begin / end / most, MB", f"{rss[0]} / {rss[-1]} / {max(rss)}"],
        ["growth over the second half, MB a minute", None if growth is None else f"{growth:.1f}"],
        ["processor time, cores", f"{watch.busy_s / max(samples[-1].at_s, 1e-9):.2f}"],
        ["load average, mean / most", f"{sum(loads) / len(loads):.1f} / {max(loads):.1f}"],
    ]
    return Report(
        title="Load",
        conditions=conditions,
        tables=[
            Table("Requests", ["entry", "n", "errors", "p50 ms", "p95 ms", "most ms"], [e.row() for e in entries]),
            Table("Service", ["figure", "value"], service),
        ],
        figures={
            "entries": [
                {"name": e.name, "n": e.requests, "errors": e.errors, "p50": e.p50, "p95": e.p95} for e in entries
            ],
            "errors": sum(e.errors for e in entries),
            "rss_mb": rss,
            "load": loads,
        },
    )


def _whole(milliseconds: float | None) -> int | None:
    return None if milliseconds is None else round(milliseconds)
