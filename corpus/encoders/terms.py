"""The words of a text as search terms (词项): dictionary words, quantities in one form, article numbers, pairs.

The same number must be the same term however it is written (五万元, 5万元, 50000元), and a word that is in no
dictionary must still be found by its neighbouring characters.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain

import rjieba

from corpus.errors import InvalidInput
from corpus.money import find_amounts
from corpus.numerals import parse_number
from corpus.quantities import find_quantities

STOP_WORDS: frozenset[str] = frozenset(
    chain.from_iterable(tomllib.loads(files(__package__).joinpath("stop_words.toml").read_text("utf-8")).values())
)
"""Words that carry no subject matter: particles, pronouns and the words that make a sentence a question."""

_ARTICLE = re.compile(r"第([0-9〇零一二三四五六七八九十百千]+)条(?:之([一二三四五六七八九十]+))?")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_HAS_CONTENT = re.compile(r"[0-9a-z\u3400-\u9fff\u0370-\u03ff]")


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of a text in order of appearance, repetitions included; pairs are characters that stand together."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]


def find_terms(text: str) -> Terms:
    """The terms of any text, question or passage.

    >>> find_terms("无证经营，罚5万元").words
    ('无证', '经营', '罚', '50000元')
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    words: list[str] = []
    pairs: list[str] = []
    at = 0
    for start, end, term in [*sorted(_numbers(plain)), (len(plain), len(plain), None)]:
        if start < at:
            continue
        between = plain[at:start]
        words += [word for word in rjieba.cut_for_search(between) if _is_term(word)]
        pairs += [run[i : i + 2] for run in _HAN_RUN.findall(between) for i in range(len(run) - 1)]
        if term is not None:
            words.append(term)
        at = end
    return Terms(tuple(words), tuple(pairs))


def _is_term(word: str) -> bool:
    return word not in STOP_WORDS and _HAS_CONTENT.search(word) is not None


def _numbers(plain: str) -> Iterator[tuple[int, int, str]]:
    """Spans of article numbers, sums and quantities, each with its one spelling."""
    for match in _ARTICLE.finditer(plain):
        try:
            number, insertion = (parse_number(part) if part else 0 for part in match.groups())
        except InvalidInput:
            continue
        yield *match.span(), f"第{number}条" + (f"之{insertion}" if insertion else "")
    for amount in find_amounts(plain):
        yield amount.start, amount.end, f"{amount.value.normalize():f}元"
    for quantity in find_quantities(plain):
        yield quantity.start, quantity.end, f"{quantity.value.normalize():f}{quantity.unit.value}"
