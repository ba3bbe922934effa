"""The head of a document (文件头): its title, the lines of its history, and where its body begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from ingest.identify.history import read_day
from ingest.parsers.statute_lines import is_contents, read_article, read_heading
from ingest.readers.model import Paragraph, ReadDocument
from ingest.sources.text import canonical_title

FILE_DATE = re.compile(
    r"[(（\[【_\-\s]*(?P<date>(?:19|20)\d{2}[-.年_]?(?:0?[1-9]|1[0-2])[-.月_]?(?:[0-3]?\d)日?)[)）\]】]*$"
)
_REVISION = re.compile(
    r"（(?:19|20)\d{2}年?(?:第?[一二三四五六七八九十]+次)?(?:修正|修订|修改|修正本|修订本|最新修订)?(?:版|本)?）$"
)
_SUFFIX = re.compile(
    r"(?:条例|办法|规定|细则|规则|法|法典|宪法|决定|决议|解释|通知|意见|公告|批复|答复|复函|函|方案|指引|指南|手册|规范|规程|标准|准则"
    r"|清单|目录|名录|基准|表|纲要|规划|章程|公约|协定|修正案|案例|通告|通报|命令|守则|制度|若干问题)(?:（[^）]*）)?$"
)
_NOT_TITLE = re.compile(
    r"^(?:（|\(|各|根据|为了?|第|附[件表录]|\d{4}年|[一二三四五六七八九十]+、|索引号|发布日期|来源|打印|当前位置)"
)
_RED_HEAD = re.compile(r".{2,30}(?:文件|公报|办公厅?|令|公告)$|^第?[\d一二三四五六七八九十]+号$")
_NUMBER_LINE = re.compile(
    r"^[^，。]{0,20}[〔\[（(［]\s*\d{4}\s*[〕\]）)］]\s*第?\s*\d+\s*号$|^(?:公告)?第\s*[\d一二三四五六七八九十百]+\s*号$"
)
_KEY_LINE = re.compile(
    r"^[【\[]?(?:索\s*引\s*号|发文机关|发布机构|制定机关|公布机关|发文字号|文\s*号|主题分类|成文日期|发布日期|公布日期|印发日期|实施日期|施行日期"
    r"|生效日期|时效性|有效性|效力级别|效力位阶|来源|标\s*题|名\s*称|主题词|公开方式|统一编号)[】\]]?\s*[：:]"
)
_HISTORY = re.compile(r"通过|批准|修正|修订|修改|公布|发布|公告|颁布|施行|印发|会议|令第")
_ISSUER_LINE = re.compile(r"^[^，。；：]{2,40}(?:委员会|人民政府|国务院|法院|检察院|[部局厅署院])(?:办公[厅室])?$")
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Head:
    """Title (printed lines joined), the lines between title and body, and the index of the body's first block."""

    title: str
    lines: tuple[str, ...]
    body_start: int

    @property
    def annotation(self) -> str:
        return "\n".join(self.lines)


def read_head(document: ReadDocument, path: str) -> Head:
    """The head of ``document``; the file's name gives the title only where the text has none."""
    blocks = document.blocks
    declared = _declared_end(document)
    start, end, words = _title_lines(document)
    title = clean_title("".join(words)) if words else clean_title(name_of(path))
    if declared is not None and declared >= end:
        lines = _texts(document, end, declared)
        return Head(title, tuple(lines), declared)
    before = [line for line in _texts(document, 0, start) if _is_head_line(line)]
    at = end
    lines = []
    open_bracket = False
    while at < len(blocks) and isinstance(block := blocks[at], Paragraph):
        text = block.text.strip()
        if not text:
            at += 1
            continue
        if not (open_bracket or _is_head_line(text)):
            break
        lines.append(text)
        depth = sum(text.count(c) for c in "（(") - sum(text.count(c) for c in "）)")
        open_bracket = (open_bracket or text[0] in "（(") and (depth > 0 or (open_bracket and depth >= 0))
        at += 1
    return Head(title, (*before, *lines), at)


