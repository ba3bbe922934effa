"""Markdown: one paragraph a line, with headings, containers, lists and tables as published law collections use them.

A line scanner of our own, because such files are no strict Markdown: every line is a paragraph (款, 项), indents are
typography, ``:::`` containers and ``<!-- INFO END -->`` are the publishers' own. Inline markup is markdown-it's work.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.readers.captions import caption_below
from ingest.readers.characters import read_characters
from ingest.readers.html_tables import tables_of_fragment
from ingest.readers.markdown_inline import LONGEST, has_markup, read_inline
from ingest.readers.model import Block, Cell, Format, Note, NoteKind, Paragraph, Place, ReadDocument, Table

INFO_END_BLOCK = "info_end_block"
"""Metadata key: index of the first block after ``<!-- INFO END -->``; what stands before it is the document's head."""

_LONGEST_TABLE = 20_000  # lines
_SPECIAL = frozenset("#<:|-*+>`~=&[!_\\")
_HEADING = re.compile(r"(#{1,6})(?:[ \t\u3000]+|(?=[\u3000-\u9fff]))(.*?)[ \t]*#*$")
_HEADING_ID = re.compile(r"\s*\{#[\w-]+\}$")
_CONTAINER = re.compile(r":{3,}\s*([A-Za-z-]*)\s*(.*)$")
_BULLET = re.compile(r"[-*+][ \t]+(?=\S)(?!\d+ ?-$)")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_RULE = re.compile(r"(?:-[ ]?){3,}$|(?:\*[ ]?){3,}$|(?:_[ ]?){3,}$|={3,}$")
_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
_INFO_END = re.compile(r"<!--\s*INFO\s+END\s*-->", re.I)
_COMMENT = re.compile(r"<!--.*?-->")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_TOC = re.compile(r"\[\[?toc\]?\]$", re.I)
_CONTENTS_TITLE = re.compile(r"目\s*[录次]$")
_SOURCE_TITLES = frozenset({"原文链接", "原文地址", "来源链接"})
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?$")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇\d]+条[\s\u3000].{10}")
_FENCE = re.compile(r"(`{3,}|~{3,})\s*[A-Za-z0-9_+-]*$")
_CODE_TAG = re.compile(r"<(script|style)\b", re.I)
_CELL_END = re.compile(r"(?<!\\)\|")
_KEY = re.compile(r"([A-Za-z_][\w-]*)\s*:\s*(.*)$")


def read_markdown(data: bytes, name: str) -> ReadDocument:
    """The paragraphs and tables of a Markdown file, each with its line; raises FileUnreadable when it is too large."""
    decoded = read_characters(data, name)
    scanner = _Scanner(decoded.text.split("\n"))
    scanner.scan()
    return ReadDocument(
        name,
        Format.MARKDOWN,
        tuple(scanner.blocks),
        encoding=decoded.encoding,
        metadata=scanner.metadata,
        notes=(*decoded.notes, *scanner.closing_notes()),
    )


