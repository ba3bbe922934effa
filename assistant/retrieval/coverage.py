"""How many of a question's words stand in each of many texts (词语覆盖), all texts in one pass."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

_SECOND = np.uint64(32)
_LOW = 0xFFFF
"""What is looked at of a character before all of it is: nearly all have no more."""


def coverage(words: Collection[str], texts: Sequence[str]) -> list[float]:
    """The share of the words that each text holds, as ``word in text`` tells; 0 where there are no words.

    Nearly all words are pairs of characters, so every pair of the texts is compared at once.

    >>> coverage({"罚款", "5000"}, ["处以罚款", "罚款5000元", "警告"])
    [0.5, 1.0, 0.0]
    """
    if not words or not texts:
        return [0.0] * len(texts)
    others = [word for word in words if len(word) != 2]
    held = _pairs_held([word for word in words if len(word) == 2], texts)
    return [(pairs + sum(map(text.__contains__, others))) / len(words) for pairs, text in zip(held, texts, strict=True)]


def _pairs_held(pairs: Sequence[str], texts: Sequence[str]) -> list[int]:
    """How many of the pairs each text holds."""
    if not pairs:
        return [0] * len(texts)
    wanted = np.sort(_keys(_codes("".join(pairs)).reshape(-1, 2)))
    begins = np.zeros(_LOW + 1, dtype=np.bool_)
    begins[(wanted >> _SECOND) & np.uint64(_LOW)] = True
    codes = _codes("\n".join(texts))  # no pair holds a line break
    at = np.flatnonzero(begins[codes[:-1] & np.uint32(_LOW)])
    keys = _keys(np.stack([codes[at], codes[at + 1]], axis=1))
    place = np.searchsorted(wanted, keys)
    place[place == len(wanted)] = 0
    known = wanted[place] == keys
    ends = np.cumsum([len(text) + 1 for text in texts])
    seen = np.zeros((len(texts), len(wanted)), dtype=np.bool_)
    seen[np.searchsorted(ends, at[known], side="right"), place[known]] = True
    return [int(count) for count in seen.sum(axis=1)]


def _codes(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _keys(characters: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint64]:
    wide = characters.astype(np.uint64)
    return (wide[:, 0] << _SECOND) | wide[:, 1]
