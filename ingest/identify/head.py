"""The head of a document (文件头): its title, the lines of its history, and where its body begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ingest.identify.history import read_day
from ingest.identify.title import NUMBER_LINE, find_title, is_body
from ingest.readers.model import NOWHERE, Paragraph, ReadDocument
from ingest.sources.text import canonical_title

FILE_DATE = re.compile(
    r"[(（\[【_\-\s]*(?P<date>(?:19|20)\d{2}[-.年_]?(?:0?[1-9]|1[0-2])[-.月_]?(?:[0-3]?\d)日?)[)）\]】]*$"
)
_REVISION = re.compile(
    r"（(?:19|20)\d{2}年?(?:第?[一二三四五六七八九十]+次)?(?:修正|修订|修改|修正本|修订本|最新修订)?(?:版|本)?）$"
)
_KEY_LINE = re.compile(
    r"^[【\[]?(?:索\s*引\s*号|发文机关|发布机构|制定机关|公布机关|发文字号|文\s*号|主题分类|成文日期|发布日期|公布日期|印发日期|实施日期|施行日期"
    r"|生效日期|时效性|有效性|效力级别|效力位阶|来源|标\s*题|名\s*称|主题词|公开方式|统一编号)[】\]]?\s*[：:]"
)
_HISTORY = re.compile(r"通过|批准|修正|修订|修改|公布|发布|公告|颁布|施行|印发|会议|令第")
_ISSUER_LINE = re.compile(r"^[^，。；：]{2,40}(?:委员会|人民政府|国务院|法院|检察院|[部局厅署院])(?:办公[厅室])?$")
_LONGEST_NOTE = 60  # lines of one 题注


@dataclass(frozen=True, slots=True)
class Head:
    """Title (printed lines joined), the lines between title and body, and the index of the body's first block.

    ``title_at`` is the half-open range of the title's blocks, empty where the text has no title.
    """

    title: str
    lines: tuple[str, ...]
    body_start: int
    title_at: tuple[int, int]

    @property
    def annotation(self) -> str:
        return "\n".join(self.lines)


def read_head(document: ReadDocument, path: str) -> Head:
    """The head of ``document``; the file's name gives the title only where the text has none."""
    found = find_title(document)
    title = clean_title("".join(found.words)) if found.words else clean_title(_named(document, path))
    lines = [line for line in _texts(document, 0, found.start) if _is_head_line(line) or _proclaims(line)]
    at = found.end
    declared = _declared_end(document)
    if declared is not None and declared >= at:
        lines += _texts(document, at, declared)
        at = declared
    more, end = _head_lines(document, at)
    return Head(title, (*lines, *more), end, (found.start, found.end))


def _named(document: ReadDocument, path: str) -> str:
    """The title that the format's own head gives (front matter), else the file's name."""
    return document.metadata.get("title", "").strip() or name_of(path)


def _head_lines(document: ReadDocument, start: int) -> tuple[list[str], int]:
    """The lines of the head from ``start`` on, a 题注 in brackets over several lines included, and where they end."""
    lines: list[str] = []
    at, depth = start, 0
    while at < len(document.blocks) and isinstance(block := document.blocks[at], Paragraph):
        text = block.text.strip()
        if text:
            if depth <= 0 and not _is_head_line(text) and not _opens(document, at):
                break
            lines.append(text)
            depth = max(depth, 0) + sum(text.count(c) for c in "（(") - sum(text.count(c) for c in "）)")
            if len(lines) > _LONGEST_NOTE:
                break
        at += 1
    return lines, at


def _opens(document: ReadDocument, at: int) -> bool:
    """Whether a bracket on a line of its own opens a 题注: ``（`` and below it 2010年7月30日…通过."""
    following = next(iter(_texts(document, at + 1, at + 3)), "")
    return _texts(document, at, at + 1) in (["（"], ["("]) and read_day(following[:14]) is not None


def with_title(document: ReadDocument, head: Head) -> ReadDocument:
    """``document`` with its title marked as such, on one line; a title that only the file's name gives stands first."""
    start, end = head.title_at
    place = document.blocks[start].place if start < end else NOWHERE
    title = Paragraph(head.title, place, level=1, title=True)
    return replace(document, blocks=(*document.blocks[:start], title, *document.blocks[end:]))


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


def _proclaims(text: str) -> bool:
    """Whether a line above the title tells the adoption: 《某办法》已经2020年…审议通过，现予公布，自…起施行。"""
    return read_day(text) is not None and bool(_HISTORY.search(text))


def _is_head_line(text: str) -> bool:
    """Whether a line between title and body belongs to the head: 题注, 文号, issuer, a day, a line of metadata."""
    if is_body(text):
        return False
    if _KEY_LINE.match(text) or NUMBER_LINE.match(text) or _ISSUER_LINE.match(text):
        return True
    day = read_day(text[:40])
    if text[0] in "（(":
        return day is not None or bool(re.match(r"[（(](?:试行|暂行|征求意见稿)", text))
    starts = read_day(text[:14]) is not None
    return starts and len(text) < 200 and (bool(_HISTORY.search(text)) or len(text) < 16)


def _texts(document: ReadDocument, start: int, end: int) -> list[str]:
    blocks = document.blocks[start:end]
    return [b.text.strip() for b in blocks if isinstance(b, Paragraph) and b.text.strip()]
