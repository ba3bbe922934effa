"""Choosing items for a paper (抽题): by a blueprint, spread over sources, chapters and articles, by the seed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from assistant.quiz.contract import KIND_ZH, ItemContent, ItemKind, QuizItem
from assistant.quiz.paper_contract import BlueprintPart
from assistant.quiz.twins import Choice, Fact, choice_of, fact_of, rests_on

KIND_ORDER = tuple(ItemKind)

DEFAULT_POINTS: dict[ItemKind, Decimal] = {
    ItemKind.SINGLE: Decimal(2),
    ItemKind.MULTIPLE: Decimal(4),
    ItemKind.TRUE_FALSE: Decimal(2),
    ItemKind.BLANK: Decimal(2),
    ItemKind.SHORT: Decimal(10),
    ItemKind.CASE: Decimal(10),
    ItemKind.CALCULATION: Decimal(5),
}
"""Points of chosen items where the request names none."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a blueprint gave: items with their points, section by section, and what could not be had."""

    items: list[tuple[QuizItem, Decimal]]
    missing: list[str]


def choose(
    candidates: Sequence[QuizItem],
    parts: Sequence[BlueprintPart],
    seed: int,
    taken: Sequence[tuple[QuizItem, Decimal]] = (),
) -> Chosen:
    """Fill the parts from the candidates; ``taken`` are on the paper already. No item, question or fact comes twice."""
    chance = Random(seed)
    spread = _Spread(item for item, _points in taken)
    chosen, missing = list(taken), []
    narrow_first = sorted(range(len(parts)), key=lambda index: (len(_fitting(candidates, parts[index])), index))
    found: dict[int, list[QuizItem]] = {}
    for index in narrow_first:
        found[index] = spread.pick(_fitting(candidates, parts[index]), parts[index].count, chance)
    for index, part in enumerate(parts):
        chosen += [(item, part.points) for item in found[index]]
        if (short := part.count - len(found[index])) > 0:
            missing.append(f"{described(part)}：要 {part.count} 题，题库可用 {len(found[index])} 题，缺 {short} 题。")
    return Chosen(in_sections(chosen), missing)


def spread_over(candidates: Sequence[QuizItem], count: int, chance: Random) -> list[QuizItem]:
    """So many of the candidates, spread as a paper's items are."""
    return _Spread(()).pick(candidates, count, chance)


def in_sections(items: Iterable[tuple[QuizItem, Decimal]]) -> list[tuple[QuizItem, Decimal]]:
    """Items by kind, in the order of the kinds; within a kind as they come."""
    return sorted(items, key=lambda pair: KIND_ORDER.index(pair[0].kind))


def described(part: BlueprintPart) -> str:
    """A part in words: 单选题（食品安全，《行政处罚法》，难度 0.3–0.7）."""
    limits = [part.field or "", f"《{part.title.strip('《》')}》" if part.title else ""]
    if part.easiest > 0 or part.hardest < 1:
        limits.append(f"难度 {part.easiest:g}–{part.hardest:g}")
    words = "，".join(limit for limit in limits if limit)
    return KIND_ZH[part.kind] + (f"（{words}）" if words else "")


def difficulty_of(item: QuizItem) -> float:
    """The share of wrong answers: as seen where enough was seen, else as estimated."""
    return item.difficulty if item.observed_difficulty is None else item.observed_difficulty


def _fitting(candidates: Sequence[QuizItem], part: BlueprintPart) -> list[QuizItem]:
    return [item for item in candidates if _fits(item, part)]


def _fits(item: QuizItem, part: BlueprintPart) -> bool:
    return (
        item.kind is part.kind
        and (not part.field or item.tags.field == part.field)
        and (not part.title or part.title.strip("《》") in item.tags.title)
        and part.easiest <= difficulty_of(item) <= part.hardest
    )


class _Spread:
    """Picks one item after the other, each from where the fewest have come so far."""

    def __init__(self, taken: Iterable[QuizItem]) -> None:
        self._ids: set[str] = set()
        self._asked: set[str] = set()
        self._facts: set[Fact] = set()
        self._quoted: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._choices: set[Choice] = set()
        self._uses: Counter[tuple[str, ...]] = Counter()
        self._truths: Counter[bool | None] = Counter()
        for item in taken:
            self._take(item)

    def pick(self, candidates: Sequence[QuizItem], count: int, chance: Random) -> list[QuizItem]:
        mixed = sorted(candidates, key=lambda item: item.id)
        chance.shuffle(mixed)
        left = [(item, _places(item)) for item in mixed if item.id not in self._ids]
        picked: list[QuizItem] = []
        while left and len(picked) < count:
            place = min(
                range(len(left)),
                key=lambda index: [self._truths[left[index][0].key.truth], *(self._uses[p] for p in left[index][1])],
            )
            item, _ = left.pop(place)
            if _question(item) in self._asked or fact_of(item) in self._facts or self._tells(item):
                continue
            if choice_of(item) in self._choices:
                continue
            picked.append(item)
            self._take(item)
        return picked

    def _tells(self, item: QuizItem) -> bool:
        """Whether the item rests on words that another one of the paper rests on: one would tell the other's key."""
        if item.claim is None or not item.citations:
            return False
        return any(
            left < end and start < right
            for provision, start, end in rests_on(item)
            for left, right in self._quoted[provision]
        )

    def _take(self, item: QuizItem) -> None:
        self._ids.add(item.id)
        self._asked.add(_question(item))
        if (choice := choice_of(item)) is not None:
            self._choices.add(choice)
        if item.key.truth is not None:
            self._truths[item.key.truth] += 1
        if (fact := fact_of(item)) is not None:
            self._facts.add(fact)
            for provision, start, end in rests_on(item):
                self._quoted[provision].append((start, end))
        self._uses.update(_places(item))


def _places(item: ItemContent) -> tuple[tuple[str, ...], ...]:
    """Where an item comes from, what must not pile up most first: article, source, chapter, what it tests."""
    article = item.citations[0].provision_id if item.citations else ""
    title, chapter = item.tags.title, item.tags.chapter
    return (
        ("article", article or item.stem),
        ("source", title),
        ("chapter", title, chapter),
        ("point", item.point),
    )


def _question(item: ItemContent) -> str:
    return "".join(item.stem.split()) + "|" + "|".join(sorted(item.options))
