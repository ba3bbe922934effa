"""Chinese BM25 as sparse vectors (稀疏编码): what a passage's words weigh, before the index counts how rare they are.

A passage's vector holds the term-frequency part of BM25 per term; a question's holds how often it names each term.
Their dot product with Qdrant's IDF modifier on is the BM25 score.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from corpus.encoders.base import SparseVector
from corpus.encoders.settings import SparseSettings
from corpus.encoders.terms import find_terms

RECIPE = 1
"""Raise when terms or weights of passages change otherwise than by a setting; it is part of the encoder's id."""


class ChineseBM25:
    """BM25 over words and character pairs. The mean length is a setting, so that a passage's vector depends on that
    passage alone and a load adds to an index without touching what is there."""

    def __init__(self, settings: SparseSettings) -> None:
        self._settings = settings
        self.id = f"bm25-zh-r{RECIPE}/k1={settings.k1:g}/b={settings.b:g}/avg={settings.average_terms:g}"

    def encode_query(self, text: str) -> SparseVector:
        """Counts of the words and, weighted down, of the character pairs. Empty when the text holds no term."""
        terms = find_terms(text)
        weights = {term_index(word): float(count) for word, count in Counter(terms.words).items()}
        for pair, count in Counter(terms.pairs).items():
            index = pair_index(pair)
            weights[index] = weights.get(index, 0.0) + count * self._settings.bigram_weight
        return _vector({index: weight for index, weight in weights.items() if weight})

    def encode_passage(self, text: str) -> SparseVector:
        terms = find_terms(text)
        settings = self._settings
        stretch = settings.k1 * (1 - settings.b + settings.b * len(terms.words) / settings.average_terms)
        counts = Counter(map(term_index, terms.words)) + Counter(map(pair_index, terms.pairs))
        return _vector({index: count * (settings.k1 + 1) / (count + stretch) for index, count in counts.items()})


@lru_cache(maxsize=1 << 18)
def term_index(word: str) -> int:
    """Index of a word: the first 32 bits of its BLAKE2b digest, the same on every machine and in every release."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest())


@lru_cache(maxsize=1 << 18)
def pair_index(pair: str) -> int:
    """Index of a character pair, apart from the word of the same characters."""
    return term_index("\0" + pair)


def _vector(weights: Mapping[int, float]) -> SparseVector:
    indices = sorted(weights)
    return SparseVector(tuple(indices), tuple(weights[index] for index in indices))
