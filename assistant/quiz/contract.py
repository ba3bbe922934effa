"""What a quiz item is (试题), and the bank that keeps them (题库), as every surface sees them in JSON.

An item says what it rests on: ``citations`` quote the provisions verbatim, and ``claim`` says in a form that a program
can check what the key takes from them. Field names are stable: fields may be added, never renamed or removed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import AfterValidator, ConfigDict, Field

from assistant.accounts.principal import Principal
from assistant.contract import OptionalDay, Request, Response, Span
from assistant.userdata.words import PageQuery, SomeWords, Words, clean

MOST_OPTIONS = 8
MOST_BUILT = 500
MOST_EXPORTED = 5000
BLANK = "____"
"""How a stem marks a place to fill in (填空处)."""


class ItemKind(StrEnum):
    """Kinds of items (题型)."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    BLANK = "blank"
    SHORT = "short"
    CASE = "case"
    CALCULATION = "calculation"


KIND_ZH = {
    ItemKind.SINGLE: "单选题",
    ItemKind.MULTIPLE: "多选题",
    ItemKind.TRUE_FALSE: "判断题",
    ItemKind.BLANK: "填空题",
    ItemKind.SHORT: "简答题",
    ItemKind.CASE: "案例题",
    ItemKind.CALCULATION: "计算题",
}


class Form(StrEnum):
    """How an item is answered (作答方式); it follows from the kind, save that a case may be answered in several."""

    ONE = "one"  # one option
    MANY = "many"  # two or more options
    TRUTH = "truth"  # 正确 or 错误
    BLANKS = "blanks"  # words for each blank
    POINTS = "points"  # free words, marked by scoring points
    AMOUNT = "amount"  # a sum of yuan


FORM_OF: dict[ItemKind, Form] = {
    ItemKind.SINGLE: Form.ONE,
    ItemKind.MULTIPLE: Form.MANY,
    ItemKind.TRUE_FALSE: Form.TRUTH,
    ItemKind.BLANK: Form.BLANKS,
    ItemKind.SHORT: Form.POINTS,
    ItemKind.CALCULATION: Form.AMOUNT,
}
"""The form of every kind but CASE, which says its own."""


class Point(StrEnum):
    """What an item tests (考点)."""

    AMOUNT = "amount"  # 罚款数额
    MULTIPLE = "multiple"  # 罚款倍数、比例
    TIME_LIMIT = "time_limit"  # 期限
    AUTHORITY = "authority"  # 主管机关
    CONDITION = "condition"  # 条件、情形
    EXCEPTION = "exception"  # 除外、但书
    PENALTY = "penalty"  # 处罚种类
    DEFINITION = "definition"  # 定义
    DUTY = "duty"  # 应当、不得
    STEP = "step"  # 程序步骤
    NO_PENALTY = "no_penalty"  # 不予处罚、从轻减轻
    TIER = "tier"  # 裁量阶次
    FINE = "fine"  # 按裁量基准计算的罚款
    BASIS = "basis"  # 违反条款、处罚依据
    OTHER = "other"  # own and imported items


POINT_ZH = {
    Point.AMOUNT: "罚款数额",
    Point.MULTIPLE: "倍数比例",
    Point.TIME_LIMIT: "期限",
    Point.AUTHORITY: "主管机关",
    Point.CONDITION: "适用情形",
    Point.EXCEPTION: "除外规定",
    Point.PENALTY: "处罚种类",
    Point.DEFINITION: "定义",
    Point.DUTY: "义务与禁止",
    Point.STEP: "程序步骤",
    Point.NO_PENALTY: "免罚轻罚",
    Point.TIER: "裁量阶次",
    Point.FINE: "罚款计算",
    Point.BASIS: "法律依据",
    Point.OTHER: "其他",
}


