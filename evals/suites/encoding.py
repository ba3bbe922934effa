"""How fast passages are encoded (编码速度), beside sentence-transformers in single precision in the same run."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from corpus.encoders.base import DenseEncoder, Vectors
from evals.metrics import mean
from evals.report import Cell, Report, Table
from evals.suites.measured import Measured, Watch

if TYPE_CHECKING:
    from corpus.store import CorpusStore

TEXTS = 384
CHUNK = 64
"""Texts encoded by one and then by the other, so that both meet the same load of the machine."""


@dataclass(slots=True)
class Run:
    """Seconds that an encoder took, and its vectors."""

    wall_s: float = 0.0
    processor_s: float = 0.0
    vectors: list[Vectors] = field(default_factory=list)

    def encode(self, encoder: DenseEncoder, texts: Sequence[str]) -> None:
        wall, processor = time.perf_counter(), time.process_time()
        vectors = encoder.encode_passages(texts)
        self.wall_s += time.perf_counter() - wall
        self.processor_s += time.process_time() - processor
        self.vectors.append(vectors)


def sample_passages(store: CorpusStore, count: int = TEXTS, seed: int = 1) -> dict[str, str]:
    """Passages of the data folder drawn by chance: id → what is encoded."""
    keys = [key.passage_id for key in store.passage_keys()]
    drawn = random.Random(seed).sample(keys, min(count, len(keys)))
    return {passage.id: passage.index_text for passage in store.passages_by_id(drawn).values()}


def measure_encoding(
    passages: dict[str, str], encoder: DenseEncoder, reference: DenseEncoder, watch: Watch
) -> Measured:
    """Encode every passage with both, by turns."""
    ids, texts = list(passages), list(passages.values())
    ours, theirs = Run(), Run()
    for one, by in ((encoder, Run()), (reference, Run())):  # what is made on first use is made by then
        by.encode(one, texts[:2])
    with watch("encoding", len(texts)) as step:
        for start in range(0, len(texts), CHUNK):
            chunk = texts[start : start + CHUNK]
            ours.encode(encoder, chunk)
            theirs.encode(reference, chunk)
            step(start + len(chunk))
    cosines = [float(c) for c in (np.concatenate(ours.vectors) * np.concatenate(theirs.vectors)).sum(axis=1)]
    report = Report(
        title="Encoding speed",
        conditions={
            "texts": f"{len(texts)} passages of the data folder drawn by chance, {CHUNK} by each encoder in turn",
            "encoder": encoder.id,
            "reference": f"sentence-transformers, {reference.id}",
        },
        tables=[_throughput(len(texts), ours, theirs), _agreement(cosines)],
        figures={
            "ratio": _ratio(theirs.wall_s, ours.wall_s),
            "processor_ratio": _ratio(theirs.processor_s, ours.processor_s),
            "cosine_mean": mean(cosines),
            "cosine_least": min(cosines),
        },
    )
    rows = [
        {"id": i, "characters": len(text), "cosine": round(cosine, 5)}
        for i, text, cosine in zip(ids, texts, cosines, strict=True)
    ]
    return Measured(report, rows)


def _throughput(count: int, ours: Run, theirs: Run) -> Table:
    rows: list[list[Cell]] = [
        ["texts a second", _rate(count, ours.wall_s), _rate(count, theirs.wall_s), _ratio(theirs.wall_s, ours.wall_s)],
        [
            "texts a second of processor time",
            _rate(count, ours.processor_s),
            _rate(count, theirs.processor_s),
            _ratio(theirs.processor_s, ours.processor_s),
        ],
    ]
    return Table("Throughput", ["", "encoder", "sentence-transformers float32", "ratio"], rows)


def _agreement(cosines: Sequence[float]) -> Table:
    return Table("Cosine", ["", "mean", "least"], [["to the reference", mean(cosines), min(cosines)]])


def _rate(count: int, seconds: float) -> str | None:
    return f"{count / seconds:.1f}" if seconds else None


def _ratio(theirs: float, ours: float) -> float | None:
    return theirs / ours if ours else None
