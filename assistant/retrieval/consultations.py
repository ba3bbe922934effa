"""Which laws laymen's questions are about (咨询所涉法律): a term table learnt from consultations.

A question that wants no sanction, procedure or leniency is likelier to be about 民法典 than about a statute that nobody
consults a lawyer on. ``consultations.toml`` counts, by short title, the answering articles in the part of STARD (arXiv
2406.15313) that the encoder learnt from; ``python -m evals.fit_ranking`` weighs it against everything else.
"""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib.resources import files

from corpus.citations.keys import short_title


def consulted(title: str) -> float:
    """0 for a law that no consultation was about, about 1 for the one that most were."""
    counts = _counts()
    return math.log1p(counts.get(short_title(title), 0)) / math.log1p(max(counts.values()))


@cache
def _counts() -> dict[str, int]:
    source = files(__package__) / "consultations.toml"
    return {title: int(count) for title, count in tomllib.loads(source.read_text("utf-8"))["articles"].items()}