class ItemState(StrEnum):
    """Where an item stands in its review (审核状态)."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETIRED = "retired"


STATE_ZH = {
    ItemState.DRAFT: "草稿",
    ItemState.IN_REVIEW: "审核",
    ItemState.PUBLISHED: "发布",
    ItemState.RETIRED: "停用",
}


class Origin(StrEnum):
    """Who made an item (来源)."""

    GENERATED = "generated"  # made by the program, proved
    EDITED = "edited"  # made by the program, changed by a person since
    WRITTEN = "written"  # written by a person
    IMPORTED = "imported"


ORIGIN_ZH = {
    Origin.GENERATED: "系统生成",
    Origin.EDITED: "生成后修改",
    Origin.WRITTEN: "自编",
    Origin.IMPORTED: "导入",
}

_Id = Annotated[str, Field(max_length=200)]
_Stem = Annotated[str, Field(min_length=1, max_length=4000)]
_Option = Annotated[str, Field(min_length=1, max_length=1000)]
_Long = Annotated[str, Field(max_length=8000)]
_Column = Annotated[str, Field(max_length=60)]
_Brief = Annotated[str, Field(max_length=400)]


class ItemCitation(Response):
    """A passage that an item rests on (依据): verbatim words of one provision, with the text they stand in.

    ``digest`` is that of the whole provision (``assistant.quiz.binding.digest``), so that a change of it is seen.
    """

    provision_id: _Id
    version_id: _Id
    document_id: _Id
    citation: _Brief  # 《中华人民共和国行政处罚法》第三十三条第一款
    title: _Brief
    article: _Brief = ""  # printed label: 第三十三条
    quotation: _Long
    span: Span
    digest: str = Field(max_length=64)
    page: int | None = None


class Claim(Response):
    """What the key takes from the first citation's provision (命题): checked again by the proof, word for word.

    ``subject`` is what is asked about and ``answers`` are the words that make the key, each verbatim in the provision
    of ``citation`` (index into the item's citations). For computed keys ``request`` is the request to the desk and
    ``answers`` is empty.
    """

    point: Point
    subject: str = Field(default="", max_length=2000)
    answers: list[_Option] = Field(default_factory=list, max_length=40)
    citation: int = 0
    request: str = Field(default="", max_length=8000)  # JSON of assistant.discretion.contract.ComputeRequest
    standard: _Id = ""  # key of the benchmark's record


class Refutation(Response):
    """Why an option is wrong (错项理由), with the passage that shows it where that is not the item's first."""

    option: int
    reason: _Brief
    citation: int = 0


class ScoringPoint(Response):
    """A point of a model answer (评分要点): words of the source, and its share of the points."""

    text: _Option
    share: Decimal = Field(default=Decimal(1), gt=0, le=1000, decimal_places=6)


class Key(Response):
    """The right answer (答案); which field counts follows from the item's form."""

    correct: list[int] = Field(default_factory=list, max_length=MOST_OPTIONS)  # ONE, MANY: indexes of the options
    truth: bool | None = None  # TRUTH
    blanks: list[list[_Option]] = Field(default_factory=list, max_length=10)  # BLANKS: accepted words for each blank
    points: list[ScoringPoint] = Field(default_factory=list, max_length=30)  # POINTS
    amount: Decimal | None = Field(default=None, max_digits=24, decimal_places=6)  # AMOUNT: yuan


class ItemTags(Response):
    """Where an item belongs (标签)."""

    field: _Brief = ""  # 执法领域
    title: _Brief = ""  # law, benchmark or list it comes from
    chapter: _Brief = ""
    region: _Brief = ""
    more: list[_Brief] = Field(default_factory=list, max_length=20)


class ItemContent(Response):
    """An item without its life in the bank (试题内容). Options stand in the order they are shown in."""

    kind: ItemKind
    form: Form
    point: Point = Point.OTHER
    stem: _Stem
    options: list[_Option] = Field(default_factory=list, max_length=MOST_OPTIONS)
    key: Key
    explanation: _Long = ""
    working: list[_Brief] = Field(default_factory=list, max_length=60)  # 计算过程, line by line
    citations: list[ItemCitation] = Field(default_factory=list, max_length=12)
    refutations: list[Refutation] = Field(default_factory=list, max_length=MOST_OPTIONS)
    claim: Claim | None = None
    difficulty: float = Field(default=0.5, ge=0, le=1)  # 预估难度: expected share of wrong answers
    tags: ItemTags = ItemTags()
    as_of: dt.date  # the day whose law the item asks


class Check(StrEnum):
    """What is proved of an item (校验项目)."""

    WELL_FORMED = "well_formed"  # key and options fit the form
    VERBATIM = "verbatim"  # every quotation is in its provision
    IN_FORCE = "in_force"  # every cited text is in force on the day
    SUPPORTED = "supported"  # the quotation bears the key
    REFUTED = "refuted"  # every wrong option is refuted
    SINGLE_KEY = "single_key"  # no second right answer
    NO_GIVEAWAY = "no_giveaway"  # length, order, grammar and stem do not give the key away
    STANDS_ALONE = "stands_alone"  # the stem can be understood without the text around it


CHECK_ZH = {
    Check.WELL_FORMED: "题型完整",
    Check.VERBATIM: "引文一致",
    Check.IN_FORCE: "依据有效",
    Check.SUPPORTED: "答案有据",
    Check.REFUTED: "错项可驳",
    Check.SINGLE_KEY: "答案唯一",
    Check.NO_GIVEAWAY: "无暗示",
    Check.STANDS_ALONE: "题干自足",
}


class CheckResult(Response):
    """One check: ``passed`` None where a program cannot decide it and a person must."""

    check: Check
    passed: bool | None
    detail: str = ""


class Proof(Response):
    """What could be proved of an item (校验报告)."""

    checks: list[CheckResult]

    @property
    def passed(self) -> bool:
        """Every check passed: what is issued without a person's word."""
        return all(c.passed is True for c in self.checks)

    @property
    def failed(self) -> list[CheckResult]:
        return [c for c in self.checks if c.passed is False]


class Blocked(Response):
    """Why an item may not be used for now (停用原因): what became of the provision it rests on."""

    citation: _Brief
    reason: _Brief
    before: _Long = ""
    after: _Long = ""  # "" where there is no text now
    since: dt.date | None = None


class QuizItem(ItemContent):
    """An item of the bank (题库试题)."""

    id: str
    state: ItemState
    origin: Origin
    author: str = ""  # display name
    revision: int = 1
    proof: Proof
    blocked: Blocked | None = None
    created_at: dt.datetime
    changed_at: dt.datetime
    answered: int = 0
    observed_difficulty: float | None = None  # share of wrong answers, from enough answers
    discrimination: float | None = None


class HistoryEntry(Response):
    """What happened to an item (沿革)."""

    at: dt.datetime
    by: str
    act: str  # 生成, 修改, 提交审核, 发布, 退回, 停用, 自动停用 …
    note: str = ""
    revision: int
    content: ItemContent | None = Field(
        default=None, description="当时写成的内容；只有审核等动作时为空。What was written then."
    )


class HistoryPage(Response):
    """A stretch of an item's history."""

    items: list[HistoryEntry]
    total: int


# ---- building ----------------------------------------------------------------------------------------------------


class BuildRequest(Request):
    """What to make items of (出题要求). Same seed, same corpus: same items."""

    sources: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(
        default_factory=list,
        max_length=50,
        description="法规、裁量基准、清单、案例的标题、简称或编号；缺省为领域内全部。Titles, short names or ids.",
    )
    field: str | None = Field(default=None, max_length=60, description="执法领域。Field of enforcement.")
    chapter: str | None = Field(default=None, max_length=120, description="章节标题含有的文字。Words of a chapter.")
    kinds: dict[ItemKind, Annotated[int, Field(ge=0, le=MOST_BUILT)]] = Field(
        default_factory=dict, description="各题型数量；缺省时按比例混合。How many of each kind; absent: a mixture."
    )
    points: list[Point] = Field(default_factory=list, max_length=20, description="考点。What to test; absent: all.")
    count: int = Field(default=20, ge=1, le=MOST_BUILT, description="总题数（未指定各题型数量时）。How many in all.")
    easiest: float = Field(default=0.0, ge=0, le=1, description="预估难度下限。Lowest estimated difficulty.")
    hardest: float = Field(default=1.0, ge=0, le=1, description="预估难度上限。Highest estimated difficulty.")
    per_article: int = Field(default=2, ge=1, le=20, description="同一条最多几题。Most items of one article.")
    region: str | None = Field(default=None, max_length=200, description="地区。Region of the officers.")
    as_of: OptionalDay = None
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="随机种子。Seed.")
    include_known: bool = Field(
        default=False, description="与题库已有试题近似的也要。Also near-duplicates of the bank."
    )


