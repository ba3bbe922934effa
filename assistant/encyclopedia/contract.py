"""The encyclopedia's requests and answers (百科契约), as every surface sees them in JSON.

Every word of law is verbatim: a ``text`` with a ``span`` is exactly that part of the provision's text. Ids are stable
and name things in addresses: documents, versions and provisions by their own ids, enforcement items by theirs. Field
names are stable: fields may be added, never renamed or removed.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from pydantic import AfterValidator, BeforeValidator, Field

from assistant.contract import (
    Day,
    LinkedProvision,
    OptionalDay,
    ProvisionDetail,
    ProvisionLink,
    Question,
    Region,
    Request,
    Response,
    SearchResult,
    ShelfChoice,
    Span,
    VersionInfo,
    first_control_character,
)
from corpus.comparison import ChangeKind, EditKind
from corpus.vocabulary import DocumentKind, EffectLevel, Shelf, State


def clean_words(text: str | None) -> str | None:
    """Words without blanks around them; None for none, refused with control characters."""
    if text is None or not text.strip():
        return None
    if found := first_control_character(text, ""):
        raise ValueError(f"第 {found[0] + 1} 个字符是控制字符 {found[1]}，请删去后重试")
    return text.strip()


Bounded = Annotated[str, Field(max_length=200)]
Words = Annotated[
    Bounded | None,
    AfterValidator(clean_words),
    Field(description="字词，空格隔开者须都有。Words, all of which must occur."),
]
Name = Annotated[Bounded | None, AfterValidator(clean_words)]
Limit = Annotated[int, Field(ge=1, le=200, description="最多返回几项。Number of entries.")]
Offset = Annotated[int, Field(ge=0, le=1_000_000, description="从第几项起，自 0 起。First entry, from 0.")]


def _blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


# ---- shelves -----------------------------------------------------------------------------------------------------


class FacetValue(Response):
    """One value of a facet (分面) with the number of entries that have it."""

    value: str = Field(description="用于筛选的值。Value to filter by.")
    label: str = Field(description="给人看的名称。Name for people.")
    count: int


class Facets(Response):
    """Counts of a list by what it can be narrowed by (分面计数); each without the filter on itself."""

    shelf: list[FacetValue] = Field(default_factory=list, description="书架。Shelf.")
    kind: list[FacetValue] = Field(default_factory=list, description="文件种类。Kind of document.")
    field: list[FacetValue] = Field(default_factory=list, description="领域。Field of law.")
    level: list[FacetValue] = Field(default_factory=list, description="效力位阶。Effect level.")
    region: list[FacetValue] = Field(default_factory=list, description="地区。Region.")
    year: list[FacetValue] = Field(default_factory=list, description="公布年份。Year of publication.")
    state: list[FacetValue] = Field(default_factory=list, description="当日效力。State on the day.")
    law: list[FacetValue] = Field(default_factory=list, description="所引法律（案例）。Cited law, of cases.")


class DocumentsRequest(Request):
    """Which documents to list (文件目录筛选)."""

    shelf: ShelfChoice = None
    kind: Annotated[DocumentKind | None, BeforeValidator(_blank), Field(description="文件种类。Kind of document.")] = (
        None
    )
    words: Words = None
    field: Annotated[Name, Field(description="领域，如 行政法、生态环境。Field of law.")] = None
    level: Annotated[EffectLevel | None, BeforeValidator(_blank), Field(description="效力位阶。Effect level.")] = None
    region: Annotated[Name, Field(description="文件的地区，如 国家、广东省。Region of the document itself.")] = None
    year: Annotated[
        Annotated[int, Field(ge=1900, le=2200)] | None,
        BeforeValidator(_blank),
        Field(description="公布年份。Year of publication."),
    ] = None
    state: Annotated[State | None, BeforeValidator(_blank), Field(description="当日状态。State on the day.")] = None
    law: Annotated[Name, Field(description="引用了这部法律的文件，法律的编号。Citing this law, by document id.")] = None
    as_of: OptionalDay = None
    limit: Limit = 50
    offset: Offset = 0


class DocumentEntry(Response):
    """A document in a list (文件)."""

    document_id: str
    title: str
    kind: DocumentKind
    kind_name: str = Field(description="种类的中文名。Kind, in Chinese.")
    shelf: Shelf
    level: EffectLevel
    region: str
    field: str = Field(description="领域；没有写明且不能确定的为 未分类。Field of law.")
    issuer: str | None = None
    number: str | None = Field(default=None, description="文号。Document number.")
    published: dt.date | None = Field(default=None, description="当日文本的公布日期。Publication of the text shown.")
    effective_from: dt.date | None = None
    status: State = Field(description="当日的状态。State on the day.")
    status_name: str = Field(default="", description="状态的中文名。State, in Chinese.")
    versions: int = Field(default=1, description="所存文本数。Number of texts held.")
    weight: str = Field(default="", description="分量，如 参考案例，不是法律依据。What it counts for.")


class DocumentList(Response):
    """Documents of a shelf, with counts per facet (文件目录)."""

    items: list[DocumentEntry] = Field(default_factory=list)
    total: int
    facets: Facets = Field(default_factory=Facets)
    as_of: dt.date


class ShelfOverview(Response):
    """What stands on one shelf (书架概览)."""

    shelf: Shelf
    documents: int
    kinds: list[FacetValue] = Field(default_factory=list)
    fields: list[FacetValue] = Field(default_factory=list)


class Overview(Response):
    """The front page of the encyclopedia (百科首页): the shelves, and how many items there are."""

    as_of: dt.date
    shelves: list[ShelfOverview] = Field(default_factory=list)
    items: int = Field(description="事项数。Number of enforcement items.")
    item_fields: list[FacetValue] = Field(default_factory=list, description="事项的领域。Fields of the items.")


# ---- a document --------------------------------------------------------------------------------------------------


class ContentsNode(Response):
    """A heading (编、分编、章、节) with the articles directly under it and the headings below it."""

    title: str = Field(description="标题，如所印；空为没有标题的开头部分。As printed; empty for what has none.")
    articles: list[ProvisionLink] = Field(default_factory=list)
    children: list[ContentsNode] = Field(default_factory=list)


class DocumentPage(Response):
    """A document with its contents, texts, and how much hangs on it (文件页)."""

    document: DocumentEntry
    as_of: dt.date
    version_id: str | None = Field(default=None, description="所示文本。The text shown.")
    versions: list[VersionInfo] = Field(default_factory=list, description="所存文本，新在前。Newest first.")
    note: str = Field(default="", description="效力的说明。How it stands on the day, in words.")
    contents: list[ContentsNode] = Field(default_factory=list)
    articles: int = 0
    standards: int = Field(default=0, description="所载裁量标准数。Benchmark standards in it.")
    entries: int = Field(default=0, description="所载清单条目数。List entries in it.")
    items: int = Field(default=0, description="由其罚则读出的事项数。Enforcement items read from it.")
    cited_by: int = Field(default=0, description="引用它的案例、指引等的条数。Provisions that cite it.")


class CitingList(Response):
    """What cites a document (引用本文件者)."""

    items: list[CitingProvision] = Field(default_factory=list)
    total: int


class RecordEntry(Response):
    """A benchmark standard or list entry, to be opened at the discretion desk (裁量标准、清单条目)."""

    key: str = Field(description="编号，裁量核查各接口通用。Key at the desk.")
    kind: Literal["standard", "entry"]
    title: str = Field(description="违法行为。The violation.")
    effect: str = Field(default="", description="清单效果，如 不予行政处罚。Effect of a list entry.")
    conditions: list[str] = Field(default_factory=list, description="适用条件。Conditions of a list entry.")
    document: str
    document_id: str
    region: str
    place: str = ""
    page: int | None = None
    stale: bool = Field(default=False, description="所引依据已废止或修改。Its cited basis was repealed or amended.")
    note: str = Field(default="", description="依据有何变动。What became of its basis.")
    why: str = Field(default="", description="何以列出：依据同条，或字词相近。Why it is shown.")
    needs_review: bool = False


class RecordList(Response):
    """The standards and list entries of a document (所载记录)."""

    items: list[RecordEntry] = Field(default_factory=list)
    total: int


# ---- comparison --------------------------------------------------------------------------------------------------


class ComparedArticle(Response):
    """One article on one side (条文一侧); ``marks`` are the words that the other side has not."""

    provision_id: str
    article: str
    heading: str = ""
    text: str
    marks: list[Span] = Field(default_factory=list, description="不同之处在 text 中的位置。Spans that differ.")


class WordEdit(Response):
    """A run of words in both texts, or only in the old (removed) or the new one (added)."""

    kind: EditKind
    text: str


class ArticleComparison(Response):
    """One article in the old and the new text (条文对照); null where a text has no such article."""

    kind: ChangeKind
    kind_name: str = Field(description="变化的中文名。Kind of change, in Chinese.")
    old: ComparedArticle | None = None
    new: ComparedArticle | None = None
    renumbered: bool = Field(default=False, description="条号有变。Stands under another number.")
    edits: list[WordEdit] = Field(default_factory=list)


class Comparison(Response):
    """Two texts of one document side by side (文本对照)."""

    document_id: str
    title: str
    old: VersionInfo
    new: VersionInfo
    counts: dict[ChangeKind, int] = Field(default_factory=dict)
    items: list[ArticleComparison] = Field(default_factory=list)
    total: int = Field(description="所选变化的条数。Number of articles selected.")


class ComparisonRequest(Request):
    """Which texts to compare (文本对照请求); without ``new`` the newest, without ``old`` the one before it."""

    old: Annotated[
        Name, Field(description="旧文本的编号，缺省为新文本的前一文本。Older text; absent: the one before.")
    ] = None
    new: Annotated[Name, Field(description="新文本的编号，缺省为最新。Newer text; absent: the newest.")] = None
    changed_only: bool = Field(default=False, description="不列未变的条文。Leave out what is unchanged.")
    limit: Limit = 50
    offset: Offset = 0


# ---- a provision -------------------------------------------------------------------------------------------------


class Excerpt(Response):
    """Words of a provision (摘录): ``text`` is exactly ``span`` of the provision's text."""

    provision_id: str
    citation: str = Field(description="规范引用，到款、项。Canonical citation, down to paragraph and item.")
    text: str
    span: Span


