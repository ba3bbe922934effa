"""The region a title names (标题中的地域): 宁波市市容…条例 is 宁波市's, 上海合作组织… nobody's."""

from __future__ import annotations

import re

from corpus.regions.lineage import chain_at
from corpus.regions.table import Region, RegionLevel
from corpus.vocabulary import NATION

# What stands in front of the place: 中国（上海）自由贸易试验区条例
_FREE_TRADE_ZONE = re.compile(r"中国（(?P<place>[^）]{2,8})）自由贸易试验区")
_NATIONAL = re.compile(
    r"中华人民共和国|全国|国务院|最高人民|中国(?!（)|.*?特别行政区(?:基本法|选举|驻军|维护国家安全)|.*(?<!办)法$"
)
# A short name counts where one of these follows: 深圳经济特区…, 浙江舟山群岛新区…, 江苏高院…
_SHORT_BEFORE = re.compile(
    r"经济特区|自由贸易|自贸|国际旅游岛|.{0,6}(?:新区|开发区|示范区|试验区|保税区|高新区)|人大|高院|高级人民法院"
)


def title_regions(title: str) -> tuple[Region, ...]:
    """Every division whose rule a text of this title may be: one, several of one name (鼓楼区…办法), or none."""
    title = "".join(title.split()).replace("(", "（").replace(")", "）").lstrip("《")
    if zone := _FREE_TRADE_ZONE.match(title):
        chain = chain_at(zone["place"], 0)
        return chain.regions if chain is not None else ()
    if _NATIONAL.match(title):
        return ()
    chain = chain_at(title, 0)
    if chain is None:
        return ()
    if (
        chain.whole
        or (chain.links > 1 and chain.regions[0].level is not RegionLevel.COUNTY)
        or _SHORT_BEFORE.match(title, chain.end)
    ):
        return chain.regions
    return ()


def region_of_title(title: str, within: str | None = None) -> str | None:
    """The region a title names as ``Document.region`` has it, None where it names none or cannot be told.

    ``within`` is a region known from elsewhere (浙江省): it decides between places of one name.
    """
    regions = title_regions(title)
    if within is not None and within != NATION and len(regions) > 1:
        regions = tuple(r for r in regions if within in r.titles)
    return regions[0].title if len(regions) == 1 else None