class Withheld(Response):
    """How many candidates were not issued, and why (未出题说明)."""

    reason: str
    count: int
    example: str = ""


class BuildReport(Response):
    """What was made (出题结果): every item with its proof; what was asked for and could not be made is said."""

    as_of: dt.date
    seed: int
    asked: int
    items: list[QuizItem]
    withheld: list[Withheld]
    notes: list[str]
    seconds: float


class BuildState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class BuildJob(Response):
    """A build that goes on in the background (出题任务)."""

    id: str
    state: BuildState
    done: int
    asked: int
    stage: str  # for people
    report: BuildReport | None = None
    problem: str = ""


# ---- the bank ----------------------------------------------------------------------------------------------------


class ItemQuery(PageQuery):
    """Which items (试题筛选)."""

    state: ItemState | None = None
    kind: ItemKind | None = None
    point: Point | None = None
    field: str | None = Field(default=None, max_length=60, description="执法领域。Field of enforcement.")
    title: str | None = Field(
        default=None, max_length=200, description="出自的文件标题（含）。Words of the source's title."
    )
    words: str | None = Field(
        default=None, max_length=200, description="题干、选项含有的文字。Words of stem or options."
    )
    blocked: bool | None = Field(default=None, description="只看依据已变动的。Only blocked ones.")


