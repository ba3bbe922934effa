"""The public contract (对外契约): every request, response and event as other programs see it, in JSON.

Field names here are stable: fields may be added, never renamed or removed. Requests refuse unknown fields; responses
may grow, so a reader must ignore what it does not know. Dates are ISO ``YYYY-MM-DD``, spans are half-open
``[start, end)`` counted in characters (Unicode code points), money never appears as a float.

``Assistant`` is what the API and the command line need from the service, so that both stay thin.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Protocol

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from corpus.vocabulary import NATION, DateBasis, DocumentKind, EffectLevel, Shelf, State

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Span = tuple[int, int]
"""Half-open character span, e.g. ``[3, 7]`` in JSON."""

RequestId = str | int | None
"""A caller's own mark for a request of a batch, returned unchanged."""


def parse_day(value: object) -> object:
    """Read a calendar day (日期) strictly: ``2026-08-15``; a day that does not exist is refused with its text."""
    if not isinstance(value, str):
        if value is None or isinstance(value, dt.date):
            return value
        raise PydanticCustomError("bad_date", "日期须写作 YYYY-MM-DD 的文字，例如 2026-08-15")
    text = value.strip()
    if not _ISO_DAY.fullmatch(text):
        raise PydanticCustomError("bad_date", "日期“{given}”须写作 YYYY-MM-DD，例如 2026-08-15", {"given": text[:40]})
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("bad_date", "日期“{given}”不存在", {"given": text}) from None


def first_control_character(text: str, allowed: str = "\n\t") -> tuple[int, str] | None:
    """Position (from 0) and ``U+XXXX`` name of the first control character or lone surrogate, or None."""
    for position, char in enumerate(text):
        if char not in allowed and unicodedata.category(char) in ("Cc", "Cs"):
            return position, f"U+{ord(char):04X}"
    return None


def _refuse_control_characters(text: str, allowed: str) -> None:
    found = first_control_character(text, allowed)
    if found:
        position, name = found
        raise PydanticCustomError(
            "control_character",
            "第 {position} 个字符是控制字符 {name}，请删去后重试",
            {"position": position + 1, "name": name},
        )


def _check_question(text: str) -> str:
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise PydanticCustomError("blank", "内容为空，请写出要查询的问题")
    _refuse_control_characters(text, "\n\t")
    return text


