"""Which regions' rules a place sees (适用地域): the nation's, its province's, its city's, its own, no neighbour's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.errors import InvalidInput
from corpus.regions.table import Divisions, Region, RegionLevel, divisions
from corpus.vocabulary import NATION

_SPACES = str.maketrans("", "", " \t\u3000·")


@dataclass(frozen=True, slots=True)
class Chain:
    """A place as written, ``text[start:end]`` (浙江省宁波市, 宁波, 宁波市鄞州区), and every division that it may name.

    ``links`` counts the names it is made of; ``whole`` tells that the last is written out (宁波市, not 宁波).
    """

    start: int
    end: int
    regions: tuple[Region, ...]
    links: int
    whole: bool


def chain_at(text: str, start: int, known: Divisions | None = None) -> Chain | None:
    """The longest place name that begins at ``start``, higher divisions first; None where none begins."""
    known = known or divisions()
    chain: Chain | None = None
    at = start
    while (link := _link(text, at, chain.regions if chain else None, known)) is not None:
        end, regions, whole = link
        chain = Chain(start, end, regions, chain.links + 1 if chain else 1, whole)
        at = end
    return chain


def shorter(text: str, chain: Chain) -> Chain | None:
    """The same single name without its last character, if that is a name too: 宁波市 → 宁波 (in 宁波市场)."""
    known = divisions()
    short = known.by_short.get(text[chain.start : chain.end - 1]) if chain.links == 1 and chain.whole else None
    return Chain(chain.start, chain.end - 1, preferred(short), 1, False) if short else None


def _link(
    text: str, at: int, above: tuple[Region, ...] | None, known: Divisions
) -> tuple[int, tuple[Region, ...], bool] | None:
    for length in known.lengths:
        name = text[at : at + length]
        if len(name) < length:
            continue
        for names, whole in ((known.by_name, True), (known.by_short, False)):
            found = names.get(name, ())
            if above is not None:
                found = tuple(r for r in found if any(_within(r, a) for a in above))
            if found:
                return at + length, preferred(found), whole
    return None


def _within(region: Region, above: Region) -> bool:
    return len(region.path) > len(above.path) and region.path[: len(above.path)] == above.path


def preferred(regions: Iterable[Region]) -> tuple[Region, ...]:
    """Of several divisions with one name those that exist today, and of these the highest (吉林 is the province).

    Districts of a 直辖市 stand as high as prefectures: 朝阳 stays undecided between 北京市朝阳区 and 朝阳市.
    """
    found = tuple(regions)
    found = tuple(r for r in found if r.until is None) or found
    top = min(len(r.path) for r in found)
    highest = tuple(r for r in found if len(r.path) == top)
    return found if any(r.level is RegionLevel.COUNTY for r in highest) else highest


def regions_named(name: str) -> tuple[Region, ...]:
    """Every division that ``name`` as a whole may name: one, several (鼓楼区), or none."""
    plain = name.translate(_SPACES)
    chain = chain_at(plain, 0)
    return chain.regions if chain is not None and chain.end == len(plain) else ()


def lineage(name: str) -> tuple[str, ...]:
    """The regions whose rules apply at a place, widest first: 宁波 → 国家, 浙江省, 宁波市.

    ``name`` is written out or short (宁波市, 宁波, 浙江宁波, 宁波市鄞州区, 鄞州区, 国家). Raises InvalidInput for an
    unknown place and for a name that several places bear, with the places.
    """
    if name.translate(_SPACES) in (NATION, "全国"):
        return (NATION,)
    regions = regions_named(name)
    if not regions:
        raise InvalidInput(f"不认识的地区“{name}”。", remedy="请写省、市、县（区）的名称，例如“宁波市”“宁波市鄞州区”。")
    if len(regions) > 1:
        places = "、".join(r.title for r in regions)
        raise InvalidInput(f"“{name}”有多处同名：{places}。", remedy="请连同所在的市一起写。")
    return (NATION, *regions[0].titles)
