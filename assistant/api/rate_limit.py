"""How often somebody may ask (请求频率): counted by person, and by address for whoever is not logged in."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from assistant.settings import LimitSettings
from corpus.errors import TooManyRequests


class RateLimits:
    """Counts requests in memory, in windows of a minute. Safe to share between threads."""

    def __init__(self, settings: LimitSettings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._requests = RateLimitItemPerMinute(settings.requests_per_minute)
        self._logins = RateLimitItemPerMinute(settings.logins_per_minute)

    def count_request(self, who: str) -> None:
        """Count a request of a person or address. Raises TooManyRequests with the seconds to wait."""
        self._count(self._requests, "request", who)

    def count_login(self, address: str) -> None:
        """Count a try to log in from an address. Raises TooManyRequests with the seconds to wait."""
        self._count(self._logins, "login", address)

    def _count(self, item: RateLimitItemPerMinute, what: str, who: str) -> None:
        if self._limiter.hit(item, what, who):
            return
        reset = self._limiter.get_window_stats(item, what, who).reset_time
        seconds = min(60, max(1, math.ceil(reset - time.time())))
        error = TooManyRequests("短时间内请求过多。", remedy=f"请在 {seconds} 秒后再试。")
        error.retry_after_s = seconds
        raise error