class ReferenceTarget(Response):
    """What a reference stands for on the day (所指)."""

    citation: str
    document_id: str | None = None
    provision_id: str | None = Field(default=None, description="null：整部文件，或当日无此条。")
    state: State


class Reference(Response):
    """A reference inside a provision (条文内的引用), with its place in the text."""

    start: int
    end: int
    written: str = Field(description="原样。As written.")
    targets: list[ReferenceTarget] = Field(default_factory=list)


class ReferringProvision(Response):
    """An article that names this one (引用本条的条文), with the place where it does."""

    provision_id: str
    document_id: str
    citation: str
    article: str
    written: str
    start: int
    end: int
    sentence: str = Field(description="所在的句子，逐字。The sentence, verbatim.")


class CitingProvision(LinkedProvision):
    """A case, guideline or list that cites a provision, with its words (引用者)."""

    title: str = Field(default="", description="所在文件。Title of its document.")
    excerpt: str = Field(default="", description="原文摘录，逐字。Its words, verbatim, shortened at the end.")
    place: str = ""
    page: int | None = None


class ProvisionVersion(Response):
    """The same article in another text of its document (条文沿革)."""

    version_id: str
    provision_id: str | None = Field(default=None, description="null：该文本没有对应的条文。No such article.")
    article: str = ""
    published: dt.date | None = None
    effective_from: dt.date | None = None
    effective_until: dt.date | None = None
    status: State
    current: bool = Field(default=False, description="即所示文本。The text shown.")
    change: ChangeKind | None = Field(default=None, description="与前一文本相比。Against the text before.")
    change_name: str = ""


