"""The one vocabulary (术语表): every noun that the packages, the API and the screens share.

Frozen values and closed enumerations only; nothing here reads a file, a clock or a model. Dates are inclusive on
the left and exclusive on the right: a version is in force on day ``d`` when ``commencement <= d < end``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

NATION = "国家"


class EffectLevel(StrEnum):
    """Effect level (效力位阶) of a document, named as the national law database names it."""

    CONSTITUTION = "宪法"
    LAW = "法律"
    ADMINISTRATIVE_REGULATION = "行政法规"
    LOCAL_REGULATION = "地方性法规"
    DEPARTMENTAL_RULE = "部门规章"
    LOCAL_RULE = "地方政府规章"
    NORMATIVE_DOCUMENT = "规范性文件"
    JUDICIAL_INTERPRETATION = "司法解释"
    NONE = "参考资料"  # cases, guidance, lists, standards: no effect level of their own

    @property
    def rank(self) -> int:
        """Order of precedence, 1 highest (立法法 arts. 98–102); 司法解释 stands beside 法律."""
        return _RANKS[self]


_RANKS: dict[EffectLevel, int] = {
    EffectLevel.CONSTITUTION: 1,
    EffectLevel.LAW: 2,
    EffectLevel.JUDICIAL_INTERPRETATION: 2,
    EffectLevel.ADMINISTRATIVE_REGULATION: 3,
    EffectLevel.LOCAL_REGULATION: 4,
    EffectLevel.DEPARTMENTAL_RULE: 4,
    EffectLevel.LOCAL_RULE: 5,
    EffectLevel.NORMATIVE_DOCUMENT: 6,
    EffectLevel.NONE: 9,
}


class Shelf(StrEnum):
    """The three shelves (书架) on which every document stands; only what stands on 法规 is law."""

    LAW = "法规"
    PRACTICE = "实务"
    CASE = "案例"


class DocumentKind(StrEnum):
    """What a document is (文件种类), independent of its rank."""

    STATUTE = "statute"  # 法律、法规、规章: an ordinary text with articles
    AMENDMENT = "amendment"  # 修正案, e.g. 刑法修正案（十二）
    AMENDING_DECISION = "amending_decision"  # 修改决定, e.g. 关于修改《食品安全法》的决定
    INTERPRETATION = "interpretation"  # 立法解释
    DECISION = "decision"  # 决定, 决议 that stand on their own
    CASE = "case"  # 指导案例、典型案例
    GUIDANCE = "guidance"  # 工作指引、意见、手册、通知
    TEMPLATE = "template"  # 文书示范文本
    STANDARD = "standard"  # 国家标准、行业标准、技术规范
    CATALOGUE = "catalogue"  # 名录、目录: tables that law refers to
    ITEM_LIST = "item_list"  # 执法事项清单
    RISK_LIST = "risk_list"  # 违法风险点清单
    BENCHMARK = "benchmark"  # 裁量基准、裁量表
    EXEMPTION_LIST = "exemption_list"  # 不予处罚、从轻减轻清单

    @property
    def shelf(self) -> Shelf:
        """Where a document of this kind stands (书架)."""
        if self is DocumentKind.CASE:
            return Shelf.CASE
        return Shelf.LAW if self in _LAW_KINDS else Shelf.PRACTICE


_LAW_KINDS = frozenset(
    {
        DocumentKind.STATUTE,
        DocumentKind.AMENDMENT,
        DocumentKind.AMENDING_DECISION,
        DocumentKind.INTERPRETATION,
        DocumentKind.DECISION,
    }
)

KIND_ZH: dict[DocumentKind, str] = {
    DocumentKind.STATUTE: "法律法规规章",
    DocumentKind.AMENDMENT: "修正案",
    DocumentKind.AMENDING_DECISION: "修改决定",
    DocumentKind.INTERPRETATION: "立法解释",
    DocumentKind.DECISION: "决定、决议",
    DocumentKind.CASE: "案例",
    DocumentKind.GUIDANCE: "工作指引",
    DocumentKind.TEMPLATE: "文书示范文本",
    DocumentKind.STANDARD: "标准、技术规范",
    DocumentKind.CATALOGUE: "名录、目录",
    DocumentKind.ITEM_LIST: "执法事项清单",
    DocumentKind.RISK_LIST: "违法风险点清单",
    DocumentKind.BENCHMARK: "裁量基准",
    DocumentKind.EXEMPTION_LIST: "免罚清单",
}


class DateBasis(StrEnum):
    """Where a date comes from (日期来源); no date is stored without one."""

    OWN_TEXT = "own_text"  # 本法自2026年8月15日起施行
    AMENDING_DECISION = "amending_decision"  # 本决定自2025年12月1日起施行
    REPEALING_TEXT = "repealing_text"  # 《…法》同时废止, in another law
    SUCCESSOR_TEXT = "successor_text"  # a newer version of the same document took over
    SOURCE_ROW = "source_row"  # the date column of the source, where the text does not contradict it
    NOT_BEFORE = "not_before"  # a bound: the sources show only that it was not earlier (新文本公布之日)
    NOT_AFTER = "not_after"  # a bound: the sources show only that it was not later (另一文件当日已引用)
    NOT_LAW = "not_law"  # a case or guidance: it needs no commencement; a day is that from which it replaces another
    UNKNOWN = "unknown"  # the sources held do not say


@dataclass(frozen=True, slots=True)
class DatedFact:
    """One legal date with its proof: the day (or None when unknown), its basis, and the words that show it.

    ``evidence`` is a citation or a short description, e.g. ``《中华人民共和国生态环境法典》第一千二百四十二条``.
    """

    day: dt.date | None
    basis: DateBasis
    evidence: str = ""

    @classmethod
    def unknown(cls, why: str = "") -> DatedFact:
        return cls(None, DateBasis.UNKNOWN, why)


class SourceStatus(StrEnum):
    """Status as the source prints it (来源标注的时效性); never trusted alone, see ``corpus.validity``."""

    IN_FORCE = "现行有效"
    NOT_YET_IN_FORCE = "尚未生效"
    AMENDED = "已被修改"
    SUPERSEDED = "历史版本"
    REPEALED = "已废止"
    UNSTATED = "未标注"


class State(StrEnum):
    """State of a citation on a day (引用状态): the closed set of the public contract."""

    IN_FORCE = "in_force"
    AMENDED = "amended"  # in force on that day, text changed since: both shown
    NOT_YET_IN_FORCE = "not_yet_in_force"
    REPEALED = "repealed"
    VERSION_NOT_IN_CORPUS = "version_not_in_corpus"  # in force that day, its text of that day is not held
    NO_SUCH_ARTICLE = "no_such_article"
    GAP_IN_SOURCE = "gap_in_source"
    NOT_IN_CORPUS = "not_in_corpus"
    AMBIGUOUS = "ambiguous"


STATE_ZH: dict[State, str] = {
    State.IN_FORCE: "现行有效",
    State.AMENDED: "当日有效，其后已修改",
    State.NOT_YET_IN_FORCE: "尚未施行",
    State.REPEALED: "已废止",
    State.VERSION_NOT_IN_CORPUS: "当日文本未收录",
    State.NO_SUCH_ARTICLE: "无此条文",
    State.GAP_IN_SOURCE: "来源缺失该条",
    State.NOT_IN_CORPUS: "语料未收录",
    State.AMBIGUOUS: "指向不唯一",
}


@dataclass(frozen=True, slots=True, order=True)
class ArticleNumber:
    """Number of an article (条): ``第一百三十三条之一`` is ``ArticleNumber(133, 1)``; ``insertion`` 0 means none."""

    number: int
    insertion: int = 0


@dataclass(frozen=True, slots=True)
class ProvisionPath:
    """Place below the article (款项目), all counted from 1; None means "the whole"."""

    paragraph: int | None = None  # 款
    item: int | None = None  # 项
    subitem: int | None = None  # 目


WHOLE_ARTICLE = ProvisionPath()


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference to law (引用): document title as officially written, article, and place below it.

    ``title`` is the official full title (``中华人民共和国行政处罚法``) once resolved, or the words as written before.
    ``article`` None cites the whole document. ``label`` carries units without number (``条目一``, ``附件``).
    Canonical text: ``《中华人民共和国行政处罚法》第三十三条第一款`` (``corpus.citations.format``).
    """

    title: str
    article: ArticleNumber | None = None
    path: ProvisionPath = WHOLE_ARTICLE
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Validity:
    """Validity in time (时间效力) of one version: when it was published, commences and ends, with proofs.

    ``first_commencement`` is the day the document itself (not this text of it) first commenced, where its text
    says so (本法自1995年6月1日起施行 in a text published in 2018). ``commencement`` is that of this text.
    """

    published: dt.date | None
    commencement: DatedFact
    end: DatedFact
    source_status: SourceStatus = SourceStatus.UNSTATED
    first_commencement: DatedFact = field(default_factory=DatedFact.unknown)


