"""Two texts of one document compared (文本比较): article by article, and word by word within an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

import rjieba

from corpus.vocabulary import Provision

_ALIKE = 0.5
"""Least share of common character pairs at which one article counts as the other's new wording (half of them)."""
_TAKEN_UP = 0.7
"""Least share of an old article's character pairs that an article has which took it up beside others."""
_TELLING = 15
"""Fewer character pairs than this stand in many articles."""
_MOST = 3


class ChangeKind(StrEnum):
    """What became of an article (条文变化)."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"  # other words, under the same number or another
    MOVED = "moved"  # the same words under another number
    ADDED = "added"
    REMOVED = "removed"


CHANGE_ZH: dict[ChangeKind, str] = {
    ChangeKind.UNCHANGED: "未变",
    ChangeKind.CHANGED: "修改",
    ChangeKind.MOVED: "条号变动",
    ChangeKind.ADDED: "新增",
    ChangeKind.REMOVED: "删去",
}


class EditKind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that both texts have, or only the old (removed) or the new one (added)."""

    kind: EditKind
    text: str


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """One article in the old text and in the new one; None where that text has no such article.

    ``edits`` are given for a changed article only: joined without the added ones they are the old words, without the
    removed ones the new words.
    """

    kind: ChangeKind
    old: Provision | None
    new: Provision | None
    edits: tuple[Edit, ...] = ()


def compare_texts(old: Sequence[Provision], new: Sequence[Provision]) -> list[ArticleChange]:
    """Every article of both texts once, in the order of the new text; a removed one follows its old predecessor.

    Articles are paired by their words first, whatever their numbers, so that a text in which all later articles moved
    on by one shows one addition; then by number and likeness; what is left was removed or added.
    """
    pairs = _pairs(old, new)
    taken = {o: n for n, o in pairs.items()}
    removed_after: dict[int, list[int]] = {}
    last = -1
    for at in range(len(old)):
        if at in taken:
            last = taken[at]
        else:
            removed_after.setdefault(last, []).append(at)
    changes = [ArticleChange(ChangeKind.REMOVED, old[at], None) for at in removed_after.get(-1, ())]
    for at, article in enumerate(new):
        before = pairs.get(at)
        if before is None:
            changes.append(ArticleChange(ChangeKind.ADDED, None, article))
        else:
            changes.append(_change(old[before], article))
        changes += [ArticleChange(ChangeKind.REMOVED, old[gone], None) for gone in removed_after.get(at, ())]
    return changes


