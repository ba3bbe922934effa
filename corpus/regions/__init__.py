"""Regions (行政区划): which rules a place sees, and which place a title or a question names."""

from corpus.regions.lineage import lineage, regions_named
from corpus.regions.mentions import RegionMention, find_regions
from corpus.regions.table import Region, RegionLevel
from corpus.regions.titles import region_of_title, title_regions

__all__ = [
    "Region",
    "RegionLevel",
    "RegionMention",
    "find_regions",
    "lineage",
    "region_of_title",
    "regions_named",
    "title_regions",
]