def _check_document_text(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("blank", "内容为空，请给出要核对的文字")
    _refuse_control_characters(text, "\r\n\t\f")
    return text


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Day = Annotated[dt.date, BeforeValidator(parse_day)]
Question = Annotated[str, AfterValidator(_check_question)]
DocumentText = Annotated[str, AfterValidator(_check_document_text)]
OptionalDay = Annotated[
    dt.date | None,
    BeforeValidator(parse_day),
    BeforeValidator(_blank_is_none),
    Field(description="适用日期，默认今天。The day whose law is asked for (act date); today when absent."),
]
_Name = Annotated[str, Field(max_length=200)]  # the bound stands inside: one put on an optional text meets its None
Region = Annotated[
    _Name | None,
    AfterValidator(lambda v: v if v is None else _check_question(v).strip()),
    BeforeValidator(_blank_is_none),
    Field(
        description="地区，如 宁波市；含国家与上级规定，不含其他地方的规定。缺省时依问题所提地区，再依设置。"
        "Region, with the rules of what it lies in and nobody else's; absent: the place the question names, then the "
        "setting."
    ),
]
ShelfChoice = Annotated[
    Shelf | None,
    BeforeValidator(_blank_is_none),
    Field(
        description="只查一个书架：法规、实务或案例；缺省时依法规作答，另附实务与案例材料。"
        "Limit to one shelf; absent: law, with material of the other two beside it."
    ),
]
Law = Annotated[
    _Name | None,
    AfterValidator(lambda v: v if v is None else _check_question(v).strip()),
    BeforeValidator(_blank_is_none),
    Field(description="只查这一部法，全称或通行简称。Limit to one law, by full title or common short name."),
]


class Request(BaseModel):
    """Base of requests: frozen, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Response(BaseModel):
    """Base of responses: frozen, unknown fields ignored so that an older client reads a newer server."""

    model_config = ConfigDict(frozen=True, extra="ignore")


# ---- search ------------------------------------------------------------------------------------------------


class SearchRequest(Request):
    """A search (检索): a question or key words, with the filters."""

    question: Question = Field(description="问题或关键词。Question or key words.")
    as_of: OptionalDay = None
    region: Region = None
    law: Law = None
    level: EffectLevel | None = Field(default=None, description="只查这一效力位阶。Limit to one effect level.")
    shelf: ShelfChoice = None
    top_k: int = Field(default=10, ge=1, le=1000, description="最多返回几条。Number of results.")


class Cell(Response):
    """One cell of a table's row (单元格) with the name of its column."""

    column: str
    text: str


class SearchResult(Response):
    """One article found (检索结果), dated and sourced."""

    law: str = Field(description="文件全称。Full title as officially written.")
    article: str = Field(description="条号，如所印：第三十三条。Article label as printed.")
    citation: str = Field(description="规范引用：《…》第…条。Canonical citation.")
    text: str = Field(description="原文，逐字。Verbatim words: the article, or the matching part of a long one.")
    score: float = Field(description="相关度，仅用于同一次检索内比较。Comparable within one response only.")
    status: State = Field(description="适用日期当日的状态。State on the as-of day.")
    effective_from: dt.date | None = Field(default=None, description="施行日期。Commencement of this text.")
    level: EffectLevel = Field(description="效力位阶。Effect level.")
    region: str = Field(description="适用地区。Region; 国家 for national law.")
    document_id: str
    passage_id: str
    provision_id: str
    heading: str = Field(default="", description="编章节。Headings above, joined by ›.")
    highlights: list[Span] = Field(default_factory=list, description="命中词在 text 中的位置。Spans in text.")
    published: dt.date | None = Field(default=None, description="公布日期。Publication date.")
    effective_from_basis: DateBasis = Field(default=DateBasis.UNKNOWN, description="施行日期的依据。")
    effective_until: dt.date | None = Field(default=None, description="失效日期（当日起不再有效）。First day after.")
    note: str | None = Field(default=None, description="提示，如 其后已修改。A remark on validity.")
    shelf: Shelf = Field(default=Shelf.LAW, description="书架。Shelf.")
    kind: DocumentKind | None = Field(default=None, description="文件种类。Kind of document.")
    weight: str = Field(default="", description="分量，如 参考案例，不是法律依据。What it counts for.")
    place: str = Field(default="", description="在来源文件中的位置，如 第12页。Place in the source file.")
    page: int | None = Field(default=None, description="页码，自 1 起。Page, from 1.")
    ocr: bool = Field(default=False, description="文字由图片识别，引用前请核对原件。Read from a picture.")
    cells: list[Cell] = Field(default_factory=list, description="表格行的各单元格。Cells of a table's row.")
    warnings: list[str] = Field(default_factory=list, description="引用前须知。What to know before citing it.")


class Material(SearchResult):
    """A case, a row of a benchmark or list, or guidance (参考材料) that matches a question; never the basis."""

    key: str = Field(description="标记，与 sentences[].citations 同一体系。Key, of the same kind as a citation's.")
    quote: str = Field(description="逐字引文，必为 text 的连续片段。Verbatim substring of text.")
    cites: list[str] = Field(
        default_factory=list, description="所引条文中与答复相同者。Provisions of the answer it cites."
    )


class SearchResponse(Response):
    """Answer to a search."""

    id: RequestId = None
    question: str
    as_of: dt.date
    results: list[SearchResult] = Field(default_factory=list)
    materials: list[Material] = Field(
        default_factory=list, description="相近的案例与实务材料，不限书架时才有。Near cases and practice material."
    )
    regions: list[str] = Field(default_factory=list, description="所查规定的地区。Regions whose rules were seen.")
    latency_ms: float = Field(description="服务端用时，毫秒。Time inside the service, milliseconds.")
    dense_ready: bool = Field(description="语义检索是否已就绪。Whether dense retrieval took part.")
    notes: list[str] = Field(default_factory=list, description="提示。Remarks on how the question was read.")


# ---- ask ---------------------------------------------------------------------------------------------------


class AskRequest(Request):
    """A question (提问) to be answered with citations."""

    question: Question = Field(description="问题。The question.")
    as_of: OptionalDay = None
    region: Region = None
    law: Law = None
    shelf: ShelfChoice = None


class Sentence(Response):
    """One sentence of an answer (答复语句) with the keys of the citations that support it."""

    text: str
    citations: list[str] = Field(default_factory=list, description="citations[].key")


class AnswerCitation(Response):
    """A provision that an answer rests on (答复所引条文)."""

    key: str
    law: str
    article: str
    quote: str = Field(description="逐字引文，必为条文原文的连续片段。Verbatim substring of the provision.")
    status: State
    document_id: str
    citation: str
    level: EffectLevel
    effective_from: dt.date | None = None
    heading: str = ""
    provision_id: str
    text: str = Field(description="整条原文。The full article.")
    note: str | None = None
    region: str = Field(default=NATION, description="适用地区。Region; 国家 for national law.")
    place: str = Field(default="", description="在来源文件中的位置，如 第12页。Place in the source file.")
    page: int | None = Field(default=None, description="页码，自 1 起。Page, from 1.")
    ocr: bool = Field(default=False, description="文字由图片识别，引用前请核对原件。Read from a picture.")


class Removed(Response):
    """Something the grounding check (依据核验) took out of a drafted answer, and why."""

    text: str
    reason: str


class StandardLink(Response):
    """A discretion standard that a question on the sum of a fine is about (裁量标准), to be opened at the desk."""

    key: str = Field(description="裁量标准编号，裁量核查各接口通用。Key of the standard at the desk.")
    title: str = Field(description="违法行为标题。Heading of the violation.")
    document: str = Field(description="所在裁量基准。Title of the benchmark.")
    document_id: str
    region: str
    place: str = Field(default="", description="在来源文件中的位置，如 第35页。Place in the source file.")
    page: int | None = Field(default=None, description="页码，自 1 起。Page, from 1.")
    stale: bool = Field(default=False, description="所引依据已废止或修改。Its cited basis was repealed or amended.")
    note: str = Field(default="", description="依据有何变动。What became of its basis.")


class CuratedMark(Response):
    """That an answer was written and approved by legal staff (审定答复), and when."""

    id: str
    title: str
    approved_on: dt.date = Field(description="审定日期。Day of approval.")
    by: str = Field(description="审定人的角色，不写姓名。Role of who approved it, never a name.")


class AskResponse(Response):
    """An answer (答复), or a refusal with the nearest passages."""

    id: RequestId = None
    question: str
    as_of: dt.date
    refused: bool = Field(description="语料中没有依据时为 true。True when nothing held supports an answer.")
    answer: str = Field(description="整篇答复，纯文本。The whole answer as plain text.")
    sentences: list[Sentence] = Field(default_factory=list)
    citations: list[AnswerCitation] = Field(default_factory=list)
    nearest: list[SearchResult] = Field(default_factory=list, description="拒答时最接近的条文。Nearest on refusal.")
    materials: list[Material] = Field(
        default_factory=list,
        description="相近的案例、裁量基准、清单与指引，仅供参考，不是依据。Near material; no basis of the answer.",
    )
    standards: list[StandardLink] = Field(
        default_factory=list,
        description="问及罚多少时，相应的裁量标准，可在裁量核查中计算。Standards for a question on the sum of a fine.",
    )
    regions: list[str] = Field(default_factory=list, description="所查规定的地区。Regions whose rules were seen.")
    notes: list[str] = Field(default_factory=list)
    model: str | None = Field(default=None, description="撰写答复的模型；null 为原文编排。Writing model or null.")
    removed: list[Removed] = Field(default_factory=list)
    curated: CuratedMark | None = Field(
        default=None, description="审定答复的标记；null 为系统编排的答复。Mark of a curated answer, or null."
    )
    latency_ms: float = 0.0


# ---- citations ---------------------------------------------------------------------------------------------


class CiteRequest(Request):
    """Text whose citations are to be read and resolved (引用核对)."""

    text: DocumentText = Field(description="含有引用的文字。Text with citations.")
    as_of: OptionalDay = None
    region: Region = None


class ParsedCitation(Response):
    """A citation as found in a text (所见引用)."""

    text: str = Field(description="原样。As written.")
    start: int
    end: int
    citation: str = Field(description="规范写法。Canonical form before resolution.")


class CiteResult(Response):
    """What one citation stands for on the day (引用解析结果)."""

    citation: str = Field(description="规范引用。Canonical citation.")
    state: State
    text: str | None = Field(default=None, description="当日原文（款、项引用时为该款、项）。Verbatim, that day.")
    successor: str | None = Field(default=None, description="后继文件或条文。What replaced it.")
    reason: str = Field(default="", description="何以如此判定。Why this state.")
    current_text: str | None = Field(default=None, description="现行原文（state 为 amended 时）。Today's text.")
    note: str | None = Field(default=None, description="提示，如简称的读法。E.g. how a short name was read.")
    law: str | None = None
    article: str | None = None
    effective_from: dt.date | None = None
    effective_until: dt.date | None = None
    document_id: str | None = None
    provision_id: str | None = None
    candidates: list[str] = Field(default_factory=list, description="ambiguous 时的各个可能。Candidates.")
    written: str = Field(default="", description="原样。As written in the text.")
    start: int = Field(default=0, description="在所给文字中的位置。Span of the written citation in the text.")
    end: int = 0


class CiteResponse(Response):
    """All citations of a text, resolved on one day."""

    as_of: dt.date
    parsed: list[ParsedCitation] = Field(default_factory=list)
    results: list[CiteResult] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)