def counts(changes: Iterable[ArticleChange]) -> dict[ChangeKind, int]:
    """How many articles changed in each way; every kind is listed."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in ChangeKind}


def compare_words(old: str, new: str) -> tuple[Edit, ...]:
    """The differences of two wordings in words, punctuation apart: 处[三→五]万元以下罚款."""
    ours, theirs = (rjieba.cut(text, False) for text in (old, new))
    edits: list[Edit] = []
    for tag, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag == "equal":
            edits.append(Edit(EditKind.SAME, "".join(ours[i:j])))
            continue
        if i < j:
            edits.append(Edit(EditKind.REMOVED, "".join(ours[i:j])))
        if k < m:
            edits.append(Edit(EditKind.ADDED, "".join(theirs[k:m])))
    return tuple(edits)


def _change(old: Provision, new: Provision) -> ArticleChange:
    if _words(old) != _words(new):
        return ArticleChange(ChangeKind.CHANGED, old, new, compare_words(old.text, new.text))
    kind = ChangeKind.UNCHANGED if old.label == new.label else ChangeKind.MOVED
    return ArticleChange(kind, old, new)


def _pairs(old: Sequence[Provision], new: Sequence[Provision]) -> dict[int, int]:
    """Index in ``new`` → index in ``old`` of the article it continues."""
    pairs: dict[int, int] = {}
    free = set(range(len(old)))

    def pair(at: int, before: int) -> None:
        pairs[at] = before
        free.discard(before)

    by_both = _places((_words(p), p.label) for p in old)
    by_words = _places(_words(p) for p in old)
    for places, key in (
        (by_both, lambda p: (_words(p), p.label)),
        (by_words, _words),
    ):
        for at, article in enumerate(new):
            before = next((b for b in places.get(key(article), ()) if b in free), None) if at not in pairs else None
            if before is not None:
                pair(at, before)
    for likeness, at, before in sorted(_likely(old, new, free, pairs), key=lambda c: (-c[0], c[1], c[2])):
        if at not in pairs and before in free and likeness >= _ALIKE:
            pair(at, before)
    by_label = _places(p.label for p in old)
    for at, article in enumerate(new):  # a thoroughly rewritten article keeps its number
        before = next((b for b in by_label.get(article.label, ()) if b in free), None) if at not in pairs else None
        if before is not None and _likeness(_grams(old[before]), _grams(article)) >= _ALIKE / 2:
            pair(at, before)
    return pairs


def _places(keys: Iterable[object]) -> dict[object, list[int]]:
    found: dict[object, list[int]] = {}
    for at, key in enumerate(keys):
        found.setdefault(key, []).append(at)
    return found


class Predecessors:
    """The articles of one text (前身条文): which of them does an article of another text of the law continue?"""

    def __init__(self, old: Sequence[Provision]) -> None:
        self._old = old
        self._grams = [_grams(article) for article in old]
        self._where: dict[str, list[int]] = {}
        for at, grams in enumerate(self._grams):
            for gram in grams:
                self._where.setdefault(gram, []).append(at)
        self._by_label = {article.label: at for at, article in enumerate(old)}

    def of(self, article: Provision) -> list[Provision]:
        """Those it continues, nearest first: most alike in words, or taken up whole with others; none if it was added.

        A thoroughly rewritten article keeps its number.
        """
        likeness = {at: n for n, at in self.alike(article)}
        grams = _grams(article)
        for at, common in self._shared(grams).items():
            if common >= _TAKEN_UP * len(self._grams[at]) and len(self._grams[at]) >= _TELLING:
                likeness.setdefault(at, 2 * common / (len(grams) + len(self._grams[at])))
        if not likeness:
            same = self._by_label.get(article.label)
            if same is not None and _likeness(self._grams[same], grams) >= _ALIKE / 2:
                likeness[same] = 0.0
        return [self._old[at] for at in sorted(likeness, key=lambda at: (-likeness[at], at))[:_MOST]]

    def alike(self, article: Provision) -> Iterator[tuple[float, int]]:
        """Likeness and place of every article that shares enough of this one's words; the same number adds a little."""
        grams = _grams(article)
        for at, common in self._shared(grams).items():
            likeness = 2 * common / (len(grams) + len(self._grams[at]))
            if likeness >= _ALIKE:
                yield likeness + (0.05 if self._old[at].label == article.label else 0.0), at

    def _shared(self, grams: frozenset[str]) -> Counter[int]:
        """How many of these pairs of characters each article has."""
        shared: Counter[int] = Counter()
        for gram in grams:
            shared.update(self._where.get(gram, ()))
        return shared


def _likely(
    old: Sequence[Provision], new: Sequence[Provision], free: set[int], pairs: Mapping[int, int]
) -> Iterator[tuple[float, int, int]]:
    """Likeness of every unpaired new article with every unpaired old one that shares enough of its words."""
    places = sorted(free)
    before = Predecessors([old[at] for at in places])
    for at, article in enumerate(new):
        if at not in pairs:
            for likeness, place in before.alike(article):
                yield likeness, at, places[place]


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


def _grams(provision: Provision) -> frozenset[str]:
    words = _words(provision)
    return frozenset(words[i : i + 2] for i in range(len(words) - 1)) or frozenset((words,))


def _words(provision: Provision) -> str:
    """The words of a provision without white space: a line broken elsewhere is no change of the law."""
    return "".join(provision.text.split())
