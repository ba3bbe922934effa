"""Lock-out as a function of what happened: it grows, it ends, and nobody can keep an account shut for ever."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from assistant.accounts.lockout import Attempts, LockPolicy, after_failure

POLICY = LockPolicy(5, dt.timedelta(minutes=1), dt.timedelta(hours=1))
START = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
GAPS = st.lists(st.integers(0, 7200), max_size=60)


def replay(gaps: list[int]) -> list[tuple[dt.datetime, Attempts, Attempts]]:
    """Failures with so many seconds between them: when, before, after."""
    now, attempts, seen = START, Attempts(), []
    for gap in gaps:
        now += dt.timedelta(seconds=gap)
        after = after_failure(attempts, now, POLICY)
        seen.append((now, attempts, after))
        attempts = after
    return seen


@given(GAPS)
def test_nobody_is_locked_before_the_fifth_failure_and_never_longer_than_the_longest(gaps):
    for now, _before, after in replay(gaps):
        if after.failures < POLICY.free_failures:
            assert after.locked_until is None
        elif after.locked_until is not None:
            assert after.locked_until - now <= POLICY.longest


@given(GAPS)
def test_failures_while_locked_change_nothing(gaps):
    for now, before, after in replay(gaps):
        if before.locked(now):
            assert after == before


@given(GAPS)
def test_every_further_lock_is_at_least_as_long_as_the_one_before(gaps):
    locks = [a.locked_until - n for n, b, a in replay(gaps) if not b.locked(n) and a.locked_until is not None]
    assert locks == sorted(locks)


def test_the_locks_double_from_the_fifth_failure_on():
    minutes, now, attempts = [], START, Attempts()
    for _ in range(13):
        attempts = after_failure(attempts, now, POLICY)
        if attempts.locked_until:
            minutes.append((attempts.locked_until - now).total_seconds() / 60)
            now = attempts.locked_until
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]
