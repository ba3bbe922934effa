"""The amounts that decide a case (罚则数额), found so that they stand out on the screen.

Only for emphasis: nothing is calculated from what is found here.
"""

from __future__ import annotations

import re

_NUMBER = r"[零〇一二三四五六七八九十百千万亿两\d][零〇一二三四五六七八九十百千万亿两\d,.，．]*"
_UNIT = r"(?:元|倍|个月|年|日|周岁|岁|分)(?!之)"
_BOUND = r"(?:以上|以下|以内|不满|不足)"
_ONE = rf"{_NUMBER}{_UNIT}{_BOUND}?"
_AMOUNT = re.compile(rf"(?:不满|不足|超过)?{_ONE}(?:(?:至|到|、|，)?{_ONE})*(?:(?:的)?罚款|(?:的)?拘留|有期徒刑)?")
_CALENDAR = re.compile(r"\d{2,4}年|\d{1,2}月\d{1,2}日")


def amount_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of fines, multiples, terms and points: ``五万元以上十万元以下罚款``; no calendar dates."""
    return [found.span() for found in _AMOUNT.finditer(text) if not _is_calendar(text, found)]


def _is_calendar(text: str, found: re.Match[str]) -> bool:
    if _CALENDAR.match(text, found.start()):
        return True
    before = text[max(0, found.start() - 1) : found.start()]
    return before in ("月", "年") and found.group().endswith("日")
