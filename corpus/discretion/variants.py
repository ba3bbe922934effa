"""Names of parties and cases (裁量起点与法条中的当事人、情形): which names mean the same.

A table says 对个人 where its remark says 直接负责的主管人员和其他责任人员, and 限期内改正 where the statute says
nothing at all; nothing here knows numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.discretion.sum_cases import lies_inside, read_sum_cases

_PERSON = re.compile(r"个人|人员|负责人|责任人(?!.{0,6}使用权人)|法定代表人|自然人|公民")
_UNIT = re.compile(r"单位|企业|机构|组织|法人(?!员)|公司")
_OF_UNIT = re.compile(r"(?:单位|企业|机构|组织|法人|公司)的?(?:直接|主要|法定|负|有关|相关|责任人|其他)")
_BOTH = re.compile(
    r"(?:单位|企业|机构|组织)(?:和|或者|或|及|以及|、)(?:者)?个人|个人(?:和|或者|或|及|以及|、)(?:其他)?(?:单位|组织|企业)"
)
_IN_TIME = re.compile(
    r"(?:限期|期限|规定期限|期)内(?:完成)?(?:改正|整改|履行)|按期改正|按期整改|及时改正|限期改正$|责令改正$|已改正"
)
_LATE = re.compile(r"逾期(?:未|不|仍)|逾期$|拒不(?!接受|配合|提供|如实|缴)|拒绝改正|未按期|到期不")
_SERIOUS = re.compile(r"情节(?:特别)?严重|后果(?:特别)?严重|严重后果|重大(?!项目)")
_NOT_SERIOUS = re.compile(r"未造成|没有造成|一般情形|情节(?:一般|较轻|轻微)|不严重")
_NO_GAIN = re.compile(r"(?:没有|无|未取得)(?:违法)?所得|所得(?:金额)?(?:不足|不满)|所得[^，]{0,10}以下")
_NOISE = re.compile(r"[\s的对·、，,：:（）()“”\"]|罚款金额|裁量百分值")


def person(words: str) -> bool:
    """Whether ``words`` name persons (直接负责的主管人员), not units, nor both (单位和个人)."""
    plain = words.removeprefix("对")
    if not _PERSON.search(plain) or everyone(plain):
        return False
    return not _UNIT.match(plain) or bool(_OF_UNIT.match(plain))


def everyone(words: str) -> bool:
    """Whether ``words`` name units and persons alike (单位和个人)."""
    return bool(_BOTH.search(words))


def unit(words: str) -> bool:
    """Whether ``words`` name units (单位, 企业, 机构)."""
    return bool(_UNIT.search(words)) and not person(words)


def case_of(words: str) -> str | None:
    """The sort of case ``words`` name: late, in_time, serious, not_serious; None for any other."""
    if _LATE.search(words):
        return "late"
    if _IN_TIME.search(words):
        return "in_time"
    if _NOT_SERIOUS.search(words):
        return "not_serious"
    return "serious" if _SERIOUS.search(words) else None


def no_gain(words: str) -> bool:
    """Whether ``words`` name the case of no or little gain (没有违法所得或者违法所得不足十万元的)."""
    return bool(_NO_GAIN.search(words))


def key(words: str) -> str:
    """``words`` without the letters that vary between a table and its remark."""
    return _NOISE.sub("", words)


def matching(label: str, variants: Sequence[str]) -> list[int]:
    """Which of ``variants`` the words ``label`` mean; several where they name only the party of several cases.

    A case of a sum means every variant that lies inside it (货值金额不足一万元的: 货值不足一万元, 货值不足五千元).
    """
    wanted = key(label)
    if not wanted:
        return []
    same = [i for i, variant in enumerate(variants) if key(variant) == wanted]
    if same:
        return same
    parts = [[key(part) for part in variant.split("·")] for variant in variants]
    same = [i for i, names in enumerate(parts) if wanted in names]
    if same:
        return same
    case = case_of(label)
    if case is None and read_sum_cases(label):
        return [i for i, variant in enumerate(variants) if any(lies_inside(p, label) for p in variant.split("·"))]
    if case is not None:
        of_case = [i for i, variant in enumerate(variants) if case_of(variant) == case]
        if len(of_case) > 1:
            of_case = [i for i in of_case if person(variants[i]) == person(label)]
        if of_case:
            return of_case
    if person(label) and case is None:
        return [i for i, variant in enumerate(variants) if person(variant)]
    if unit(label) and case is None:
        return [i for i, variant in enumerate(variants) if unit(variant)]
    return []
