"""Papers, and taking them (试卷与作答契约): blueprints, printed papers, practice, exams, results and statistics.

What goes to somebody who answers is of the ``Asked…`` shapes: they have no key, no explanation and no citation, so that
nothing of the kind can reach a browser before it is due.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import Field

from assistant.accounts.principal import Principal
from assistant.contract import Request, Response
from assistant.quiz.contract import MOST_BUILT, Form, Format, ItemKind, Key, LeftOut, QuizItem
from assistant.userdata.words import PageQuery, SomeWords, Words

_Id = Annotated[str, Field(min_length=1, max_length=64)]
_Points = Annotated[Decimal, Field(ge=0, le=1000, decimal_places=2)]
_Title = Annotated[SomeWords, Field(max_length=200)]
_REAL_DAY = Field(ge=dt.date(2000, 1, 1), le=dt.date(2999, 12, 31))

PARTIAL_CREDIT = "多选题全部选对得满分；少选且所选全部正确的，得该题一半分；有错选或者不选的，不得分。"
"""The rule for incomplete answers to 多选 (多选题计分规则); shown before an exam and printed on the paper."""


class BlueprintPart(Request):
    """One line of a blueprint (组卷要求): so many items of a kind, worth so much each."""

    kind: ItemKind = Field(description="题型。Kind of items.")
    count: int = Field(ge=1, le=200, description="题数。How many.")
    points: Decimal = Field(gt=0, le=100, decimal_places=2, description="每题分值。Points of each item.")
    field: str | None = Field(default=None, max_length=60, description="执法领域。Field of enforcement.")
    title: str | None = Field(
        default=None, max_length=200, description="出自的文件标题（含）。Words of the source's title."
    )
    easiest: float = Field(default=0.0, ge=0, le=1, description="难度下限。Lowest difficulty.")
    hardest: float = Field(default=1.0, ge=0, le=1, description="难度上限。Highest difficulty.")


class PaperRequest(Request):
    """Make a paper (组卷) from published items by a blueprint, or of chosen items with their points."""

    title: _Title = Field(description="试卷标题。Title of the paper.")
    parts: list[BlueprintPart] = Field(default_factory=list, max_length=40, description="组卷要求。The blueprint.")
    items: list[_Id] = Field(default_factory=list, max_length=MOST_BUILT, description="指定试题。Chosen items.")
    points: dict[ItemKind, _Points] = Field(default_factory=dict, description="指定试题各题型每题分值。Points by kind.")
    variants: int = Field(default=1, ge=1, le=4, description="卷别数：1 为单卷，2 为 A、B 卷。How many variants.")
    minutes: int = Field(default=60, ge=1, le=600, description="考试时长。Minutes.")
    note: Words = Field(default="", max_length=2000, description="考试须知。Printed under the title.")
    seed: int = Field(default=1, ge=0, le=2**31 - 1, description="随机种子：同一种子同一试卷。Seed.")


class PaperItem(Response):
    """An item on a paper (卷内试题), as it was when the paper was made."""

    number: int  # from 1, in the order of variant A
    points: Decimal
    item: QuizItem


class PaperState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"  # may be taken
    CLOSED = "closed"


class Variant(Response):
    """One variant (卷别): the order of the items, and of the options of each; indexes into the paper's own order."""

    name: str  # A, B, C, D
    items: list[int]
    options: list[list[int]]  # for each item of the paper, in the paper's own order


class Paper(Response):
    """A paper (试卷)."""

    id: str
    title: str
    note: str
    minutes: int
    seed: int
    state: PaperState
    groups: list[str] = Field(default_factory=list)  # departments that may take it; empty: everybody
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    attempts: int = 1
    total: Decimal
    items: list[PaperItem]
    variants: list[Variant]
    blocked: list[int] = Field(default_factory=list)  # numbers of items whose law changed since
    missing: list[str] = Field(default_factory=list)  # what the blueprint asked for and the bank did not have
    author: str = ""
    created_at: dt.datetime


class PaperEntry(Response):
    """A paper in a list."""

    id: str
    title: str
    state: PaperState
    count: int
    total: Decimal
    minutes: int
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    taken: int = 0  # attempts of everybody; among papers offered: one's own
    attempts: int = 1  # how often a person may take it
    running: str = ""  # among papers offered: one's attempt that can be resumed
    created_at: dt.datetime


class PaperPage(Response):
    items: list[PaperEntry]
    total: int


class OpenRequest(Request):
    """Open a paper to be taken, or close it (开考、结束)."""

    open: bool = Field(description="开考，或者结束。Open, or close.")
    groups: list[Annotated[str, Field(min_length=1, max_length=100)]] = Field(
        default_factory=list, max_length=50, description="可参加的部门；缺省为全部。Departments; absent: everybody."
    )
    opens_at: dt.datetime | None = Field(
        default=None, description="开始时间；不带时区的为北京时间。From when; without a zone: China's time."
    )
    closes_at: dt.datetime | None = Field(
        default=None, description="结束时间，到时自动交卷；重新开考须写明。Until when; needed to open again."
    )
    attempts: int = Field(default=1, ge=1, le=20, description="每人可作答次数。How often each person may take it.")


