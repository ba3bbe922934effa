"""Stand-ins for the encyclopedia, page pictures and one's own entries: a law in two texts, a case, an item."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assistant.contract import ProvisionLink, SearchResult, VersionInfo
from assistant.encyclopedia.contract import (
    ArticleComparison,
    CitingList,
    CitingProvision,
    ComparedArticle,
    Comparison,
    ComparisonRequest,
    ContentsNode,
    DocumentEntry,
    DocumentList,
    DocumentPage,
    DocumentsRequest,
    Excerpt,
    Facets,
    FacetValue,
    Item,
    ItemEntry,
    ItemFacets,
    ItemList,
    ItemSource,
    ItemsRequest,
    Overview,
    Penalty,
    Procedure,
    ProcedureLaw,
    ProcedureStep,
    ProcedureWords,
    ProvisionVersion,
    RecordEntry,
    RecordList,
    Reference,
    ReferenceTarget,
    ReferringProvision,
    RiskKind,
    RiskPoint,
    SanctionKind,
    ShelfHits,
    ShelfOverview,
    ShelfSearch,
    ShelfSearchRequest,
    Suggestion,
    Surroundings,
    TimeLimit,
    TimeUnit,
    TopicPage,
    TopicProvision,
)
from assistant.favourites.contract import Entry, EntryPage, EntryQuery, EntryRequest
from assistant.page_pictures.contract import PagePicture
from corpus.comparison import ChangeKind
from corpus.errors import NotFound
from corpus.vocabulary import DocumentKind, EffectLevel, Shelf, State

if TYPE_CHECKING:
    from tests.ui.service import FakeService

LAW = "中华人民共和国示例法"
ITEM_ID = "item-1"
ITEM = ItemEntry(
    id=ITEM_ID,
    title="摆摊占用盲道",
    source=ItemSource.LAW,
    law=LAW,
    document_id="doc-0",
    penalty=f"《{LAW}》第二条",
    provision_id="ver-1/第二条",
    field="城市管理",
    region="国家",
    level=EffectLevel.LAW,
    sanctions=[SanctionKind.CORRECTION, SanctionKind.FINE],
)
STANDARD = RecordEntry(
    key="ver-7/2.1",
    kind="standard",
    title="占用盲道（示例）",
    document="示范市裁量基准",
    document_id="doc-7",
    region="示范市",
    place="第35页",
    stale=True,
    note="所引条文已修改。",
    why="依据同条",
)
ENTRY = RecordEntry(
    key="ver-8/1",
    kind="entry",
    title="首次占道并当场改正",
    effect="不予行政处罚",
    conditions=["初次违法", "当场改正"],
    document="示范市免罚清单",
    document_id="doc-8",
    region="示范市",
)
CASE = CitingProvision(
    provision_id="ver-9/全文",
    document_id="doc-9",
    citation="《占用盲道案（示例）》",
    shelf=Shelf.CASE,
    kind=DocumentKind.CASE,
    weight="参考案例，不是法律依据",
    excerpt="法院认为，占用盲道应予处罚。",
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000"
    "000049454e44ae426082"
)


class FakeEncyclopedia:
    """Answers from the invented law of ``FakeService``; ``lists`` remembers what lists were asked for."""

    def __init__(self, service: FakeService) -> None:
        self._service = service
        self.lists: list[DocumentsRequest | ItemsRequest] = []
        self.days: list[dt.date | None] = []
        self.total = 45
        self.finds = True

    def _check(self) -> None:
        self._service._check()

    def overview(self, as_of: dt.date | None = None) -> Overview:
        self._check()
        self.days.append(as_of)
        kinds = [
            FacetValue(value="benchmark", label="裁量基准", count=2),
            FacetValue(value="guidance", label="工作指引", count=1),
        ]
        fields = [
            FacetValue(value="城市管理", label="城市管理", count=20),
            FacetValue(value="食品", label="食品", count=11),
        ]
        return Overview(
            as_of=as_of or self._service.today,
            shelves=[
                ShelfOverview(shelf=Shelf.LAW, documents=31 if self.finds else 0, fields=fields),
                ShelfOverview(shelf=Shelf.PRACTICE, documents=3 if self.finds else 0, kinds=kinds),
                ShelfOverview(shelf=Shelf.CASE, documents=1 if self.finds else 0),
            ],
            items=7,
            item_fields=fields,
        )

    def documents(self, request: DocumentsRequest) -> DocumentList:
        self._check()
        self.lists.append(request)
        items = [
            self._entry(f"doc-{request.offset + n}", f"第{request.offset + n}号样本法") for n in range(request.limit)
        ]
        facets = Facets(
            field=[
                FacetValue(value="城市管理", label="城市管理", count=20),
                FacetValue(value="食品", label="食品", count=11),
            ],
            level=[
                FacetValue(value="法律", label="法律", count=30),
                FacetValue(value="行政法规", label="行政法规", count=1),
            ],
            year=[_facet(str(year), 1) for year in range(2000, 2020)],
        )
        return DocumentList(
            items=items if self.finds else [],
            total=self.total if self.finds else 0,
            facets=facets,
            as_of=self._day(request),
        )

    def document(self, document_id: str, version_id: str | None = None, as_of: dt.date | None = None) -> DocumentPage:
        self._check()
        if document_id not in ("doc-0", "doc-9"):
            raise NotFound(f"没有编号为 {document_id} 的文件。")
        law = document_id == "doc-0"
        nodes = [
            ContentsNode(title="第一章 总则", articles=[_link("第一条")]),
            ContentsNode(
                title="第二章 罚则",
                children=[ContentsNode(title="第一节 一般规定", articles=[_link("第二条"), _link("第三条")])],
            ),
        ]
        versions = [
            VersionInfo(version_id="ver-1", published=dt.date(2021, 1, 22), status=State.IN_FORCE),
            VersionInfo(version_id="ver-0", published=dt.date(1996, 3, 17), status=State.VERSION_NOT_IN_CORPUS),
        ]
        return DocumentPage(
            document=self._entry(document_id, LAW if law else "占用盲道案（示例）", case=not law),
            as_of=as_of or self._service.today,
            version_id=version_id or "ver-1",
            versions=versions if law else versions[:1],
            contents=nodes if law else [ContentsNode(title="", articles=[_link("第一条")])],
            articles=30 if law else 1,
            standards=1 if law else 0,
            entries=1 if law else 0,
            items=1 if law else 0,
            cited_by=1 if law else 0,
        )

    def comparison(self, document_id: str, request: ComparisonRequest) -> Comparison:
        self._check()
        if request.old != "ver-0":
            raise NotFound("没有收录所要对照的文本。")
        old = ComparedArticle(provision_id="ver-0/第二条", article="第二条", text="处一百元罚款。", marks=[(1, 4)])
        new = ComparedArticle(provision_id="ver-1/第二条", article="第三条", text="处五百元罚款。", marks=[(1, 4)])
        added = ComparedArticle(provision_id="ver-1/第三条", article="第三条", text="新增的一条。")
        return Comparison(
            document_id=document_id,
            title=LAW,
            old=VersionInfo(version_id="ver-0", published=dt.date(1996, 3, 17), status=State.VERSION_NOT_IN_CORPUS),
            new=VersionInfo(version_id="ver-1", published=dt.date(2021, 1, 22), status=State.IN_FORCE),
            counts={ChangeKind.CHANGED: 1, ChangeKind.ADDED: 1},
            items=[
                ArticleComparison(kind=ChangeKind.CHANGED, kind_name="修改", old=old, new=new, renumbered=True),
                ArticleComparison(kind=ChangeKind.ADDED, kind_name="新增", new=added),
            ],
            total=2,
        )

    def citing(self, document_id: str, limit: int = 50, offset: int = 0) -> CitingList:
        self._check()
        return CitingList(items=[CASE], total=1)

    def records(self, document_id: str, limit: int = 50, offset: int = 0) -> RecordList:
        self._check()
        return RecordList(items=[STANDARD, ENTRY], total=2)

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> Surroundings:
        detail = self._service.provision(provision_id, as_of)
        reference = Reference(
            start=0,
            end=2,
            written=detail.text[:2],
            targets=[
                ReferenceTarget(
                    citation=f"《{LAW}》第一条", document_id="doc-0", provision_id="ver-1/第一条", state=State.IN_FORCE
                )
            ],
        )
        referring = ReferringProvision(
            provision_id="ver-1/第三条",
            document_id="doc-0",
            citation=f"《{LAW}》第三条",
            article="第三条",
            written="前条",
            start=0,
            end=2,
            sentence="前条规定的罚款，由城市管理部门决定。",
        )
        history = [
            ProvisionVersion(
                version_id="ver-1", provision_id=provision_id, article="第二条", status=State.IN_FORCE, current=True
            ),
            ProvisionVersion(version_id="ver-0", provision_id="ver-0/第二条", article="第二条", status=State.REPEALED),
        ]
        return Surroundings(
            provision=detail,
            as_of=as_of or self._service.today,
            references=[reference],
            referenced_by=[referring],
            standards=[STANDARD],
            entries=[ENTRY],
            cases=[CASE],
            items=[ITEM],
            history=history,
        )

    def items(self, request: ItemsRequest) -> ItemList:
        self._check()
        self.lists.append(request)
        facets = ItemFacets(sanction=[_facet("罚款", 5), _facet("警告", 2)])
        found = [ITEM] if self.finds else []
        return ItemList(items=found, total=len(found), facets=facets, as_of=self._day(request))

    def item(self, item_id: str, as_of: dt.date | None = None, region: str | None = None) -> TopicPage:
        self._check()
        if item_id != ITEM_ID:
            raise NotFound(f"没有编号为 {item_id} 的事项。")
        self.days.append(as_of)
        fine = Excerpt(
            provision_id="ver-1/第二条", citation=f"《{LAW}》第二条", text="五百元以上二千元以下罚款", span=(0, 12)
        )
        provision = self._service.provision("ver-1/第二条")
        return TopicPage(
            item=Item(
                **ITEM.model_dump(),
                authority=fine.model_copy(update={"text": "城市管理部门"}),
                penalties=[Penalty(kinds=[SanctionKind.FINE], words=fine, severe=True)],
            ),
            as_of=as_of or self._service.today,
            region=region,
            provisions=[
                TopicProvision(
                    role=role,
                    provision_id=provision.provision_id,
                    document_id="doc-0",
                    law=LAW,
                    article="第二条",
                    citation=provision.citation,
                    text=provision.text,
                    status=State.IN_FORCE,
                )
                for role in ("penalty", "violated")
            ],
            standards=[STANDARD],
            entries=[ENTRY],
            cases=[CASE],
            risks=[RiskPoint(kind=RiskKind.HEARING, text="较大数额罚款须告知听证权利。", citation=f"《{LAW}》第三条")],
            documents=[self._entry("doc-5", "责令改正通知书（示范文本）")],
            procedure=self._procedure(),
        )

    def procedure(self, as_of: dt.date | None = None) -> Procedure:
        return self._procedure()

    def search(self, request: ShelfSearchRequest) -> ShelfSearch:
        self._check()
        result = SearchResult(
            law=LAW,
            article="第二条",
            citation=f"《{LAW}》第二条",
            text=self._service.text,
            score=1.0,
            status=State.IN_FORCE,
            level=EffectLevel.LAW,
            region="国家",
            document_id="doc-0",
            passage_id="ver-1/第二条@1",
            provision_id="ver-1/第二条",
            highlights=[(0, 2)],
        )
        found = self.finds
        return ShelfSearch(
            words=request.words,
            as_of=request.as_of or self._service.today,
            shelves=[ShelfHits(shelf=s, items=[result] if found and s is Shelf.LAW else []) for s in Shelf],
            items=[ITEM] if found else [],
            documents=[self._entry("doc-0", LAW)] if found else [],
        )

    def suggest(self, words: str, limit: int = 10) -> list[Suggestion]:
        self._check()
        return [
            Suggestion(kind="document", id="doc-0", title=LAW, hint="法律 · 现行有效"),
            Suggestion(kind="item", id=ITEM_ID, title=ITEM.title, hint=ITEM.penalty),
        ]

    # ---- values ----------------------------------------------------------------------------------------------------

    def _day(self, request: DocumentsRequest | ItemsRequest) -> dt.date:
        return request.as_of or self._service.today

    def _entry(self, document_id: str, title: str, *, case: bool = False) -> DocumentEntry:
        return DocumentEntry(
            document_id=document_id,
            title=title,
            kind=DocumentKind.CASE if case else DocumentKind.STATUTE,
            kind_name="案例" if case else "法律法规规章",
            shelf=Shelf.CASE if case else Shelf.LAW,
            level=EffectLevel.NONE if case else EffectLevel.LAW,
            region="国家",
            field="城市管理",
            published=dt.date(2021, 1, 22),
            status=State.IN_FORCE,
            versions=2,
            weight="参考案例，不是法律依据" if case else "",
        )

    def _procedure(self) -> Procedure:
        def words(text: str) -> Excerpt:
            return Excerpt(provision_id="ver-1/第三条", citation=f"《{LAW}》第三条", text=text, span=(0, len(text)))

        day = TimeUnit.DAY
        limits = [
            TimeLimit(words=words("七日内"), number=7, unit=day, working=True, basis=words("二日、七日指工作日")),
            TimeLimit(words=words("十日内"), number=10, unit=day, note="未写明是工作日还是自然日。"),
        ]
        rests_on = ProcedureWords(
            article="第三条", words=words("应当在七日内送达。"), limits=limits, status=State.IN_FORCE
        )
        law = ProcedureLaw(document_id="doc-0", title=LAW, version_id="ver-1", status=State.IN_FORCE)
        step = ProcedureStep(name="送达", law=LAW, document_id="doc-0", words=[rests_on])
        return Procedure(as_of=self._service.today, laws=[law], steps=[step])


class FakePictures:
    """A picture of one point; ``missing`` says that no original is kept."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int | None]] = []
        self.missing = False
        self.marked = True

    def picture(self, provision_id: str, page: int | None = None) -> PagePicture:
        self.asked.append((provision_id, page))
        if self.missing:
            raise NotFound("没有留存 PDF 原件，不能显示页面图像。", remedy="请看条文文字。")
        return PagePicture(PNG, page or 35, (35, 36), self.marked)


class FakeMine:
    """Remembers what was opened."""

    def __init__(self) -> None:
        self.opened: list[EntryRequest] = []

    def note_opened(self, request: EntryRequest) -> Entry:
        self.opened.append(request)
        return _kept(request)

    def recent(self, query: EntryQuery) -> EntryPage:
        return EntryPage(items=[_kept(r) for r in reversed(self.opened)], total=len(self.opened))

    def favourites(self, query: EntryQuery) -> EntryPage:
        return EntryPage(items=[], total=0)


def _kept(request: EntryRequest) -> Entry:
    return Entry(kind=request.kind, id=request.id, title=request.title, at=dt.datetime(2026, 11, 21, tzinfo=dt.UTC))


def _link(article: str) -> ProvisionLink:
    return ProvisionLink(provision_id=f"ver-1/{article}", article=article)


def _facet(value: str, count: int, label: str = "") -> FacetValue:
    return FacetValue(value=value, label=label or value, count=count)
