"""The makers of items (命题器), by name; each family of items has a package of its own."""

from __future__ import annotations

from assistant.quiz.makers.sets.maker import make_sets
from assistant.quiz.makers.values.maker import VALUE_MAKERS
from assistant.quiz.making import Maker

MAKERS: dict[str, Maker] = {
    "sets": make_sets,
    **VALUE_MAKERS,
}
