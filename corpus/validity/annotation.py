"""The adoption history printed under a title (题注), as far as it tells whether a text was ever amended."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from corpus.validity.wording import DATE, compact, parse_day

_EVENT = re.compile(rf"({DATE})((?:(?!{DATE}).)*)")
LONGEST_WAY = dt.timedelta(days=366)
"""The longest way from a city's adoption over the province's approval to publication that we have seen, rounded up."""

_AMENDED = re.compile(r"修正|修订|修改|重新公布")


@dataclass(frozen=True, slots=True)
class History:
    """What a head note says of a text: ``adopted`` and ``newest`` the first and the last day it names, ``amendments``
    the days of amendments.
    """

    adopted: dt.date
    newest: dt.date
    amendments: tuple[dt.date, ...] = ()

    def amended_by(self, day: dt.date) -> bool:
        """Whether an amendment was made before ``day`` or on it."""
        return any(amendment <= day for amendment in self.amendments)


def read_history(annotation: str) -> History | None:
    """Read a head note; None where it names no day.

    ====================================================================  ======================================
    2017年11月17日…通过 2018年1月23日…批准                                   adopted 2017-11-17, no amendment
    2002年3月27日…通过 2010年7月30日…《关于修改部分…的决定》修正               adopted 2002-03-27, amended 2010-07-30
    2010年3月1日…修订通过                                                  amended 2010-03-01, adopted then or before
    2018年3月30日…通过 2021年9月24日…通过                                    years apart: the second amended the first
    ====================================================================  ======================================
    """
    days: list[dt.date] = []
    amendments: set[dt.date] = set()
    for event in _EVENT.finditer(compact(annotation)):
        day = parse_day(event[1])
        if day is None:
            continue
        days.append(day)
        if _AMENDED.search(event[2]):
            amendments.add(day)
    amendments.update(day for day in days if day - min(days) > LONGEST_WAY)
    return History(min(days), max(days), tuple(sorted(amendments))) if days else None