class ItemPage(Response):
    items: list[QuizItem]
    total: int


def _printable(key: Key) -> Key:
    """The key; refuses control characters in its words, which no file of items can carry."""
    for words in (*(w for accepted in key.blanks for w in accepted), *(point.text for point in key.points)):
        clean(words)
    return key


class WriteRequest(Request):
    """An item that a person writes or changes (编题): the content; citations are checked, words are kept as given."""

    kind: ItemKind
    form: Form
    point: Point = Point.OTHER
    stem: SomeWords = Field(max_length=4000, description="题干；填空处写作 ____。Stem; ____ marks a blank.")
    options: list[Annotated[SomeWords, Field(max_length=1000)]] = Field(
        default_factory=list, max_length=MOST_OPTIONS, description="选项，按显示次序。Options in the order shown."
    )
    key: Annotated[Key, AfterValidator(_printable)]
    explanation: Words = Field(default="", max_length=8000, description="解析。Explanation.")
    cites: list[Annotated[str, Field(max_length=200)]] = Field(
        default_factory=list, max_length=12, description="依据，如《行政处罚法》第三十三条第一款。Citations in words."
    )
    difficulty: float = Field(
        default=0.5, ge=0, le=1, description="预估难度：预期答错的比例。Expected share of wrong answers."
    )
    field: str = Field(default="", max_length=60, description="执法领域；缺省依出处。Field; absent: by the source.")
    more: list[Annotated[str, Field(max_length=60)]] = Field(
        default_factory=list, max_length=20, description="其他标签。Further tags."
    )
    as_of: OptionalDay = None
    revision: int | None = Field(
        default=None,
        ge=1,
        description="修改的是哪一版；已有新版时返回 409。Revision that was edited; 409 where a newer one is there.",
    )


class Rephrased(Response):
    """What became of a stem that the chat model was to put into other words (改写题干)."""

    item: QuizItem
    taken: bool
    stem: str = ""  # what the model wrote
    reason: str = ""  # why it was not taken


class Move(StrEnum):
    """A step of the review (审核动作)."""

    SUBMIT = "submit"  # 草稿 → 审核
    PUBLISH = "publish"  # 审核 → 发布
    RETURN = "return"  # 审核 → 草稿, with a reason
    RETIRE = "retire"  # → 停用, with a reason
    REOPEN = "reopen"  # 停用 → 草稿


