"""Which documents of a title a text can mean (地域): titles such as 《消防条例》 are borne by many places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from corpus.errors import InvalidInput
from corpus.regions import lineage
from corpus.validity.reading import TextReading
from corpus.vocabulary import NATION, Document, EffectLevel


def meant_by(acting: Document, bearers: Sequence[TextReading]) -> list[TextReading]:
    """Of the texts that bear a title, those that ``acting`` changes or repeals by naming it.

    Its own region's, else those of the places below it (a province repeals a rule of its city); the nation's texts
    mean the nation's only, and never does a text reach up or across. Nor does one reach law or administrative
    regulations from a lower rank, whatever it says of them.
    """
    region = acting.region
    bearers = [r for r in bearers if _within_reach(acting.level, r.facts.document.level)]
    own = [r for r in bearers if r.facts.document.region == region]
    if own or region == NATION:
        return own
    return [r for r in bearers if region in _above(r.facts.document.region)]


def _within_reach(acting: EffectLevel, level: EffectLevel) -> bool:
    return acting.rank <= level.rank or level.rank > EffectLevel.ADMINISTRATIVE_REGULATION.rank


def may_name(region: str, named: TextReading) -> bool:
    """Whether a title read in a text of ``region`` is surely that document: written out with its place, or at home."""
    own = named.facts.document.region
    return region == own or (own != NATION and named.key.startswith(own[:2]))


@lru_cache(maxsize=4096)
def _above(region: str) -> tuple[str, ...]:
    """The regions whose rules apply at a place, without the nation; a place that no table knows stands alone."""
    try:
        return tuple(name for name in lineage(region) if name != NATION)
    except InvalidInput:
        return (region,)
