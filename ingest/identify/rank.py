"""Who made a text and what rank it has (制定机关、效力位阶): by title and history; the path where they say nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.regions import Region, title_regions
from corpus.regions.lineage import chain_at
from corpus.vocabulary import NATION, EffectLevel
from ingest.identify.history import outside_quotes

_CONGRESS = re.compile(
    r"第?[一二三四五六七八九十]{1,3}届(?:全国)?人(?:民代表大会|大)|人民代表大会(?:常务委员会)?|人大(?:常委会)?"
)
_LOCAL_ORDER = re.compile(
    r"人民政府(?:令|公告)?第?\s*\d*号?令?|(?:市|省|区|州|县)?政府(?:第[^，。]{1,12}次)?(?:常务)?会议|政府令"
)
_STATE_COUNCIL = re.compile(r"国务院(?![^、，。\s]{1,12}(?:部|局|署|委员会|办公室|办)令)")
_MINISTRY_ORDER = re.compile(
    r"(?:部|委员会|委|总局|局|署|人民银行|银监会|证监会|保监会|办公室)(?:、[^，。]{2,60})?(?:令|公告)?(?:第?[\d一二三四五六七八九十]+号)|(?:部|总局|署|委员会)令"
)
_NATIONAL_ORGAN = re.compile(
    r"(?:国家|中国)[\u4e00-\u9fff]{2,14}(?:局|署|会)(?=[、令公第])|总署|总局(?=[、令公第])|[\u4e00-\u9fff]{2,12}部(?=、|令|公告)"
)
_COURT = re.compile(r"最高人民(?:法院|检察院)")
_COURT_ACT = re.compile(r"审判委员会|检察委员会|法释〔|高检发释字|司法解释")
_NATIONAL_CONGRESS = re.compile(r"全国人(?:民代表大会|大)|中国人民政治协商会议第一届")
_NATIONAL_TITLE = re.compile(r"(?<!办)(?:法|法典)(?:（[^）]*）)?$|^中华人民共和国宪法")
_RULE_TITLE = re.compile(r"(?:条例|办法|规定|细则|规则|规程|决定|决议)(?:（[^）]*）)?$")
_NORMATIVE_TITLE = re.compile(
    r"(?:通知|意见|公告|通告|批复|复函|函|方案|纲要|规划|指引|指南|手册|要点|清单|目录|名录)(?:（[^）]*）)?$"
)
_ORDINANCE = re.compile(r"条例(?:（[^）]*）)?$")  # no 规章 may be called so (规章制定程序条例第七条)
_LAW_FIELDS = ("宪法相关法", "民法商法", "行政法", "经济法", "社会法", "刑法", "诉讼与非诉讼程序法")
_PATH_LEVELS = (
    ("司法解释", EffectLevel.JUDICIAL_INTERPRETATION),
    ("行政法规", EffectLevel.ADMINISTRATIVE_REGULATION),
    ("部门规章", EffectLevel.DEPARTMENTAL_RULE),
    ("地方政府规章", EffectLevel.LOCAL_RULE),
    ("政府规章", EffectLevel.LOCAL_RULE),
    ("地方性法规", EffectLevel.LOCAL_REGULATION),
    ("地方法规", EffectLevel.LOCAL_REGULATION),
    ("规范性文件", EffectLevel.NORMATIVE_DOCUMENT),
    *((name, EffectLevel.LAW) for name in (*_LAW_FIELDS, "民法典", "宪法", "法律")),
)


@dataclass(frozen=True, slots=True)
class Rank:
    """Level, region (as ``Document.region`` has it), issuer; ``told`` is False where only the path says the level."""

    level: EffectLevel
    region: str
    issuer: str | None
    told: bool


def rank_of(title: str, annotation: str, path: str) -> Rank:
    """The rank of a text by title and head (``annotation``); ``path`` decides only what they leave open."""
    folders = tuple(reversed(path.replace("\\", "/").split("/")[:-1]))
    annotation = outside_quotes(annotation)
    place = _region(title, annotation, folders)
    level, told = _level(title, annotation, place)
    if level is None:
        level = _level_of_path(folders, title)
    if level in _NATIONAL:
        place = None
    region = place.title if place is not None else NATION
    return Rank(level, region, _issuer(title, annotation, level, place), told)


def field_of_path(path: str) -> str | None:
    """The branch of law (法律部门) that a folder names."""
    return next((part for part in reversed(path.replace("\\", "/").split("/")[:-1]) if part in _LAW_FIELDS), None)


_NATIONAL = frozenset(
    {
        EffectLevel.CONSTITUTION,
        EffectLevel.LAW,
        EffectLevel.ADMINISTRATIVE_REGULATION,
        EffectLevel.DEPARTMENTAL_RULE,
        EffectLevel.JUDICIAL_INTERPRETATION,
    }
)


def _level(title: str, annotation: str, place: Region | None) -> tuple[EffectLevel | None, bool]:
    if _COURT.match(title) or _COURT_ACT.search(annotation):
        return EffectLevel.JUDICIAL_INTERPRETATION, True
    if re.match(r"(?:中华人民共和国)?宪法(?:修正案)?(?:（|$)", title):
        return EffectLevel.CONSTITUTION, True
    if place is not None:
        if _CONGRESS.search(annotation) or _CONGRESS.search(title):
            return EffectLevel.LOCAL_REGULATION, True
        if _LOCAL_ORDER.search(annotation) and not _NORMATIVE_TITLE.search(title):
            return EffectLevel.LOCAL_RULE, True
        if _ORDINANCE.search(title):
            return EffectLevel.LOCAL_REGULATION, True
        return (EffectLevel.NORMATIVE_DOCUMENT, True) if _NORMATIVE_TITLE.search(title) else (None, False)
    if _NATIONAL_CONGRESS.search(annotation) or _NATIONAL_TITLE.search(title):
        return EffectLevel.LAW, True
    if _STATE_COUNCIL.search(annotation) or title.startswith("国务院"):
        normative = _NORMATIVE_TITLE.search(title) and "令" not in annotation
        return (EffectLevel.NORMATIVE_DOCUMENT if normative else EffectLevel.ADMINISTRATIVE_REGULATION), not normative
    if _MINISTRY_ORDER.search(annotation) and _RULE_TITLE.search(title):
        return EffectLevel.DEPARTMENTAL_RULE, True
    if _ORDINANCE.search(title) and not title.startswith("中国共产党"):
        return EffectLevel.ADMINISTRATIVE_REGULATION, True
    return None, False


def _level_of_path(folders: tuple[str, ...], title: str) -> EffectLevel:
    for folder in folders:
        for name, level in _PATH_LEVELS:
            if name in folder:
                return level
    return EffectLevel.NORMATIVE_DOCUMENT


def _region(title: str, annotation: str, folders: tuple[str, ...]) -> Region | None:
    """The place of a text: of its title, else of who adopted it, else of the folder."""
    below = [c.regions[0] for folder in folders if (c := chain_at(folder, 0)) is not None and len(c.regions) == 1]
    named = title_regions(title)
    if len(named) > 1:
        near = [r for r in named if any(b.path[0] == r.path[0] for b in below) or _adopted_in(annotation, r)]
        named = tuple(near) if len(near) == 1 else ()
    if named:
        return named[0]
    national = _NATIONAL_CONGRESS.search(annotation) or _STATE_COUNCIL.search(annotation[:200])
    if national or _COURT.match(title) or _NATIONAL_ORGAN.search(annotation):
        return None
    adopted = _adopter(annotation)
    if adopted is not None:
        return adopted
    return below[0] if below and not _NATIONAL_TITLE.search(title) else None


def _adopter(annotation: str) -> Region | None:
    """The place whose congress or government adopted the text, by the first line that names one."""
    for match in re.finditer(
        r"(?P<place>[\u4e00-\u9fff]{2,24}?)(?:第[^届，。]{1,4}届)?(?:人民代表大会|人大|人民政府)", annotation
    ):
        place = re.sub(r"^.*[日经由的]", "", match["place"])
        chain = chain_at(place, 0)
        if chain is not None and chain.whole and len(chain.regions) == 1:
            return chain.regions[0]
    return None


def _adopted_in(annotation: str, region: Region) -> bool:
    return any(name in annotation for name in region.path[:-1])


def _issuer(title: str, annotation: str, level: EffectLevel, place: Region | None) -> str | None:
    """Who made the text (制定机关), where title or history name the organ."""
    if level is EffectLevel.JUDICIAL_INTERPRETATION:
        organs = [o for o in ("最高人民法院", "最高人民检察院") if o in title or o in annotation]
        if not organs and "审判委员会" in annotation:
            organs = ["最高人民法院"]
        return "、".join(organs) or None
    if place is None and _NATIONAL_CONGRESS.search(annotation):
        first = re.search(r"全国人(?:民代表大会|大)(?P<standing>常务委员会|常委会)?", annotation)
        return "全国人民代表大会常务委员会" if first and first["standing"] else "全国人民代表大会"
    if level is EffectLevel.ADMINISTRATIVE_REGULATION:
        return "国务院"
    organ = re.match(
        r"(?P<organ>[\u4e00-\u9fff、]{2,40}?(?:人民代表大会常务委员会|人民代表大会|人民政府办公厅|人民政府办公室|人民政府|委员会|总局|[部局厅署院]))(?=关于|印发|办公)",
        title,
    )
    if organ:
        return organ["organ"]
    if level is EffectLevel.LOCAL_REGULATION and place is not None and _CONGRESS.search(annotation):
        organ = re.search(r"人民代表大会(?P<standing>常务委员会)?|人大(?P<short>常委会)?", annotation)
        standing = "常务委员会" if organ and (organ["standing"] or organ["short"]) else ""
        return f"{(_adopter(annotation) or place).name}人民代表大会{standing}"
    if level is EffectLevel.LOCAL_RULE and place is not None and "政府" in annotation:
        return f"{place.name}人民政府"
    ministry = re.search(r"(?P<organ>[\u4e00-\u9fff]{2,24}?(?:部|委员会|总局|局|署|银行))(?:令|公告)", annotation)
    return re.sub(r"^.*日", "", ministry["organ"]) if ministry else None
