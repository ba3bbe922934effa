"""Whether a fine is the last of what one person gets for one act (并罚是否述完).

处…拘留，并处…罚款，吊销…: told up to the fine, the rule would not be whole. Another person (对直接负责的…) and another
case (情节严重的) begin anew.
"""

from __future__ import annotations

import re

_ENDS = re.compile(r"[；。\n]")
_OTHER_PERSON = re.compile(r"(?:并且?|且|同时|还)?(?:应当|可以)?对[^，]{0,20}?(?:人|员|者|单位|企业|机构)")
_JOINED = re.compile(r"(?:、|或者|以?及|和|；并)")
_MEASURE = re.compile(
    r"警告|罚款|没收|吊销|暂扣|拘留|责令|停产|停业|关闭|取缔|拆除|排除|收缴|撤销|禁止|不得|除名|通报|降低"
)


def is_cut_short(text: str, at: int) -> bool:
    """Whether the clause goes on after ``at`` with what belongs to it: a further measure against the same person
    (，吊销机动车驾驶证；、吊销许可证；；并可以吊销许可证), or a proviso."""
    joined = _JOINED.match(text, at)
    if joined is not None:
        rest = re.split(r"[，；。\n]", text[joined.end() :], maxsplit=1)[0]
        return bool(_MEASURE.search(rest)) and not _OTHER_PERSON.match(rest)
    comma, _, rest = _ENDS.split(text[at:], maxsplit=1)[0].partition("，")
    return not comma.strip() and bool(rest) and not (_OTHER_PERSON.match(rest) or rest.split("，")[0].endswith("的"))
