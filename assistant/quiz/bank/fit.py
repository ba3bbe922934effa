"""Which items rest on the words of today (可用试题), remembered: hundreds who begin one paper at once ask it once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from threading import Lock

Judge = Callable[[Sequence[str]], Mapping[tuple[str, int], bool]]
"""Whether items, by id and revision, rest on the words of today."""


class FitItems:
    """What was judged in one view. A changed corpus comes with another view, a changed item with another revision."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._day: dt.date | None = None
        self._known: dict[tuple[str, int], bool] = {}

    def among(self, revisions: Mapping[str, int], day: dt.date, judge: Judge) -> frozenset[str]:
        """Those of the items, given with their revisions, that may be used on a day; what is new is judged."""
        with self._lock:
            if self._day != day:
                self._day, self._known = day, {}
            unknown = [item_id for item_id, revision in revisions.items() if (item_id, revision) not in self._known]
            if unknown:
                self._known |= judge(unknown)
            return frozenset(i for i, revision in revisions.items() if self._known.get((i, revision), False))
