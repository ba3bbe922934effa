"""Authorities, as facts (主管机关): who punishes an act, and who is in charge of a field in the whole country."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.encyclopedia.limits import sentences
from assistant.quiz.contract import Point
from assistant.quiz.makers.values.model import Fact, Organ
from assistant.quiz.makers.values.scenes import Scene
from assistant.quiz.makers.values.text import quote_at
from assistant.quiz.makers.values.wording import stands_alone
from corpus.vocabulary import Provision

_PREFIX = re.compile(
    r"(?:国务院|(?:省级|市级|县级|设区的市级?|省、自治区、直辖市|所在地)?(?:以上)?(?:地方)?(?:各级)?人民政府)(?=[^，。；]{2})"
)
_VAGUE = re.compile(
    r"有关|相关|主管机关$|^主管部门$|^(?:其|原|上级|本级|同级|所在|任免|发证|审批|批准|登记|许可|监督管理)|人民政府$|^部门|"
    r"行政机关|执法(?:部门|机关|机构)|负有|负责|规定的|授权|指定|职责|职权|的|各级|人民法院|检察院|军"
)
_SEVERAL = re.compile(
    r"(?:部门|机关|机构|海关|政府|局)(?:、|和|或者|或|以及|及其)|"
    r"(?:、|和|或者|以及)[^，]{0,20}?(?:部门|机关|机构)和"
)
_RENAMED = re.compile(
    r"工商|质量技术监督|产品质量监督|质量监督|食品药品监督|环境保护|国土|土地|安全生产监督|卫生计生|计划生育|人口|物价|测绘|海洋|"
    r"建设行政|建设主管|新闻出版|劳动行政|劳动保障|铁道|旅游主管|文化主管|文化行政|版权|农业行政|农业主管|林业|草原|电力管理|信息产业|"
    r"商品检验|监察|技术监督|房产|渔政|矿产|卫生行政|银行业监督|保险监督|广播|畜牧|兽医|粮食行政"
)
"""Bodies that were merged or renamed since many laws were written: asking for their name would teach an old one."""
_SHARED = re.compile(r"各自|职责分工|按照职责|依职权|会同|联合|或者|以及|和[^，]{0,16}(?:部门|机关)")
_MANAGES = re.compile(r"(?:监督管理|行政主管|主管|行政|管理)?(?:部门|机关|机构)$")
_MOST = 44
_CHARGE = re.compile(
    r"(?P<organ>国务院[^，。；、（）]{2,18}?(?:部门|机关|机构))(?P<rest>(?:统一)?(?:主管|负责)(?P<what>全国[^，。；]{2,36}?工作))[。，；]"
)
FAMILIES: tuple[tuple[str, str], ...] = (
    ("市场监督", r"市场监督|食品安全|药品|知识产权|专利|商标|反垄断|标准化|计量|认证|价格|特种设备|广告|竞争"),
    ("生态环境", r"生态环境|环境|核安全|辐射"),
    ("自然资源", r"自然资源|土地|矿产|规划|地质|测绘|海洋|林|草|野生|湿地|公园"),
    ("应急", r"应急|安全生产|消防|矿山|煤矿|地震|灾|危险化学"),
    ("公安", r"公安|治安|移民|出入境|国家安全|边防|海警|保密|密码|反恐|禁毒|武器|枪"),
    ("人社", r"人力资源|社会保险|劳动|就业|公务员|退役"),
    ("卫生", r"卫生|疾病|医疗|医药|中医|献血|血"),
    ("农业", r"农|渔|畜|兽|种子|动物|植物|粮|饲料"),
    ("住建", r"住房|城乡建设|建筑|建设|城市管理|市容|燃气|人民防空|规划"),
    ("交通", r"交通|公路|海事|铁路|民用航空|邮政|港|航|船|海上|道路"),
    ("文旅", r"文化|旅游|广播|出版|电影|版权|文物|网信|互联网|电视|体育|语言"),
    ("教育", r"教育|学位|语言|学前|科学|科技"),
    ("财金", r"财政|税|审计|海关|金融|银行|证券|保险|外汇|资产|会计|统计|预算"),
    ("经济", r"商务|发展改革|能源|工业|电信|信息|电力|煤炭|粮|烟草|节能|价格|循环|电子|对外"),
    ("水", r"水|河|流域|防洪|气象"),
    ("民政", r"民政|宗教|民族|慈善|司法|档案|殡|律师|公证|退役|残|老"),
)


def family_of(body: str) -> frozenset[str]:
    """The branches of government that a body's name may belong to (职能系统)."""
    return frozenset(name for name, words in FAMILIES if re.search(words, body))


def stem_of(body: str) -> str:
    """What a body is called after: 生态环境 of 生态环境主管部门."""
    return _MANAGES.sub("", body)


def _told(organ: Organ, words: str) -> bool:
    """Whether words give the body away."""
    stem = stem_of(organ.body)
    return organ.body[:4] in words or (len(stem) > 1 and stem in words)


def organ_of(words: str) -> Organ | None:
    """The authority that words name; None where it is vague, shared, or bears a name of the past."""
    if _VAGUE.search(words) or _SEVERAL.search(words) or _RENAMED.search(words) or len(words) > 34:
        return None
    prefix = _PREFIX.match(words)
    body = words[prefix.end() :] if prefix else words
    if len(body) < 4 or not family_of(body) or _VAGUE.search(body):
        return None
    return Organ(prefix.group() if prefix else "", body)


def read_punishing(provision: Provision, scene: Scene) -> Iterator[Fact]:
    """Who orders and punishes in a scene without a case of its own."""
    text = provision.text
    if scene.authority is None or scene.case:
        return
    start, end = scene.authority
    organ = organ_of(text[start:end])
    does = re.split(r"[，、；](?:并)?(?:可以)?由|，?(?:并)?对其?直接负责", text[end : scene.measure[1]])[0]
    if organ is None or text[start - 1 : start] != "由" or _SHARED.search(does[:16]) or "拘留" in does:
        return  # who takes people into custody nobody has to be asked
    if len(does) > _MOST:
        does = does.split("，")[0]
    if len(does) > _MOST or not stands_alone(f"由{does}") or _told(organ, f"{scene.words}{does}"):
        return
    yield Fact(
        point=Point.AUTHORITY,
        provision=provision,
        quotes=scene.quotes,
        subject=scene.act,
        before=f"{scene.words}，由",
        after=does,
        whole=(start, end),
        answers=((start, end),),
        value=organ,
        breach=scene.breach,
    )


def read_in_charge(provision: Provision) -> Iterator[Fact]:
    """国务院…部门负责全国…工作."""
    text = provision.text
    for start, end in sentences(text):
        found = _CHARGE.match(text, start, end)
        if found is None:
            continue
        organ = organ_of(found["organ"])
        if organ is None or stem_of(organ.body) in found["rest"] or family_of(organ.body) & family_of(found["what"]):
            continue
        yield Fact(
            point=Point.AUTHORITY,
            provision=provision,
            quotes=(quote_at(text, start),),
            subject=found.span("what"),
            before="",
            after=found["rest"],
            whole=found.span("organ"),
            answers=(found.span("organ"),),
            value=organ,
        )
