"""What laymen's questions are about (咨询所涉法律和条文): term tables learnt from consultations.

A question that wants no sanction, procedure or leniency is likelier to be about 民法典 than about a statute that nobody
consults a lawyer on, and likelier about 离婚 by judgment than about its neighbours. ``consultations.toml`` counts the
answers in the part of STARD (arXiv 2406.15313) that the encoder learnt from: by short title, and by the words of the
article, so that an amended article loses its count. ``python -m evals.fit_ranking`` weighs both against all else.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from ingest.passages import short_title
from ingest.spoken import text_mark


@lru_cache(maxsize=8192)
def consulted(title: str) -> float:
    """0 for a law that no consultation was about, 1 for the one that most were."""
    return _share(_counts("laws"), short_title(title))


def consulted_article(title: str, text: str) -> float:
    """The same for an article in these words, in whatever law it was counted; 0 in a law that nobody consulted on."""
    return _of_words(text) if consulted(title) else 0.0


@lru_cache(maxsize=32_768)
def _of_words(text: str) -> float:
    return _share(_counts("articles"), text_mark(text))


def _share(counts: Mapping[str, int], key: str) -> float:
    count = counts.get(key)
    return 0.0 if count is None else math.log1p(count) / math.log1p(max(counts.values()))


@cache
def _counts(table: str) -> dict[str, int]:
    source = files(__package__) / "consultations.toml"
    return {key: int(count) for key, count in tomllib.loads(source.read_text("utf-8"))[table].items()}
