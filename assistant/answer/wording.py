"""How far two texts share their words (用语比对): pairs of characters, shared runs, what precedes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
NEGATORS = (
    "不予",
    "免予",
    "不再",
    "未经",
    "不经",
    "无需",
    "无须",
    "没有",
    "并未",
    "尚未",
    "并无",
    "拒不",
    "未",
    "不",
    "无",
    "非",
    "没",
    "勿",
)


def pairs(text: str) -> frozenset[str]:
    """Overlapping pairs of Chinese characters."""
    return frozenset(run[i : i + 2] for run in _HAN_RUN.findall(text) for i in range(len(run) - 1))


def longest_shared(text: str, others: Sequence[str], least: int) -> str:
    """The longest run of ``text`` (first of equals, at least ``least`` long) that one of ``others`` holds; else ''."""
    found = ""
    for start in range(len(text)):
        length = max(least, len(found) + 1)
        while start + length <= len(text) and any(text[start : start + length] in other for other in others):
            found = text[start : start + length]
            length += 1
    return found


def shared_runs(text: str, other: str, least: int) -> Iterator[tuple[int, int]]:
    """Half-open spans of ``text`` that stand in ``other`` and cannot be made longer to either side."""
    reach = 0
    for start in range(len(text)):
        end = max(start + least, reach)
        if end > len(text) or text[start:end] not in other:
            continue
        while end < len(text) and text[start : end + 1] in other:
            end += 1
        if end > reach:
            yield start, end
            reach = end


def is_negated(text: str, position: int) -> bool:
    """Whether a negation stands directly before ``position``: 未|取得许可, 没有|造成后果."""
    before = text[max(0, position - 2) : position]
    return before.endswith(NEGATORS)


def occurrences(words: str, text: str) -> Iterator[int]:
    """Start of every place where ``words`` stands in ``text``."""
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + 1)