class Amendment(Response):
    """An amendment that changed this article (修改本条的修正案、决定)."""

    provision_id: str
    citation: str
    effective: dt.date | None = None


class Surroundings(Response):
    """A provision with everything that hangs on it (条文页)."""

    provision: ProvisionDetail
    as_of: dt.date
    references: list[Reference] = Field(default_factory=list, description="文中引用，可作链接。References in its text.")
    referenced_by: list[ReferringProvision] = Field(default_factory=list, description="指引本条的条文。")
    standards: list[RecordEntry] = Field(default_factory=list, description="以本条为依据的裁量标准。")
    entries: list[RecordEntry] = Field(default_factory=list, description="引用本条的清单条目。")
    cases: list[CitingProvision] = Field(default_factory=list, description="引用本条的案例。")
    practice: list[CitingProvision] = Field(default_factory=list, description="引用本条的其他实务材料。")
    items: list[ItemEntry] = Field(default_factory=list, description="本条所属的事项。Items it belongs to.")
    history: list[ProvisionVersion] = Field(default_factory=list, description="同一条文的各文本，新在前。")
    amendments: list[Amendment] = Field(default_factory=list)


# ---- enforcement items -------------------------------------------------------------------------------------------


class ItemSource(StrEnum):
    """Where an item comes from (事项来源)."""

    LIST = "list"  # 执法事项清单
    LAW = "law"  # read from a penalty article


