"""The day and the hour are those of China, on whatever clock the machine runs."""

from __future__ import annotations

import datetime as dt

import pytest

from corpus.clock import current_day, local


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-11-21T15:59:59", "2026-11-21"),
        ("2026-11-21T16:00:00", "2026-11-22"),
        ("2026-12-31T23:00:00", "2027-01-01"),
    ],
)
def test_a_new_day_begins_at_midnight_in_beijing(utc: str, day: str) -> None:
    moment = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)
    assert current_day(moment) == dt.date.fromisoformat(day)
    assert local(moment).date() == dt.date.fromisoformat(day)
