"""The title of a document (标题): what the format marks as such, else the first lines that read like one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.parsers.statute_lines import is_contents, read_article, read_heading
from ingest.readers.model import Paragraph, ReadDocument
from ingest.sources.text import canonical_title

_KIND = re.compile(
    r"(?:条例|办法|规定|细则|规则|法|法典|宪法|决定|决议|解释|通知|意见|公告|批复|答复|复函|函|方案|指引|指南|手册|规范|规程|标准|准则"
    r"|清单|目录|名录|基准|表|纲要|规划|章程|公约|协定|修正案|案例|案|通告|通报|守则|制度|要点|问题|文书|笔录|通知书|决定书|告知书)"
    r"(?:（[^）]*）)*$"
)
_NOT_TITLE = re.compile(
    r"^(?:[（(]|各|根据|为了?|第|附[件表录]|\d{4}年|[一二三四五六七八九十]+、|\d{1,3}[、．]|\d{1,3}\.(?!\d)|索引号|发布日期|来源|打印|当前位置|首页|时间|字号)"
)
# What is printed above a title: the red head of a notice, the number of an order, the class of a standard.
_ABOVE = re.compile(
    r"(?i:ics|udc)\W*\d|中华人民共和国[^，。]{0,12}标准$|"
    r".{2,30}(?:文件|公报|令|公告)$|^第?[\d一二三四五六七八九十百]+号$"
)
NUMBER_LINE = re.compile(
    r"^[^，。]{0,20}[〔\[（(［【]\s*(?:19|20)\d{2}\s*[〕\]）)］】]\s*第?\s*\d+\s*号$|^(?:公告)?第?\s*[\d一二三四五六七八九十百]+\s*号$"
)
_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_LONGEST = 120
_TOP = 30  # blocks at the top among which a title stands
_LINES = 5  # lines over which a title may run


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """The lines of a title, and the half-open range of blocks in which they stand; no lines where none was found."""

    start: int
    end: int
    words: tuple[str, ...]


def find_title(document: ReadDocument) -> FoundTitle:
    """The title of ``document``. An order (令) names the text that it issues: the title is that text's own."""
    return _issued(document) or _marked(document) or _unmarked(document) or FoundTitle(0, 0, ())


def is_body(text: str) -> bool:
    """Whether a line belongs to the body: an article, a heading, the 目录."""
    return read_article(text) is not None or read_heading(text) is not None or is_contents(text)


def _issued(document: ReadDocument) -> FoundTitle | None:
    """The title below an order: 某市人民政府令 … 《某办法》已经…通过，现予公布 … 某办法."""
    named: set[str] = set()
    ordered = False
    for at, block in _top(document):
        text = block.text.strip()
        if is_body(text):
            return None
        plain = canonical_title(text)
        ordered = ordered or plain.endswith(("令", "公告")) or bool(re.match(r".{2,30}(?:令|公告)第?\d*号?$", plain))
        if ordered and plain in named:
            return FoundTitle(at, at + 1, (text,))
        named |= {canonical_title(title) for title in _QUOTED.findall(text)} if len(text) > len(plain) // 2 else set()
    return None


def _marked(document: ReadDocument) -> FoundTitle | None:
    marked = (at for at, block in _top(document) if block.title or block.level == 1)
    first = next((at for at in marked if not _ABOVE.match(unicodedata.normalize("NFKC", _text(document, at)))), None)
    if first is None or is_body(_text(document, first)):
        return None
    words: list[str] = []
    end = first
    while end < len(document.blocks) and isinstance(block := document.blocks[end], Paragraph):
        if not (block.title or block.level == 1) or (words and not _goes_on("".join(words), block.text)):
            break
        words.append(block.text.strip())
        end += 1
    return FoundTitle(first, end, tuple(words))


def _goes_on(words: str, text: str) -> bool:
    """Whether a second marked line belongs to the title: the first is no whole title, or it is （试行）."""
    whole = _KIND.search(canonical_title(words)) is not None
    return not is_body(text) and (not whole or text.strip().startswith(("（", "(", "实施")))


def _unmarked(document: ReadDocument) -> FoundTitle | None:
    """The first lines that read like a title: short, not closed by a stop, ending in the word for a kind of text."""
    top = [(at, block.text.strip()) for at, block in _top(document)]
    for n, (start, first) in enumerate(top):
        if is_body(first):
            return None
        words: list[str] = []
        for at, line in top[n : n + _LINES]:
            if not _may_be_title(line, first=not words):
                break
            words.append(line)
            if _KIND.search(canonical_title("".join(words))) and len("".join(words)) > 4:
                following = top[n + len(words)][1] if n + len(words) < len(top) else ""
                if re.match(r"[（(](?:试行|暂行|\d{4}年.{0,4}版?)[）)]$", following):
                    return FoundTitle(start, at + 2, (*words, following))
                return FoundTitle(start, at + 1, tuple(words))
    return None


def _may_be_title(line: str, *, first: bool) -> bool:
    if (
        len(line) > _LONGEST
        or line.endswith(("。", "；", "，", "：", ":", "、"))
        or _NOT_TITLE.match(line)
        or is_body(line)
    ):
        return False
    return not (first and (_ABOVE.match(unicodedata.normalize("NFKC", line)) or NUMBER_LINE.match(line)))


def _top(document: ReadDocument) -> Iterator[tuple[int, Paragraph]]:
    for at, block in enumerate(document.blocks[:_TOP]):
        if isinstance(block, Paragraph) and block.text.strip():
            yield at, block


def _text(document: ReadDocument, at: int) -> str:
    block = document.blocks[at]
    return block.text if isinstance(block, Paragraph) else ""