class _Scanner:
    """One pass over the lines; ``at`` is the index of the next line, lines count from 0 here and from 1 in places."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.metadata: dict[str, str] = {}
        self._level = 1
        self._open = 0  # containers open
        self._tables = 0
        self._links = 0
        self._endless: set[str] = set()  # marks found to have no end, not looked for again

    def scan(self) -> None:
        self._front_matter()
        lines, blocks = self.lines, self.blocks
        while self.at < len(lines):
            line = lines[self.at].strip()
            if not line:
                self.at += 1
            elif line[0] in _SPECIAL or has_markup(line):
                self._special(line)
            else:
                self.at += 1
                blocks.append(Paragraph(line, Place(line=self.at)))
                if len(line) > LONGEST:
                    message = "此行过长，其中的标记未作处理。"
                    self.notes.append(Note(NoteKind.DOUBTFUL, message, Place(line=self.at)))

    def closing_notes(self) -> list[Note]:
        if self._links:
            self.notes.append(Note(NoteKind.STRIPPED, f"链接{self._links}处只保留文字，未保留地址。"))
        return self.notes

    # --- blocks that take several lines

    def _front_matter(self) -> None:
        if not self.lines or self.lines[0].strip() != "---":
            return
        end = next((i for i in range(1, min(len(self.lines), 200)) if self.lines[i].strip() in ("---", "...")), None)
        if end is None:
            return
        key = ""
        for number in range(1, end):
            line = self.lines[number].strip()
            pair = _KEY.match(line)
            if pair:
                key = pair[1].lower()
                self.metadata[key] = pair[2].strip("\"'")
            elif line.startswith("- ") and key:
                self.metadata[key] = "、".join(filter(None, (self.metadata[key], line[2:].strip().strip("\"'"))))
            elif line:
                self.notes.append(Note(NoteKind.DOUBTFUL, "文件头中的一行未能识别。", Place(line=number + 1), line))
        self.at = end + 1

    def _special(self, line: str) -> None:
        """One line that may be markup: the first reading that fits takes it, and the lines that belong to it."""
        first = line[0]
        if first == "<" or "<!--" in line or "<table" in line.lower():
            if self._comment(line) or self._html_table(line) or self._code(line):
                return
        elif first == ":" and self._container(line):
            return
        if first in "`~" and self._fence(line):
            return
        if self._pipe_table(line):
            return
        self.at += 1
        if first in "-*_=" and _RULE.match(line):
            self._underline(line)
        elif not _TOC.match(line):
            self._line(line, self.at)

    def _comment(self, line: str) -> bool:
        if _INFO_END.search(line):
            before, after = _INFO_END.split(line, maxsplit=1)
            if before.strip():
                self._line(before.strip(), self.at + 1)
            self.metadata.setdefault(INFO_END_BLOCK, str(len(self.blocks)))
            self.lines[self.at] = after
            return True
        start = line.find("<!--")
        if start < 0:
            return False
        end = self._end("-->", lambda below: "-->" in below, self.at)
        if end is None:
            self.notes.append(Note(NoteKind.DOUBTFUL, "注释没有结束标记，按正文读取。", Place(line=self.at + 1)))
            self.at += 1
            self._line(line.replace("<!--", "", 1).strip(), self.at)
            return True
        whole = "\n".join([line, *(self.lines[i].strip() for i in range(self.at + 1, end + 1))])
        comment = whole[start : whole.index("-->", start) + 3]
        if _CHINESE.search(comment):
            words = comment[4:-3].strip()
            self.notes.append(Note(NoteKind.HIDDEN, "注释未作为正文读取。", Place(line=self.at + 1), words))
        self.lines[end] = whole[:start] + whole[start + len(comment) :]
        self.at = end
        return True

    def _html_table(self, line: str) -> bool:
        start = line.lower().find("<table")
        if start < 0 or "<table" in self._endless:
            return False
        depth = 0
        for end in range(self.at, min(self.at + _LONGEST_TABLE, len(self.lines))):
            lower = self.lines[end].lower()
            depth += lower.count("<table") - lower.count("</table")
            if depth <= 0:
                break
        else:
            self._endless.add("<table")
            message = "表格没有结束标记，自此按文字读取。"
            self.notes.append(Note(NoteKind.DOUBTFUL, message, Place(line=self.at + 1)))
            return False
        whole = "\n".join([line, *self.lines[self.at + 1 : end + 1]])
        stop = whole.lower().rindex("</table") + len("</table>")
        if line[:start].strip():
            self._line(line[:start].strip(), self.at + 1)
        tables = tables_of_fragment(
            whole[start:stop], Place(line=self.at + 1), self._tables, caption_below(self.blocks)
        )
        self._tables += len(tables)
        self.blocks.extend(tables)
        self.lines[end] = whole[stop:]
        self.at = end
        return True

    def _code(self, line: str) -> bool:
        tag = _CODE_TAG.match(line)
        if not tag:
            return False
        closing = f"</{tag[1].lower()}"
        end = self._end(closing, lambda below: closing in below.lower(), self.at)
        if end is None:
            return False
        text = "\n".join(self.lines[self.at : end + 1])
        message = "页面脚本或样式未运行，未作为正文读取。"
        self.notes.append(Note(NoteKind.ACTIVE, message, Place(line=self.at + 1), text))
        self.at = end + 1
        return True

    def _end(self, mark: str, ends: Callable[[str], bool], start: int) -> int | None:
        """The first line from ``start`` on that ``ends`` what ``mark`` is about; sought once only when missed."""
        if mark in self._endless:
            return None
        end = next((i for i in range(start, len(self.lines)) if ends(self.lines[i])), None)
        if end is None:
            self._endless.add(mark)
        return end

    def _container(self, line: str) -> bool:
        mark = _CONTAINER.match(line)
        if not mark:
            return False
        opens = bool(mark[1] or mark[2])
        if not opens and self._open == 0:
            return False
        self.at += 1
        if not opens:
            self._open -= 1
            return True
        title = mark[2].strip()
        if _CONTENTS_TITLE.match(title) and self._contents(title):
            return True
        if title in _SOURCE_TITLES and self._source_address(title):
            return True
        self._open += 1
        if title:
            words = read_inline(title).text.strip() if has_markup(title) else title
            self.blocks.append(Paragraph(words, Place(line=self.at), level=min(self._level + 1, 6)))
        return True

    def _contents(self, title: str) -> bool:
        """A container 目录 is taken out when it is closed and holds no article of its own."""
        for end in range(self.at, len(self.lines)):
            line = self.lines[end].strip()
            if line.startswith(":::"):
                break
            if _ARTICLE.match(line):
                return False
        else:
            return False
        if self.lines[end].strip(": \t"):  # another container opens before this one is closed
            return False
        text = "\n".join([title, *(line.strip() for line in self.lines[self.at : end] if line.strip())])
        self.notes.append(Note(NoteKind.STRIPPED, "目录未作为正文读取。", Place(line=self.at), text))
        self.at = end + 1
        return True

    def _source_address(self, title: str) -> bool:
        """A container that holds nothing but the address of the original goes to the metadata and the log."""
        end = next((i for i in range(self.at, len(self.lines)) if self.lines[i].strip().startswith(":::")), None)
        lines = [line.strip() for line in self.lines[self.at : end] if line.strip()]
        if end is None or len(lines) != 1 or not (address := _ADDRESS.match(lines[0])):
            return False
        self.metadata.setdefault("source_url", address[1])
        text = f"{title}\n{lines[0]}"
        self.notes.append(Note(NoteKind.STRIPPED, "原文地址未作为正文读取。", Place(line=self.at), text))
        self.at = end + 1
        return True

    def _fence(self, line: str) -> bool:
        mark = _FENCE.match(line)
        if not mark:
            return False
        end = self._end(mark[1], lambda below: below.strip() == mark[1], self.at + 1)
        if end is None:
            return False
        for number in range(self.at + 1, end):
            if self.lines[number].strip():
                self.blocks.append(Paragraph(self.lines[number].strip(), Place(line=number + 1)))
        self.at = end + 1
        return True

    def _pipe_table(self, line: str) -> bool:
        if "|" not in line or self.at + 1 >= len(self.lines):
            return False
        below = self.lines[self.at + 1].strip()
        headed = "|" in below and _DELIMITER.match(below) is not None
        bare = line[0] == "|" and line.endswith("|") and below.startswith("|") and below.endswith("|") and len(line) > 1
        if not headed and not bare:
            return False
        first, rows, at = self.at, [_split_row(line)], self.at + (2 if headed else 1)
        numbers = [first]
        while at < len(self.lines) and "|" in (text := self.lines[at].strip()) and (headed or text[0] == "|"):
            rows.append(_split_row(text))
            numbers.append(at)
            at += 1
        self._tables += 1
        cells: list[Cell] = []
        for row, (texts, number) in enumerate(zip(rows, numbers, strict=True)):
            place = Place(line=number + 1, table=self._tables, row=row + 1)
            for column, text in enumerate(texts):
                cells.append(Cell(self._words(text, number + 1, "\n"), row, column, place=place))
        place = Place(line=first + 1, table=self._tables)
        columns = max(len(r) for r in rows)
        self.blocks.append(
            Table(tuple(cells), len(rows), columns, place, 1 if headed else 0, caption_below(self.blocks))
        )
        self.at = at
        return True

    # --- single lines

    def _underline(self, line: str) -> None:
        """``===`` or ``---`` right below a short line makes it a heading; alone it is a rule."""
        last = self.blocks[-1] if self.blocks else None
        if line[0] not in "=-" or not isinstance(last, Paragraph) or last.place.line != self.at - 1:
            return
        if last.level is None and len(last.text) <= 60 and not last.text.endswith(tuple("。；，：")):
            self.blocks.pop()
            self._heading(1 if line[0] == "=" else 2, last.text, self.at - 1)

    def _line(self, line: str, number: int) -> None:
        if not line:
            return
        heading = _HEADING.match(line)
        if heading:
            words = self._words(_HEADING_ID.sub("", heading[2]), number, " ").strip()
            if words:
                self._heading(len(heading[1]), words, number)
            return
        if line[0] == "#" and not line.strip("#"):
            return
        quote = _QUOTE.match(line)
        line = line[quote.end() :] if quote else line
        bullet = _BULLET.match(line)
        line = line[bullet.end() :] if bullet else line
        if not has_markup(line):
            if line.strip():
                self.blocks.append(Paragraph(line.strip(), Place(line=number)))
            return
        inline = read_inline(_COMMENT.sub("", line))
        self._tell(inline.stripped, inline.images, inline.struck, number)
        self._links += inline.links
        for text in inline.text.split("\n"):
            if not text.strip():
                continue
            if inline.level is not None:
                self._heading(inline.level, text.strip(), number)
            else:
                self.blocks.append(Paragraph(text.strip(), Place(line=number), centred=inline.centred))

    def _heading(self, level: int, words: str, number: int) -> None:
        title = level == 1 and not any(isinstance(b, Paragraph) and b.title for b in self.blocks)
        self._level = level
        self.blocks.append(Paragraph(words, Place(line=number), level=level, title=title))

    def _words(self, source: str, number: int, join: str) -> str:
        if not has_markup(source):
            return source.strip()
        inline = read_inline(source)
        self._tell(inline.stripped, inline.images, inline.struck, number)
        self._links += inline.links
        return join.join(part.strip() for part in inline.text.split("\n") if part.strip())

    def _tell(self, stripped: list[str], images: list[str], struck: list[str], number: int) -> None:
        place = Place(line=number)
        if stripped:
            self.notes.append(Note(NoteKind.STRIPPED, "页面标记未作为正文读取。", place, "\n".join(stripped)))
        for image in images:
            self.notes.append(Note(NoteKind.DOUBTFUL, "图片中的文字未读取。", place, image))
        if struck:
            self.notes.append(Note(NoteKind.DOUBTFUL, "此行含有划去的文字，已照录，请核对。", place))


def _split_row(line: str) -> list[str]:
    inner = line[1:] if line.startswith("|") else line
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _CELL_END.split(inner)]
