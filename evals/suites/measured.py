"""What a suite hands back (评测结果): its report, a row for every question, and faults that must not occur."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from evals.report import Report

Step = Callable[[int], None]
"""Called with the number done so far."""

Watch = Callable[[str, int], AbstractContextManager[Step]]
"""A progress bar for so many of something: what is being done, and how many there are."""


@dataclass(frozen=True, slots=True)
class Measured:
    """``rows`` are written a line each, so that failures can be read; ``faults`` are told at once, a line each."""

    report: Report
    rows: Sequence[Mapping[str, Any]]
    faults: Sequence[str] = ()
