"""What takes a rule back (保留): an exception, another rule or an extension after it in the paragraph."""

from __future__ import annotations

import re

_RESERVE = re.compile(
    r"除外|另有(?:规定|约定)|可以(?:适当)?延长|延长(?:至|期限)|从其规定|不受[^，。]{0,12}限制|但是|(?:^|[，。；])但(?!书)|"
    r"(?:^|[。；])(?:因(?!此|而)|由于|遇有?)[^。；]{2,60}的，|情况紧急|紧急情况|特殊(?:情况|情形|原因)|不可抗力|"
    r"确[需有][^。；]{0,30}的，"
)

_EARLIER = r"(?:前[一二两三四五]?款|(?<!条)第[一二三四五六七八九十]款|本条(?!例))"
_OF_EARLIER = re.compile(
    rf"{_EARLIER}[^。；\n]{{0,60}}?(?:除外|不适用|不受[^。；\n]{{0,16}}限制)|(?:不适用|不受)[^。；\n]{{0,8}}{_EARLIER}"
)
"""A later paragraph that takes back an earlier one: …的，不受前款规定的限制."""


def rest_of_paragraph(text: str, at: int) -> str:
    """What an article goes on with in the same paragraph."""
    return text[at:].partition("\n")[0]


def taken_back(text: str, at: int) -> bool:
    """Whether an article goes on after ``at`` with what takes a rule back, in its paragraph or a later one."""
    return takes_back(rest_of_paragraph(text, at)) or bool(_OF_EARLIER.search(text[at:].partition("\n")[2]))


def takes_back(rest: str) -> bool:
    """Whether the words after a rule take it back for some cases: 因情况紧急…的，; 但是…; 法律另有规定的除外."""
    return bool(_RESERVE.search(rest))