class QuoteCheck(Response):
    """A quotation beside a citation, compared with the stored text (引文核对)."""

    quote: str
    start: int
    end: int
    line: int = Field(description="行号，自 1 起。Line, from 1.")
    verbatim: bool = Field(description="是否逐字见于原文。Whether it is a verbatim part of the provision.")


class CheckedCitation(Response):
    """One citation of a checked document with its place and the quotations that belong to it."""

    line: int = Field(description="行号，自 1 起。Line, from 1.")
    result: CiteResult
    quotes: list[QuoteCheck] = Field(default_factory=list)
    ok: bool = Field(description="现行有效且引文逐字一致。In force and quoted verbatim.")


class CheckResponse(Response):
    """Report on the citations of a whole document (文书引用核对)."""

    as_of: dt.date
    citations: list[CheckedCitation] = Field(default_factory=list)
    counts: dict[State, int] = Field(default_factory=dict)
    ok: bool
    notes: list[str] = Field(default_factory=list)


# ---- reading the corpus --------------------------------------------------------------------------------------


class VersionInfo(Response):
    """One dated text of a document (文本版本)."""

    version_id: str
    published: dt.date | None = None
    effective_from: dt.date | None = None
    effective_from_basis: DateBasis = DateBasis.UNKNOWN
    effective_from_evidence: str = ""
    effective_until: dt.date | None = None
    effective_until_basis: DateBasis = DateBasis.UNKNOWN
    effective_until_evidence: str = ""
    status: State = Field(description="适用日期当日的状态。State on the as-of day.")
    source: str = ""


