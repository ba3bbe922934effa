"""Encoders that need no model, and a small store, for the tests of index building."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np

from corpus.encoders.base import EncodingStopped, Progress, SparseVector, Stop, Vectors
from corpus.store import CorpusStore, DocumentRecord, VersionText
from corpus.vocabulary import (
    NATION,
    DateBasis,
    DatedFact,
    Document,
    DocumentKind,
    EffectLevel,
    Passage,
    Provision,
    Validity,
    Version,
)
from tests.corpus.index.index_samples import DIMENSION, dense, sparse

PIECE = 8  # texts that the stand-in encodes between two looks at ``stop``


class Words:
    """A sparse encoder: one term per character."""

    id = "words-1"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_query(self, text: str) -> SparseVector:
        return sparse(text)

    def encode_passage(self, text: str) -> SparseVector:
        self.encoded.append(text)
        return sparse(text)


class Meaning:
    """A dense encoder whose vectors follow from the digest of the text."""

    dimension = DIMENSION

    def __init__(self, id: str = "meaning-1") -> None:
        self.id = id
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.array([dense(t) for t in texts], dtype=np.float32)

    def encode_passages(
        self, texts: Sequence[str], *, progress: Progress | None = None, stop: Stop | None = None
    ) -> Vectors:
        for n in range(0, len(texts), PIECE):
            if stop is not None and stop():
                raise EncodingStopped("stopped")
            self.encoded += texts[n : n + PIECE]
            if progress is not None:
                progress(min(n + PIECE, len(texts)))
        return self.encode_queries(texts)


def law(
    name: str,
    articles: Sequence[str],
    *,
    commencement: dt.date | None = dt.date(2021, 7, 15),
    end: dt.date | None = None,
    level: EffectLevel = EffectLevel.LAW,
    region: str = NATION,
    kind: DocumentKind = DocumentKind.STATUTE,
    number: int = 1,
    retired: dt.date | None = None,
    shadowed_by: str | None = None,
) -> DocumentRecord:
    """A law of one version, ``<name>-v<number>``, with an article and a passage per text."""
    version_id = f"{name}-v{number}"
    validity = Validity(
        published=commencement,
        commencement=DatedFact(commencement, DateBasis.OWN_TEXT) if commencement else DatedFact.unknown(),
        end=DatedFact(end, DateBasis.REPEALING_TEXT) if end else DatedFact.unknown(),
    )
    provisions = [Provision(f"{version_id}/第{n}条", version_id, n, f"第{n}条", t) for n, t in enumerate(articles, 1)]
    passages = [Passage(f"{p.id}#1", p.id, 0, len(p.text), p.text) for p in provisions]
    document = Document(name, name, kind, level, region)
    version = Version(version_id, name, validity, "made for a test", retired=retired, shadowed_by=shadowed_by)
    return DocumentRecord(document, [VersionText(version, name, provisions, passages)])


def fill(store: CorpusStore, *laws: DocumentRecord) -> None:
    for record in laws:
        store.save(record)
