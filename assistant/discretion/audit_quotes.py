"""Whether the words a benchmark quotes are the words of the law (引文核对): blanks and punctuation apart.

Each sentence of the quotation must stand in the cited articles. Numbers written another way (5万元 for 五万元) are the
same words; anything else that differs is shown beside the law's own sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.comparison import EditKind, compare_words
from corpus.numerals import find_numbers

_NO_WORD = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
_SENTENCE = re.compile(r"[。；：;:\n]|……|…")
_OWN_LABEL = re.compile(
    r"^(?:《[^》]+》)?第[一二三四五六七八九十百千零〇]+条(?:之[一二三四五六七八九十]+)?"
    r"(?:[、和及]?第[一二三四五六七八九十]+[款项])*\s*"
)
_CONTEXT = 12  # characters shown on either side of a difference
_NEAR = 0.5  # likeness from which a sentence of the law counts as the one that was meant


@dataclass(frozen=True, slots=True)
class Difference:
    """One quoted sentence that the law has not (引文差异): the words that differ, each with its surroundings.

    ``law`` is "" where the cited articles have no sentence like it.
    """

    quoted: str
    law: str

    def __str__(self) -> str:
        if not self.law:
            return f"引文“{self.quoted}”在所引条文中没有"
        return f"引文为“{self.quoted}”，条文为“{self.law}”"


def differences(quoted: str, law: str) -> list[Difference]:
    """Every sentence of ``quoted`` that does not stand in ``law``, in order; [] means a faithful quotation."""
    plain, numbered = _plain(law), _plain(_one_spelling(law))
    found = []
    for written in _sentences(quoted):
        sentence = _OWN_LABEL.sub("", written)
        words = _plain(sentence)
        if words and words not in plain and _plain(_one_spelling(sentence)) not in numbered:
            found.append(_differing(sentence, law))
    return found


def _sentences(text: str) -> Iterator[str]:
    yield from (part.strip() for part in _SENTENCE.split(text) if part and part.strip())


def _plain(text: str) -> str:
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text).lower())


def _one_spelling(text: str) -> str:
    """The text with every number in digits: 五万元, 5万元 and 50000元 read alike."""
    parts, at = [], 0
    for number in find_numbers(text):
        if number.value == number.value.to_integral_value() and number.value != Decimal(0):
            parts += [text[at : number.start], f"{int(number.value)}"]
            at = number.end
    return "".join([*parts, text[at:]])


def _differing(sentence: str, law: str) -> Difference:
    """The sentence beside the one of the law that is most like it, both cut to where they differ."""
    pairs = _pairs(sentence)
    best, score = "", 0.0
    for candidate in _sentences(law):
        others = _pairs(candidate)
        likeness = 2 * len(pairs & others) / ((len(pairs) + len(others)) or 1)
        contained = len(pairs & others) / (len(pairs) or 1)
        if (rank := max(likeness, 0.9 * contained)) > score:
            best, score = candidate, rank
    if score < _NEAR:
        return Difference(_cut(sentence, 0, len(sentence)), "")
    quoted_at = law_at = 0
    quoted_spans: list[tuple[int, int]] = []
    law_spans: list[tuple[int, int]] = []
    for edit in compare_words(sentence, best):
        before = quoted_at, law_at
        quoted_at += len(edit.text) if edit.kind is not EditKind.ADDED else 0
        law_at += len(edit.text) if edit.kind is not EditKind.REMOVED else 0
        if edit.kind is not EditKind.SAME and _plain(edit.text):
            quoted_spans.append((before[0], quoted_at))
            law_spans.append((before[1], law_at))
    if not quoted_spans:
        return Difference(_cut(sentence, 0, len(sentence)), _cut(best, 0, len(best)))
    return Difference(
        _cut(sentence, quoted_spans[0][0], quoted_spans[-1][1]), _cut(best, law_spans[0][0], law_spans[-1][1])
    )


def _cut(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    return f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"


def _pairs(text: str) -> frozenset[str]:
    plain = _plain(text)
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))
