"""Names of cases (案例名称): 案例一：某餐饮店未安装油烟净化设施案, 指导案例24号：…, 张某诉某局行政处罚案."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.parsers.wording import plain, without_emphasis
from ingest.readers.model import Paragraph

_N = r"[一二三四五六七八九十百零〇\d]{1,4}"
_NUMBERED = re.compile(
    rf"^[【〔\[]?(?P<number>(?:典型)?案例\s*{_N})[】〕\]]?(?:\s*[：:、.．\-—]\s*|\s+|$)(?P<words>.*)$"
)
_GUIDING = re.compile(rf"^(?:指导性?案例|检例第|指导案例第)\s*{_N}\s*号")
_LISTED = re.compile(rf"^(?:{_N}\s*[、.．]|[（(]{_N}[）)])\s*(?P<words>.+)$")
_ENDS_AS_CASE = re.compile(
    r"(?:诉.+|[与对].+|纠纷|一|行政\S*|处罚\S*|违法\S*|\S{4,})案(?:例)?(?:[（(][^（）()]*[）)])?$"
)
_NO_NAME = re.compile(
    r"[。！？；]|案例$|(?:方案|提案|预案|草案|备案|档案|立案|结案|答案|个案|图案|议案|专案|破案|办案|本案|该案)$"
)
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class CaseName:
    """The name of a case: its number in a collection (案例一, or empty) and its words (or empty)."""

    number: str
    words: str


def case_name(paragraph: Paragraph) -> CaseName | None:
    """The case that a paragraph names, where it does nothing else; None for running text and section heads."""
    text = " ".join(without_emphasis(paragraph.text).split())
    if not 0 < len(text) <= _LONGEST or "。" in text:
        return None
    if numbered := _NUMBERED.match(text):
        return CaseName("".join(numbered["number"].split()), numbered["words"].strip())
    if _GUIDING.match(text):
        return CaseName("", text)
    listed = _LISTED.match(text)
    words = listed["words"].strip() if listed else text
    marked = paragraph.level is not None or paragraph.centred or listed is not None
    return CaseName("", words) if marked and is_case_name(words) else None


def is_case_name(words: str) -> bool:
    """Whether words end as the name of a case does (…案), and are no 方案 or 备案."""
    compact = plain(words)
    return bool(_ENDS_AS_CASE.search(compact)) and not _NO_NAME.search(compact)
