"""The report of a load run counts as locust counted, and says whether memory stays flat."""

from __future__ import annotations

import pytest

pytest.importorskip("psutil", reason="the load run needs the extra `load`")

from evals.load.report import entries_of, growth_per_minute, load_report, percentile
from evals.load.service import Sample, Watch

MB = 1024 * 1024
STATS = [
    {
        "name": "search",
        "num_requests": 20,
        "num_failures": 1,
        "response_times": {"100": 18, "450": 1, "900": 1},
        "max_response_time": 912.3,
    },
    {"name": "ask", "num_requests": 0, "num_failures": 2, "response_times": {}, "max_response_time": 0},
]


@pytest.mark.parametrize(("share", "time"), [(0.5, 100.0), (0.9, 100.0), (0.95, 450.0), (1.0, 900.0)])
def test_a_percentile_is_the_time_within_which_that_share_was_answered(share: float, time: float) -> None:
    assert percentile(STATS[0]["response_times"], share) == time


def test_entries_stand_by_name_and_what_was_never_answered_has_no_time() -> None:
    ask, search = entries_of(STATS)
    assert ask.row() == ["ask", 0, 2, None, None, 0]
    assert search.row() == ["search", 20, 1, 100, 450, 912]


def test_memory_that_rises_evenly_grows_by_its_rise_and_flat_memory_by_nothing() -> None:
    rising = [Sample(at_s=60.0 * n, rss=(1000 + 3 * n) * MB, load=1.0) for n in range(10)]
    assert growth_per_minute(rising) == pytest.approx(3.0)
    assert growth_per_minute([Sample(60.0 * n, MB, 1.0) for n in range(10)]) == 0
    assert growth_per_minute(rising[:3]) is None


def test_the_report_has_requests_memory_and_load() -> None:
    watch = Watch([Sample(0, 900 * MB, 1.0), Sample(10, 1000 * MB, 3.0)], busy_s=5.0)
    text = load_report(STATS, watch, {"people": 2}).to_markdown()
    assert "| search | 20 | 1 | 100 | 450 | 912 |" in text
    assert "900 / 1000 / 1000" in text
    assert "| processor time, cores | 0.50 |" in text
    assert "2.0 / 3.0" in text
