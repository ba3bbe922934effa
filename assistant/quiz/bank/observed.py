"""How items did when they were answered (作答所见), as the bank shows it beside the estimate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Observed:
    """What the answers to an item tell: how many there were, the share of wrong ones, the discrimination."""

    answered: int
    difficulty: float | None = None
    discrimination: float | None = None


Observe = Callable[[Sequence[str]], Mapping[str, Observed]]
"""Ids of items → what is known of those that were answered."""


def nothing_observed(_ids: Sequence[str]) -> Mapping[str, Observed]:
    return {}
