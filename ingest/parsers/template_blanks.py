"""Blanks of a document template (文书空白处): what the officer has to fill in, however it is printed."""

from __future__ import annotations

import re

UNDERLINED = re.compile(r"[_＿]{2,}|﹍{2,}|—{6,}|\u2026{4,}")
EMPTY_BRACKETS = re.compile(
    r"【\s*】|［\s*］|\[\s*\]|（[\s\u3000]+）|〔[\s\u3000]*〕|\{\{[^{}]{0,40}\}\}|\$\{[^{}]{1,40}\}"
)
NAMED_BRACKETS = re.compile(
    r"【(?P<name>[^】]{1,40})】|\{\{\s*(?P<key>[^{}]{1,40}?)\s*\}\}|[（(](?P<hint>(?:请?填写|写明|注明|列明)[^）)]{0,60})[）)]"
)
OPEN_DATE = re.compile(
    r"(?:[_＿\s\u3000]|[×ＸX]){1,12}年(?:[_＿\s\u3000]|[×ＸX]){1,8}月(?:[_＿\s\u3000]|[×ＸX]){1,8}日"
)
CROSSES = re.compile(r"[×Ｘ]{2,}|X{2,}")


def count_blanks(text: str) -> int:
    """How many places of a text are left to be filled in."""
    patterns = (UNDERLINED, EMPTY_BRACKETS, OPEN_DATE, CROSSES)
    hints = sum(1 for m in NAMED_BRACKETS.finditer(text) if m["hint"])
    return hints + sum(len(p.findall(text)) for p in patterns)
