"""How law writes dates and names itself (日期与自称的写法): shared by all readers of this package.

This package stands below ``corpus.citations``, which resolves against it, and so writes its few citations itself.
"""

from __future__ import annotations

import datetime as dt
import re

from corpus.errors import InvalidInput
from corpus.numerals import format_number, parse_number
from corpus.vocabulary import ArticleNumber

_NUMBER = r"[0-9０-９〇零○一二三四五六七八九十]"
DATE = rf"{_NUMBER}{{4}}年{_NUMBER}{{1,3}}月{_NUMBER}{{1,3}}日"
"""Pattern of one full date without groups: 2026年8月15日, 一九九九年十二月二十日."""

_DATE_PARTS = re.compile(rf"({_NUMBER}{{4}})年({_NUMBER}{{1,3}})月({_NUMBER}{{1,3}})日")
_STATE = "中华人民共和国"
_BRACKETED_TAIL = re.compile(r"（[^（）]*）$")
_NOUNS = (
    "法典",
    "法",
    "条例",
    "办法",
    "规则",
    "规定",
    "决定",
    "决议",
    "修正案",
    "解释",
    "细则",
    "规程",
    "通知",
    "意见",
    "基准",
    "标准",
    "清单",
    "目录",
    "名录",
    "指引",
    "指南",
    "方案",
    "公告",
    "准则",
    "制度",
)


def compact(text: str) -> str:
    """The text without any white space, with full-width brackets: how titles and clauses are compared."""
    return re.sub(r"\s+", "", text).replace("(", "（").replace(")", "）")


def title_key(title: str) -> str:
    """What makes two spellings of a title the same document: 中华人民共和国 may be left out, nothing else."""
    return compact(title).removeprefix(_STATE)


def parse_day(text: str) -> dt.date | None:
    """The day that a full Chinese date writes, or None when it is no date (2026年2月30日)."""
    found = _DATE_PARTS.fullmatch(text)
    if found is None:
        return None
    try:
        year, month, day = (parse_number(part) for part in found.groups())
        return dt.date(year, month, day)
    except (InvalidInput, ValueError):
        return None


def write_day(day: dt.date) -> str:
    """The day as law prints it: 2026年8月15日."""
    return f"{day.year}年{day.month}月{day.day}日"


def format_title(title: str) -> str:
    """The title in 书名号, inner ones turned into 单书名号: 《关于修改〈中华人民共和国食品安全法〉的决定》."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def format_article(article: ArticleNumber) -> str:
    """第一百三十三条之一."""
    tail = f"之{format_number(article.insertion)}" if article.insertion else ""
    return f"第{format_number(article.number)}条{tail}"


def cite(title: str, label: str) -> str:
    """Canonical citation of a provision by its printed label: 《中华人民共和国行政处罚法》第八十六条."""
    return f"{format_title(title)}{label}"


def own_names(title: str) -> tuple[str, ...]:
    """The nouns by which a text may call itself after 本: 法典 and 法 for 《生态环境法典》; () when none is known."""
    bare = _BRACKETED_TAIL.sub("", compact(title))
    nouns = [noun for noun in _NOUNS if bare.endswith(noun)]
    return tuple(dict.fromkeys([*nouns, "法"] if "法典" in nouns else nouns))


def any_own_name() -> tuple[str, ...]:
    """Every noun by which some text calls itself, for reading a clause whose title is not known."""
    return _NOUNS
