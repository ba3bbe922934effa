"""What a column or a label of a list holds (清单的栏目): 违法行为, 违反条款, 适用条件, however it is worded."""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.lists import Column, meaning_of


class Role(StrEnum):
    """The part of an entry that a column or a labelled paragraph gives (栏目)."""

    NUMBER = "number"
    CATEGORY = "category"
    VIOLATION = "violation"
    VIOLATED = "violated"
    BASIS = "basis"
    GROUNDS = "grounds"  # 不予处罚依据: why the law allows it, not what was violated
    CONDITION = "condition"
    EXCLUSION = "exclusion"
    EFFECT = "effect"
    REMARK = "remark"


_LENIENCY = r"(?:不予|免予|免于|免|从轻|减轻|首违|轻微|从宽|包容|强制)"
_ROLES: tuple[tuple[Role, str], ...] = (
    (Role.NUMBER, r"序号|项次|编号|条目|no\.?"),
    (Role.GROUNDS, rf".*{_LENIENCY}.*(?:依据|条款)|适用(?:法律)?(?:依据|条款)|裁量依据"),
    (Role.EXCLUSION, r".*(?:不适用|除外|例外|排除|不得适用|禁止适用|不予适用|负面).*"),
    (
        Role.EFFECT,
        r"处理(?:方式|决定|结果|意见|措施|建议)|处罚(?:种类|方式|决定|结果|建议)|裁量(?:结果|类型|种类|方式|等级|档次)|适用(?:类型|类别|种类|清单)"
        r"|免罚(?:类型|类别|种类)|清单(?:类型|类别|种类)|执法方式|处置方式|从轻减轻(?:类型|种类)",
    ),
    (
        Role.VIOLATED,
        r"(?:所)?违反(?:的)?(?:法律|法规|规章|规定|条款|条文|法条|依据|内容|具体|主要|、|和|及|的)+|(?:法定)?义务(?:性)?(?:条款|规定|依据)"
        r"|禁止性(?:条款|规定)|定性(?:法律)?依据|违法依据|行为(?:规范|条款)",
    ),
    (Role.BASIS, r".*(?:处罚(?:法律|设定)?依据|罚则|法律责任|处罚条款|处罚规定)"),
    (
        Role.CONDITION,
        rf".*{_LENIENCY}.*(?:情形|情节|条件|标准|要求|情况|范围)|(?:适用|裁量|具体|认定|构成|同时满足的?|应当具备的?)(?:的)?(?:情形|情节|条件|标准|要求)"
        r"|(?:依法)?(?:可以|应当)?(?:不予|免予|从轻|减轻|从轻或者?减轻)(?:行政)?(?:处罚)?"
        r"|(?:初次违法|首次违法|危害后果|及时改正|改正|整改)(?:轻微|情况|期限)?(?:的)?(?:认定|判断)?(?:标准|情形|要求|条件|期限)?"
        r"|(?:情形|情节|条件|标准|适用说明|裁量因素|轻微情形|适用规则)(?:描述|说明)?|判断标准",
    ),
    (
        Role.VIOLATION,
        r".*(?:违法行为|违法事项|案由|违法情形|违法事实).*|(?:处罚|执法|强制|清单)?事项(?:名称)?|行为(?:名称|描述|表现)?",
    ),
    (Role.CATEGORY, r".*(?:类别|领域|分类|门类|行业|类型|系统)"),
    (Role.REMARK, r"备注|说明|附注|注"),
)
_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)
_MEANINGS = {
    Column.SERIAL: Role.NUMBER,
    Column.CATEGORY: Role.CATEGORY,
    Column.VIOLATION: Role.VIOLATION,
    Column.ITEM: Role.VIOLATION,
    Column.VIOLATED: Role.VIOLATED,
    Column.PENALTY_BASIS: Role.BASIS,
    Column.BASIS: Role.BASIS,
    Column.CONDITION: Role.CONDITION,
    Column.CIRCUMSTANCE: Role.CONDITION,
    Column.REMARK: Role.REMARK,
}
_BRACKETED = re.compile(r"[（(【\[][^（）()【】\[\]]*[）)】\]]")
_LONGEST = 24
_REMARK_HEAD = re.compile(r"\s*(?:备\s*注|附\s*注|说\s*明|填表说明|有关说明|注)\s*(?:[：:]|$)\s*")


def role_of(name: str) -> Role | None:
    """The role that a printed name gives, None where it is not understood. 裁量情形·从轻 is read from its last part."""
    for part in reversed(name.split("·")):
        plain = "".join(_BRACKETED.sub("", part).split()).strip("：:*＊")
        if not plain or len(plain) > _LONGEST:
            continue
        for role, pattern in _PATTERNS:
            if pattern.fullmatch(plain):
                return role
    meaning = meaning_of(name)
    return _MEANINGS.get(meaning) if meaning is not None else None


def after_remark_head(text: str) -> str | None:
    """The words after 备注： at the beginning of ``text`` ("" for none), None where it begins otherwise."""
    head = _REMARK_HEAD.match(text)
    return text[head.end() :].strip() if head else None
