"""Where the questions about an article lie (条文的咨询向量): vectors learnt from consultations.

``consultations.npz`` holds, for every article that a consultation was about in the part of STARD (arXiv 2406.15313)
that the encoder learnt from, the mean of those questions' vectors and their number. A new question that lies where
those about an article lay is likely about it too, whatever its words. The vectors belong to one encoder.
Written by ``python -m evals.training.consultations``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import as_file, files
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from assistant.retrieval.features import TEXTS_REMEMBERED, Scored
from corpus.encoders.base import DenseEncoder
from ingest.passages import short_title
from ingest.spoken import text_mark

Numbers = npt.NDArray[np.float32]

WIDTH = 0.05
"""Cosine by which the nearness to an article falls to a third."""

FAR = 0.55
"""Cosine at which the questions about an article say as little as knowing nothing: chance neighbours reach it."""


@dataclass(frozen=True, eq=False)
class ConsultedArticles:
    """``encoder``: the beginning of the ids of encoders that the vectors belong to; ``rows``: the row of ``vectors``
    (articles, dimension) and ``counts`` (articles,) by short title of the law and mark of the article's words."""

    encoder: str
    rows: dict[tuple[str, str], int]
    vectors: Numbers
    counts: Numbers

    @classmethod
    def read(cls) -> Self:
        """Those that come with the package."""
        with as_file(files(__package__) / "consultations.npz") as path, np.load(path) as kept:
            keys = zip(kept["laws"].tolist(), kept["marks"].tolist(), strict=True)
            rows = {key: row for row, key in enumerate(keys)}
            return cls(str(kept["encoder"]), rows, _unit(kept["vectors"]), kept["counts"].astype(np.float32))

    def near(self, question: Numbers) -> Numbers:
        """How much speaks for each article, from the questions about it: 1 for one question at the distance ``FAR``."""
        near: Numbers = self.counts * np.exp((self.vectors @ question - FAR) / WIDTH)
        return near

    def row(self, title: str, text: str) -> int | None:
        """The row of an article in these words of this law; None where no consultation was about it."""
        law = short_title(title)
        return self.rows.get((law, _mark(text))) if law in self.laws else None

    @cached_property
    def laws(self) -> frozenset[str]:
        return frozenset(law for law, _ in self.rows)


class Consulted(NamedTuple):
    """The articles with the encoder whose vectors they are."""

    articles: ConsultedArticles
    encoder: DenseEncoder


def with_consulted(question: str, scored: Sequence[Scored], consulted: Consulted | None) -> list[Scored]:
    """The candidates, each with its share in all that speaks for some candidate from the questions about it."""
    if consulted is None:
        return list(scored)
    articles, encoder = consulted
    rows = [articles.row(s.document.title, s.provision.text) for s in scored]
    found = [row for row in rows if row is not None]
    if not found:
        return list(scored)
    near = articles.near(encoder.encode_queries([question])[0])
    every = 1.0 + float(near[found].sum())
    return [
        s._replace(candidate=s.candidate._replace(consulted=float(near[row]) / every)) if row is not None else s
        for s, row in zip(scored, rows, strict=True)
    ]


def consulted_with(encoder: Callable[[], DenseEncoder | None]) -> Callable[[], Consulted | None]:
    """What goes with the encoder that is ready; None while none is, and for one that the vectors do not belong to."""

    def ready() -> Consulted | None:
        one = encoder()
        articles = _shipped() if one is not None else None
        return (
            Consulted(articles, one) if one is not None and articles and one.id.startswith(articles.encoder) else None
        )

    return ready


@cache
def _shipped() -> ConsultedArticles:
    return ConsultedArticles.read()


_mark = lru_cache(maxsize=TEXTS_REMEMBERED)(text_mark)


def _unit(stored: npt.NDArray[np.int8]) -> Numbers:
    vectors = stored.astype(np.float32)
    lengths: Numbers = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths
