"""Choosing options that fit together (选项搭配): like shape and length, none like another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from random import Random

from assistant.quiz.makers.sets.content import Wrong
from assistant.quiz.makers.sets.lists import ListItem
from assistant.quiz.makers.sets.options import NEAR
from assistant.quiz.makers.sets.words import likeness, pairs
from assistant.quiz.material import SourceText

_FEW = 6
_COMMON = 0.08


def fitting(
    right: Sequence[str], wrong: Sequence[Wrong], count: int, random: Random, refused: Callable[[Wrong], bool]
) -> list[Wrong]:
    """``count`` wrong options of the right ones' shape and length, none like another; [] where there are too few.

    They come from different articles; two of one article only where there are no others, and never all of three.
    """
    ends = right[0].endswith("的")
    low, high = min(map(len, right)), max(map(len, right))
    pool = [w for w in wrong if w.words.endswith("的") == ends and 0.5 * low <= len(w.words) <= 1.8 * high + 4]
    random.shuffle(pool)
    chosen: list[Wrong] = []
    for most in (1, 2):
        for option in pool:
            if sum(_article(c) == _article(option) for c in chosen) >= most or option in chosen:
                continue
            if all(likeness(option.words, c.words) < NEAR for c in chosen) and not refused(option):
                chosen.append(option)
            if len(chosen) == count:
                return chosen
    return []


def _article(option: Wrong) -> str:
    return option.rests.provision.id if option.rests is not None else option.words


def told_by_matter(stem: str, right: Sequence[str], wrong: Sequence[str], text: SourceText) -> bool:
    """Whether telling words pick the key: words of the stem that only right options have (燃煤供热锅炉), or words that
    all the right ones share and no wrong one has (罂粟)."""
    foreign = {pair for words in wrong for pair in pairs(words)}
    own = [pairs(words) - foreign for words in right]
    shared = {pair for words in own for pair in words & pairs(stem)}
    if len(own) > 1:
        shared |= frozenset.intersection(*own)
    return any(_is_telling(pair, text) for pair in sorted(shared))


def _is_telling(pair: str, text: SourceText) -> bool:
    """Whether few articles of the law have the words: then they say what a thing is about."""
    return sum(pair in p.text for p in text.provisions) <= max(_FEW, len(text.provisions) * _COMMON)


def stands_apart(right: Sequence[str], wrong: Sequence[str], text: SourceText) -> bool:
    """Whether the wrong options form a group of their own: all of them share telling words that no right one has."""
    return len(wrong) > 1 and told_by_matter("", wrong, right, text)


def same_shape(items: Iterable[ListItem]) -> list[ListItem]:
    """The larger part of the items that either all end in 的 or all do not."""
    ending = list(items)
    with_de = [i for i in ending if i.words.endswith("的")]
    without = [i for i in ending if not i.words.endswith("的")]
    return with_de if len(with_de) >= len(without) else without


def even(right: Sequence[str], count: int, random: Random) -> list[str]:
    """``count`` members of like length, none like another; [] where there are too few."""
    pool = list(right)
    random.shuffle(pool)
    chosen: list[str] = []
    for words in pool:
        near = [c for c in chosen if likeness(c, words) >= 0.6 or not 0.35 <= len(words) / len(c) <= 2.9]
        if not near:
            chosen.append(words)
        if len(chosen) == count:
            return chosen
    return []


def balanced(key: Sequence[str], others: Sequence[str]) -> bool:
    """Whether length does not tell the key."""
    return 0.55 <= (sum(map(len, key)) / len(key)) / (sum(map(len, others)) / len(others)) <= 1.6
