"""What the makers of records give."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from assistant.quiz.makers.records.maker import make_from_benchmarks, make_from_cases, make_from_lists
from assistant.quiz.material import Candidate, Material


@dataclass(frozen=True)
class Drawn:
    benchmarks: tuple[Candidate, ...]
    lists: tuple[Candidate, ...]
    cases: tuple[Candidate, ...]

    @property
    def all(self) -> tuple[Candidate, ...]:
        return (*self.benchmarks, *self.lists, *self.cases)


def draw(material: Material, seed: int) -> Drawn:
    makers = (make_from_benchmarks, make_from_lists, make_from_cases)
    benchmarks, lists, cases = (tuple(make(material, Random(f"{seed}:{make.__name__}"))) for make in makers)
    return Drawn(benchmarks, lists, cases)
