"""Discretion benchmarks as data (裁量基准): violations with their basis, and weighted factors or tiers.

Every value keeps the place it was read from. Weights are exact percentage points (``Fraction(20)`` is 20 %,
``Fraction(100, 3)`` is one third); money is ``Decimal`` in yuan; a ratio is a multiple of its base (5 % is 0.05).
Wording is as printed, misprints included.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from corpus.vocabulary import Citation


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the file a value stands (出处); every number counts from 1, None where the format has no such thing.

    ``row`` is the row people see: the sheet's own number, else the row of the table. ``article`` is the label of the
    provision in a document of articles (第二十三条).
    """

    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    article: str | None = None

    def __str__(self) -> str:
        parts = (
            f"第{self.page}页" if self.page is not None else "",
            f"工作表“{self.sheet}”" if self.sheet is not None else "",
            f"表{self.table}" if self.table is not None else "",
            f"第{self.row}行" if self.row is not None else "",
            self.article or "",
        )
        return "".join(parts)


NO_SPOT = Spot()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a record needs a person's eye (待核对): a stable code, words for people, and the place."""

    code: str  # weights_do_not_reach_100, fine_not_read, header_not_understood, …
    message: str
    spot: Spot = NO_SPOT


@dataclass(frozen=True, slots=True)
class Basis:
    """Cited law (依据): the citation as printed, each article and paragraph it names, and the words quoted with it.

    ``written`` is 《title》 and the places of one article (《…法》第三十一条第一款、第二款);
    ``citations`` name each place apart. ``text`` is the law's text as the document quotes it, without the citation;
    "" where none is quoted.
    """

    written: str
    citations: tuple[Citation, ...]
    text: str = ""
    spot: Spot = NO_SPOT


class FineKind(StrEnum):
    """How a fine is stated (罚款方式): sums in yuan, or multiples and shares of a base."""

    RANGE = "range"  # 1万元以上3万元以下
    UPTO = "upto"  # 5万元以下
    FROM = "from"  # 5万元以上
    FIXED = "fixed"  # 20万元
    RATIO_RANGE = "ratio_range"  # 货值金额1倍以上3倍以下
    RATIO_UPTO = "ratio_upto"
    RATIO_FROM = "ratio_from"
    RATIO_FIXED = "ratio_fixed"
    WARNING = "warning"  # 警告 without a fine
    NONE = "none"  # / or —: nothing for this column
    OTHER = "other"  # a measure that is no fine: 责令停业, 吊销
    UNREAD = "unread"  # words that could not be read with certainty

    @property
    def is_ratio(self) -> bool:
        return self.value.startswith("ratio_")

    @property
    def is_fine(self) -> bool:
        """Whether it names a sum or a ratio."""
        return self not in (FineKind.WARNING, FineKind.NONE, FineKind.OTHER, FineKind.UNREAD)


