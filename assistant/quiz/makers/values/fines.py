"""Sums and multiples of fines, as facts (罚款数额与倍数)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.quiz.contract import Point
from assistant.quiz.makers.values.model import Fact, Range, Span
from assistant.quiz.makers.values.scale import bounds_of, written
from assistant.quiz.makers.values.scenes import Scene
from assistant.quiz.makers.values.text import clauses
from assistant.quiz.makers.values.wording import stands_alone
from corpus.discretion.expressions import Expression, compact, find_expressions
from corpus.discretion.stated import Stated, state_fine
from corpus.vocabulary import Provision

_FINE = re.compile(r"的?罚款")
_JOINS = re.compile(r"^(?:并且|并|且|同时|还|也)+(?=可以|对|处)")
_BOTH = re.compile(r"^(?:并且|并|且|同时)?(?=对)")
_RATIO = frozenset(("倍", "%"))
_LONGEST = 230


def read_fines(provision: Provision, scene: Scene) -> Iterator[Fact]:
    """The fines of a scene, each with the words that lead up to it; none where one of them is not understood."""
    text = provision.text
    found: list[tuple[Span, Expression, Stated]] = []
    for start, end in clauses(text, scene.measure):
        words = text[start:end]
        if words != compact(words):
            return
        expressions = list(find_expressions(words))
        if not expressions:
            continue
        stated = state_fine(words, expressions)
        if stated is None or stated.fine.read_as or stated.case:
            return
        found.append(((start, end), expressions[0], stated))
    parties = [one.party for _, _, one in found]
    if len(set(parties)) < len(parties) or "" in parties[1:]:
        return
    for number, (clause, expression, stated) in enumerate(found):
        fact = _fact(provision, scene, clause, expression, stated, first=number == 0)
        if fact is not None:
            yield fact


def _fact(
    provision: Provision, scene: Scene, clause: Span, expression: Expression, stated: Stated, *, first: bool
) -> Fact | None:
    text = provision.text
    start, end = clause[0] + expression.start, clause[0] + expression.end
    fine = _FINE.match(text, end)
    if fine is None or fine.end() != clause[1] or stated.fine.ceiling is not None:
        return None
    value = Range(expression.unit, *bounds_of(expression), base=stated.fine.base or "")
    if written(value) != text[start:end]:
        return None
    head = text[scene.measure[0] : start] if first else _BOTH.sub("", text[clause[0] : start])
    head = head if scene.order and first else _JOINS.sub("", head)
    before = f"{scene.told}，{head}"
    if not stands_alone(f"对{head}") or len(before) > _LONGEST or text[start : fine.end()] in before:
        return None
    return Fact(
        point=Point.MULTIPLE if value.unit in _RATIO else Point.AMOUNT,
        provision=provision,
        quotes=scene.quotes,
        subject=scene.act,
        before=before,
        after="",
        whole=(start, fine.end()),
        answers=_bounds(text, start, end),
        value=value,
        breach=scene.breach,
    )


def _bounds(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The spans of the bounds: 五千元 and 五万元 in 五千元以上五万元以下."""
    words = text[start:end]
    low, above, high = words.partition("以上")
    if not above:
        return ((start, end - 2 if words.endswith("以下") else end),)
    spans = [(start, start + len(low))]
    if high:
        spans.append((start + len(low) + 2, end - 2 if high.endswith("以下") else end))
    return tuple(spans)
