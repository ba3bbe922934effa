"""For whom a tier's fine is, where only the legal basis says so (处罚对象): the unit, or the persons in charge.

A cell prints 处五万元以上七万元以下罚款; that it is for 直接负责的主管人员 stands in the basis of its section.
Where a basis tells units and persons apart, what it says of no person is for the unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpus.discretion.fines import TO_ALL, TO_PERSONS, TO_UNITS
from corpus.discretion.model import Fine, FineKind, LegalRange, Tier

_PERSONS = r"(?:人员|个人|负责人|责任人|法定代表人)"
_SECTION_OF_PERSONS = re.compile(rf"\s*(?:并)?对(?!单位)[^，。；：]*{_PERSONS}[^，。；：]*[，,]?(?:可以|并)?处")
_NAMES_PERSONS = re.compile(rf"对[^，。；：]*{_PERSONS}")
_NAMES_UNIT = re.compile(r"对[^，。；：]{0,12}单位[^，。；：]{0,6}处")
_BOTH_ALIKE = re.compile(r"单位(?:和|及|或者?|、)个人|个人(?:和|及|或者?|、)单位")


def with_parties(tiers: Sequence[Tier], basis_text: str, legal_ranges: Sequence[LegalRange]) -> tuple[Tier, ...]:
    """The tiers, each fine without a party given the one that the basis names for it; unchanged where it names none.

    A sum that also lies in the statute's range for persons keeps no party, unless other tiers name persons: it could
    be for either.
    """
    apart = bool(_NAMES_PERSONS.search(basis_text) or _NAMES_UNIT.search(basis_text))
    unit = TO_UNITS if apart and not _BOTH_ALIKE.search(basis_text) else None
    persons = [r.fine for r in legal_ranges if r.applies_to and re.search(_PERSONS, r.applies_to)]
    if any(name == TO_PERSONS for tier in tiers for name, _ in tier.fines):
        persons = []
    found = []
    for tier in tiers:
        party = TO_PERSONS if _SECTION_OF_PERSONS.match(tier.basis_text) else unit
        could_be_either = party == TO_UNITS and any(_within(f, p) for _, f in tier.fines for p in persons)
        known = {name for name, _ in tier.fines}
        if party is None or could_be_either or TO_ALL not in known or party in known:
            found.append(tier)
            continue
        named = tuple(
            (party if name == TO_ALL and fine.kind is not FineKind.UNREAD else name, fine) for name, fine in tier.fines
        )
        found.append(replace(tier, fines=named))
    return tuple(found)


def _within(fine: Fine, limit: Fine) -> bool:
    """Whether a fine lies in a range of the statute that is counted alike."""
    if not (fine.kind.is_fine and limit.kind.is_fine) or fine.kind.is_ratio is not limit.kind.is_ratio:
        return False
    if fine.base != limit.base or fine.maximum is None:
        return False
    low = limit.minimum or Decimal(0)
    return (fine.minimum or Decimal(0)) >= low and (limit.maximum is None or fine.maximum <= limit.maximum)
