"""A small corpus of all three shelves around a fictional 示范市 (示例): four places, a case, a list, a guide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from corpus.numerals import format_number
from corpus.store import CorpusStore, DocumentRecord, VersionText
from corpus.store.links import CitationLink, replace_links
from corpus.vocabulary import (
    NATION,
    ArticleNumber,
    DateBasis,
    DatedFact,
    Document,
    DocumentKind,
    EffectLevel,
    Finding,
    FindingKind,
    Passage,
    Provision,
    Severity,
    Validity,
    Version,
)

STALL = "占用城市道路摆摊经营的，由城市管理部门责令改正，处五百元以上二千元以下罚款。"
RULES = "示例城市道路管理条例"
CITY_RULES = {
    "宁波市": "宁波市示例道路摊点条例",
    "温州市": "温州市示例道路摊点条例",
    "浙江省": "浙江省示例道路摊点条例",
}
CASE = "某甲占用城市道路摆摊案（示例）"
BENCHMARK = "示范市城市管理行政处罚裁量基准（示例）"
GUIDE = "城市道路摊点执法工作指引（示例）"
OLDER = "本指引早于《示例城市道路管理条例》的现行文本。"


def record(
    title: str,
    texts: Sequence[str],
    *,
    kind: DocumentKind = DocumentKind.STATUTE,
    region: str = NATION,
    labels: Sequence[str] = (),
    retired: dt.date | None = None,
    findings: Sequence[FindingKind] = (),
    **provision: object,
) -> DocumentRecord:
    """A document of one text; articles are numbered unless ``labels`` are given."""
    day = dt.date(2021, 7, 15)
    version_id = f"{title}-v1"
    level = EffectLevel.NONE if kind is not DocumentKind.STATUTE else EffectLevel.LOCAL_REGULATION
    level = EffectLevel.ADMINISTRATIVE_REGULATION if kind is DocumentKind.STATUTE and region == NATION else level
    provisions = []
    for n, text in enumerate(texts, 1):
        label = labels[n - 1] if labels else f"第{format_number(n)}条"
        article = None if labels else ArticleNumber(n)
        made = Provision(f"{version_id}/{label}", version_id, n, label, text, article)
        provisions.append(replace(made, **provision))  # type: ignore[arg-type]
    validity = Validity(day, DatedFact(day, DateBasis.OWN_TEXT, "示例"), DatedFact.unknown())
    version = Version(version_id, title, validity, "made for a test", retired=retired)
    passages = [Passage(f"{p.id}@1", p.id, 0, len(p.text), f"{title} {p.label}\n{p.text}") for p in provisions]
    told = [Finding(found, Severity.WARNING, version_id, title, OLDER) for found in findings]
    return DocumentRecord(
        Document(title, title, kind, level, region), [VersionText(version, title, provisions, passages, told)]
    )


def fill(store: CorpusStore) -> None:
    """Everything, with the case tied to the second article of the national rules."""
    store.save(record(RULES, ["为了管理城市道路，制定本条例。", STALL, "本条例自2021年7月15日起施行。"]))
    for region, title in CITY_RULES.items():
        store.save(record(title, [f"在{region}占用城市道路摆摊经营的，处三百元罚款。"], region=region))
    facts = "某甲占用城市道路摆摊经营，经责令改正拒不改正。"
    case = record(
        CASE, [facts, "处五百元罚款。"], kind=DocumentKind.CASE, labels=["基本案情", "处理结果"], region="温州市"
    )
    store.save(case)
    row = "违法行为：占用城市道路摆摊经营\n裁量幅度：初次处五百元"
    store.save(
        record(
            BENCHMARK,
            [row],
            kind=DocumentKind.BENCHMARK,
            region="示范市",
            labels=["序号1"],
            place="第3页",
            page=3,
            fields=(("违法行为", "占用城市道路摆摊经营"), ("裁量幅度", "初次处五百元")),
        )
    )
    store.save(
        record(
            GUIDE,
            ["占用城市道路摆摊经营的，先行教育劝离。"],
            kind=DocumentKind.GUIDANCE,
            labels=["一、"],
            ocr=True,
            place="第1页",
            page=1,
            findings=[FindingKind.OLDER_THAN_LAW],
        )
    )
    store.save(record("示例旧条例", [STALL], retired=dt.date(2026, 11, 1)))
    replace_links(store, [CitationLink(f"{CASE}-v1/基本案情", RULES, ArticleNumber(2), f"《{RULES}》第二条")])
