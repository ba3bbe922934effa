"""Where a repealed article lives on (承继条文建议): the article of the successor law with the same wording.

A proposal, never a finding: it is shown only where the wording is near and no other article comes close. Likeness is
counted in pairs of characters, each weighed by how rare it is in the successor, so that 罚款 and 主管部门 say little.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from assistant.answer.sanctions import imposes_sanction
from corpus.money import find_amounts
from corpus.quantities import Unit, find_quantities
from corpus.structure import split_article
from corpus.vocabulary import Provision

ENOUGH = 0.45
"""Likeness from which an article is proposed; together with ``MARGIN`` measured on 237 proposals for a real benchmark.

All of the 34 with the least likeness (0.45 to 0.65) were read beside the article they stand for: each was the article
that took its place, once only for one half of what the old one punished. Below lie articles on a like subject.
"""
MARGIN = 0.15
"""How far the next article must lie behind: several near ones mean that none can be named."""

_NO_WORD = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
_CONDUCT = 0.7  # share of the conduct's likeness in that of a penalty article
_SHORTEST_CONDUCT = 6
_INLINE_ITEM = re.compile(r"(（[一二三四五六七八九十]+）)(?!项)")
_ITEM = re.compile(r"\s*（[一二三四五六七八九十]+）(?P<words>.+?)(?:的)?(?:[；;。]|\s*$)")
_LIST_HEAD = re.compile(r"下列(?:行为|情形)|前款.{0,40}(?:项|行为)")
_CONDUCT_HEAD = re.compile(r"(?P<words>.+?)的?，(?=(?:由|责令|处|没收|给予|吊销|依照|按照|根据违法))")
_BREACH = re.compile(r"^违反[^，]{1,40}规定[，,]?")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An article of the successor that reads like the repealed one (建议): likeness 0–1, lead over the next article.

    ``same_fines``: both name the same sums and multiples; None where the repealed words name none.
    """

    provision: Provision
    score: float
    margin: float
    same_fines: bool | None

    @property
    def certain_enough(self) -> bool:
        return self.score >= ENOUGH and self.margin >= MARGIN


class Wording:
    """The articles of one law, ready to be compared with words (条文比对)."""

    def __init__(self, provisions: Iterable[Provision]) -> None:
        self._provisions = tuple(provisions)
        self._whole = _Units((at, unit) for at, p in enumerate(self._provisions) for unit in _passages(p.text))
        self._conducts = _Units((at, unit) for at, p in enumerate(self._provisions) for unit in conducts(p.text))
        self._sanctions = [imposes_sanction(p.text) for p in self._provisions]
        self._fines = [_fines(p.text) for p in self._provisions]

    def nearest(self, words: str, most: int = 3) -> list[Proposal]:
        """The articles that read most like ``words``, best first, each with its lead over the one after it.

        Words that impose a sanction are compared with articles that do, by the conduct punished before all.
        """
        scores = self._whole.likeness([words])
        sanction = imposes_sanction(words)
        if sanction:  # without a conduct that can be read the sanction alone says too little to propose anything
            by_conduct = self._conducts.likeness(conducts(words))
            scores = {
                at: _CONDUCT * by_conduct.get(at, 0.0) + (1 - _CONDUCT) * scores.get(at, 0.0)
                for at in {*scores, *by_conduct}
            }
        ranked = sorted(
            ((score, at) for at, score in scores.items() if self._sanctions[at] == sanction),
            key=lambda found: (-found[0], found[1]),
        )[: most + 1]
        fines = _fines(words)
        proposals = []
        for place, (score, at) in enumerate(ranked[:most]):
            after = ranked[place + 1][0] if place + 1 < len(ranked) else 0.0
            same = fines <= self._fines[at] if fines else None
            proposals.append(Proposal(self._provisions[at], score, score - after, same))
        return proposals


class _Units:
    """Parts of articles with the rarity of their pairs of characters, found again by the pairs they share."""

    def __init__(self, units: Iterable[tuple[int, str]]) -> None:
        kept = list(dict.fromkeys(units))
        pairs_of = [_pairs(text) for _, text in kept]
        self._article = np.array([at for at, _ in kept], dtype=np.int64)
        seen = Counter(pair for pairs in pairs_of for pair in pairs)
        total = len(kept)
        self._rarity = {pair: math.log(1 + total / count) for pair, count in seen.items()}
        self._rarest = math.log(1 + total)
        self._mass = np.array([self._weigh(pairs) for pairs in pairs_of])
        where: dict[str, list[int]] = defaultdict(list)
        for unit, pairs in enumerate(pairs_of):
            for pair in pairs:
                where[pair].append(unit)
        self._where = {pair: np.array(found, dtype=np.int64) for pair, found in where.items()}

    def likeness(self, texts: Sequence[str]) -> dict[int, float]:
        """Article → likeness (0–1) of its nearest unit, the mean over ``texts``: each counts alike."""
        if not texts or not len(self._article):
            return {}
        sums = np.mean(np.stack([self._nearest_unit(_pairs(text)) for text in texts]), axis=0)
        return {int(at): float(sums[at]) for at in np.flatnonzero(sums)}

    def _nearest_unit(self, pairs: frozenset[str]) -> npt.NDArray[np.float64]:
        """For each article the likeness of the unit that is most like ``pairs``."""
        shared = np.zeros(len(self._article))
        for pair in sorted(pairs):  # in one order, so that sums of floats come out alike every time
            units = self._where.get(pair)
            if units is not None:
                shared[units] += self._rarity[pair]
        best = np.zeros(int(self._article.max()) + 1)
        np.maximum.at(best, self._article, 2 * shared / (self._weigh(pairs) + self._mass))
        return best

    def _weigh(self, pairs: frozenset[str]) -> float:
        return math.fsum(self._rarity.get(pair, self._rarest) for pair in pairs)


def conducts(text: str) -> list[str]:
    """What an article punishes (违法行为): each item of its list, else the words before the sanction.

    违反本法规定，未取得许可证排放污染物的，由…责令… → 未取得许可证排放污染物.
    """
    found: list[str] = []
    for line in _INLINE_ITEM.sub(r"\n\1", text).splitlines():
        if item := _ITEM.match(line):
            found.append(item["words"])
        elif not _LIST_HEAD.search(line) and (act := _CONDUCT_HEAD.match(line)):
            found.append(_BREACH.sub("", act["words"]))
    return [words for words in found if len(words) >= _SHORTEST_CONDUCT]


def _passages(text: str) -> Iterable[str]:
    """An article as a whole, its paragraphs, and each item with the words that announce it."""
    yield text
    for paragraph in split_article(text).paragraphs:
        yield text[paragraph.start : paragraph.end]
        if paragraph.items:
            lead = text[paragraph.start : paragraph.items[0].start]
            for item in paragraph.items:
                yield lead + text[item.start : item.end]


def _pairs(text: str) -> frozenset[str]:
    plain = _NO_WORD.sub("", unicodedata.normalize("NFKC", text).lower())
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def _fines(text: str) -> frozenset[tuple[str, Decimal]]:
    sums = {("元", amount.value) for amount in find_amounts(text)}
    times = {("倍", q.value) for q in find_quantities(text) if q.unit is Unit.TIMES}
    return frozenset(sums | times)
