"""What closes a list without saying anything (兜底项): 法律、法规规定的其他职责 earns no points in a short answer.

An item that only names others besides (认定的药师或者其他技术人员) is content. Where neither is certain the list is not
asked as a whole: a key that leaves out a condition of the law would be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum


class Closing(StrEnum):
    """What the last item of a list is."""

    CONTENT = "content"
    CATCH_ALL = "catch_all"
    UNCERTAIN = "uncertain"


_HEAD = (
    r"(?:情形|情况|行为|事项|条件|职责|职权|职能|权利|权力|义务|要求|措施|方式|方案|材料|文件|资料|内容|信息|人员|业务|活动|原因|"
    r"设施|程序|任务|工作|问题)"
)
_JOINED = re.compile(r"(?:或者?|和|以及|及|与|、)其[他它]")
_OTHERS = re.compile(r"其[他它]")
_PARTY = r"[^的，；]{0,4}(?:人|者|员|单位|机关|组织|部门|机构|企业|公司)(?!的|$)"
_BARE = re.compile(rf"有?其[他它](?!{_PARTY})(?:[^，；]*{_HEAD}|[^，；]*的)(?:的)?")
_LEFT_TO_OTHERS = re.compile(
    rf"(?!有|未|需要(?!载明|公告|告知)|认为)[^，；]*?"
    rf"(?:规定|认为|认定|约定|批准|要求|需要|应当|可以|必须|不[宜得]|不适宜|委托|授权|授予|交办|制定|确定)"
    rf"(?:(?!以及)[^，；])*?的?其[他它][^，；的]{{0,12}}{_HEAD}(?:的)?"
)
_GOES_ON = re.compile(r"(?!有?其[他它])[^，；]+其[他它][^，；]{0,10}，")
"""与本案当事人有其他关系，可能影响公正处理的: what follows says what matters."""
_DEMANDED = re.compile(r"(?:规定|认为|认定)(?:的)?其[他它](?:应当|可以|不得|需要|不宜)[^，；]*的?")


def closing(words: str) -> Closing:
    """What a last item is, by its own words."""
    if not _OTHERS.search(words):
        return Closing.CONTENT
    last = list(_OTHERS.finditer(words))[-1]
    if any(_JOINED.match(words, max(0, last.start() - back)) for back in (1, 2)) or _GOES_ON.match(words):
        return Closing.CONTENT
    if _BARE.fullmatch(words) or _LEFT_TO_OTHERS.fullmatch(words):
        return Closing.CATCH_ALL
    if re.fullmatch(rf"[^，；]{{0,16}}{_DEMANDED.pattern}", words):
        return Closing.CATCH_ALL
    return Closing.UNCERTAIN


def items_that_say(items: Sequence[str]) -> int | None:
    """How many of a list's items say something: all of them, or all but the last; None where that is not certain."""
    if any(closing(words) is Closing.CATCH_ALL for words in items[:-1]):
        return None
    match closing(items[-1]):
        case Closing.CONTENT:
            return len(items)
        case Closing.CATCH_ALL:
            return len(items) - 1
        case Closing.UNCERTAIN:
            return None