class SanctionKind(StrEnum):
    """Kinds of penalty and order (处罚与处理种类), as 行政处罚法 art. 9 and the penalty articles name them."""

    WARNING = "警告"
    CRITICISM = "通报批评"
    FINE = "罚款"
    CONFISCATION = "没收"
    SUSPENSION = "暂扣许可证件"
    DOWNGRADE = "降低资质等级"
    REVOCATION = "吊销许可证件"
    RESTRICTION = "限制开展生产经营活动"
    HALT = "责令停产停业"
    CLOSURE = "责令关闭"
    OCCUPATION_BAN = "限制从业"
    DETENTION = "行政拘留"
    CORRECTION = "责令改正"
    OTHER = "其他"


class ItemEntry(Response):
    """An enforcement item in a list (事项)."""

    id: str
    title: str = Field(description="违法行为，法律原文。The act, in the law's own words.")
    source: ItemSource
    law: str = Field(description="罚则所在的法律。Law of the penalty article.")
    document_id: str
    penalty: str = Field(description="罚则，如《…法》第五十四条第一款。Penalty provision.")
    provision_id: str | None = Field(default=None, description="罚则条文。Penalty article.")
    field: str
    region: str
    level: EffectLevel
    sanctions: list[SanctionKind] = Field(default_factory=list)


class ItemsRequest(Request):
    """Which items to list (事项筛选)."""

    words: Words = None
    field: Annotated[Name, Field(description="领域。Field of law.")] = None
    law: Annotated[Name, Field(description="罚则所在的法律，编号或名称。Law of the penalty, by id or name.")] = None
    region: Annotated[Name, Field(description="地区，如 国家、示范市。Region.")] = None
    sanction: Annotated[
        SanctionKind | None, BeforeValidator(_blank), Field(description="处罚或处理的种类。Kind of penalty or order.")
    ] = None
    source: Annotated[
        ItemSource | None, BeforeValidator(_blank), Field(description="事项来源：清单或法律罚则。Where it comes from.")
    ] = None
    as_of: OptionalDay = None
    limit: Limit = 50
    offset: Offset = 0


class ItemFacets(Response):
    """Counts of a list of items (事项分面)."""

    field: list[FacetValue] = Field(default_factory=list)
    law: list[FacetValue] = Field(default_factory=list, description="最多列出 100 部。The 100 with most items.")
    region: list[FacetValue] = Field(default_factory=list)
    sanction: list[FacetValue] = Field(default_factory=list)
    source: list[FacetValue] = Field(default_factory=list)


class ItemList(Response):
    """Enforcement items (事项目录)."""

    items: list[ItemEntry] = Field(default_factory=list)
    total: int
    facets: ItemFacets = Field(default_factory=ItemFacets)
    as_of: dt.date


class Penalty(Response):
    """One consequence of an act (处罚): what is imposed, in which case, on whom, as printed."""

    kinds: list[SanctionKind] = Field(default_factory=list)
    words: Excerpt = Field(description="处罚的原文。The measure.")
    condition: Excerpt | None = Field(default=None, description="另有条件时，如 情节严重的。Condition, if any.")
    authority: Excerpt | None = Field(default=None, description="本句所写机关。Authority this sentence names.")
    amounts: list[Excerpt] = Field(default_factory=list, description="数额、倍数，如所印。Sums and multiples.")
    severe: bool = Field(default=False, description="情节严重、拒不改正等加重情形。A graver case.")


class ListCell(Response):
    """A cell of the list that an item comes from (清单栏目)."""

    column: str
    text: str


