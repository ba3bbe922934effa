"""What words speak of (所涉事物): pairs of characters that few laws have tell the field, 毒品 or 锅炉 but not 建设."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from weakref import WeakKeyDictionary

from assistant.quiz.makers.sets.words import pairs
from assistant.quiz.material import LawBook

_COMMON = 0.12
"""From this share of the laws on, a pair of characters tells no field."""
_FEW = 3


class Matters:
    """Which words tell a field, judged by all laws in force (现行法用词)."""

    def __init__(self, book: LawBook) -> None:
        self._texts = book.texts

    @cached_property
    def _laws_with(self) -> Counter[str]:
        counted: Counter[str] = Counter()
        for text in self._texts:
            words = "\n".join(p.text for p in text.provisions)
            counted.update({a + b for a, b in pairwise(words)})
        return counted

    def shared(self, words: str, others: Sequence[str]) -> bool:
        """Whether words speak of a thing that others speak of."""
        most = max(_FEW, len(self._texts) * _COMMON)
        common = pairs(words) & frozenset.union(frozenset(), *map(pairs, others))
        return any(0 < self._laws_with[pair] <= most for pair in common)


_KEPT: WeakKeyDictionary[LawBook, Matters] = WeakKeyDictionary()


def matters_of(book: LawBook) -> Matters:
    """The matters of a book, counted when first wanted and kept as long as the book."""
    if book not in _KEPT:
        _KEPT[book] = Matters(book)
    return _KEPT[book]
