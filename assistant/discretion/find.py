"""Finding the standard that a spoken description means (裁量标准检索): by words, by statute words, by meaning.

Three rankings are fused (reciprocal ranks), since their scores have no common measure: BM25 over the description's own
words, BM25 over the statute words that the lexicon adds, and nearness of meaning where the encoder is ready. Candidates
are some hundreds to thousands, so everything is held in memory and compared outright.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from assistant.discretion.find_texts import Candidate, Sort
from assistant.lexicon import Expansion, Lexicon
from corpus.encoders.base import DenseEncoder, Progress, Stop, Vectors
from corpus.encoders.cache import EncodingCache
from corpus.encoders.terms import find_terms
from corpus.store.repository import passage_digest

_K1, _B = 1.2, 0.6
_FIELD_WEIGHTS = {"act": 3.0, "law": 1.0, "circumstances": 0.5, "asks": 1.5}
_PAIR_WEIGHT = 0.35
_RANK_OFFSET = 20  # of reciprocal rank fusion: how little the very first places stand out
_MEANING, _WORDS, _STATUTE = 1.0, 0.8, 0.8
_AT_ONCE = 64
_MOST_WHY = 4
_NEGATIONS = frozenset({"没有", "未经", "不得", "没"})  # say nothing about what a violation is about


@dataclass(frozen=True, slots=True)
class Found:
    """A record found (命中): its key, a score (higher is nearer), and short reasons for the officer."""

    key: str
    sort: Sort
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindResult:
    """Standards and list entries, nearest first; ``notes`` for the officer."""

    standards: tuple[Found, ...]
    items: tuple[Found, ...]
    notes: tuple[str, ...] = ()


class StandardFinder:
    """Finds records among ``candidates``. Safe to share between threads; make a new one when the records change.

    ``encoder`` gives the encoder of meaning, or None while there is none: then words decide alone. ``cache`` keeps
    vectors between starts.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        lexicon: Lexicon,
        *,
        encoder: Callable[[], DenseEncoder | None] = lambda: None,
        cache: EncodingCache | None = None,
    ) -> None:
        self._candidates = tuple(candidates)
        self._lexicon = lexicon
        self._encoder = encoder
        self._cache = cache
        self._fields = [_fields(c) for c in self._candidates]
        self._words = _Bm25(self._fields)
        self._vectors: tuple[str, Vectors] | None = None

    def without(self, document_ids: Collection[str]) -> StandardFinder:
        """This finder among the records of other documents: neither their ranks nor rarities of words tell of these."""
        kept = [at for at, c in enumerate(self._candidates) if c.document_id not in document_ids]
        other = StandardFinder((), self._lexicon, encoder=self._encoder, cache=self._cache)
        other._candidates = tuple(self._candidates[at] for at in kept)
        other._fields = [self._fields[at] for at in kept]
        other._words = _Bm25(other._fields)
        if self._vectors is not None:
            other._vectors = self._vectors[0], self._vectors[1][kept]
        return other

    # ---- meaning -------------------------------------------------------------------------------------------

    def prepare(self, *, progress: Progress | None = None, stop: Stop | None = None) -> bool:
        """Encode what has no vector yet, at once for a few, in the background for many; False without an encoder."""
        encoder = self._encoder()
        if encoder is None or not self._candidates:
            return False
        texts = {passage_digest(c.passage): c.passage for c in self._candidates}
        held = self._cache.get_many(encoder.id, texts) if self._cache is not None else {}
        missing = [digest for digest in texts if digest not in held]
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            vectors = encoder.encode_passages([texts[digest] for digest in some], stop=stop)
            fresh = dict(zip(some, vectors, strict=True))
            held |= fresh
            if self._cache is not None:
                self._cache.put_many(encoder.id, fresh)
            if progress is not None:
                progress(len(texts) - len(missing) + start + len(some))
        self._vectors = (encoder.id, np.stack([held[passage_digest(c.passage)] for c in self._candidates]))
        return True

    @property
    def knows_meaning(self) -> bool:
        """Whether descriptions are compared by meaning as well."""
        return self._vectors is not None

    # ---- finding -------------------------------------------------------------------------------------------

    def find(
        self,
        description: str,
        *,
        regions: Collection[str] | None = None,
        versions: Collection[str] | None = None,
        limit: int = 5,
    ) -> FindResult:
        """The records nearest to ``description``, at most ``limit`` of either sort.

        Only those of ``regions`` and of ``versions`` (the texts that apply on the day) are seen; None sees all. What
        shares no word, stands for none and is not among the nearest in meaning is left out: there is no reason for it.
        """
        seen = [
            at
            for at, c in enumerate(self._candidates)
            if (regions is None or c.region in regions) and (versions is None or c.version_id in versions)
        ]
        expansions = self._lexicon.expand(description)
        own = self._words.scores(_weighted_terms(description))
        statute = self._statute_scores(expansions)
        meaning = self._meaning_scores(description)
        fused: dict[int, float] = defaultdict(float)
        for weight, scores in ((_WORDS, own), (_STATUTE, statute), (_MEANING, meaning)):
            ranked = sorted((at for at in seen if scores.get(at, 0.0) > 0), key=lambda at: (-scores[at], at))
            for rank, at in enumerate(ranked):
                fused[at] += weight / (_RANK_OFFSET + rank)
        order = sorted(fused, key=lambda at: (-fused[at], at))
        notes = () if meaning or not self._candidates else ("按文字检索，语义检索尚未就绪，结果可能不全。",)
        results = {}
        for sort in Sort:
            of_sort = (at for at in order if self._candidates[at].sort is sort)
            told = (self._found(at, fused[at], description, expansions, meaning) for at in of_sort)
            results[sort] = tuple(islice((found for found in told if found.why), limit))
        return FindResult(results[Sort.STANDARD], results[Sort.ITEM], notes)

    def _statute_scores(self, expansions: Sequence[Expansion]) -> dict[int, float]:
        terms: Counter[str] = Counter()
        for expansion in expansions:
            for phrase in expansion.statute:
                for term, weight in _weighted_terms(phrase).items():
                    terms[term] = max(terms[term], weight)
        return self._words.scores(terms)

    def _meaning_scores(self, description: str) -> dict[int, float]:
        encoder = self._encoder() if self._vectors is not None else None
        if encoder is None or self._vectors is None or self._vectors[0] != encoder.id:
            return {}
        nearness = self._vectors[1] @ encoder.encode_queries([description])[0]
        return {at: float(score) for at, score in enumerate(nearness)}

    def _found(
        self, at: int, score: float, description: str, expansions: Sequence[Expansion], meaning: dict[int, float]
    ) -> Found:
        candidate = self._candidates[at]
        why: list[str] = []
        whole = f"{candidate.act}\n{candidate.law}"
        words = (w for w in dict.fromkeys(find_terms(description).words) if len(w) > 1 and w in whole)
        shared = [w for w in words if w not in _NEGATIONS]
        if shared:
            why.append(f"同有“{'”“'.join(shared[:4])}”")
        for expansion in expansions:
            said = [p for p in expansion.statute if p in whole]
            phrase = max(said, key=lambda p: (p in candidate.act, len(set(p) & set(expansion.spoken))), default=None)
            if phrase is not None and phrase != expansion.spoken:
                why.append(f"“{expansion.spoken}”即“{phrase}”")
        if meaning and self._near(at, meaning):
            why.append("意思相近")
        return Found(candidate.key, candidate.sort, round(score, 6), tuple(dict.fromkeys(why))[:_MOST_WHY])

    @staticmethod
    def _near(at: int, meaning: dict[int, float]) -> bool:
        best = sorted(meaning.values(), reverse=True)[:10]
        return meaning[at] >= best[-1]


