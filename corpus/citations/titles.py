"""Reading the law's name that stands before an article (引用中的名称), back from the article to the left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

from corpus.citations import grammar

_LONGEST_TITLE = 120


class TitleFinder(Protocol):
    """Who knows names of laws: ``NameTable``."""

    def name_ending_at(self, text: str, end: int) -> int | None:
        """Start of the known name that ends at ``end`` and is not the tail of a longer one; None: no such name."""


@dataclass(frozen=True, slots=True)
class WrittenTitle:
    """A title as written: half-open span with 《》 and edition, the words inside, and the edition's year."""

    start: int
    end: int
    words: str
    quoted: bool
    edition: int | None = None


_BLANK = " \t\u3000\u00a0"
_CHAPTER = re.compile(r"第[一二三四五六七八九十百0-9]{1,4}(?:分编|编|章|节)$|(?:总则|分则|附则)$")
_PART_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}?编$")  # 民法典侵权责任编
_LINK = re.compile(r"(?:规定的|[中里内]?的|[中里内之]|[:：”\"])$")  # 《行政处罚法》中的第三十三条
# （2021修订）, （以下简称《处罚法》）; 修正案（十二） is part of a name.
_BRACKET = re.compile(r"[（(\[〔](?![一二三四五六七八九十]{1,3}[)）])[^（）()\[\]〔〕\n]{1,60}[)）\]〕]$")
_EDITION = re.compile(r"[（(\[〔](?P<year>(?:19|20)\d{2})[^（）()]{0,12}[)）\]〕]$")
_EDITION_BEFORE = re.compile(r"(?P<year>(?:19|20)\d{2})[ ]?年?(?:修订|修正|修改|版)的?$")
_RUN = re.compile(r"[\u4e00-\u9fff〇]+(?:[（(][一二三四五六七八九十\d年试行暂]{1,5}[)）])?$")

# A bare title cannot go on to the left of these: 当事人违反了|城乡规划法.
_CUT = re.compile(
    r".*(?:根据|依据|依照|按照|遵照|违反了?|适用|参照|对照|比照|援引|引用|触犯了?|符合|请问|询问|请教|咨询|查询|查阅|知道|认为"
    r"|属于|是|(?<![省市县区州盟旗里地边儿])的|了|吗|呢|吧|我|你|他|她|它|们|把|被)",
    re.DOTALL,
)
_LEADING = re.compile(
    r"(?:按|依|据|查|问(?!责)|看(?!守)|翻|和|与|及|或|对(?!外|台)|在|将|从(?!业)|由|给|跟|并|而|请|这|那|新(?!闻|疆|型|乡|余)|旧|老(?!年)"
    r"|原(?!子|产)|版|现行|我国)+"
)
# 全国人大常委会关于…的决定 keeps its 的.
_NAMED_AFTER_SUBJECT = re.compile(r"(?:(?:全国人民代表大会|全国人大|国务院|最高人民)[\u4e00-\u9fff]*)?关于.*$")


def title_before(
    text: str, article: int, floor: int, *, ordinal: bool, finder: TitleFinder | None
) -> WrittenTitle | None:
    """The title that an article at ``article`` belongs to; None where none is written directly before it.

    Nothing before ``floor`` is looked at. Without 第 (``ordinal`` false) only a name right before the number counts:
    处罚法33条, but not 意见5条.
    """
    ends = _ends(text, article, floor)
    for end in ends:
        if text[end - 1 : end] == "》":
            return quoted_title_ending(text, end, article, floor)
    if not ordinal:
        ends = [end for end in ends if not text[end:article].strip(_BLANK) or _EDITION.match(text, end, article)]
    for end in ends if finder else ():
        start = finder.name_ending_at(text, end) if finder else None
        if start is not None and start >= floor:
            return _title(text, start, end, article)
    for end in ends:
        start = _start_by_words(text, end, floor, ordinal=ordinal)
        if start is not None:
            return _title(text, start, end, article)
    return None


