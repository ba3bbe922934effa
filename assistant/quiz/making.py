"""What a maker of items is (命题): it turns material into candidates of its own family.

A maker is a function ``Material, Random -> Iterator[Candidate]``; it is asked for as many as are needed, so it yields
them one by one and does its costly reading lazily. Its order depends on the material and the random source alone: same
material, same seed, same candidates. ``assistant.quiz.makers.MAKERS`` is the table the builder works through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from assistant.quiz.material import Candidate, Material

Maker = Callable[[Material, Random], Iterator[Candidate]]