@dataclass(frozen=True, slots=True)
class Fine:
    """A fine as one cell or one clause of a statute states it (罚款幅度).

    ``minimum`` and ``maximum`` are yuan, or multiples of ``base`` for the ratio kinds; None where the words give no
    such bound (以上 alone has no maximum). ``base_floor`` is the sum the base counts as where it is smaller
    (不足十万元的，按十万元计算), in yuan. ``includes_*`` is only set where the words themselves say so (含本数).
    ``per`` is what the sum is counted by (日, 吨, 平方米, 只). ``also`` is what goes with the fine (没收违法所得).
    ``optional``: 可以处. ``read_as``: the evident reading of a misprint, "" where none was needed. ``increments``:
    rules of stepping up inside the range, as printed. ``ceiling`` is the most in yuan that a share may come to
    (按照直接损失的百分之三十计算罚款，但是最高不超过一百万元).
    """

    text: str
    kind: FineKind
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    base: str | None = None
    base_floor: Decimal | None = None
    includes_minimum: bool | None = None
    includes_maximum: bool | None = None
    per: str | None = None
    also: str = ""
    optional: bool | None = None
    read_as: str = ""
    increments: str = ""
    ceiling: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LegalRange:
    """A fine that the statute allows (法定幅度), for a party or a case (对单位, 逾期未改正); None for all."""

    fine: Fine
    applies_to: str | None = None
    basis: int = 0  # index of the Basis whose quoted text says it


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a factor (违法程度/裁量等级) and its weight in percentage points; ``weight_text`` as printed.

    ``weights`` overrides ``weight`` for single variants where the columns differ.
    """

    label: str
    weight: Fraction
    weight_text: str
    spot: Spot = NO_SPOT
    weights: tuple[tuple[str, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """A circumstance that counts (裁量要素), with its options in printed order."""

    name: str
    options: tuple[Option, ...]
    spot: Spot = NO_SPOT


@dataclass(frozen=True, slots=True)
class Formula:
    """How the total becomes a sum, for one variant (计算方法): total % × ``multiplier`` yuan, or × base × ``ratio``.

    ``variant`` is the start's name (限期内改正, 对单位·逾期未改正), None where there is one for all. ``start`` is the
    starting weight in percentage points. ``floor`` and ``cap`` are the totals that the remark
    prescribes (不足20%的按20%计算).
    ``text`` is the remark's sentence as printed.
    """

    start: Fraction
    variant: str | None = None
    multiplier: Decimal | None = None
    base: str | None = None
    ratio: Decimal | None = None
    base_floor: Decimal | None = None
    floor: Fraction | None = None
    cap: Fraction | None = None
    text: str = ""
    spot: Spot = NO_SPOT
    start_text: str = ""
    start_spot: Spot = NO_SPOT


@dataclass(frozen=True, slots=True)
class Tier:
    """One row of a tiered benchmark (裁量阶次): what must be the case, and the fine per column.

    ``when`` gives each axis its label, None where the axis does not apply (—). A row that spans all axes has its words
    in ``catch_all`` and no ``when``. ``grade`` is the name or number of the step where the table has one (较轻, 2).
    ``circumstances`` are the cases of the step, one of which is enough unless ``joint``. ``behaviour`` where the
    violation column itself is divided. ``standard_text`` are the whole words of the penalty cells. ``remark`` and
    ``basis_text`` are only set where they hold for this step and not for the whole violation (a violation divided
    into sections, each with its own basis and steps that begin anew); ``basis_rows`` are that cell's first and last.
    """

    fines: tuple[tuple[str, Fine], ...]
    when: tuple[tuple[str, str | None], ...] = ()
    catch_all: str = ""
    grade: str = ""
    circumstances: tuple[str, ...] = ()
    joint: bool = False
    behaviour: str = ""
    remark: str = ""
    rows: tuple[int, ...] = ()  # rows of the sheet or table, first and last
    pages: tuple[int, ...] = ()
    spot: Spot = NO_SPOT
    standard_text: str = ""
    basis_text: str = ""
    basis_rows: tuple[int, ...] = ()


class Mode(StrEnum):
    """How a benchmark decides the sum (裁量模式)."""

    WEIGHTED = "weighted"  # 权重累加模式
    TIERED = "tiered"  # 幅度罚款模式
    UNREAD = "unread"  # found, but its table could not be read: never computed


@dataclass(frozen=True, slots=True)
class DiscretionStandard:
    """The benchmark of one violation (裁量标准).

    ``id`` is unique in its document: the printed number (``§1.1``, ``2-6``), made unique and corrected where the
    printing is wrong (``printed_id``). ``title`` is the heading without its number; ``title_inherited_from`` the id
    whose heading it shares. ``remark`` is the whole remark, a line each. ``pages`` are 1-based. ``doubts`` non-empty
    means that a person must look before anything is computed from it.
    """

    id: str
    mode: Mode
    title: str
    chapter: str = ""
    heading_no: str = ""
    printed_id: str = ""
    title_inherited_from: str | None = None
    behaviours: tuple[str, ...] = ()
    violated: tuple[Basis, ...] = ()
    violated_text: str = ""
    basis: tuple[Basis, ...] = ()  # 处罚依据
    basis_text: str = ""
    legal_ranges: tuple[LegalRange, ...] = ()
    header: tuple[str, ...] = ()
    factors: tuple[Factor, ...] = ()
    formulas: tuple[Formula, ...] = ()
    axes: tuple[str, ...] = ()
    fine_columns: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = ()
    remark: str = ""
    pages: tuple[int, ...] = ()
    sheet: str | None = None
    spot: Spot = NO_SPOT
    doubts: tuple[Doubt, ...] = ()
    other: tuple[tuple[str, str], ...] = ()  # further columns of the violation, by printed name

    @property
    def variants(self) -> tuple[str, ...]:
        """Names of the starts to choose between; empty where there is one for all."""
        return tuple(formula.variant for formula in self.formulas if formula.variant is not None)


class ListEffect(StrEnum):
    """What an entry of a no-penalty or leniency list says (清单效果)."""

    NOT_PUNISH = "not_punish"  # 不予行政处罚 (应当)
    MAY_NOT_PUNISH = "may_not_punish"  # 可以不予行政处罚, 首违不罚
    LENIENT = "lenient"  # 从轻
    MITIGATED = "mitigated"  # 减轻
    LENIENT_OR_MITIGATED = "lenient_or_mitigated"
    SEVERE = "severe"  # 从重
    NO_COERCION = "no_coercion"  # 不予实施行政强制措施
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class ConditionGroup:
    """Conditions printed below one condition (条件中的条件): ``conditions[of]`` of the entry is met by these.

    ``lead`` is the sentence above them (有下列情形之一), ``joint`` as in ``ExemptionItem``.
    """

    of: int  # index in ExemptionItem.conditions, from 0
    conditions: tuple[str, ...]
    joint: bool
    lead: str = ""


@dataclass(frozen=True, slots=True)
class ExemptionItem:
    """An entry of a no-penalty, first-offence or leniency list (不予处罚/首违不罚/从轻减轻清单).

    ``joint``: all conditions must hold; otherwise any one is enough. A condition that holds alternatives of its own
    (仅…或仅…) is one condition. ``lead`` is the sentence above the conditions. ``exclusions`` exclude this entry alone.
    ``groups`` are the conditions printed below a condition, whose words stay whole in ``conditions``.
    """

    id: str  # the printed number, made unique
    violation: str
    effect: ListEffect
    lead: str = ""
    conditions: tuple[str, ...] = ()
    joint: bool = True
    exclusions: tuple[str, ...] = ()
    category: str = ""
    category_heading: str = ""
    provision_text: str = ""
    provisions: tuple[Basis, ...] = ()
    basis: tuple[Basis, ...] = ()  # 处罚依据, where a column gives it
    remark: str = ""
    pages: tuple[int, ...] = ()
    spot: Spot = NO_SPOT
    doubts: tuple[Doubt, ...] = ()
    groups: tuple[ConditionGroup, ...] = ()


class RuleOrigin(StrEnum):
    """Who says how bounds are read (以上以下的依据)."""

    DOCUMENT = "document"  # the benchmark itself
    RULES = "rules"  # the accompanying rules of application
    STATUTE = "statute"  # the statute's own article
    CONVENTION = "convention"  # nobody: drafting convention, labelled as such


@dataclass(frozen=True, slots=True)
class BoundsRule:
    """Whether 以上 and 以下 include the number (本数), with the provision that says so.

    ``others`` is what it says of further words (不足, 超过, 以内). ``assumed`` names 以上 or 以下 where the provision
    is silent on it and drafting convention was taken. ``maximum_included``: what it says of a band whose upper end is
    the statutory maximum (各档上限为法定上限的，包含本数), None where it says nothing.
    """

    above_included: bool
    below_included: bool
    origin: RuleOrigin
    document: str = ""  # title
    article: str = ""  # 第二十三条
    quote: str = ""
    provision_id: str | None = None
    others: tuple[tuple[str, bool], ...] = ()
    assumed: tuple[str, ...] = ()
    maximum_included: bool | None = None


class CircumstanceEffect(StrEnum):
    """What a circumstance of the rules of application does (情节效果)."""

    SEVERE = "severe"  # 从重
    LENIENT = "lenient"  # 从轻
    MITIGATED = "mitigated"  # 减轻
    LENIENT_OR_MITIGATED = "lenient_or_mitigated"  # 从轻或者减轻
    NOT_PUNISH = "not_punish"
    MAY_NOT_PUNISH = "may_not_punish"
    RAISE_TIER = "raise_tier"  # 上调一个档次
    LOWER_TIER = "lower_tier"


@dataclass(frozen=True, slots=True)
class Circumstance:
    """One circumstance of the rules of application (从重/从轻/减轻情节): ``must`` is 应当, otherwise 可以.

    ``conditions`` where several must hold together (同时满足), else ``text`` alone is enough. ``exclusions`` are the
    cases to which it does not apply.
    """

    text: str
    effect: CircumstanceEffect
    must: bool
    article: str  # 第十一条第（一）项
    quote: str  # the sentence above the items
    conditions: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()


class Band(StrEnum):
    """Where in the band a fine goes by degree (幅度内取值)."""

    MIDDLE = "middle"  # 从重 ≥ middle, 从轻 < middle, 一般 = middle
    SHARES = "shares"  # 从轻 the lower 30 % of the band, 从重 the upper 30 %: see ApplicationRules.shares


@dataclass(frozen=True, slots=True)
class DegreeShare:
    """The part of the band that a degree takes (从轻: 0 to 30): percentage points from its lower end."""

    degree: str  # 从轻, 一般, 从重
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class SaidBy:
    """A rule that holds because a provision says so: the provision and its words."""

    article: str
    quote: str


@dataclass(frozen=True, slots=True)
class ApplicationRules:
    """Rules of applying discretion (裁量规则) read from a document of articles that goes with benchmarks.

    ``effective`` and ``expires`` are the first day in force and the first day no longer (有效期五年), where its own
    words say them with certainty.
    """

    title: str
    bounds: BoundsRule | None = None
    total_cap: Fraction | None = None  # percentage points
    total_cap_by: SaidBy | None = None
    lowest_if_unknown: SaidBy | None = None  # 裁量因素确无法查明的按最低档次
    degree: Band | None = None
    degree_by: SaidBy | None = None
    heavier_tier: SaidBy | None = None  # 同时具有不同档次情节的，按较重档次
    circumstances: tuple[Circumstance, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    shares: tuple[DegreeShare, ...] = ()  # where ``degree`` is SHARES
    effective: dt.date | None = None
    expires: dt.date | None = None
    dates_by: SaidBy | None = None


@dataclass(frozen=True, slots=True)
class DiscretionRecords:
    """What one text says that decides about fines (裁量数据): standards, list entries, rules, remarks."""

    standards: tuple[DiscretionStandard, ...] = ()
    items: tuple[ExemptionItem, ...] = ()
    remarks: tuple[str, ...] = ()  # of the whole list
    rules: ApplicationRules | None = None
    bounds: BoundsRule | None = None  # where the benchmark itself says how bounds are read
    doubts: tuple[Doubt, ...] = ()  # on the document, e.g. a table that could not be read at all

    def __bool__(self) -> bool:
        return bool(self.standards or self.items or self.rules or self.bounds or self.doubts)


NO_RECORDS = DiscretionRecords()
