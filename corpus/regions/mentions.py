"""Places named in running text (文中地名), as officers speak: 宁波沿街饭店…, 新乡有公司…, 河南省内…, 浙江这边.

A place name inside another word is none (大理石, 宁波市场 is 宁波), nor is one in a street, a dish or an institution
(南阳路, 兰州拉面, 上海合作组织). Names that are also ordinary words (来宾, 日照) count only where the words around say
that a place is meant.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

import rjieba

from corpus.regions.lineage import Chain, chain_at, shorter
from corpus.regions.table import RegionLevel

_LISTED = tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))
_GENERIC = frozenset(_LISTED["generic"])
_WORDS = frozenset(_LISTED["words"])
_STREET = r"[东西南北中前后内外]*(?:路|街|大街|大道|巷|弄|胡同|门|桥|立交|高架|隧道|广场|大厦|花园|公园|村)"
_FOOD = r"菜|烤鸭|拉面|火锅|小吃|小面|炒饭|热干面|米线|米粉|肠粉|扒鸡|火腿|老窖|酒|茶|石|玉|瓜|瓷"
_OTHERS = (
    r"话|牌|版|籍|口音|银行|晚报|日报|大学|合作组织|协定|会议|共识|公报|条约|公约|议定书|号|产的|特产|证券|期货|"
    r"人(?![民大社防行员才])"
)
_NO_PLACE = re.compile(rf"{_STREET}|{_FOOD}|{_OTHERS}")
_PLACE_AFTER = re.compile(
    r"[市县区]?(?:这边|那边|这里|本地|当地|境内|辖区|辖内|城区|市区|县城|市内|省内|区内|县里|市里|区里|城里|一家|有家|有一|有个|某)"
)
_PLACE_BEFORE = re.compile(r"(?:^|[，。、；：？！,.;:?!\s“《（(]|[在从到去于]|我们|咱们|咱|我|请问|想问)$")


@dataclass(frozen=True, slots=True)
class RegionMention:
    """A place in a text: ``text[start:end]`` and the regions it may mean as ``Document.region`` names them.

    One name is certain; several are places of one name (鼓楼区) between which the text does not decide.
    """

    start: int
    end: int
    text: str
    regions: tuple[str, ...]

    @property
    def region(self) -> str | None:
        """The region, None while several are possible."""
        return self.regions[0] if len(self.regions) == 1 else None


def find_regions(text: str) -> list[RegionMention]:
    """Every place named in ``text``, in order; spans are half-open and do not overlap."""
    edges = _edges(text)
    found: list[RegionMention] = []
    at = 0
    while at < len(text):
        chain = _place_at(text, at, edges)
        if chain is None:
            at += 1
            continue
        regions = tuple(r.title for r in chain.regions)
        found.append(RegionMention(chain.start, chain.end, text[chain.start : chain.end], regions))
        at = chain.end
    return _decided(found)


def _edges(text: str) -> frozenset[int]:
    """Where words begin and end, by the dictionary alone."""
    edges, at = {0}, 0
    for word in rjieba.cut(text, False):
        at += len(word)
        edges.add(at)
    return frozenset(edges)


def _place_at(text: str, at: int, edges: frozenset[int]) -> Chain | None:
    if at not in edges:
        return None
    chain = chain_at(text, at)
    while chain is not None and chain.end not in edges and chain.links == 1:
        chain = shorter(text, chain)
    return chain if chain is not None and _is_place(text, chain) else None


def _is_place(text: str, chain: Chain) -> bool:
    name = text[chain.start : chain.end]
    if chain.links > 1:
        return True
    if chain.whole:
        return name not in _GENERIC or bool(_PLACE_AFTER.match(text, chain.end))
    if _NO_PLACE.match(text, chain.end):
        return False
    said = bool(_PLACE_AFTER.match(text, chain.end))
    if name in _WORDS:
        return said
    if chain.regions[0].level is not RegionLevel.COUNTY:
        return True
    if len(chain.regions) == 1 and chain.regions[0].name.endswith("市"):
        return said or bool(_PLACE_BEFORE.search(text[: chain.start]))
    return said and len(chain.regions) == 1


def _decided(found: list[RegionMention]) -> list[RegionMention]:
    """Places of one name between which another place of the text decides: 福州…鼓楼区 is 福州市鼓楼区."""
    certain = {m.region for m in found if m.region}
    decided = []
    for mention in found:
        near = tuple(r for r in mention.regions if any(r.startswith(c) and r != c for c in certain))
        regions = near if mention.region is None and len(near) == 1 else mention.regions
        decided.append(RegionMention(mention.start, mention.end, mention.text, regions))
    return decided