class _Bm25:
    """BM25 over fields of different weight, for a few thousand records in memory."""

    def __init__(self, records: Sequence[dict[str, Counter[str]]]) -> None:
        weighted: list[dict[str, float]] = []
        lengths = {name: _mean(sum(r[name].values()) for r in records) for name in _FIELD_WEIGHTS}
        for record in records:
            terms: dict[str, float] = defaultdict(float)
            for name, weight in _FIELD_WEIGHTS.items():
                length = sum(record[name].values())
                norm = 1 - _B + _B * length / (lengths[name] or 1.0)
                for term, count in record[name].items():
                    terms[term] += weight * count / norm
            weighted.append(terms)
        seen = Counter(term for terms in weighted for term in terms)
        total = len(weighted)
        self._rarity = {term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in seen.items()}
        self._where: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, terms in enumerate(weighted):
            for term, frequency in terms.items():
                self._where[term].append((at, frequency * (_K1 + 1) / (frequency + _K1)))

    def scores(self, terms: Counter[str]) -> dict[int, float]:
        """Record → score, of the records that have any of the terms."""
        found: dict[int, float] = defaultdict(float)
        for term, wanted in terms.items():
            for at, strength in self._where.get(term, ()):
                found[at] += wanted * self._rarity[term] * strength
        return found


def _fields(candidate: Candidate) -> dict[str, Counter[str]]:
    return {
        "act": _terms(candidate.act),
        "law": _terms(candidate.law),
        "circumstances": _terms(candidate.circumstances),
        "asks": _terms("\n".join(candidate.asks)),
    }


def _terms(text: str) -> Counter[str]:
    found = find_terms(text)
    return Counter([*found.words, *(f"\u2009{pair}" for pair in found.pairs)])


def _weighted_terms(text: str) -> Counter[str]:
    """Terms of a query: whole words count in full, pairs of characters less."""
    found = find_terms(re.sub(r"\s+", " ", text))
    terms: Counter[str] = Counter(dict.fromkeys(found.words, 1))
    for pair in dict.fromkeys(found.pairs):
        terms[f"\u2009{pair}"] = _PAIR_WEIGHT  # type: ignore[assignment]
    return terms


def _mean(values: Iterable[int]) -> float:
    every = list(values)
    return sum(every) / len(every) if every else 0.0
