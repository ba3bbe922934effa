"""The makers of items (命题器), by name; each family of items has a package of its own."""

from __future__ import annotations

from assistant.quiz.makers.records.maker import make_from_benchmarks, make_from_cases, make_from_lists
from assistant.quiz.makers.sets.maker import make_sets
from assistant.quiz.makers.values.maker import VALUE_MAKERS
from assistant.quiz.making import Maker

MAKERS: dict[str, Maker] = {
    "sets": make_sets,
    **VALUE_MAKERS,
    "benchmarks": make_from_benchmarks,
    "lists": make_from_lists,
    "cases": make_from_cases,
}
