"""The time that counts (北京时间): China has one time zone, whatever the clock of the machine is set to.

The law of the day is that of the day in China; a server left on UTC would serve yesterday's law until eight in the
morning.
"""

from __future__ import annotations

import datetime as dt

BEIJING = dt.timezone(dt.timedelta(hours=8), "北京时间")


def current_day(now: dt.datetime | None = None) -> dt.date:
    """The day in China now, or at an aware moment."""
    return (now or dt.datetime.now(dt.UTC)).astimezone(BEIJING).date()


def local(moment: dt.datetime) -> dt.datetime:
    """An aware moment as people in China read it."""
    return moment.astimezone(BEIJING)