@dataclass(frozen=True, slots=True)
class Document:
    """A work of law (文件) through all its versions: one title, one rank, one issuer, one region."""

    id: str
    title: str
    kind: DocumentKind
    level: EffectLevel
    region: str = NATION  # 国家, or a province, city or county by its full name
    issuer: str | None = None  # 制定机关
    number: str | None = None  # 文号
    field: str | None = None  # 法律部门, as the source sorts it


@dataclass(frozen=True, slots=True)
class Version:
    """One dated text of a document (文本版本).

    ``source_effective`` is the source's own commencement column as delivered, often that of the first enactment; it
    is kept so that validity can be derived again when other texts arrive, and is never served as a date.
    ``annotation`` is the adoption history printed under the title (题注). A text is withheld, kept but never served,
    once it is ``retired`` (its file is gone) or ``shadowed_by`` another text of the same day that is served instead.
    """

    id: str
    document_id: str
    validity: Validity
    source: str  # where the text was read: package and version, or file
    source_effective: dt.date | None = None
    annotation: str = ""  # 题注
    retired: dt.date | None = None  # the day its last source was removed
    shadowed_by: str | None = None  # id of the version served in its place

    @property
    def withheld(self) -> bool:
        """Whether the text is kept but never served."""
        return self.retired is not None or self.shadowed_by is not None


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings above a provision (编、分编、章、节), as printed; None where the level is absent."""

    part: str | None = None  # 编
    subpart: str | None = None  # 分编
    chapter: str | None = None  # 章
    section: str | None = None  # 节

    def __str__(self) -> str:
        return " › ".join(h for h in (self.part, self.subpart, self.chapter, self.section) if h)


@dataclass(frozen=True, slots=True)
class Provision:
    """The unit of citation (条): one article of one version, quoted verbatim.

    ``text`` is what may be quoted: the source's own characters after certain white-space repairs (joined lines,
    stray blanks). ``source_text`` is the row as delivered. Paragraphs (款) are the lines of ``text``, save that
    items （一）… belong to the paragraph that announces them. A row of a table is a provision too: ``fields`` are its
    cells by column name, and ``text`` their lines ``column：cell``.
    """

    id: str  # "<version id>/<printed label>", e.g. "npc-e37bfe4bff63/第三十三条"
    version_id: str
    ordinal: int  # position in the version, from 1
    label: str  # as printed: 第三十三条, 条目一, 全文, 附件
    text: str
    article: ArticleNumber | None = None
    heading: Heading = field(default_factory=Heading)
    source_text: str | None = None  # None: same as ``text``
    place: str = ""  # where in the file it begins, for people: 第12页, 工作表“清单”第5行
    page: int | None = None  # 1-based page of a paged source
    ocr: bool = False  # read from a picture: to be compared with the original before it is relied on
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """What the index finds (检索片段): an article, or a part of a long one with the article's head repeated.

    ``index_text`` is what is encoded and never quoted. ``[start, end)`` is the half-open character span of the
    part in ``Provision.text``; a passage is always cited as its provision.
    """

    id: str
    provision_id: str
    start: int
    end: int
    index_text: str


SPOKEN_MARK = "@ask"
"""In the id of a passage that is a spoken question (口语问法) about its provision, not words of it."""


class FindingKind(StrEnum):
    """Kinds of fault found in a source (来源缺陷)."""

    NUMBERING_GAP = "numbering_gap"  # an article number is missing between two others
    FOREIGN_TAIL = "foreign_tail"  # the end of another article stands inside this one
    STRAY_HEADING = "stray_heading"  # a heading of the next part stands at the end of an article
    BROKEN_LINE = "broken_line"  # a line break in mid-sentence
    STRAY_BLANK = "stray_blank"  # white space between Chinese characters
    EMBEDDED_ARTICLE = "embedded_article"  # 第…条 begins inside another article
    ANNEX_IN_ARTICLE = "annex_in_article"  # an annex or table stands inside an article
    OVERLONG = "overlong"  # far longer than an article of its document
    DUPLICATE_LABEL = "duplicate_label"  # one number twice
    NUMBER_COLLISION = "number_collision"  # 第…条 and 第…条之一 share the source's arabic number
    DATE_CONFLICT = "date_conflict"  # a date column contradicts the text
    STATUS_CONFLICT = "status_conflict"  # the status column contradicts the dates
    TEXT_OUTDATED = "text_outdated"  # amended since, the amended text is not held
    EMPTY_TEXT = "empty_text"
    TRUNCATED = "truncated"  # the text stops before its end
    TEXT_DIFFERS = "text_differs"  # two sources of the same text differ
    NEEDS_REVIEW = "needs_review"  # read, but not with certainty
    OCR_TEXT = "ocr_text"  # read from a picture
    UNDATED = "undated"  # the source gives no date
    UNKNOWN_PROVISION = "unknown_provision"  # cites a provision that cannot be resolved
    OLDER_THAN_LAW = "older_than_law"  # explains a law that was changed or repealed since


class Severity(StrEnum):
    INFO = "info"  # repaired with certainty, or harmless
    WARNING = "warning"  # a person should know
    ERROR = "error"  # something cannot be quoted


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in a source: what, where, what was done (or not) and the text concerned, so nothing is lost.

    ``article`` is ``where`` for machines: the number concerned (for NUMBERING_GAP the number that is missing), None
    where the fault concerns no numbered article.
    """

    kind: FindingKind
    severity: Severity
    version_id: str
    where: str  # title and article
    message: str
    remedy: str = ""
    repaired: bool = False
    text: str = ""  # the words cut out or concerned, verbatim
    article: ArticleNumber | None = None