class Item(ItemEntry):
    """An enforcement item, read (事项): every part in the words of its law."""

    act: Excerpt | None = Field(default=None, description="违法行为的原文。The act.")
    lead: Excerpt | None = Field(default=None, description="分项所列行为之前的话。Words above a listed act.")
    violated: list[Reference] = Field(default_factory=list, description="所违反的条文（在罚则条文中的位置）。")
    authority: Excerpt | None = Field(default=None, description="处罚机关的原文。Authority.")
    penalties: list[Penalty] = Field(default_factory=list)
    cells: list[ListCell] = Field(default_factory=list, description="清单所载各栏。Columns of the list, if from one.")
    list_document_id: str | None = Field(default=None, description="所出清单。The list it is from.")
    list_provision_id: str | None = Field(default=None, description="清单中的一行。Row of the list.")


class TopicProvision(Response):
    """An article of a topic page (事项页条文) as it stands on the day, with its other texts."""

    role: Literal["penalty", "violated"]
    provision_id: str
    document_id: str
    law: str
    article: str
    citation: str
    text: str
    heading: str = ""
    status: State
    status_name: str = ""
    note: str = ""
    effective_from: dt.date | None = None
    history: list[ProvisionVersion] = Field(default_factory=list)


class RiskKind(StrEnum):
    """What a risk point is about (风险提示种类)."""

    LOST_CASE = "lost_case"  # a decision was revoked, found unlawful or changed
    LISTED = "listed"  # stands in a list of risk points
    STALE_BENCHMARK = "stale_benchmark"  # the benchmark's basis was repealed or amended
    AMENDED = "amended"  # the article was amended, or its text of the day is not the newest
    NOT_IN_FORCE = "not_in_force"
    HEARING = "hearing"  # the penalty needs the offer of a hearing
    CORRECTION_FIRST = "correction_first"  # the order to correct comes first
    CRIME = "crime"  # may be a crime: transfer
    NO_PENALTY = "no_penalty"  # a list or the law says that there may be no penalty


class RiskPoint(Response):
    """Something to look out for, with what says so (风险提示)."""

    kind: RiskKind
    text: str = Field(description="一句提示。One sentence for people.")
    quote: str = Field(default="", description="所据原文，逐字。The words it rests on.")
    citation: str
    provision_id: str | None = None
    document_id: str | None = None
    key: str | None = Field(default=None, description="裁量标准或清单条目的编号。Key at the desk.")


class TopicPage(Response):
    """Everything held on one enforcement item (事项页)."""

    item: Item
    as_of: dt.date
    region: str | None = None
    provisions: list[TopicProvision] = Field(default_factory=list, description="罚则在前，其后为所违反的条文。")
    standards: list[RecordEntry] = Field(default_factory=list, description="裁量标准。")
    entries: list[RecordEntry] = Field(default_factory=list, description="不予处罚、从轻减轻清单条目。")
    cases: list[CitingProvision] = Field(default_factory=list)
    practice: list[CitingProvision] = Field(default_factory=list, description="指引、事项清单等。")
    risks: list[RiskPoint] = Field(default_factory=list)
    documents: list[DocumentEntry] = Field(default_factory=list, description="文书示范文本。Templates.")
    procedure: Procedure
    notes: list[str] = Field(default_factory=list)


# ---- procedure ---------------------------------------------------------------------------------------------------


class TimeUnit(StrEnum):
    """Unit of a time limit (期限单位)."""

    HOUR = "小时"
    DAY = "日"
    MONTH = "月"
    YEAR = "年"


class TimeLimit(Response):
    """A time limit in the words of the law (期限)."""

    words: Excerpt = Field(description="期限的原文，如 七日内。")
    number: int
    unit: TimeUnit
    starts: Excerpt | None = Field(default=None, description="起算的原文，如 自立案之日起。From when, as printed.")
    working: bool | None = Field(
        default=None, description="是否按工作日计；null 为未写明。Working days; null: not stated."
    )
    basis: Excerpt | None = Field(default=None, description="工作日的依据。What says so.")
    note: str = Field(default="", description="如 未写明是工作日还是自然日。")


class ProcedureWords(Response):
    """A sentence of a procedural law that a step rests on (程序规定)."""

    article: str
    heading: str = ""
    words: Excerpt
    limits: list[TimeLimit] = Field(default_factory=list)
    status: State