class Part(StrEnum):
    """What of a paper is printed (打印内容)."""

    QUESTIONS = "questions"  # 试卷
    SHEET = "sheet"  # 答题卡
    KEY = "key"  # 答案与解析, with citations


class PrintFormat(StrEnum):
    DOCX = "docx"
    PDF = "pdf"


# ---- taking ------------------------------------------------------------------------------------------------------


class Answer(Request):
    """What somebody answered (作答): the field that counts follows from the item's form."""

    chosen: list[Annotated[int, Field(ge=0, le=15)]] = Field(
        default_factory=list, max_length=8, description="所选项，按所见次序从 0 起。Options chosen, as shown, from 0."
    )
    truth: bool | None = Field(default=None, description="判断：正确或错误。True or false.")
    blanks: list[Annotated[str, Field(max_length=400)]] = Field(
        default_factory=list, max_length=10, description="各空所填。Words for each blank."
    )
    words: str = Field(default="", max_length=8000, description="简答。Free words.")
    amount: str = Field(default="", max_length=60, description="金额，如 5000、0.5万元。A sum of yuan.")


class AskedItem(Response):
    """An item as it is put to somebody (题面): nothing in it says what is right."""

    number: int  # as shown, from 1
    kind: ItemKind
    form: Form
    stem: str
    options: list[str] = Field(default_factory=list)
    blanks: int = 0
    points: Decimal = Decimal(0)
    answer: Answer | None = None  # saved so far


class AttemptState(StrEnum):
    RUNNING = "running"
    SUBMITTED = "submitted"  # free answers wait for marks
    MARKED = "marked"


class AskedPaper(Response):
    """A paper while it is being taken (考试中). ``seconds_left`` is the server's, so that a clock cannot be turned."""

    attempt_id: str
    paper_id: str
    title: str
    note: str
    variant: str
    rule: str = PARTIAL_CREDIT
    total: Decimal
    started_at: dt.datetime
    ends_at: dt.datetime
    seconds_left: int
    state: AttemptState
    items: list[AskedItem]


class SaveRequest(Request):
    """Answers given so far (暂存): by the number shown. ``sequence`` grows with every save of one attempt.

    A save that arrives late, after one with a higher sequence, changes nothing; the same save twice is one save.
    """

    answers: dict[int, Answer] = Field(
        max_length=300, description="题号（所见）→ 作答；未写的题号保持原样。Number shown → answer; others stay."
    )
    sequence: int = Field(ge=0, le=10**9, description="保存序号，逐次递增。Grows with every save.")


class Saved(Response):
    """Answers that are on disk (已保存)."""

    sequence: int
    saved: int
    seconds_left: int
    state: AttemptState


class MarkedItem(Response):
    """An item after submission (评分): what was answered, what is right, and why."""

    number: int
    points: Decimal
    score: Decimal | None  # None: waits for marks
    item: QuizItem  # options in the order that was shown, and the key with them
    key: Key
    answer: Answer | None = None
    right: bool | None = None
    note: str = ""  # marker's word


class Result(Response):
    """A taken paper (成绩)."""

    attempt_id: str
    paper_id: str
    title: str
    variant: str
    person: str  # display name
    department: str = ""
    state: AttemptState
    started_at: dt.datetime
    submitted_at: dt.datetime | None
    minutes: Decimal
    score: Decimal | None
    total: Decimal
    items: list[MarkedItem] = Field(default_factory=list)


class ResultPage(Response):
    items: list[Result]
    total: int


class MarkRequest(Request):
    """Marks for free answers (阅卷): number shown → points."""

    scores: dict[int, _Points] = Field(max_length=300, description="题号（所见）→ 得分。Number shown → points.")
    notes: dict[int, Annotated[Words, Field(max_length=2000)]] = Field(
        default_factory=dict, max_length=300, description="题号（所见）→ 评语。Number shown → the marker's words."
    )


class ItemStatistics(Response):
    """How an item did (试题统计).

    ``difficulty`` is p, the mean share of its points that was earned; ``discrimination`` the correlation of that share
    with the points earned on the rest of the paper (corrected item-total, Pearson), None where it is not defined.
    """

    item_id: str
    number: int
    stem: str
    kind: ItemKind
    answered: int
    difficulty: float | None
    discrimination: float | None
    chosen: list[int] = Field(default_factory=list)  # how often each option was chosen, in the item's own order
    key: Key


class GroupResult(Response):
    """How a department did (分组成绩)."""

    department: str
    people: int
    mean: Decimal | None
    highest: Decimal | None
    lowest: Decimal | None


class PaperStatistics(Response):
    """How a paper did (成绩统计)."""

    paper_id: str
    people: int
    running: int
    waiting: int
    mean: Decimal | None
    total: Decimal
    distribution: list[int]  # people by tenth of the total, from 0-10 % to 90-100 %
    groups: list[GroupResult]
    items: list[ItemStatistics]


