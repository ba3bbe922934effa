"""Statements with values to choose from (数值说法多选题): time limits, or fines, of several articles of a law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

from assistant.quiz.contract import Point
from assistant.quiz.makers.sets.from_duties import of_right
from assistant.quiz.makers.sets.options import NEAR
from assistant.quiz.makers.sets.places import Sentence
from assistant.quiz.makers.sets.sentences import Duty
from assistant.quiz.makers.sets.words import likeness
from assistant.quiz.makers.values.cumulative import is_cut_short
from assistant.quiz.makers.values.model import Fact, Range
from assistant.quiz.makers.values.neighbours import Neighbours
from assistant.quiz.makers.values.options import wrong_options
from assistant.quiz.makers.values.scenes import UNLAWFUL
from assistant.quiz.makers.values.wording import names_own_law
from assistant.quiz.material import Candidate, Material, SourceText
from assistant.quiz.proof.form import giveaway_fault

_ABOUT: dict[Point, tuple[tuple[str, frozenset[str]], ...]] = {
    Point.TIME_LIMIT: (("关于期限的规定", frozenset({""})),),
    Point.AMOUNT: (("关于罚款数额的规定", frozenset({"元"})),),
    Point.MULTIPLE: (("关于罚款倍数的规定", frozenset({"倍"})), ("关于罚款比例的规定", frozenset({"%"}))),
}
"""What all options of an item speak of, with the units that are called so."""
_SHORTEST, _LONGEST = 18, 120
_LEAST_ACT = 9
_OPTIONS = 4
_RATIO = 2.0


def statements(text: SourceText, facts: Sequence[Fact], material: Material, random: Random) -> Iterator[Candidate]:
    """多选 among statements that tell values of one point; none is right, or false in the same way, in two of them."""
    for point, named in _ABOUT.items():
        near = Neighbours([f for f in facts if f.point is point], text)
        for about, units in named:
            told = [s for f in near.facts if _unit(f) in units and (s := _statement(f, near, random)) is not None]
            random.shuffle(told)
            yield from _items(text, told, point, about, material, random)


def _items(
    text: SourceText, told: Sequence[Duty], point: Point, about: str, material: Material, random: Random
) -> Iterator[Candidate]:
    used: Counter[str] = Counter()
    for first in told:
        if used[first.sentence.words] or not _is_whole(first, point):
            continue
        like = [d for d in told if not used[d.sentence.words] and _goes_with(first, d)]
        right = [first, *_apart([first], [d for d in like if _is_whole(d, point)], random.choice((1, 2)))]
        wrong = _apart(right, [d for d in like if not used[d.exchanged]], _OPTIONS - len(right), false=True)
        if len(right) < 2 or len(right) + len(wrong) < _OPTIONS:
            continue
        made = of_right(text, right, wrong, material.day, random, point=point, about=about)
        if giveaway_fault(made.content):
            continue
        used.update(d.sentence.words for d in right)
        used.update(d.exchanged for d in wrong)
        yield made


def _is_whole(statement: Duty, point: Point) -> bool:
    """Whether a statement may be told as right: nothing takes it back, and no further penalty is cut from it."""
    sentence = statement.sentence
    cut = point is not Point.TIME_LIMIT and is_cut_short(sentence.provision.text, sentence.span[1])
    return statement.unreserved and not cut


def _unit(fact: Fact) -> str:
    """元, 倍 or % of a fine; "" of what is no fine."""
    return fact.value.unit if isinstance(fact.value, Range) else ""


def _statement(fact: Fact, near: Neighbours, random: Random) -> Duty | None:
    """The fact as the law prints it, with the value that may stand in its place."""
    words = f"{fact.before}{fact.words}{fact.after}"
    at = fact.provision.text.find(words)
    if at < 0 or not _SHORTEST <= len(words) <= _LONGEST or names_own_law(words):
        return None
    if fact.breach and not UNLAWFUL.search(fact.before):
        return None
    if len(words.partition("的，")[0]) < _LEAST_ACT:
        return None  # 未进行型式试验的: of what is not told
    wrong = wrong_options(fact, near, random, 1)
    if not wrong:
        return None
    sentence = Sentence(fact.provision, words, (at, at + len(words)), True, fact.quotes[0].path)
    return Duty(sentence, (len(fact.before), len(fact.before) + len(fact.words)), wrong[0].words)


def _goes_with(first: Duty, other: Duty) -> bool:
    """Whether two statements are of like length and of different articles."""
    ratio = len(first.sentence.words) / len(other.sentence.words)
    return 1 / _RATIO <= ratio <= _RATIO and first.sentence.provision.id != other.sentence.provision.id


def _apart(right: Sequence[Duty], pool: Sequence[Duty], count: int, *, false: bool = False) -> list[Duty]:
    """The first of the pool that are of other articles and of other acts; what follows from acts is often alike.

    No two of the ``false`` ones are false by the same value.
    """
    chosen: list[Duty] = []
    for other in pool:
        if len(chosen) == count:
            break
        if false and any(other.other == d.other for d in chosen):
            continue
        before = (*right, *chosen)
        if all(other.sentence.provision.id != d.sentence.provision.id for d in before) and all(
            likeness(_act(other), _act(d)) < NEAR for d in before
        ):
            chosen.append(other)
    return chosen


def _act(statement: Duty) -> str:
    """Of what a statement tells the value: the act, or what the period counts from."""
    before = statement.sentence.words[: statement.modal[0]]
    return before.partition("的，")[0]
