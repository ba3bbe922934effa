"""The makers from records (记录命题器): each record in turn, so that few records do not give all the items."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from random import Random

from assistant.quiz.makers.records.basis import entry_basis_items, standard_basis_items
from assistant.quiz.makers.records.cases import case_items
from assistant.quiz.makers.records.chosen import chosen_items, chosen_standards
from assistant.quiz.makers.records.lists import entry_of, list_items
from assistant.quiz.makers.records.tiers import tier_items
from assistant.quiz.makers.records.weighted import weighted_items
from assistant.quiz.material import Candidate, Material


def make_from_benchmarks(material: Material, random: Random) -> Iterator[Candidate]:
    """Fines, tiers and cases of benchmarks."""
    chosen = chosen_standards(material, random)
    yield from _in_turn(
        [make(c, material, random) for c in chosen for make in (weighted_items, tier_items, standard_basis_items)]
    )


def make_from_lists(material: Material, random: Random) -> Iterator[Candidate]:
    """Conditions and cases of no-penalty and leniency lists."""
    chosen = chosen_items(material, random)
    entries = [entry for c in chosen if (entry := entry_of(c)) is not None]
    made = [list_items(c, entries, material, random) for c in chosen]
    yield from _in_turn([*made, *(entry_basis_items(c, material, random) for c in chosen)])


def make_from_cases(material: Material, random: Random) -> Iterator[Candidate]:
    """What the model cases decided, and on what basis."""
    yield from _in_turn([case_items(text, material, random) for text in material.texts])


def _in_turn(makers: list[Iterator[Candidate]]) -> Iterator[Candidate]:
    queue = deque(makers)
    while queue:
        items = queue.popleft()
        item = next(items, None)
        if item is not None:
            yield item
            queue.append(items)
