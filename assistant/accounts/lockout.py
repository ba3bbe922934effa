"""Lock-out after wrong passwords (锁定), as pure functions: how long an account stays shut grows with each failure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LockPolicy:
    """So many wrong passwords in a row are free; each further one shuts for twice as long, up to the longest."""

    free_failures: int
    first: dt.timedelta
    longest: dt.timedelta


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong passwords in a row, and until when no further one is looked at."""

    failures: int = 0
    locked_until: dt.datetime | None = None

    def locked(self, now: dt.datetime) -> bool:
        return self.locked_until is not None and now < self.locked_until


def after_failure(attempts: Attempts, now: dt.datetime, policy: LockPolicy) -> Attempts:
    """The state after one more wrong password. While locked nothing counts, so that nobody is shut out for ever."""
    if attempts.locked(now):
        return attempts
    failures = attempts.failures + 1
    beyond = failures - policy.free_failures
    if beyond < 0:
        return Attempts(failures)
    doublings = min(beyond, 32)  # beyond this every policy is at its longest
    return Attempts(failures, now + min(policy.first * 2**doublings, policy.longest))
