"""Batches (批次): pairs of one law stand together, so that neighbours are told apart, and laws are mixed."""

from __future__ import annotations

import random
from collections.abc import Sequence

from evals.training.pairs import Pair
from ingest.faults.numbering import read_label

CHUNK = 16
"""Pairs of one law that stand together in a batch."""

SPREAD = 5.0
"""How far apart, in articles, pairs of a chunk typically lie when they are drawn from one place of a law."""


def epoch_batches(pairs: Sequence[Pair], size: int, seed: int, *, close: bool) -> list[list[Pair]]:
    """All pairs once, in batches of ``size``; the same seed gives the same batches.

    A chunk comes from one law, with ``close`` also from one place in it, so that a question learns to tell its article
    from the next. Laws with few pairs are joined to the next law's, so no pair is left out and no chunk is short but
    the last.
    """
    order = random.Random(seed)
    by_group: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_group.setdefault(pair.group, []).append(pair)
    line: list[Pair] = []
    for group in order.sample(sorted(by_group), len(by_group)):
        members = order.sample(by_group[group], len(by_group[group]))
        if close:
            place = {id(pair): _number(pair) + order.gauss(0, SPREAD) for pair in members}
            members.sort(key=lambda pair: place[id(pair)])
        line += members
    chunks = [line[start : start + CHUNK] for start in range(0, len(line), CHUNK)]
    order.shuffle(chunks)
    mixed = [pair for chunk in chunks for pair in chunk]
    return [mixed[start : start + size] for start in range(0, len(mixed), size)]


def _number(pair: Pair) -> float:
    label = read_label(pair.key[1])
    return float(label.number) if label is not None else 0.0