def name_of(path: str) -> str:
    """The file's name without extension and date: 宁波市供水条例(2020-06-01).md → 宁波市供水条例."""
    return FILE_DATE.sub("", PurePosixPath(path.replace("\\", "/")).stem).strip()


def clean_title(words: str) -> str:
    """The title without blanks and without a mark of the version: 某条例(2018修正) → 某条例."""
    title = canonical_title(words.strip("*＊_#").replace("＜", "〈").replace("＞", "〉"))
    return _REVISION.sub("", title)


def _declared_end(document: ReadDocument) -> int | None:
    """Where the format itself says that the head ends (``<!-- INFO END -->``)."""
    index = document.metadata.get("info_end_block", "")
    return int(index) if index.isdecimal() else None


def _title_lines(document: ReadDocument) -> tuple[int, int, list[str]]:
    """Index of the first title line, index behind the last, and the lines themselves."""
    blocks = document.blocks
    marked = next(
        (
            i
            for i, b in enumerate(blocks[:40])
            if isinstance(b, Paragraph) and (b.title or b.level == 1) and b.text.strip()
        ),
        None,
    )
    if marked is not None and not _is_body(blocks[marked].text):  # type: ignore[union-attr]
        end = marked
        words: list[str] = []
        while end < len(blocks) and isinstance(b := blocks[end], Paragraph) and (b.title or b.level == 1):
            if words and (_is_body(b.text) or (_SUFFIX.search(canonical_title(words[-1])) and not _continues(b.text))):
                break
            words.append(b.text.strip())
            end += 1
        return marked, end, words
    return _unmarked_title(document)


def _continues(text: str) -> bool:
    """Whether a second title line belongs to the first: （试行）, 实施细则."""
    return text.strip().startswith(("（", "(", "实施"))


def _unmarked_title(document: ReadDocument) -> tuple[int, int, list[str]]:
    """The first lines that read like a title: short, not closed by a stop, ending in the word for a kind of text."""
    texts = [(i, b) for i, b in enumerate(document.blocks[:25]) if isinstance(b, Paragraph) and b.text.strip()]
    for n, (start, first) in enumerate(texts):
        words: list[str] = []
        for i, block in texts[n : n + 5]:
            line = block.text.strip()
            if not _may_be_title(line, first=not words):
                break
            words.append(line)
            if _SUFFIX.search(canonical_title("".join(words))) and len("".join(words)) >= 4:
                following = texts[n + len(words)][1].text.strip() if n + len(words) < len(texts) else ""
                if following.startswith(("（试行", "(试行", "（暂行")):
                    return start, i + 2, [*words, following]
                return start, i + 1, words
        if _is_body(first.text) or len(first.text) > _LONGEST_TITLE:
            break
    return 0, 0, []


def _may_be_title(line: str, *, first: bool) -> bool:
    if len(line) > _LONGEST_TITLE or line.endswith(("。", "；", "，", "：", ":")) or _NOT_TITLE.match(line):
        return False
    return not (first and (_RED_HEAD.match(line) or _NUMBER_LINE.match(line))) and not _is_body(line)


def _is_body(text: str) -> bool:
    return read_article(text) is not None or read_heading(text) is not None or is_contents(text)


def _is_head_line(text: str) -> bool:
    """Whether a line between title and body belongs to the head: 题注, 文号, issuer, a day, a line of metadata."""
    if _is_body(text):
        return False
    if _KEY_LINE.match(text) or _NUMBER_LINE.match(text) or _ISSUER_LINE.match(text):
        return True
    day = read_day(text[:40])
    if text[0] in "（(":
        return day is not None or bool(re.match(r"[（(](?:试行|暂行|征求意见稿)", text))
    starts = read_day(text[:14]) is not None
    return starts and len(text) < 200 and (bool(_HISTORY.search(text)) or len(text) < 16)


def _texts(document: ReadDocument, start: int, end: int) -> list[str]:
    blocks = document.blocks[start:end]
    return [b.text.strip() for b in blocks if isinstance(b, Paragraph) and b.text.strip()]
