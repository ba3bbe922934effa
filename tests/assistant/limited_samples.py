"""A small world in which any document can be limited: every shelf, records, links, a repeal, an amendment (示例).

``World`` holds it all, or is built as if some documents had never been ingested.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.assembly import assemble_desk, assemble_service
from assistant.contract import Preparation
from assistant.discretion.gate import DeskGate
from assistant.gate import Gate
from assistant.index_slot import IndexSlot
from assistant.readable_views import ReadableViews
from corpus.discretion.model import DiscretionRecords
from corpus.encoders.base import SparseVector
from corpus.index import DenseVector, Hit, IndexPoint, SearchFilter
from corpus.index.base import as_yyyymmdd
from corpus.numerals import format_number
from corpus.store import CorpusStore, DocumentRecord, VersionText
from corpus.store.links import CitationLink, replace_links
from corpus.store.repository import AmendedArticle, passage_digest
from corpus.validity import serving_span
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
from tests.assistant.discretion.records import item, rules, tiered, weighted
from tests.ingest.indexing_samples import Meaning, Words

TODAY = dt.date(2026, 11, 21)
NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
DAY = dt.date(2021, 7, 15)
READY = Preparation(stage="ready", message="就绪")


@dataclass(frozen=True)
class Sample:
    """One document of the world; ``mark`` is a word that stands in its title and in every text and record of it."""

    number: str
    mark: str
    title: str
    texts: tuple[str, ...]
    kind: DocumentKind = DocumentKind.STATUTE
    region: str = NATION
    records: DiscretionRecords = field(default_factory=DiscretionRecords)
    ended_by: str = ""  # number of the document that repeals it on a later day
    warned_of: str = ""  # number of the law that has changed since

    @property
    def id(self) -> str:
        return f"d-{self.number}"

    @property
    def version(self) -> str:
        return f"v-{self.number}"

    def provision(self, n: int = 1) -> str:
        return f"{self.version}/{self.label(n)}"

    def label(self, n: int) -> str:
        return f"第{format_number(n)}条" if self.kind is DocumentKind.STATUTE else f"序号{n}"


def _sample(number: str, mark: str, title: str, *texts: str, **more: object) -> Sample:
    return Sample(number, mark, f"{mark}{title}", tuple(f"{text}（{mark}）" for text in texts), **more)  # type: ignore[arg-type]


def _marked(mark: str) -> DiscretionRecords:
    title = f"未按规定设置{mark}标识"
    return DiscretionRecords(
        (
            weighted(id=f"§1.{mark}", title=title, behaviours=(title,)),
            tiered(id=f"§2.{mark}", title=f"擅自移动{mark}标识", behaviours=(f"擅自移动{mark}标识",)),
        )
    )


STALL = "占用城市道路摆摊经营的，责令改正，处五百元以上二千元以下罚款。"
SAMPLES = (
    _sample("1", "青檀", "城市道路管理条例", "为了管理城市道路，制定本条例。", STALL, ended_by="8"),
    _sample("2", "白榆", "道路摊点条例", "占用城市道路摆摊经营的，处三百元罚款。", region="宁波市"),
    _sample("3", "紫楠", "道路摊点条例", "占用城市道路摆摊经营的，处四百元罚款。", region="浙江省"),
    _sample("4", "赤枫", "占道摆摊案", "某甲占用城市道路摆摊经营，处五百元罚款。", kind=DocumentKind.CASE),
    _sample(
        "5",
        "金橘",
        "城市标识处罚裁量表",
        "占用城市道路摆摊经营，初次处五百元。",
        kind=DocumentKind.BENCHMARK,
        region="宁波市",
        records=_marked("金橘"),
    ),
    _sample(
        "6",
        "银杏",
        "标识处罚裁量表",
        "占用城市道路摆摊经营，再次处一千元。",
        kind=DocumentKind.BENCHMARK,
        region="浙江省",
        records=_marked("银杏"),
    ),
    _sample(
        "7",
        "乌桕",
        "道路摊点执法指引",
        "占用城市道路摆摊经营的，先行教育劝离。",
        kind=DocumentKind.GUIDANCE,
        warned_of="1",
    ),
    _sample("8", "黄杨", "城市道路新条例", "占用城市道路摆摊经营的，处罚款。", "原条例同时废止。"),
    _sample(
        "9",
        "绿柳",
        "标识不予处罚清单",
        "占用城市道路摆摊经营，首次不罚。",
        kind=DocumentKind.EXEMPTION_LIST,
        region="浙江省",
        records=DiscretionRecords(items=(item(violation="未按规定设置绿柳标识"),), remarks=("绿柳保护区内不适用。",)),
    ),
    _sample(
        "10",
        "丹桂",
        "标识裁量规则",
        "丹桂规则。",
        kind=DocumentKind.BENCHMARK,
        region="浙江省",
        records=DiscretionRecords(rules=rules(title="丹桂标识裁量规则", effective=DAY)),
    ),
)
BY_NUMBER = {s.number: s for s in SAMPLES}


def _record(sample: Sample, held: Collection[str]) -> DocumentRecord:
    law = sample.kind is DocumentKind.STATUTE
    level = EffectLevel.NONE if not law else EffectLevel.LOCAL_REGULATION
    level = EffectLevel.ADMINISTRATIVE_REGULATION if law and sample.region == NATION else level
    document = Document(sample.id, sample.title, sample.kind, level, sample.region, issuer=f"{sample.mark}局")
    ender = BY_NUMBER[sample.ended_by] if sample.ended_by in held else None
    end = DatedFact.unknown()
    if ender is not None:
        end = DatedFact(dt.date(2027, 3, 1), DateBasis.REPEALING_TEXT, f"《{ender.title}》第二条")
    validity = Validity(DAY, DatedFact(DAY, DateBasis.OWN_TEXT, "示例"), end)
    version = Version(sample.version, sample.id, validity, f"{sample.mark}.md")
    provisions = [
        Provision(sample.provision(n), sample.version, n, sample.label(n), text, ArticleNumber(n) if law else None)
        for n, text in enumerate(sample.texts, 1)
    ]
    passages = [Passage(f"{p.id}@1", p.id, 0, len(p.text), f"{sample.title} {p.label}\n{p.text}") for p in provisions]
    law_changed = BY_NUMBER[sample.warned_of] if sample.warned_of in held else None
    told = []
    if law_changed is not None:
        message = f"所引用的《{law_changed.title}》已修改。"
        told = [Finding(FindingKind.OLDER_THAN_LAW, Severity.WARNING, sample.version, sample.title, message)]
    text = VersionText(version, sample.title, provisions, passages, told, records=sample.records)
    return DocumentRecord(document, [text])


class MemoryIndex:
    """Every passage compared outright, without rarities: what is hidden cannot tell by the ranks of what is not."""

    def __init__(self, store: CorpusStore) -> None:
        self._meaning, self._points = Meaning(), list(_points(store))
        self.asked: list[SearchFilter] = []

    def search_sparse(self, query: SparseVector, where: SearchFilter, limit: int) -> list[Hit]:
        wanted = dict(zip(query.indices, query.values, strict=True))

        def score(point: IndexPoint) -> float:
            held = zip(point.sparse.indices, point.sparse.values, strict=True)
            return sum(value * wanted.get(index, 0.0) for index, value in held)

        return [hit for hit in self._best(score, where, limit) if hit.score > 0]

    def search_dense(self, query: DenseVector, where: SearchFilter, limit: int) -> list[Hit]:
        def score(point: IndexPoint) -> float:
            assert point.dense is not None
            return float(np.dot(point.dense, query))

        return self._best(score, where, limit)

    def _best(self, score: Callable[[IndexPoint], float], where: SearchFilter, limit: int) -> list[Hit]:
        self.asked.append(where)
        found = [
            Hit(p.passage_id, p.provision_id, p.version_id, p.document_id, score(p))
            for p in self._points
            if where.matches(p)
        ]
        return sorted(found, key=lambda hit: (-hit.score, hit.passage_id))[:limit]


def _points(store: CorpusStore) -> Iterator[IndexPoint]:
    documents = {d.id: d for d in store.documents()}
    versions = {v.id: v for v in store.versions()}
    words, meaning = Words(), Meaning()
    for passage, digest in store.passages():
        version = versions[passage.provision_id.partition("/")[0]]
        document = documents[version.document_id]
        span = serving_span(version.validity) or (dt.date.max, None)
        yield IndexPoint(
            passage_id=passage.id,
            provision_id=passage.provision_id,
            version_id=version.id,
            document_id=document.id,
            digest=digest or passage_digest(passage.index_text),
            level=document.level.value,
            region=document.region,
            shelf=document.kind.shelf.value,
            served_from=as_yyyymmdd(span[0]),
            served_until=as_yyyymmdd(span[1]) if span[1] else 99991231,
            sparse=words.encode_passage(passage.index_text),
            dense=meaning.encode_queries([passage.index_text])[0],
        )


@dataclass(frozen=True)
class World:
    """A store over a copy of ``template`` with some of the samples, and the views of a service over it."""

    store: CorpusStore
    index: MemoryIndex
    views: ReadableViews

    @classmethod
    def of(cls, template: Path, folder: Path, numbers: Collection[str]) -> World:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(template, folder / "corpus.db")
        store = CorpusStore.open(f"sqlite:///{folder / 'corpus.db'}")
        for number in numbers:
            store.save(_record(BY_NUMBER[number], numbers))
        _tie(store, numbers)
        index = MemoryIndex(store)
        slot = IndexSlot()
        slot.put(index)  # type: ignore[arg-type]
        meaning = Meaning()
        desk = assemble_desk(store, lambda: TODAY, dense=lambda: meaning, now=lambda: NOW)
        desk.prepare_meaning()
        service = assemble_service(store, slot, Words(), lambda: meaning, lambda: TODAY, desk=desk)
        views = ReadableViews(store, Gate(lambda: READY), DeskGate(lambda: READY), lambda: READY)
        views.open(service, desk)
        return cls(store, index, views)


def _tie(store: CorpusStore, held: Collection[str]) -> None:
    """The case and the list cite the law's second article; the new law amends it."""
    law = BY_NUMBER["1"]
    if law.number not in held:
        return
    citing = [BY_NUMBER[n] for n in ("4", "9", "5") if n in held]
    replace_links(
        store, [CitationLink(s.provision(), law.id, ArticleNumber(2), f"《{law.title}》第二条") for s in citing]
    )
    if "8" in held:
        changed = AmendedArticle(law.version, ArticleNumber(2), BY_NUMBER["8"].provision(), dt.date(2025, 1, 1))
        store.replace_amended_articles([changed])


def without(numbers: Collection[str]) -> list[str]:
    return [s.number for s in SAMPLES if s.number not in numbers]
