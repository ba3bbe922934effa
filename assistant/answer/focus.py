"""Which part of a long provision answers the question (定位款项): overlap of words, nothing cleverer.

The part chosen only decides what is shown first; the whole provision is always quoted beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_FAR_BEHIND = 0.5
"""A part that shares less than this of what the nearest shares is another matter."""
_ABOUT_AS_NEAR = 0.6
"""A part that shares at least this of what the nearest shares may be meant just as well."""
_CLEAR = 3.0
"""What the nearest part has to share so that it is taken for the one meant: three words that no other part holds."""
_QUESTION_WORDS = frozenset(
    {"怎么", "多少", "什么", "哪些", "哪条", "如何", "怎样", "可以", "应当", "规定", "处罚", "罚款", "这个", "那个"}
    | {"我们", "他们", "一个"}
)


def content_pairs(text: str) -> frozenset[str]:
    """The overlapping pairs of Chinese characters of a text, without question words; arabic numbers whole."""
    text = unicodedata.normalize("NFKC", text)
    pairs = {run[i : i + 2] for run in _CHINESE.findall(text) for i in range(len(run) - 1)}
    return frozenset(pairs | set(re.findall(r"\d+", text))) - _QUESTION_WORDS


def overlap(words: frozenset[str], text: str) -> float:
    """How much of ``words`` a text covers, slightly discounted for its length; 0 when nothing is shared."""
    if not words:
        return 0.0
    pairs = content_pairs(text)
    return len(words & pairs) / (1 + len(pairs) / 400)


def best(words: frozenset[str], parts: Sequence[str]) -> int | None:
    """Index of the part that covers most of the words, the earliest of those about as near; None when none shares any.

    A word that several parts hold tells them apart less and counts less.
    """
    scores = _telling(words, parts)
    most = max(scores, default=0.0)
    return next((i for i, score in enumerate(scores) if score >= most * _ABOUT_AS_NEAR), None) if most else None


def standouts(words: frozenset[str], parts: Sequence[str]) -> list[int]:
    """Indices of the parts that share words, the nearest first, those far behind the nearest left out."""
    scores = _telling(words, parts)
    least = max(scores, default=0.0) * _FAR_BEHIND
    found = [i for i, score in enumerate(scores) if score > 0 and score >= least]
    return sorted(found, key=lambda i: -scores[i])


def is_clear(words: frozenset[str], parts: Sequence[str]) -> bool:
    """Whether the nearest part shares so much that the others may be passed over."""
    return max(_telling(words, parts), default=0.0) >= _CLEAR


def _telling(words: frozenset[str], parts: Sequence[str]) -> list[float]:
    """For each part the words it covers, each worth less the more parts hold it, discounted for its length."""
    held = [content_pairs(part) for part in parts]
    worth = {word: 1 / shared for word in words if (shared := sum(word in pairs for pairs in held))}
    return [sum(worth[w] for w in words & pairs) / (1 + len(pairs) / 400) for pairs in held]


def words_of(question: str, added: Iterable[str] = ()) -> frozenset[str]:
    """Content pairs of a question and of the statute words added to it."""
    return content_pairs(question).union(*(content_pairs(term) for term in added))


def highlight(words: frozenset[str], text: str) -> list[tuple[int, int]]:
    """Half-open spans of the stored text whose characters stand in shared pairs, merged, at most 40."""
    marked = bytearray(len(text))
    for i in range(len(text) - 1):
        if text[i : i + 2] in words:
            marked[i] = marked[i + 1] = 1
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for i, on in enumerate([*marked, 0]):
        if on and start is None:
            start = i
        elif not on and start is not None:
            spans.append((start, i))
            start = None
    return spans[:40]