class MoveRequest(Request):
    """A step for one or several items; RETURN and RETIRE need a reason."""

    ids: list[_Id] = Field(min_length=1, max_length=MOST_BUILT, description="试题编号。Ids of items.")
    move: Move
    note: Words = Field(default="", max_length=2000, description="理由；退回、停用须写。Reason, for return and retire.")


class MoveFault(Response):
    id: str
    reason: str


class MoveReport(Response):
    """Which items moved and which could not, and why."""

    moved: list[str]
    faults: list[MoveFault]


class StaleReport(Response):
    """The items whose law changed (依据变动)."""

    as_of: dt.date
    checked: int
    blocked: list[QuizItem]
    released: list[str]  # ids that may be used again


class Twin(Response):
    """Two items that ask nearly the same (近似试题)."""

    first: str
    second: str
    likeness: float
    first_stem: str
    second_stem: str


class TwinPage(Response):
    items: list[Twin]
    total: int


# ---- taking in and giving out ------------------------------------------------------------------------------------


class Format(StrEnum):
    """File formats of items (交换格式)."""

    MOODLE_XML = "moodle_xml"
    GIFT = "gift"
    XLSX = "xlsx"
    TXT = "txt"


class RowFault(Response):
    """A row or question of a file that could not be read: where, what is wrong, what to do."""

    place: str  # 第12行, 第3题（question name）
    message: str
    remedy: str = ""


class ImportReport(Response):
    """What was taken in (导入结果)."""

    items: list[QuizItem]
    faults: list[RowFault]
    twins: list[Twin] = Field(default_factory=list)


class LeftOut(Response):
    """An item that a format cannot carry (未导出)."""

    id: str
    stem: str
    reason: str


class ExportRequest(Request):
    """Which items to give out in which format (导出)."""

    ids: list[_Id] = Field(min_length=1, max_length=MOST_EXPORTED, description="试题编号。Ids of items.")
    form: Format
    columns: dict[_Column, _Column] = Field(
        default_factory=dict,
        max_length=30,
        description="仅 XLSX：默认列名→所用列名，空为不要该列。Column names of XLSX by their usual names; empty: none.",
    )


class Exported(Response):
    """A file of items (导出文件), and what the format could not carry. ``data`` is base64 in JSON."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    name: str
    media_type: str
    data: bytes
    left_out: list[LeftOut] = Field(default_factory=list)


class QuizBank(Protocol):
    """The bank as one person sees it: items that rest on documents hidden from the person do not exist for them."""

    def build(self, person: Principal, request: BuildRequest) -> BuildJob: ...

    def job(self, person: Principal, job_id: str) -> BuildJob: ...

    def stop(self, person: Principal, job_id: str) -> BuildJob: ...

    def items(self, person: Principal, query: ItemQuery) -> ItemPage: ...

    def item(self, person: Principal, item_id: str) -> QuizItem: ...

    def history(self, person: Principal, item_id: str) -> list[HistoryEntry]: ...

    def write(self, person: Principal, request: WriteRequest) -> QuizItem: ...

    def rewrite(self, person: Principal, item_id: str, request: WriteRequest) -> QuizItem: ...

    def rephrase(self, person: Principal, item_id: str) -> Rephrased: ...

    def move(self, person: Principal, request: MoveRequest) -> MoveReport: ...

    def stale(self, person: Principal) -> StaleReport: ...

    def twins(self, person: Principal, query: PageQuery) -> TwinPage: ...

    def take_in(self, person: Principal, name: str, data: bytes, form: Format | None) -> ImportReport: ...

    def give_out(self, person: Principal, request: ExportRequest) -> Exported: ...

    def usable(self, person: Principal, ids: Sequence[str]) -> list[QuizItem]:
        """Items for a paper or an export, in the order asked, with a live check that none is blocked.

        What is blocked, retired, hidden or not there is left out: compare the ids.
        """
        ...

    def fit(self, person: Principal, ids: Sequence[str]) -> frozenset[str]:
        """Ids of the items that ``usable`` would give, without reading the items: for the start of an exam."""
        ...
