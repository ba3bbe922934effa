"""Sums that a case gives (计算基数): round, and in keeping with whatever its own words say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from random import Random

from assistant.discretion.contract import BoundsInfo
from assistant.quiz.makers.records.facts import holds
from corpus.discretion.labels import one_range

_SUMS = tuple(Decimal(n) for n in (20000, 30000, 50000, 80000, 120000, 150000, 200000, 360000, 500000, 800000))
_LARGE = tuple(Decimal(n) for n in (1200000, 2000000, 3000000, 5000000, 8000000))
_SMALL = tuple(Decimal(n) for n in (600, 800, 1500, 2400, 3000, 4000, 6000, 8000))
_CLAUSE = re.compile(r"[^，；。、]+")
_NOBODYS = BoundsInfo(above_included=False, below_included=False, origin="convention", text="")


def inputs_for(base: str | None, told: Sequence[str], random: Random) -> dict[str, Decimal] | None:
    """A sum for the base that nothing told speaks against; None where that cannot be made sure of."""
    if base is None:
        return {}
    bands = []
    for words in told:
        for clause in _CLAUSE.findall(words):
            if base not in clause:
                continue
            band = one_range(clause)
            if band is not None and band.unit == "元":
                bands.append(band)
            elif re.search(r"[0-9一二三四五六七八九十百千万]", clause.replace(base, "")) or "没有" in clause:
                return None
    sums = [*(_LARGE if re.search(r"投资|造价|工程", base) else _SUMS)]
    sums += list(_SMALL) if bands else []
    fitting = [s for s in sums if all(holds(band, s, _NOBODYS) for band in bands)]
    return {base: random.choice(fitting)} if fitting else None
