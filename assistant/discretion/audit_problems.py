"""What an audit finds in a section (核查发现): one problem, with its stable code and how grave it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.vocabulary import Severity


class Code(StrEnum):
    """Kinds of problems (问题种类)."""

    # the law that is cited
    BASIS_REPEALED = "basis_repealed"
    PARENT_REPEALED = "parent_repealed"  # an implementing rule whose named parent law is repealed
    ENABLING_LAW_REPEALED = "enabling_law_repealed"  # 根据《…》制定: in force, the law it was made under is not
    BASIS_AMENDED = "basis_amended"
    BASIS_NOT_YET_IN_FORCE = "basis_not_yet_in_force"
    BASIS_NOT_FOUND = "basis_not_found"
    BASIS_UNKNOWN = "basis_unknown"
    QUOTE_DIFFERS = "quote_differs"
    NO_BASIS = "no_basis"  # the section cites no law
    STATUTE_RANGE_DIFFERS = "statute_range_differs"  # the law of the day allows another range than the one quoted
    # fines beside the statute
    BEYOND_STATUTE = "beyond_statute"
    OPEN_BELOW = "open_below"  # 以下 without a lower bound where the statute has one
    BELOW_MINIMUM = "below_minimum"  # least total × multiplier under the statutory minimum, no floor prescribed
    MAXIMUM_NOT_REACHED = "maximum_not_reached"
    UNIT_SLIP = "unit_slip"  # 元 for 万元 or the other way round
    MISPRINT = "misprint"  # read otherwise than printed
    # tiers and options
    GAP = "gap"
    OVERLAP = "overlap"
    NOT_MONOTONE = "not_monotone"
    LABEL_GAP = "label_gap"
    LABEL_OVERLAP = "label_overlap"
    # weights
    WEIGHTS_BELOW_100 = "weights_below_100"
    WEIGHTS_ABOVE_100 = "weights_above_100"
    WEIGHTS_CAPPED = "weights_capped"
    # the record
    DUPLICATE_NUMBER = "duplicate_number"
    NEEDS_REVIEW = "needs_review"


CODE_ZH: dict[Code, str] = {
    Code.BASIS_REPEALED: "依据已废止",
    Code.PARENT_REPEALED: "上位法已废止",
    Code.ENABLING_LAW_REPEALED: "制定依据已废止",
    Code.BASIS_AMENDED: "依据其后已修改",
    Code.BASIS_NOT_YET_IN_FORCE: "依据尚未施行",
    Code.BASIS_NOT_FOUND: "依据未找到",
    Code.BASIS_UNKNOWN: "依据状态不能确定",
    Code.QUOTE_DIFFERS: "引文与条文不符",
    Code.NO_BASIS: "没有读到依据",
    Code.STATUTE_RANGE_DIFFERS: "当日法定幅度与所引不同",
    Code.BEYOND_STATUTE: "超出法定幅度",
    Code.OPEN_BELOW: "未写下限",
    Code.BELOW_MINIMUM: "最低额低于法定下限",
    Code.MAXIMUM_NOT_REACHED: "最高额达不到法定上限",
    Code.UNIT_SLIP: "疑似元、万元之误",
    Code.MISPRINT: "文字疑有误",
    Code.GAP: "档次之间有空档",
    Code.OVERLAP: "档次之间有重叠",
    Code.NOT_MONOTONE: "轻重次序不一致",
    Code.LABEL_GAP: "情形之间有空档",
    Code.LABEL_OVERLAP: "情形之间有重叠",
    Code.WEIGHTS_BELOW_100: "权重合计不足100%",
    Code.WEIGHTS_ABOVE_100: "权重合计超过100%",
    Code.WEIGHTS_CAPPED: "权重合计超过100%，规定了封顶",
    Code.DUPLICATE_NUMBER: "编号重复",
    Code.NEEDS_REVIEW: "待核对",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem (问题): what is wrong, in words for people, and the page."""

    code: Code
    severity: Severity
    text: str
    page: int | None = None