class PracticeRequest(Request):
    """What to practise (练习)."""

    kinds: list[ItemKind] = Field(default_factory=list, max_length=7, description="题型；缺省为全部。Kinds.")
    field: str | None = Field(default=None, max_length=60, description="执法领域。Field of enforcement.")
    title: str | None = Field(
        default=None, max_length=200, description="出自的文件标题（含）。Words of the source's title."
    )
    wrong_only: bool = Field(default=False, description="只练错题本。Only items of the wrong-answer book.")
    count: int = Field(default=10, ge=1, le=100, description="题数。How many.")
    seed: int | None = Field(default=None, ge=0, le=2**31 - 1, description="随机种子；缺省为随机。Seed.")


class AskedPractice(Response):
    """A round of practice (练习题组)."""

    practice_id: str
    items: list[AskedItem]
    done: dict[int, bool | None] = Field(
        default_factory=dict,
        description="已答题号 → 是否答对；简答为空。Numbers answered → whether right; None for free words.",
    )


class PracticeRound(Response):
    """A round of practice that was left before its end (未做完的练习)."""

    practice_id: str
    started_at: dt.datetime
    count: int
    answered: int


class PracticeRounds(Response):
    items: list[PracticeRound]
    total: int


class PracticeAnswer(Request):
    """One answer; it is explained at once (即时解析)."""

    number: int = Field(ge=1, le=100, description="题号（所见）。Number shown.")
    answer: Answer = Field(description="作答。The answer.")


class WrongEntry(Response):
    """An item of the wrong-answer book (错题本)."""

    item: QuizItem
    wrong: int
    last_wrong: dt.datetime
    right_since: int


class WrongPage(Response):
    """The wrong-answer book. ``withheld`` are the items that an open exam asks: they come back when it is over."""

    items: list[WrongEntry]
    total: int
    withheld: int = 0


class HoursQuery(PageQuery):
    """Whose hours, from when to when (学时)."""

    since: Annotated[dt.date, _REAL_DAY] | None = Field(default=None, description="起始日期。First day.")
    until: Annotated[dt.date, _REAL_DAY] | None = Field(
        default=None, description="截止日期，含当日。Last day, included."
    )
    own: bool = Field(default=False, description="只看本人。Only one's own.")


class HoursEntry(Response):
    """Time spent by one person (学时): of a forty-hour yearly requirement."""

    person: str
    department: str
    exams: int
    practices: int
    minutes: Decimal
    hours: Decimal


class HoursPage(Response):
    items: list[HoursEntry]
    total: int


class Departments(Response):
    """The departments of the accounts (部门): whom an exam can be given to."""

    items: list[str]
    total: int


class Papers(Protocol):
    """Papers as trainers see them."""

    def make(self, person: Principal, request: PaperRequest) -> Paper: ...

    def papers(self, person: Principal, query: PageQuery) -> PaperPage: ...

    def paper(self, person: Principal, paper_id: str) -> Paper: ...

    def remove(self, person: Principal, paper_id: str) -> None: ...

    def open(self, person: Principal, paper_id: str, request: OpenRequest) -> Paper: ...

    def printed(self, person: Principal, paper_id: str, part: Part, form: PrintFormat, variant: str) -> bytes: ...

    def exported(self, person: Principal, paper_id: str, form: Format) -> tuple[bytes, list[LeftOut]]: ...


class Exams(Protocol):
    """Taking papers and practising, and what trainers see of it."""

    def offered(self, person: Principal) -> PaperPage: ...

    def start(self, person: Principal, paper_id: str) -> AskedPaper: ...

    def attempt(self, person: Principal, attempt_id: str) -> AskedPaper: ...

    def save(self, person: Principal, attempt_id: str, request: SaveRequest) -> Saved: ...

    def submit(self, person: Principal, attempt_id: str, request: SaveRequest) -> Result: ...

    def result(self, person: Principal, attempt_id: str) -> Result: ...

    def own_results(self, person: Principal, query: PageQuery) -> ResultPage: ...

    def practise(self, person: Principal, request: PracticeRequest) -> AskedPractice: ...

    def practice(self, person: Principal, practice_id: str) -> AskedPractice: ...

    def unfinished(self, person: Principal) -> PracticeRounds: ...

    def answer(self, person: Principal, practice_id: str, request: PracticeAnswer) -> MarkedItem: ...

    def wrong(self, person: Principal, query: PageQuery) -> WrongPage: ...

    def results(self, person: Principal, paper_id: str, query: PageQuery) -> ResultPage: ...

    def trainee_result(self, person: Principal, attempt_id: str) -> Result: ...

    def mark(self, person: Principal, attempt_id: str, request: MarkRequest) -> Result: ...

    def statistics(self, person: Principal, paper_id: str) -> PaperStatistics: ...

    def hours(self, person: Principal, query: HoursQuery) -> HoursPage: ...

    def hours_xlsx(self, person: Principal, query: HoursQuery) -> bytes: ...

    def departments(self, person: Principal) -> Departments: ...
