"""The last day of a time limit (期限届满日), as far as it can be known without a calendar of holidays."""

from __future__ import annotations

import calendar
import datetime as dt

from assistant.encyclopedia.contract import Deadline, TimeUnit
from corpus.errors import InvalidInput

_WEEKEND = (5, 6)
_NO_CALENDAR = (
    "工作日只除去了周六、周日；没有收录法定节假日和调休安排，遇法定节假日顺延，遇调休上班的周末提前，"
    "请对照当年放假通知。"
)
_NOT_STATED = (
    "没有写明按工作日还是自然日计算，不能确定届满日；按自然日计为{calendar}，"
    "按工作日计为{working}（未除去法定节假日）。"
)
_LAST_DAY_OFF = "届满日是{day}，是否顺延依有关法律的规定。"
_NAMES = {5: "周六", 6: "周日"}


def count_deadline(start: dt.date, number: int, unit: TimeUnit, working: bool | None) -> Deadline:
    """The last day of ``number`` units after ``start``, which does not count itself.

    ``working`` None: the law does not say; then no day is given, only the earliest it can be.
    """
    try:
        if unit is TimeUnit.HOUR:
            earliest = start + dt.timedelta(hours=number)
            note = "按小时计的期限须从具体时刻起算，这里只有日期，届满时刻不能确定。"
            return Deadline(earliest=earliest, exact=False, notes=[note])
        if unit is not TimeUnit.DAY:
            return _exact(add_months(start, number * (12 if unit is TimeUnit.YEAR else 1)))
        if working is None:
            plain, worked = start + dt.timedelta(days=number), add_working_days(start, number)
            return Deadline(
                earliest=plain,
                exact=False,
                notes=[_NOT_STATED.format(calendar=plain.isoformat(), working=worked.isoformat())],
            )
        if working:
            due = add_working_days(start, number)
            return Deadline(due=due, earliest=due, exact=False, notes=[_NO_CALENDAR])
        return _exact(start + dt.timedelta(days=number))
    except (OverflowError, ValueError):
        raise InvalidInput("期限超出了日历的范围。", where="start", remedy="请改用较近的起算日。") from None


def add_working_days(start: dt.date, number: int) -> dt.date:
    """The ``number``-th day after ``start`` that is neither Saturday nor Sunday."""
    day = start
    while number:
        day += dt.timedelta(days=1)
        number -= day.weekday() not in _WEEKEND
    return day


def add_months(start: dt.date, months: int) -> dt.date:
    """The same day ``months`` later, or the last day of a month that has none such."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return dt.date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _exact(due: dt.date) -> Deadline:
    off = _NAMES.get(due.weekday())
    return Deadline(due=due, earliest=due, exact=True, notes=[_LAST_DAY_OFF.format(day=off)] if off else [])