class DocumentInfo(Response):
    """A document of the corpus (文件) with its versions, oldest first."""

    document_id: str
    law: str
    kind: DocumentKind
    level: EffectLevel
    region: str
    issuer: str | None = None
    number: str | None = Field(default=None, description="文号。Document number.")
    field: str | None = None
    shelf: Shelf = Field(default=Shelf.LAW, description="书架。Shelf.")
    versions: list[VersionInfo] = Field(default_factory=list)


class ProvisionLink(Response):
    """A pointer to a provision (条文链接), enough to show it in a list."""

    provision_id: str
    article: str
    heading: str = ""


class LinkedProvision(Response):
    """A provision of another document that cites this one, or that this one cites (相互引用)."""

    provision_id: str | None = Field(default=None, description="null 为整部文件或当日无此条。Null: the document.")
    document_id: str
    citation: str
    shelf: Shelf
    kind: DocumentKind
    weight: str = ""
    written: str = Field(default="", description="引用原样。The reference as written.")


class DocumentDetail(DocumentInfo):
    """A document with the table of its articles in the version shown."""

    version_id: str | None = Field(default=None, description="所示文本。The version whose articles are listed.")
    articles: list[ProvisionLink] = Field(default_factory=list)


class ProvisionDetail(Response):
    """A whole provision (条文) with its place, its dates and its neighbours."""

    provision_id: str
    document_id: str
    version_id: str
    law: str
    article: str
    citation: str
    text: str
    heading: str = ""
    level: EffectLevel
    region: str
    status: State
    published: dt.date | None = None
    effective_from: dt.date | None = None
    effective_from_basis: DateBasis = DateBasis.UNKNOWN
    effective_from_evidence: str = ""
    effective_until: dt.date | None = None
    effective_until_basis: DateBasis = DateBasis.UNKNOWN
    effective_until_evidence: str = ""
    note: str | None = None
    previous: ProvisionLink | None = None
    next: ProvisionLink | None = None
    shelf: Shelf = Field(default=Shelf.LAW, description="书架。Shelf.")
    kind: DocumentKind | None = Field(default=None, description="文件种类。Kind of document.")
    weight: str = Field(default="", description="分量，如 参考案例，不是法律依据。What it counts for.")
    place: str = Field(default="", description="在来源文件中的位置，如 第12页。Place in the source file.")
    page: int | None = Field(default=None, description="页码，自 1 起。Page, from 1.")
    ocr: bool = Field(default=False, description="文字由图片识别，引用前请核对原件。Read from a picture.")
    cells: list[Cell] = Field(default_factory=list, description="表格行的各单元格。Cells of a table's row.")
    warnings: list[str] = Field(default_factory=list, description="引用前须知。What to know before citing it.")
    cites: list[LinkedProvision] = Field(default_factory=list, description="所引其他文件的条文。What it cites.")
    cited_by: list[LinkedProvision] = Field(default_factory=list, description="引用本条的案例、指引等。Who cites it.")


