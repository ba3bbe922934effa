"""Whose rules a question is about (适用地域): a place sees the nation's rules, its province's and its own.

Pure: the region asked for, the words of the question and the regions held in; the regions to search out, with notes
that tell the officer which rules were looked at and why.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import InvalidInput
from corpus.regions import find_regions, lineage, regions_named
from corpus.vocabulary import NATION

_OF_THE_PLACE = re.compile(
    r"(?:市|省|县|区|当地|地方)(?:里|级)?(?:的|出的|定的|自己的)?.{0,6}(?:条例|办法|规定|法规|规章|细则)"
    r"|(?:本|我|咱|咱们|我们)(?:省|市|县|区|地)(?!场|民)"
)


class Origin(StrEnum):
    """Where the region of a question comes from (地区由来)."""

    GIVEN = "given"  # chosen by the officer
    QUESTION = "question"  # 宁波沿街饭店…
    LAW = "law"  # the title of a local law in the question
    HOME = "home"  # the setting
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a question (适用地域): its own region, and every region whose rules are seen, the nation's included.

    ``named``: the question itself speaks of the place or of its rules. ``has_rules``: the corpus holds rules of the
    place or of what it lies in, below the nation.
    """

    region: str | None = None
    regions: frozenset[str] = frozenset({NATION})
    origin: Origin = Origin.NONE
    named: bool = False
    has_rules: bool = False
    notes: tuple[str, ...] = ()


NATIONWIDE = Place()


def place_of(
    question: str,
    *,
    given: str | None,
    home: str | None,
    of_laws: Iterable[str],
    held: Collection[str],
    with_rules: Collection[str],
) -> Place:
    """The place of a question.

    ``given`` is the region chosen, ``home`` the one of the settings, ``of_laws`` the regions of the laws that the
    question or the filter names, ``held`` the regions (国家 aside) of which the corpus holds documents, ``with_rules``
    those of which it holds law. What is chosen counts before what the question says, and that before the settings; a
    law named by its title is always seen.
    Raises InvalidInput where the region chosen is a name that several places bear.
    """
    notes: list[str] = []
    said = _said(question, held, notes)
    named_laws = list(dict.fromkeys(of_laws))
    laws = [region for region in named_laws if region != NATION]
    if given is not None:
        origin, chains = Origin.GIVEN, [_chosen(given, held, notes)]
    elif said:
        origin, chains = Origin.QUESTION, said
    elif laws:
        origin, chains = Origin.LAW, [_chain(region) for region in laws]
    elif home is not None:
        origin, chains = Origin.HOME, [_chosen(home, held, notes)]
    else:
        origin, chains = Origin.NONE, []
    own = [chain[-1] for chain in chains if chain[-1] != NATION]
    seen = {NATION}.union(*chains, *(_chain(region) for region in laws))
    if origin is not Origin.NONE or not named_laws:
        notes += _told(origin, own, seen, held)
    elsewhere = [chain[-1] for chain in said if chain[-1] not in seen]
    if elsewhere:
        notes.append(f"问题中提到{'、'.join(elsewhere)}，但按所选地区检索。")
    spoken_of = any(chain[-1] in seen for chain in said) or bool(_OF_THE_PLACE.search(question))
    named = bool(laws) or (bool(own) and spoken_of)
    return Place(
        own[0] if len(own) == 1 else None, frozenset(seen), origin, named, bool(seen & set(with_rules)), tuple(notes)
    )


def _chain(region: str) -> tuple[str, ...]:
    """The regions a place sees; a name that no table knows, such as that of a sample, sees the nation and itself."""
    try:
        return lineage(region)
    except InvalidInput:
        return NATION, region


def _chosen(region: str, held: Collection[str], notes: list[str]) -> tuple[str, ...]:
    if region in held or region == NATION:
        return _chain(region)
    try:
        return lineage(region)
    except InvalidInput as error:
        if regions_named(region):
            raise InvalidInput(error.what, where="region", remedy=error.remedy) from None
        notes.append(f"不认识的地区“{region}”，只检索国家规定；请写省、市、县（区）的名称。")
        return (NATION,)


def _said(question: str, held: Collection[str], notes: list[str]) -> list[tuple[str, ...]]:
    """The chains of the places that the question names, without those that others of them lie in."""
    chains = []
    for mention in find_regions(question):
        if mention.region is not None:
            chains.append(_chain(mention.region))
        else:
            notes.append(f"“{mention.text}”有多处同名（{'、'.join(mention.regions)}），未据以确定地区。")
    chains += [(NATION, name) for name in held if name in question and not regions_named(name)]
    return [c for c in dict.fromkeys(chains) if not any(o != c and o[: len(c)] == c for o in chains)]


def _told(origin: Origin, own: list[str], seen: set[str], held: Collection[str]) -> list[str]:
    """What the officer is told of the regions searched."""
    if origin is Origin.NONE:
        return ["未指定地区，只检索国家规定；要查地方规定，请选定地区。"] if held else []
    with_rules = [region for region in _widest_first(seen) if region in held]
    if not with_rules:
        return [f"语料中没有{'、'.join(own)}的地方规定，只检索国家规定。"] if own else []
    rules = "、".join([NATION, *with_rules])
    lacking = [region for region in own if region not in held]
    without = f"（语料中没有{'、'.join(lacking)}本级的规定）" if lacking else ""
    if origin is Origin.QUESTION:
        return [f"问题中提到{'、'.join(own)}，检索{rules}的规定{without}。"]
    if origin is Origin.LAW:
        return [f"所问为{'、'.join(own)}的地方规定，检索{rules}的规定{without}。"]
    if origin is Origin.HOME:
        return [f"按设定的地区检索{rules}的规定{without}。"]
    return [f"检索{rules}的规定{without}。"] if lacking else []


def _widest_first(regions: Iterable[str]) -> list[str]:
    return sorted(regions, key=lambda region: (len(_chain(region)), region))
