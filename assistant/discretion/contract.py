"""The desk's requests and answers (裁量核查契约), as every surface sees them in JSON.

Money is yuan as a decimal string, weights and totals are percentage points as decimal strings (``"33.3333"`` is
rounded for display; computing is exact). Field names are stable: fields may be added, never renamed or removed.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import BeforeValidator, Field

from assistant.contract import OptionalDay, Question, Request, Response, parse_day

Yuan = Annotated[Decimal, Field(ge=0, le=Decimal(10) ** 15, decimal_places=6)]
"""A sum that a request gives (金额), in yuan."""

GivenDay = Annotated[dt.date | None, BeforeValidator(parse_day)]
"""A calendar day that a request gives, read strictly: ``2026-08-15``."""


class Cite(Response):
    """What a line rests on (出处): a provision or a place in a document, with its verbatim words."""

    citation: str  # 《…裁量表》第35页 or 《中华人民共和国行政处罚法》第三十三条第一款
    quote: str = ""
    page: int | None = None
    provision_id: str | None = None
    document_id: str | None = None
    state: str | None = None  # State of the cited law on the day asked about, as in the contract of search


class Line(Response):
    """One step of a working (计算过程): what was done, the value it gave, and what it rests on."""

    text: str
    value: str = ""
    cites: list[Cite] = Field(default_factory=list)


class DoubtInfo(Response):
    """Why a record needs review (待核对)."""

    code: str
    message: str
    page: int | None = None
    place: str = ""


class FineInfo(Response):
    """A fine as stated (罚款幅度): kind as in ``corpus.discretion.model.FineKind``."""

    text: str
    kind: str
    min_yuan: Decimal | None = None
    max_yuan: Decimal | None = None
    base: str | None = None
    min_ratio: Decimal | None = None
    max_ratio: Decimal | None = None
    base_min_yuan: Decimal | None = None
    per: str | None = None
    also: str = ""
    optional: bool | None = None
    applies_to: str | None = None


class OptionInfo(Response):
    """One choice of a factor with its weight (选项)."""

    label: str
    weight_percent: Decimal
    weight_text: str
    page: int | None = None


class FactorInfo(Response):
    """A circumstance that counts, with its options in printed order (裁量要素)."""

    name: str
    options: list[OptionInfo]
    page: int | None = None


class FormulaInfo(Response):
    """How the total becomes a sum, for one start (计算方法)."""

    variant: str | None
    start_weight_percent: Decimal
    multiplier_yuan: Decimal | None = None
    base: str | None = None
    multiplier_ratio: Decimal | None = None
    base_min_yuan: Decimal | None = None
    floor_percent: Decimal | None = None
    cap_percent: Decimal | None = None
    text: str
    page: int | None = None


class TierInfo(Response):
    """One row of a tiered benchmark: when it applies, and its fines by column (档次)."""

    index: int  # from 0: names the tier in requests
    when: dict[str, str | None]
    catch_all: str = ""
    grade: str = ""
    circumstances: list[str] = Field(default_factory=list)
    joint: bool = False
    behaviour: str = ""
    remark: str = ""
    fines: dict[str, FineInfo]
    pages: list[int] = Field(default_factory=list)
    place: str = ""


class BoundsInfo(Response):
    """How 以上/以下 are read here, and who says so."""

    above_included: bool
    below_included: bool
    origin: str  # RuleOrigin
    text: str  # a sentence for people
    cite: Cite | None = None


class BasisInfo(Response):
    """A cited basis with its words, and its state on the day asked about (依据)."""

    written: str
    text: str
    page: int | None = None
    state: str | None = None  # on the day asked about
    note: str = ""  # 已被《…》第…条废止 …
    provision_ids: list[str] = Field(default_factory=list)


class StandardInfo(Response):
    """A standard as the desk shows it (裁量标准). ``key`` names it everywhere: ``<version_id>/<id>``."""

    key: str
    id: str
    document: str
    document_id: str
    region: str
    mode: str
    chapter: str
    title: str
    heading_no: str = ""
    behaviours: list[str]
    violated: list[BasisInfo]
    basis: list[BasisInfo]
    legal_ranges: list[FineInfo]
    variants: list[str]
    factors: list[FactorInfo]
    formulas: list[FormulaInfo]
    axes: list[str]
    fine_columns: list[str]
    tiers: list[TierInfo]
    remark: str
    pages: list[int]
    place: str = ""
    bounds: BoundsInfo
    needs_review: list[DoubtInfo] = Field(default_factory=list)
    corrected: bool = False  # a person's correction is applied


class ItemInfo(Response):
    """An entry of a no-penalty or leniency list (清单条目)."""

    key: str
    id: str
    document: str
    document_id: str
    region: str
    category: str
    violation: str
    effect: str  # ListEffect
    lead: str
    conditions: list[str]
    joint: bool
    exclusions: list[str]
    provisions: list[BasisInfo]
    remarks: list[str]  # of the whole list
    pages: list[int]
    place: str = ""
    needs_review: list[DoubtInfo] = Field(default_factory=list)
    corrected: bool = False


class FindRequest(Request):
    """What happened, in spoken words (违法情形)."""

    description: Question = Field(
        min_length=1, max_length=2000, description="违法情形。What happened, in spoken words."
    )
    region: str | None = Field(default=None, max_length=100, description="地区，如 宁波市。Region.")
    as_of: OptionalDay = None
    limit: int = Field(default=5, ge=1, le=30, description="最多返回几项。Most standards and entries.")


class FoundStandard(Response):
    """A standard that fits what happened, and why (命中标准)."""

    standard: StandardInfo
    score: float
    why: list[str]


class FoundItem(Response):
    """An entry of a list that fits what happened, and why (命中清单项)."""

    item: ItemInfo
    score: float
    why: list[str]


class FindResponse(Response):
    """What was found for a description, nearest first (查找结果)."""

    standards: list[FoundStandard]
    items: list[FoundItem]
    notes: list[str] = Field(default_factory=list)


def _read_choice(value: object) -> object:
    """A choice with nothing for the axes that do not apply; words alone name a row that spans all axes."""
    if isinstance(value, str):
        return {"": value}
    return {name: label for name, label in value.items() if label is not None} if isinstance(value, dict) else value


class ComputeRequest(Request):
    """A choice for every factor, or for the axes of a tier (裁量选择).

    ``choose`` maps factor or axis to option label (weighted: a factor left out takes its lowest option only where the
    rules of application say so, otherwise it is asked for). A tier may be named by ``tier`` (index) instead, or by the
    words of its catch-all row under the key ``""`` or as ``choose`` itself. An axis that does not apply may be left
    out or be null. ``behaviour`` tells apart the violations that share a table. ``inputs`` gives bases in yuan by name
    (建设项目总投资额).
    """

    standard: str = Field(
        max_length=500, description="裁量标准编号；仅一份文件有时也可用记录编号。Key of the standard."
    )
    choose: Annotated[dict[str, str], BeforeValidator(_read_choice)] = Field(
        default_factory=dict, description="裁量因素→所选项。Factor to chosen option."
    )
    behaviour: str | None = Field(default=None, max_length=2000, description="行为种类。Which behaviour.")
    tier: int | None = Field(default=None, description="档次序号，自 0 起。Index of the tier.")
    variant: str | None = Field(default=None, max_length=500, description="情形，如 逾期未改正。Variant.")
    column: str | None = Field(
        default=None, max_length=500, description="罚款栏，如 对单位罚款。Fine column of a tier."
    )
    inputs: dict[str, Yuan] = Field(default_factory=dict, description="计算基数，元。Bases of the sum, in yuan.")
    as_of: OptionalDay = None
    region: str | None = Field(default=None, max_length=100, description="地区，如 宁波市。Region.")


class Needed(Response):
    """A fact that is missing and can change the result (缺少的事实)."""

    kind: str  # choose, variant, input, column, fact
    name: str
    question: str  # for people
    options: list[str] = Field(default_factory=list)


class ComputeResponse(Response):
    """The result with its working. ``state`` is ``computed``, ``needs_input`` or ``not_computable``.

    Weighted: ``fine_yuan``. Tiers: ``fine_min_yuan`` to ``fine_max_yuan`` (equal for a fixed sum), with ``bounds``.
    ``within_legal_range`` None where the statute's range is not known.
    """

    state: str
    standard: str
    title: str
    document: str
    variant: str | None = None
    column: str | None = None
    raw_total_percent: Decimal | None = None
    total_percent: Decimal | None = None
    base_used_yuan: dict[str, Decimal] = Field(default_factory=dict)
    fine_yuan: Decimal | None = None
    fine_min_yuan: Decimal | None = None
    fine_max_yuan: Decimal | None = None
    fine: FineInfo | None = None
    fines: dict[str, FineInfo] = Field(default_factory=dict)  # of the tier, by column, whatever is still asked for
    also: str = ""
    tier: int | None = None
    legal_range: FineInfo | None = None
    legal_min_yuan: Decimal | None = None
    legal_max_yuan: Decimal | None = None
    within_legal_range: bool | None = None
    lines: list[Line] = Field(default_factory=list)
    bounds: BoundsInfo | None = None
    warnings: list[str] = Field(default_factory=list)
    needs: list[Needed] = Field(default_factory=list)


class PartyKind(StrEnum):
    """Whether the party is a unit or a natural person (当事人的性质)."""

    UNIT = "unit"
    PERSON = "person"


class CheckRequest(ComputeRequest):
    """A proposed fine with what is known (拟处罚). ``facts`` answers questions by name: true, false, null = unknown.

    Names of facts are those that earlier answers asked for (``Needed.name``). ``party_kind`` says whether the party is
    a unit or a natural person, where variant or column do not.
    """

    proposed_yuan: Yuan | None = Field(default=None, description="拟罚款金额，元。Proposed fine, in yuan.")
    description: str | None = Field(default=None, max_length=2000, description="违法情形。What happened.")
    facts: dict[str, bool | None] = Field(
        default_factory=dict, description="事实→是、否或不明（null）。Fact to yes, no or unknown."
    )
    act_date: GivenDay = Field(default=None, description="违法行为日期。Day of the act.")
    decision_date: GivenDay = Field(default=None, description="决定日期。Day of the decision.")
    party_kind: PartyKind | None = None


class Position(StrEnum):
    """Where the proposed fine lies (相对位置)."""

    BELOW = "below"
    INSIDE = "inside"
    ABOVE = "above"
    UNKNOWN = "unknown"


class Against(Response):
    """The proposed fine against one range (比对): the range, the position and the gap to its nearer bound in yuan."""

    name: str  # 法定幅度, 裁量基准
    position: Position
    min_yuan: Decimal | None = None
    max_yuan: Decimal | None = None
    gap_yuan: Decimal | None = None
    text: str
    cites: list[Cite] = Field(default_factory=list)


class Ground(Response):
    """A ground of leniency or severity (从轻/减轻/从重/不予处罚事由).

    ``status``: applies, does_not_apply, needs_fact.
    """

    name: str
    effect: str  # CircumstanceEffect or ListEffect
    must: bool
    status: str
    text: str
    cites: list[Cite] = Field(default_factory=list)
    needs: list[Needed] = Field(default_factory=list)


class NoPenalty(StrEnum):
    """Result of the no-penalty check (不予处罚核查)."""

    MUST = "应当不予处罚"
    MAY = "可以不予处罚"
    NOT = "不适用"
    FACTS_MISSING = "事实不足"


class NoPenaltyResult(Response):
    """Result of the no-penalty check with the grounds looked at (不予处罚核查结果)."""

    result: NoPenalty
    text: str
    items: list[Ground] = Field(default_factory=list)
    needs: list[Needed] = Field(default_factory=list)


class LawAtDate(Response):
    """The law on one day (行为时/决定时的法律)."""

    day: dt.date
    title: str
    article: str
    text: str
    fine: FineInfo | None = None
    cite: Cite


class OldOrNew(Response):
    """Old or new law (从旧兼从轻, 行政处罚法第三十七条). ``more_lenient``: old, new, same or undecided."""

    old: list[LawAtDate]
    new: list[LawAtDate]
    differs: bool
    more_lenient: str
    text: str
    cites: list[Cite] = Field(default_factory=list)


class Justifying(Response):
    """A choice of options that gives the proposed fine, or a range that holds it (可支持该金额的选择)."""

    choose: dict[str, str]
    tier: int | None = None
    fine_min_yuan: Decimal
    fine_max_yuan: Decimal
    changes: list[str]  # what differs from the given choice


class CheckResponse(Response):
    """A proposed fine, checked (核查结果)."""

    computed: ComputeResponse
    proposed_yuan: Decimal | None
    against: list[Against]
    verdict: str  # a sentence: 在法定幅度和裁量基准之内 …
    ok: bool | None  # None: facts missing
    justifying: list[Justifying] = Field(default_factory=list)
    grounds: list[Ground] = Field(default_factory=list)
    no_penalty: NoPenaltyResult
    old_or_new: OldOrNew | None = None
    warnings: list[str] = Field(default_factory=list)
    needs: list[Needed] = Field(default_factory=list)


class ExplainRequest(CheckRequest):
    """What to explain (裁量说明); without ``proposed_yuan`` the computed sum is explained."""

    case_name: str | None = Field(default=None, max_length=200, description="案件名称。Name of the case.")
    party: str | None = Field(default=None, max_length=200, description="当事人。Party, for the heading only.")


class ExplainResponse(Response):
    """The explanation for the case file, with the check it rests on (裁量说明)."""

    title: str
    text: str  # plain text, ready to paste
    paragraphs: list[Line]
    check: CheckResponse


class AuditRequest(Request):
    """Which benchmark to audit, on which day (审查请求)."""

    document: str | None = Field(
        default=None, max_length=500, description="文件编号或标题；缺省为全部裁量基准。One benchmark; absent: all."
    )
    as_of: OptionalDay = None


class CitedLawState(Response):
    """One cited law of one section on the day (依据状态)."""

    role: str  # violated or basis
    written: str
    title: str
    state: str  # in_force, repealed, amended, not_yet_in_force, not_found, text_differs, unknown
    text: str  # sentence for people
    quote_matches: bool | None = None
    successor: str | None = None  # 《中华人民共和国生态环境法典》
    successor_basis: str | None = None
    proposal: str | None = None  # 《…法典》第…条, a proposal, never a finding
    proposal_score: float | None = None
    proposal_text: str | None = None
    page: int | None = None
    ended_on: dt.date | None = None  # the day of the repeal: of the law, or of its parent
    parent: str | None = None  # title of the law that an implementing rule implements
    parent_repealed: bool | None = None  # None: no such rule
    differences: list[str] = Field(default_factory=list)  # quoted words that the law has otherwise
    provision_ids: list[str] = Field(default_factory=list)


class AuditProblem(Response):
    """One problem of one section (审查问题)."""

    code: str  # basis_repealed, beyond_statute, gap, overlap, weights, not_monotone, unit_slip, not_found …
    severity: str
    text: str
    page: int | None = None


class SectionAudit(Response):
    """One section with its cited laws and problems (分项审查)."""

    key: str
    id: str
    title: str
    pages: list[int]
    laws: list[CitedLawState]
    problems: list[AuditProblem]


class AuditResponse(Response):
    """The audit of one benchmark (审查结果)."""

    document: str
    document_id: str
    as_of: dt.date
    sections: list[SectionAudit]
    summary: dict[str, int]
    laws: list[CitedLawState]  # each cited law once, with the sections that cite it in ``text``
    seconds: float


class ReviewEntry(Response):
    """One record that needs a person (待核对记录), with its correction where one was made."""

    key: str
    kind: str  # standard, item
    document: str
    title: str
    doubts: list[DoubtInfo]
    pages: list[int]
    has_picture: bool
    record: dict[str, object]  # JSON of the record as read (corpus.discretion.codec)
    correction: dict[str, object] | None = None
    corrected_by: str | None = None
    corrected_at: dt.datetime | None = None
    stale: bool = False  # the source was read differently since the correction


class CorrectionRequest(Request):
    """A person's correction of a record: the whole record as JSON, who made it, and why (更正)."""

    record: dict[str, object] = Field(description="更正后的记录，形如 GET 所得。The record as it should be.")
    by: str = Field(default="", max_length=100, description="更正人。Who corrects.")
    note: str = Field(default="", max_length=2000, description="更正说明。Why.")


class Desk(Protocol):
    """What every surface needs from the desk. Errors are those of ``corpus.errors``; unknown keys raise NotFound."""

    def standards(
        self, query: str | None = None, document: str | None = None, as_of: dt.date | None = None
    ) -> list[StandardInfo]: ...

    def standard(self, key: str, as_of: dt.date | None = None) -> StandardInfo: ...

    def items(self, document: str | None = None) -> list[ItemInfo]: ...

    def find(self, request: FindRequest) -> FindResponse: ...

    def compute(self, request: ComputeRequest) -> ComputeResponse: ...

    def check(self, request: CheckRequest) -> CheckResponse: ...

    def explain(self, request: ExplainRequest) -> ExplainResponse: ...

    def explain_docx(self, request: ExplainRequest) -> bytes: ...

    def audit(self, request: AuditRequest) -> list[AuditResponse]: ...

    def review(self, document: str | None = None) -> list[ReviewEntry]: ...

    def correct(self, key: str, request: CorrectionRequest) -> ReviewEntry: ...

    def remove_correction(self, key: str) -> ReviewEntry: ...

    def picture(self, key: str, page: int | None = None) -> bytes:
        """PNG of the record's region on its page; NotFound where the format has no pages or no original is kept."""
        ...