# ---- health --------------------------------------------------------------------------------------------------


Stage = Literal["starting", "loading", "lexical", "dense", "ready", "failed", "stopped"]
"""Stage of preparation (准备阶段): load of laws, lexical index, dense encoding; then ready."""


HealthStatus = Literal["preparing", "ready", "degraded"]
"""Whether everything works (服务状态): still preparing, ready, or something failed and the rest goes on."""


class IndexStatus(Response):
    """How far the vector index is (索引进度)."""

    points: int = Field(default=0, description="已入索引的片段。Passages in the index.")
    dense_points: int = Field(default=0, description="已有语义向量的片段。Passages with a dense vector.")
    total: int = Field(default=0, description="应入索引的片段。Passages that the index is to hold.")
    encoding: bool = Field(default=False, description="是否正在编码。Whether encoding runs now.")
    rate: float | None = Field(default=None, description="片段/秒。Passages per second.")
    eta: float | None = Field(default=None, description="预计剩余秒数。Seconds left, estimated.")


class Preparation(Response):
    """What the server is doing in the background (后台准备)."""

    stage: Stage
    message: str = Field(description="给人看的一句话。One line for people, Chinese.")
    done: int = 0
    total: int = 0
    error: str | None = Field(default=None, description="出错时的原因与处理办法。What failed, and what to do.")


