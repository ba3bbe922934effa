"""The amounts that decide a case (罚则数额), found so that they stand out on the screen.

Only for emphasis: nothing is calculated from what is found here.
"""

from __future__ import annotations

import re

from ui.markup import Span

_NUMBER = r"[零〇一二三四五六七八九十百千万亿两\d][零〇一二三四五六七八九十百千万亿两\d,.，．]*"
_UNIT = r"(?:元|倍|个月|年|日|周岁|岁|分)(?!之)"
_BOUND = r"(?:以上|以下|以内|不满|不足)"
_ONE = rf"{_NUMBER}{_UNIT}{_BOUND}?"
_AMOUNT = re.compile(rf"(?:不满|不足|超过)?{_ONE}(?:(?:至|到|、|，)?{_ONE})*(?:的?(罚款|拘留|有期徒刑))?")
_CALENDAR = re.compile(r"(?:\d{2,4}|[〇零一二三四五六七八九]{4})年|\d{1,2}月\d{1,2}日")
_SANCTION_BEFORE = re.compile(r"(?:罚款|拘留|有期徒刑|罚金|记)$")


def amount_marks(text: str) -> dict[str, list[Span]]:
    """Half-open spans by style: ``ea-fine`` for sanctions (五万元以上十万元以下罚款), ``ea-amount`` for the rest.

    The rest are thresholds and terms (货值金额不足一万元). Calendar dates (2026年8月15日) are neither.
    """
    marks: dict[str, list[Span]] = {"ea-fine": [], "ea-amount": []}
    for found in _AMOUNT.finditer(text):
        if not _is_calendar(text, found):
            sanction = found.group(1) or _SANCTION_BEFORE.search(text, 0, found.start())
            marks["ea-fine" if sanction else "ea-amount"].append(found.span())
    return marks


def _is_calendar(text: str, found: re.Match[str]) -> bool:
    if _CALENDAR.match(text, found.start()):
        return True
    before = text[max(0, found.start() - 1) : found.start()]
    return before in ("月", "年") and found.group().endswith("日")
