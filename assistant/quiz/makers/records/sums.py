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
_BUILT = re.compile(r"(?P<area>[0-9]+(?:\.[0-9]+)?)平方米")
_COST_PER_SQUARE_METRE = tuple(Decimal(n) for n in (1500, 2000, 2500, 3000))
_GOODS = re.compile(
    r"[0-9〇一二两三四五六七八九十百千万](?:余|多)?"
    r"(?:吨|千克|公斤|克|升|毫升|件|批次?|箱|袋|瓶|台|辆|头|只)(?!以[上下])"
)
_OF_BUILDING = re.compile(r"投资|造价|工程")
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
    sums = _fitting_sums(base, told)
    sums += list(_SMALL) if bands else []
    fitting = [s for s in sums if all(holds(band, s, _NOBODYS) for band in bands)]
    return {base: random.choice(fitting)} if fitting else None


def _fitting_sums(base: str, told: Sequence[str]) -> list[Decimal]:
    """Sums that go together with the quantities told: a cost for each square metre; none for goods without a price."""
    words = "；".join(told)
    if _OF_BUILDING.search(base):
        area = _BUILT.search(words)
        if area is None:
            return list(_LARGE)
        return [Decimal(area["area"]) * cost for cost in _COST_PER_SQUARE_METRE]
    return [] if _GOODS.search(words) else list(_SUMS)
