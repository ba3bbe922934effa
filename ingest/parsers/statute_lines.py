"""What a line of a statute is (行文单位): heading, beginning of an article or annex, or words of the unit before."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from corpus.errors import InvalidInput
from corpus.numerals import format_number, parse_number
from corpus.vocabulary import ArticleNumber

_BLANK = r"[ \t\u2002-\u200a\u3000\xa0]"
_DIGIT = "〇○零一二三四五六七八九十百千0-9０-９"
_NUMBER = rf"[{_DIGIT}](?:{_BLANK}*[{_DIGIT}])*"
_MARKS = rf"(?:{_BLANK}|[*＊_●■□◆▲★#])*"
_ARTICLE = re.compile(
    rf"{_MARKS}第{_BLANK}*(?P<number>{_NUMBER}){_BLANK}*条"
    rf"(?:{_BLANK}*之{_BLANK}*(?P<insertion>[一二三四五六七八九十]{{1,3}})(?![款项条次以般个并半]))?"
    rf"(?P<after>[*＊_]*)(?P<gap>{_BLANK}*)(?P<text>.*)",
    re.DOTALL,
)
# 第三条第一款规定的…, 第四条、第五条…, 第十条的…: a reference at the beginning of a line
_REFERENCE = re.compile(r"(?:第.{1,8}[款项条]|[的、，,至和或与及中规所之）)》”]|规定)")
_QUOTING = re.compile(r"第[^。；]{1,8}[款项条](?:[、至和或与及规的所中第]|规定)")
_HEADING = re.compile(
    rf"{_MARKS}第{_BLANK}*(?P<number>{_NUMBER}){_BLANK}*(?P<unit>分{_BLANK}*编|编|篇|章|节)(?![^ \t\u3000]{{0,12}}规定)"
    rf"{_BLANK}*(?P<name>.*)"
)
_NAMELESS = re.compile(rf"{_MARKS}(?P<name>总{_BLANK}*则|附{_BLANK}*则|罚{_BLANK}*则|分{_BLANK}*则)")
_CONTENTS = re.compile(rf"{_MARKS}目{_BLANK}*[录次]{_BLANK}*")
_ANNEX = re.compile(
    rf"{_MARKS}附{_BLANK}*(?P<kind>件|录|表|图)?{_BLANK}*(?P<number>[一二三四五六七八九十]{{1,3}}|[0-9０-９]{{1,2}})?"
    rf"(?P<rest>{_BLANK}*[：:].{{0,80}}|{_BLANK}+\S.{{0,60}}|\.\S.{{0,60}})?"
)
_MAY_HEAD = re.compile(rf"{_MARKS}[第总附罚分]")
_SOON = 12  # characters within which 第 must stand, marks of emphasis and blanks included
_CLOSED = ("。", "；", "，", "、", "：", ":", ";", ",")
_LONGEST_HEADING = 60
_INNER_ARTICLE = re.compile(rf"(?<=[\s\u3000])第{_BLANK}*[{_DIGIT}]+{_BLANK}*条[\s\u3000]")
_PAGE = re.compile(r"(?:[.．…·\s]{2,}|[\s\u3000])[0-9（(]{1,5}[)）]?$")


class Unit(StrEnum):
    """Units above the article (编、分编、章、节)."""

    PART = "编"
    SUBPART = "分编"
    CHAPTER = "章"
    SECTION = "节"


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading: ``第一章 总则``, with what follows it on the same line (an article that begins there)."""

    unit: Unit
    words: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """The beginning of an article: its number, its label as laws print it (第一百三十三条之一), its first words.

    ``certain`` is False where only the numbering can tell whether an article begins (第三条第一款规定…).
    """

    number: ArticleNumber
    label: str
    text: str
    certain: bool


@dataclass(frozen=True, slots=True)
class AnnexLine:
    """The first line of an annex: ``附件一`` and the words behind it."""

    label: str
    text: str


def read_article(line: str) -> ArticleLine | None:
    """The article that begins at the start of ``line``: **第一条**, 第 一 条, 第1条, 第一百三十三条之一."""
    if "第" not in line[:_SOON] or (match := _ARTICLE.match(line)) is None:
        return None
    try:
        number = ArticleNumber(_value(match["number"]), _value(match["insertion"]) if match["insertion"] else 0)
    except InvalidInput:
        return None
    text = match["text"].strip()
    apart = bool(match["gap"] or match["after"] or not text or text[0] in "：:（(【[")
    text = text.lstrip("：:").lstrip()
    if not apart and _REFERENCE.match(text):
        return None
    return ArticleLine(number, _label(number), text, apart and not _QUOTING.match(text))


@lru_cache(maxsize=4096)
def _label(number: ArticleNumber) -> str:
    insertion = f"之{format_number(number.insertion)}" if number.insertion else ""
    return f"第{format_number(number.number)}条{insertion}"


@lru_cache(maxsize=4096)
def _value(words: str) -> int:
    return parse_number("".join(words.split()))


def read_heading(line: str) -> HeadingLine | None:
    """The heading that ``line`` is: 第一章 总则, 附　则; an article on the same line stands in ``rest``."""
    if not _MAY_HEAD.match(line):
        return None
    rest = ""
    if inner := _INNER_ARTICLE.search(line):
        line, rest = line[: inner.start()], line[inner.start() :]
    line = line.strip().strip("*＊_").strip()
    if not line or len(line) > _LONGEST_HEADING or line.endswith(_CLOSED):
        return None
    if match := _NAMELESS.fullmatch(line):
        return HeadingLine(Unit.CHAPTER, _tight(match["name"]), rest)
    match = _HEADING.fullmatch(line)
    if match is None:
        return None
    try:
        number = format_number(_value(match["number"]))
    except InvalidInput:
        return None
    unit = _tight(match["unit"])
    unit = "编" if unit == "篇" else unit
    name = _tight(_PAGE.sub("", match["name"]))
    return HeadingLine(Unit(unit), f"第{number}{_tight(match['unit'])} {name}".strip(), rest)


def _tight(words: str) -> str:
    """Words of a heading without the blanks that only spread them (总　则)."""
    kept = words.strip()
    return re.sub(rf"(?<=[^\x00-\xff]){_BLANK}+(?=[^\x00-\xff])", "", kept)


def is_contents(line: str) -> bool:
    """Whether ``line`` heads a table of contents (目录)."""
    return _CONTENTS.fullmatch(line.strip()) is not None


def read_annex(line: str) -> AnnexLine | None:
    """The annex that begins with ``line``: 附件一：…, 附表2 …, 附：; words such as 附则 or 附近 are none."""
    line = line.strip().strip("*＊_").strip()
    match = _ANNEX.fullmatch(line)
    if match is None or line.endswith(("。", "；")):
        return None
    kind, number, rest = match["kind"], match["number"], match["rest"] or ""
    if not kind and not rest.lstrip().startswith(("：", ":")):
        return None
    number = unicodedata.normalize("NFKC", number) if number else ""
    return AnnexLine(f"附{kind or '件'}{number}", rest.strip().lstrip("：:.").strip())
