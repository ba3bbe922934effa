"""Variants of a paper (A、B 卷): the same items, in another order within each section, with shuffled options."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from random import Random

from assistant.quiz.contract import ItemContent
from assistant.quiz.paper_contract import Variant
from assistant.quiz.papers.showing import order_matters

NAMES = "ABCD"
_TRIES = 8


def make_variants(items: Sequence[ItemContent], count: int, seed: int) -> list[Variant]:
    """So many variants of a paper. A is the paper as it stands; the others are shuffled by the seed.

    Items move only among those of their kind; options stay where their order matters.
    """
    plain = Variant(name=NAMES[0], items=list(range(len(items))), options=[_straight(item) for item in items])
    return [plain, *(_shuffled(items, name, Random(f"{seed}/{name}")) for name in NAMES[1:count])]


def _shuffled(items: Sequence[ItemContent], name: str, chance: Random) -> Variant:
    order: list[int] = []
    for _kind, section in groupby(range(len(items)), key=lambda index: items[index].kind):
        places = list(section)
        order += _another_order(places, chance)
    options = [_straight(item) if order_matters(item) else _another_order(_straight(item), chance) for item in items]
    return Variant(name=name, items=order, options=options)


def _straight(item: ItemContent) -> list[int]:
    return list(range(len(item.options)))


def _another_order(places: list[int], chance: Random) -> list[int]:
    """A permutation other than the one given, wherever there is one."""
    mixed = list(places)
    for _ in range(_TRIES):
        chance.shuffle(mixed)
        if mixed != places:
            break
    return mixed


def variant_named(variants: Sequence[Variant], name: str) -> Variant | None:
    return next((variant for variant in variants if variant.name == name), None)
