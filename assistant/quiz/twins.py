"""Items that ask nearly the same (近似试题): by the bigrams of stem and key, or because they take one fact in one way.

Likeness is the Jaccard likeness of character bigrams (Broder, On the resemblance and containment of documents, 1997),
over stem and right answers. Two items of one kind that take the same words of the same provision for an answer are
twins whatever their stems; a bank may ask one fact in several kinds, a paper may not (``same_fact``). So items of two
kinds are twins only where one of them does not say what it takes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.quiz.contract import Form, ItemContent, ItemKind, Point
from assistant.quiz.proof.evidence import bigrams, plain

TWIN = 0.8
"""From which likeness on two items count as twins."""
_COMMON = 0.2  # a bigram that more items than this share tells nothing
_FEW = 40

Fact = tuple[str, Point, str, tuple[str, ...]]
Choice = tuple[ItemKind, str, frozenset[str], frozenset[str]]


def fact_of(item: ItemContent) -> Fact | None:
    """What an item takes from where (所考事实); None where it has no claim."""
    claim = item.claim
    if claim is None or claim.citation >= len(item.citations):
        return None
    place = claim.standard or item.citations[claim.citation].provision_id
    answers = claim.answers or [claim.request]
    return place, claim.point, plain(claim.subject), tuple(sorted(plain(a) for a in answers))


def rests_on(item: ItemContent) -> list[tuple[str, int, int]]:
    """The words that carry the key: another item on them would tell it; of several statements, those of each."""
    many = item.form is Form.MANY and item.point is Point.DUTY
    return [(c.provision_id, *c.span) for c in (item.citations if many else item.citations[:1])]


def choice_of(item: ItemContent) -> Choice | None:
    """Of which options of which provision an item wants which: two that agree in it are twins whatever they ask of."""
    if item.form not in (Form.ONE, Form.MANY) or not item.citations:
        return None
    options = [plain(option) for option in item.options]
    right = frozenset(options[c] for c in item.key.correct)
    return item.kind, item.citations[0].provision_id, frozenset(options), right


def told(item: ItemContent) -> str:
    """Stem and right answers without punctuation."""
    right = [item.options[c] for c in item.key.correct] if item.form in (Form.ONE, Form.MANY) else []
    right += [a for accepted in item.key.blanks for a in accepted[:1]]
    right += [p.text for p in item.key.points]
    return plain(item.stem + "".join(right))


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two items by index, and how like they are."""

    first: int
    second: int
    value: float


def same_fact(first: ItemContent, second: ItemContent) -> bool:
    """Whether two items, of whatever kinds, take the same words for an answer: not for one paper."""
    fact = fact_of(first)
    return fact is not None and fact == fact_of(second)


class Known:
    """Items already there, to be asked whether a new one is a twin (已有试题)."""

    def __init__(self, items: Iterable[ItemContent] = ()) -> None:
        self._facts: set[tuple[ItemKind, Fact]] = set()
        self._choices: set[Choice] = set()
        self._grams: list[frozenset[str]] = []
        self._ways: list[ItemKind | None] = []
        self._by_gram: dict[str, list[int]] = defaultdict(list)
        for item in items:
            self.add(item)

    def add(self, item: ItemContent) -> None:
        if (fact := fact_of(item)) is not None:
            self._facts.add((item.kind, fact))
        if (choice := choice_of(item)) is not None:
            self._choices.add(choice)
        grams = bigrams(told(item))
        number = len(self._grams)
        self._grams.append(grams)
        self._ways.append(_way(item))
        for gram in grams:
            self._by_gram[gram].append(number)

    def has_twin(self, item: ItemContent) -> bool:
        """Whether an item takes a fact that is taken, or says nearly what another says."""
        fact = fact_of(item)
        if fact is not None and (item.kind, fact) in self._facts:
            return True
        if choice_of(item) in self._choices:
            return True
        return any(value >= TWIN for _, value in self.like(item))

    def like(self, item: ItemContent) -> Iterator[tuple[int, float]]:
        """Items that share words with this one and may be its twins, with their likeness."""
        grams = bigrams(told(item))
        most = max(_FEW, int(len(self._grams) * _COMMON))
        shared: Counter[int] = Counter()
        for gram in grams:
            holders = self._by_gram.get(gram, ())
            if len(holders) <= most:
                shared.update(holders)
        way = _way(item)
        for number, _ in shared.most_common(_FEW):
            other = self._grams[number]
            if way is not None and self._ways[number] not in (way, None):
                continue
            yield number, len(grams & other) / len(grams | other)


def _way(item: ItemContent) -> ItemKind | None:
    """In which kind an item asks its fact; None where it has no claim."""
    return item.kind if item.claim is not None else None


def find_twins(items: Sequence[ItemContent]) -> list[Likeness]:
    """All pairs of twins, the most alike first; pairs that take the same fact count as wholly alike."""
    found: dict[tuple[int, int], float] = {}
    by_fact: dict[tuple[ItemKind, Fact], int] = {}
    known = Known()
    for number, item in enumerate(items):
        fact = fact_of(item)
        if fact is not None and (item.kind, fact) in by_fact:
            found[by_fact[item.kind, fact], number] = 1.0
        elif fact is not None:
            by_fact[item.kind, fact] = number
        for other, value in known.like(item):
            if value >= TWIN:
                found[other, number] = max(value, found.get((other, number), 0.0))
        known.add(item)
    pairs = (Likeness(first, second, round(value, 3)) for (first, second), value in found.items())
    return sorted(pairs, key=lambda p: (-p.value, p.first, p.second))