class Health(Response):
    """State of the running service (服务状态)."""

    status: HealthStatus
    version: str
    corpus: dict[str, int] = Field(default_factory=dict, description="各表行数。Row counts of the store.")
    index: IndexStatus = Field(default_factory=IndexStatus)
    dense_ready: bool = False
    model: str | None = Field(default=None, description="撰写答复的模型；null 为不用模型。Chat model, or null.")
    encoder: str | None = Field(default=None, description="语义编码器。Dense encoder.")
    preparation: Preparation
    today: dt.date = Field(description="服务所认的今天。The day used when none is given.")
    instance: str = Field(default="", description="本次启动的标记。Mark of this run of the service.")
    searchable: bool = Field(default=False, description="全部条文可供检索。Whether everything held can be searched.")


class Liveness(Response):
    """The process answers (存活)."""

    status: Literal["live"] = "live"
    version: str


class Readiness(Response):
    """Everything held can be searched (就绪)."""

    status: Literal["ready"] = "ready"
    dense_ready: bool = Field(description="语义检索是否已就绪。Whether dense retrieval takes part.")


# ---- problems (RFC 9457) ---------------------------------------------------------------------------------------


class FieldProblem(Response):
    """One field that was refused."""

    pointer: str = Field(description="JSON 指针或参数名，如 /as_of。")
    detail: str


class Problem(Response):
    """Problem detail (RFC 9457, ``application/problem+json``), the one error shape of the API."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str = Field(description="稳定的机器用词。Stable machine word of the error family.")
    remedy: str | None = Field(default=None, description="怎么办。What to do next.")
    where: str | None = None
    retryable: bool = False
    errors: list[FieldProblem] = Field(default_factory=list)


# ---- events of a streamed answer -------------------------------------------------------------------------------


class NotesEvent(Response):
    """How the question was read: sent first."""

    event: Literal["notes"] = "notes"
    as_of: dt.date
    notes: list[str] = Field(default_factory=list)


class SentenceEvent(Response):
    """The next sentence of the answer."""

    event: Literal["sentence"] = "sentence"
    sentence: Sentence


class CitationEvent(Response):
    """A citation that sentences refer to by its key."""

    event: Literal["citation"] = "citation"
    citation: AnswerCitation


class RemovedEvent(Response):
    """Something the grounding check took out."""

    event: Literal["removed"] = "removed"
    removed: Removed


class DoneEvent(Response):
    """The end: the whole answer, which is authoritative over what was streamed."""

    event: Literal["done"] = "done"
    response: AskResponse


class ErrorEvent(Response):
    """The answer broke off."""

    event: Literal["error"] = "error"
    problem: Problem


AskEvent = Annotated[
    NotesEvent | SentenceEvent | CitationEvent | RemovedEvent | DoneEvent | ErrorEvent, Field(discriminator="event")
]


class Assistant(Protocol):
    """The service behind every surface (助理服务). Errors are those of ``corpus.errors``.

    ``as_of`` None means today; the service knows today from the callable it was built with. An unknown ``law`` filter
    raises InvalidInput, an unknown id raises NotFound.
    """

    def search(self, request: SearchRequest) -> SearchResponse: ...

    def ask(self, request: AskRequest) -> AskResponse: ...

    def ask_stream(self, request: AskRequest) -> Iterator[AskEvent]: ...

    def cite(self, request: CiteRequest) -> CiteResponse: ...

    def check_citations(self, text: str, as_of: dt.date | None = None) -> CheckResponse: ...

    def documents(self, as_of: dt.date | None = None) -> list[DocumentInfo]: ...

    def document(self, document_id: str, as_of: dt.date | None = None) -> DocumentDetail: ...

    def provision(self, provision_id: str, as_of: dt.date | None = None) -> ProvisionDetail: ...


class Operations(Protocol):
    """What the API needs besides answers: the state of the process and its background work (运行管理)."""

    def health(self) -> Health: ...

    def index_status(self) -> IndexStatus: ...

    def rebuild_index(self) -> Preparation:
        """Start a rebuild in the background and return at once; one that runs already goes on."""
        ...


def to_json(model: BaseModel) -> dict[str, Any]:
    """Plain JSON values of a contract model."""
    return model.model_dump(mode="json")
