"""Statistics of a paper (成绩统计): pure, from its items and everybody's attempts.

Grades are those of each person's best attempt. Items are counted over each person's first attempt: whoever sits again
has seen the key.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

from assistant.quiz.paper_contract import GroupResult, ItemStatistics, PaperStatistics
from assistant.quiz.papers.showing import own_answer
from assistant.quiz.papers.store import Sheet
from assistant.quiz.taking.attempt import Attempt

ENOUGH = 10
"""So many people must have met an item before what was seen of it says anything."""

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Observation:
    """How an item did over all papers (实测): share of wrong answers, discrimination; None of too few."""

    item_id: str
    answered: int
    difficulty: float | None
    discrimination: float | None


def paper_statistics(sheet: Sheet, total: Decimal, attempts: Sequence[Attempt]) -> PaperStatistics:
    over = [attempt for attempt in attempts if not attempt.running]
    best = best_attempts(over)
    scores = [attempt.score for attempt in best if attempt.score is not None]
    groups: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in best:
        groups[attempt.department].append(attempt)
    return PaperStatistics(
        paper_id=sheet.paper_id,
        people=len(best),
        running=len(attempts) - len(over),
        waiting=sum(attempt.score is None for attempt in over),
        mean=_mean(scores),
        total=total,
        distribution=distribution(scores, total),
        groups=[_group(department, groups[department]) for department in sorted(groups)],
        items=item_statistics(sheet, first_attempts(over)),
    )


def item_statistics(sheet: Sheet, attempts: Sequence[Attempt]) -> list[ItemStatistics]:
    """Each item over the attempts given."""
    shares = [_shares(sheet, attempt) for attempt in attempts]
    return [
        ItemStatistics(
            item_id=entry.item.id,
            number=entry.number,
            stem=entry.item.stem,
            kind=entry.item.kind,
            answered=sum(attempt.marks[own].answered for attempt in attempts),
            difficulty=_average([s for row in shares if (s := row[own]) is not None]),
            discrimination=_discrimination(sheet, attempts, shares, own),
            chosen=_chosen(sheet, attempts, own),
            key=entry.item.key,
        )
        for own, entry in enumerate(sheet.items)
    ]


def observations(seen: Iterable[tuple[Sheet, Sequence[Attempt]]], wanted: frozenset[str]) -> list[Observation]:
    """What was seen of the items on all papers that hold them: means weighted by how many met them."""
    met: Counter[str] = Counter()
    wrong: dict[str, float] = defaultdict(float)
    weight: Counter[str] = Counter()
    told: dict[str, float] = defaultdict(float)
    for sheet, attempts in seen:
        first = first_attempts([attempt for attempt in attempts if not attempt.running])
        for entry in item_statistics(sheet, first):
            if entry.item_id not in wanted or entry.difficulty is None:
                continue
            met[entry.item_id] += len(first)
            wrong[entry.item_id] += (1 - entry.difficulty) * len(first)
            if entry.discrimination is not None:
                weight[entry.item_id] += len(first)
                told[entry.item_id] += entry.discrimination * len(first)
    return [
        Observation(
            item,
            met[item],
            round(wrong[item] / met[item], 4) if met[item] >= ENOUGH else None,
            round(told[item] / weight[item], 4) if weight[item] >= ENOUGH else None,
        )
        for item in sorted(met)
    ]


def distribution(scores: Sequence[Decimal], total: Decimal) -> list[int]:
    """People by tenth of the total; full marks are in the last."""
    counts = [0] * 10
    for score in scores:
        counts[min(9, int(score * 10 / total)) if total else 0] += 1
    return counts


def pearson(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Correlation; None of fewer than three pairs, or where one side never varies."""
    if len(first) < 3:
        return None
    mean_first, mean_second = sum(first) / len(first), sum(second) / len(second)
    spread_first = sum((x - mean_first) ** 2 for x in first)
    spread_second = sum((y - mean_second) ** 2 for y in second)
    if spread_first < 1e-12 or spread_second < 1e-12:
        return None
    together = sum((x - mean_first) * (y - mean_second) for x, y in zip(first, second, strict=True))
    return max(-1.0, min(1.0, together / sqrt(spread_first * spread_second)))


def best_attempts(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Each person's attempt with the highest score; one that waits for marks where there is no other."""
    best: dict[str, Attempt] = {}
    for attempt in sorted(attempts, key=lambda a: (a.started_at, a.id)):
        held = best.get(attempt.person_id)
        if held is None or _rank(attempt) > _rank(held):
            best[attempt.person_id] = attempt
    return list(best.values())


def first_attempts(attempts: Iterable[Attempt]) -> list[Attempt]:
    """Each person's first attempt."""
    first: dict[str, Attempt] = {}
    for attempt in sorted(attempts, key=lambda a: (a.ordinal, a.started_at, a.id)):
        first.setdefault(attempt.person_id, attempt)
    return list(first.values())


def _rank(attempt: Attempt) -> Decimal:
    return Decimal(-1) if attempt.score is None else attempt.score


def _shares(sheet: Sheet, attempt: Attempt) -> list[float | None]:
    """The share of its points that each item earned; None while it waits for marks."""
    return [
        None if mark.score is None else float(mark.score / entry.points) if entry.points else 0.0
        for entry, mark in zip(sheet.items, attempt.marks, strict=True)
    ]


def _discrimination(
    sheet: Sheet, attempts: Sequence[Attempt], shares: Sequence[Sequence[float | None]], own: int
) -> float | None:
    """Correlation of an item's share with the points of the rest of the paper, over attempts marked throughout."""
    mine, rest = [], []
    for attempt, row in zip(attempts, shares, strict=True):
        share = row[own]
        if share is not None and attempt.score is not None:
            mine.append(share)
            rest.append(float(attempt.score) - share * float(sheet.items[own].points))
    found = pearson(mine, rest)
    return None if found is None else round(found, 4)


def _chosen(sheet: Sheet, attempts: Sequence[Attempt], own: int) -> list[int]:
    counts = [0] * len(sheet.items[own].item.options)
    for attempt in attempts:
        variant = sheet.variant(attempt.variant)
        answer = attempt.answers.get(variant.items.index(own) + 1)
        if answer is not None:
            for option in own_answer(answer, variant.options[own]).chosen:
                counts[option] += 1
    return counts


def _group(department: str, attempts: Sequence[Attempt]) -> GroupResult:
    scores = [attempt.score for attempt in attempts if attempt.score is not None]
    return GroupResult(
        department=department,
        people=len(attempts),
        mean=_mean(scores),
        highest=max(scores, default=None),
        lowest=min(scores, default=None),
    )


def _mean(scores: Sequence[Decimal]) -> Decimal | None:
    return (sum(scores, Decimal(0)) / len(scores)).quantize(_CENT, ROUND_HALF_UP) if scores else None


def _average(shares: Sequence[float]) -> float | None:
    return round(sum(shares) / len(shares), 4) if shares else None