def own_law_before(text: str, article: int, floor: int) -> int | None:
    """Start of 本法, 该条例 … right before an article."""
    for end in _ends(text, article, floor):
        match = grammar.OWN_LAW.search(text[max(floor, end - 6) : end])
        if match:
            return end - len(match.group())
    return None


def follows_no_law(text: str, article: int, floor: int) -> bool:
    """Whether the article is one of a contract or the like: 劳动合同第三条."""
    ends = _ends(text, article, floor)
    return any(grammar.NO_LAW_TEXT.search(text[max(floor, end - 6) : end].rstrip("》")) for end in ends)


def quoted_title_ending(text: str, end: int, article: int | None = None, floor: int = 0) -> WrittenTitle | None:
    """The title in 《》 whose 》 ends at ``end``, titles inside it included; None where 《 is missing."""
    depth = 0
    for start in range(end - 1, max(floor - 1, end - 1 - _LONGEST_TITLE), -1):
        depth += {"》": 1, "《": -1}.get(text[start], 0)
        if depth == 0:
            return _title(text, start, end, article)
    start = text.rfind("《", max(floor, end - _LONGEST_TITLE), end)
    return _title(text, start, end, article) if start >= 0 else None


def quoted_titles(text: str) -> list[WrittenTitle]:
    """The outermost 《…》 of the text, in order."""
    titles: list[WrittenTitle] = []
    for match in re.finditer("》", text):
        title = quoted_title_ending(text, match.end())
        if title is not None:
            while titles and titles[-1].end > title.start:
                titles.pop()  # a title inside this one
            titles.append(title)
    return titles


def _title(text: str, start: int, end: int, article: int | None) -> WrittenTitle:
    quoted = text[end - 1] == "》"
    words = text[start + 1 : end - 1] if quoted else text[start:end]
    after = text[end : article if article is not None else end]
    beside = _EDITION.search(after.strip(_BLANK)) or _EDITION_BEFORE.search(text[max(0, start - 12) : start])
    edition = int(beside["year"]) if beside else split_edition(words)[1]
    return WrittenTitle(start, end, words.strip(), quoted, edition)


def split_edition(words: str) -> tuple[str, int | None]:
    """A title apart from the edition written behind it: 行政处罚法（2021修订） → 行政处罚法, 2021."""
    match = _EDITION.search(words)
    return (words[: match.start()].strip(), int(match["year"])) if match else (words, None)


def _ends(text: str, article: int, floor: int) -> list[int]:
    """Where a title may end before ``article``: right there, or before chapters, a link word and a bracket."""
    ends = [_strip_blank(text, article)]
    for pattern in (_CHAPTER, _CHAPTER, _CHAPTER, _LINK, _BRACKET):
        match = pattern.search(text[max(floor, ends[-1] - 64) : ends[-1]])
        if match:
            ends.append(_strip_blank(text, ends[-1] - len(match.group())))
    first = ends[0]
    ends += [first - n for n in range(3, 8) if first >= n and _PART_NAME.fullmatch(text[first - n : first])]
    return [end for end in ends if end > floor]


def _strip_blank(text: str, end: int) -> int:
    while end and text[end - 1] in _BLANK:
        end -= 1
    return end


def _start_by_words(text: str, end: int, floor: int, *, ordinal: bool) -> int | None:
    """Start of a bare title by its words alone: from the last word that cannot belong to it to ``end``."""
    run = _RUN.search(text[max(floor, end - _LONGEST_TITLE) : end])
    if run is None:
        return None
    words = run.group()
    if text[end - len(words) - 1 : end - len(words)].isdigit():
        words = words.lstrip("年月日号")  # 2026年5月18日行政处罚法
    named = _NAMED_AFTER_SUBJECT.search(words) if not grammar.SURE_LAW_WORD.search(words) else None
    if named:
        words = named.group()
    elif cut := _CUT.match(words):
        words = words[cut.end() :]
    if not named and (leading := _LEADING.match(words)):
        words = words[leading.end() :]
    law_word = grammar.LAW_WORD if ordinal else grammar.SURE_LAW_WORD
    if not law_word.search(words) or grammar.NO_LAW.search(words) or grammar.OWN_LAW.search(words):
        return None
    return end - len(words)