class ProcedureStep(Response):
    """A step of a procedure (程序步骤) with what the law of the day says about it."""

    name: str
    law: str
    document_id: str
    words: list[ProcedureWords] = Field(default_factory=list)


class ProcedureLaw(Response):
    """A procedural law in the text of the day (程序法)."""

    document_id: str
    title: str
    version_id: str
    published: dt.date | None = None
    effective_from: dt.date | None = None
    status: State
    working_days: list[Excerpt] = Field(default_factory=list, description="关于工作日的规定。Rules on working days.")


class Procedure(Response):
    """Steps and time limits as they stand in the law of the day (程序与期限)."""

    as_of: dt.date
    laws: list[ProcedureLaw] = Field(default_factory=list)
    steps: list[ProcedureStep] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)


class DeadlineRequest(Request):
    """A time limit to be counted (期限计算); ``working`` null where the law does not say."""

    start: Day = Field(description="起算的事由发生之日，当日不计入。Day of the event; it does not count itself.")
    number: int = Field(ge=1, le=3650, description="期限的数目。How many units.")
    unit: TimeUnit = Field(default=TimeUnit.DAY, description="期限单位。Unit.")
    working: bool | None = Field(default=None, description="按工作日计；null 为未写明。Working days; null: not stated.")


class Deadline(Response):
    """The last day of a time limit (届满日), as far as it can be known."""

    due: dt.date | None = Field(default=None, description="届满日；不能确定时为 null。Null where unknown.")
    earliest: dt.date | None = Field(default=None, description="最早的届满日。Not before this day.")
    exact: bool = Field(description="due 是否确定；遇法定节假日、调休可能顺延时为 false。")
    notes: list[str] = Field(default_factory=list)


# ---- search ------------------------------------------------------------------------------------------------------


class ShelfSearchRequest(Request):
    """A search grouped by shelves (分书架检索)."""

    words: Annotated[Question, Field(min_length=1, max_length=500, description="问题或关键词。Question or key words.")]
    as_of: OptionalDay = None
    region: Region = None
    limit: Annotated[int, Field(ge=1, le=50, description="每个书架最多几条。Hits of each shelf.")] = 10


class ShelfHits(Response):
    """What a search found on one shelf (书架命中)."""

    shelf: Shelf
    items: list[SearchResult] = Field(default_factory=list)


class ShelfSearch(Response):
    """A search with its hits by shelf, and the items whose title has the words (分书架检索结果)."""

    words: str
    as_of: dt.date
    shelves: list[ShelfHits] = Field(default_factory=list)
    items: list[ItemEntry] = Field(default_factory=list)
    documents: list[DocumentEntry] = Field(default_factory=list, description="标题相符的文件。By title.")
    notes: list[str] = Field(default_factory=list)


class Suggestion(Response):
    """A completion of what is being typed (输入提示)."""

    kind: Literal["document", "item"]
    id: str
    title: str
    hint: str = Field(default="", description="如 法律 · 现行有效，或罚则。What it is.")


class Encyclopedia(Protocol):
    """What every surface needs from the encyclopedia (百科). Errors are those of ``corpus.errors``.

    ``as_of`` None means today; an unknown id raises NotFound, as does one of a document the person may not read.
    """

    def overview(self, as_of: dt.date | None = None) -> Overview: ...

    def documents(self, request: DocumentsRequest) -> DocumentList: ...

    def document(
        self, document_id: str, version_id: str | None = None, as_of: dt.date | None = None
    ) -> DocumentPage: ...

    def comparison(self, document_id: str, request: ComparisonRequest) -> Comparison: ...

    def citing(self, document_id: str, limit: int = 50, offset: int = 0) -> CitingList: ...

    def records(self, document_id: str, limit: int = 50, offset: int = 0) -> RecordList: ...

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> Surroundings: ...

    def items(self, request: ItemsRequest) -> ItemList: ...

    def item(self, item_id: str, as_of: dt.date | None = None, region: str | None = None) -> TopicPage: ...

    def procedure(self, as_of: dt.date | None = None) -> Procedure: ...

    def deadline(self, request: DeadlineRequest) -> Deadline: ...

    def search(self, request: ShelfSearchRequest) -> ShelfSearch: ...

    def suggest(self, words: str, limit: int = 10) -> list[Suggestion]: ...
