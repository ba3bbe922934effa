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


def continued(old: Sequence[Provision], new: Sequence[Provision]) -> dict[str, tuple[str, ...]]:
    """Id of an article of the new text → ids of those of the old one that it continues (前身条文); none if added.

    That is the one it is compared with, and those without a successor of their own whose words it took up beside.
    """
    pairs = _pairs(old, new)
    taken = set(pairs.values())
    gone = [(p.id, grams) for at, p in enumerate(old) if at not in taken and len(grams := _grams(p)) >= _TELLING]
    found = {}
    for at, article in enumerate(new):
        words = _grams(article)
        own = [old[pairs[at]].id] if at in pairs else []
        ids = (*own, *(id_ for id_, grams in gone if len(grams & words) >= _TAKEN_UP * len(grams)))
        if ids:
            found[article.id] = ids
    return found


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


def _likely(
    old: Sequence[Provision], new: Sequence[Provision], free: set[int], pairs: Mapping[int, int]
) -> Iterator[tuple[float, int, int]]:
    """Likeness of every unpaired new article with every unpaired old one that shares enough of its words."""
    before = {at: _grams(old[at]) for at in sorted(free)}
    where: dict[str, list[int]] = {}
    for at, grams in before.items():
        for gram in grams:
            where.setdefault(gram, []).append(at)
    for at, article in enumerate(new):
        if at in pairs:
            continue
        grams = _grams(article)
        shared: Counter[int] = Counter()
        for gram in grams:
            shared.update(where.get(gram, ()))
        for candidate, common in shared.items():
            likeness = 2 * common / (len(grams) + len(before[candidate]))
            if likeness >= _ALIKE:
                yield likeness + (0.05 if old[candidate].label == article.label else 0.0), at, candidate


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / ((len(one) + len(other)) or 1)


def _grams(provision: Provision) -> frozenset[str]:
    words = _words(provision)
    return frozenset(words[i : i + 2] for i in range(len(words) - 1)) or frozenset((words,))


def _words(provision: Provision) -> str:
    """The words of a provision without white space: a line broken elsewhere is no change of the law."""
    return "".join(provision.text.split())
