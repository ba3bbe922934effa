"""Blocks of a web page (网页内容块): paragraphs and data tables in order, with what tells text from trimmings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.html_words import BLOCKS, SILENT, lines_of, squeeze, tag_of
from ingest.readers.superscripts import raised

LAW_LINE = re.compile(r"[\s\u3000]*第[一二三四五六七八九十百千零〇○两\d０-９]+条")

_CONTROLS = frozenset({"input", "textarea", "button", "select", "option"})
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{3,}|font-size\s*:\s*0(?![.\d])",
    re.I,
)
_CENTRED_STYLE = re.compile(r"text-align\s*:\s*center", re.I)
_ATTACHMENT = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar|ofd)(?:$|[?#])", re.I)


@dataclass(frozen=True, slots=True)
class PageBlock:
    """One line of words or one data table of a page; ``link_share`` is the share of its words that are links."""

    text: str
    element: etree._Element
    line: int | None
    link_share: float = 0.0
    level: int | None = None
    centred: bool = False
    hidden: bool = False
    attachment: bool = False
    table: etree._Element | None = None

    @property
    def is_law(self) -> bool:
        """Whether an article begins here, or in a line of the table's cells (第…条)."""
        return any(LAW_LINE.match(line) for line in self.text.split("\n"))


def page_blocks(root: etree._Element) -> list[PageBlock]:
    """All blocks of a page in reading order; scripts, form controls and embedded players give none."""
    walk = _Walk()
    walk.element(root)
    walk.flush(root)
    return walk.blocks


_Opened = tuple[str, bool, bool, bool, int | None]


class _Walk:
    def __init__(self) -> None:
        self.blocks: list[PageBlock] = []
        self._parts: list[str] = []
        self._linked = 0
        self._links = 0
        self._hidden = 0
        self._level: int | None = None
        self._centred = 0
        self._attachment = False
        self._line: int | None = None
        self._preformatted = 0

    def element(self, element: etree._Element) -> None:
        name = tag_of(element)
        if not name or name in SILENT or name in _CONTROLS:
            return
        if name == "sup":
            self._words(raised("".join(element.itertext()).strip()), element)
            return
        if name == "table" and not is_layout(element):
            self._table(element)
            return
        if name == "br":
            self.flush(element.getparent())
            return
        block = name in BLOCKS
        if block:
            self.flush(element.getparent() if element.getparent() is not None else element)
        opened = self._open(element, name)
        around = self._centred
        if name == "table":  # alignment of a table, and around it, is not that of its words
            self._centred = 0
        if element.text:
            self._words(element.text, element)
        number = _integer(element.get("start"), 1) if name == "ol" else None
        for child in element:
            if number is not None and tag_of(child) == "li":
                self.flush(element)
                number = _integer(child.get("value"), number)
                self._parts.append(f"{number}. ")
                number += 1
                self._inside_item(child)
            else:
                self.element(child)
            if child.tail:
                self._words(child.tail, element)
        if block:
            self.flush(element)
        self._centred = around
        self._close(opened)

    def _inside_item(self, item: etree._Element) -> None:
        """A numbered item: its number, which a browser makes, goes before its first words."""
        opened = self._open(item, "li")
        if item.text:
            self._words(item.text, item)
        for child in item:
            alone = tag_of(child) in BLOCKS and "".join(self._parts).strip(" 0123456789.") == ""
            if alone and tag_of(child) not in ("ol", "ul", "table", "br"):
                self._inside_item(child)
            else:
                self.element(child)
            if child.tail:
                self._words(child.tail, item)
        self.flush(item)
        self._close(opened)

    def _open(self, element: etree._Element, name: str) -> _Opened:
        hidden = is_hidden(element)
        centred = name == "center" or (element.get("align") or "").lower() == "center"
        centred = centred or _CENTRED_STYLE.search(element.get("style") or "") is not None
        href = (element.get("href") or "") if name == "a" else ""
        linked = bool(href)
        before = self._level
        if len(name) == 2 and name[0] == "h" and name[1] in "123456":
            self._level = int(name[1])
        self._hidden += hidden
        self._centred += centred
        self._linked += linked
        self._preformatted += name == "pre"
        self._attachment = self._attachment or _ATTACHMENT.search(href) is not None
        return name, hidden, centred, linked, before

    def _close(self, opened: _Opened) -> None:
        name, hidden, centred, linked, before = opened
        self._hidden -= hidden
        self._centred -= centred
        self._linked -= linked
        self._preformatted -= name == "pre"
        self._level = before

    def _words(self, text: str, element: etree._Element) -> None:
        if self._linked:
            self._links += len("".join(text.split()))
        if self._line is None and text.strip():
            self._line = element.sourceline
        if not self._preformatted:
            self._parts.append(text)
            return
        first, *further = text.split("\n")
        self._parts.append(first)
        for line in further:
            self.flush(element)
            self._parts.append(line)

    def flush(self, owner: etree._Element | None) -> None:
        text = squeeze("".join(self._parts)).strip()
        if text and owner is not None:
            size = max(len("".join(text.split())), 1)
            self.blocks.append(
                PageBlock(
                    text,
                    owner,
                    self._line or owner.sourceline,
                    link_share=min(self._links / size, 1.0),
                    level=self._level,
                    centred=self._centred > 0,
                    hidden=self._hidden > 0,
                    attachment=self._attachment,
                )
            )
        self._parts.clear()
        self._links = 0
        self._attachment = False
        self._line = None

    def _table(self, element: etree._Element) -> None:
        self.flush(element.getparent())
        lines = lines_of(element)
        if not lines:
            return
        links = sum(len("".join("".join(a.itertext()).split())) for a in element.iter("a") if a.get("href"))
        text = "\n".join(lines)
        share = min(links / max(len("".join(text.split())), 1), 1.0)
        hidden = self._hidden > 0 or is_hidden(element)
        self.blocks.append(PageBlock(text, element, element.sourceline, share, hidden=hidden, table=element))


def is_hidden(element: etree._Element) -> bool:
    """Whether a page hides the element; what holds articles is never taken for hidden (pages with tabs do that)."""
    style = element.get("style") or ""
    hidden = element.get("hidden") is not None or _HIDDEN_STYLE.search(style) is not None
    return hidden and not any(LAW_LINE.match(line) for line in lines_of(element))


def is_layout(table: etree._Element) -> bool:
    """Whether a table only arranges the page: it holds tables or words outside its cells, or one cell has it all."""
    if any(tag_of(e) == "table" for e in table.iterdescendants()) or table.get("role") == "presentation":
        return True
    cells = [lines_of(e) for e in table.iterdescendants() if tag_of(e) in ("td", "th")]
    sizes = [sum(map(len, lines)) for lines in cells]
    captions = sum(len(line) for e in table.iter("caption") for line in lines_of(e))
    if sum(map(len, lines_of(table))) > sum(sizes) + captions:
        return True
    if len([size for size in sizes if size]) <= 1:
        return True
    largest = max(range(len(sizes)), key=sizes.__getitem__)
    return sizes[largest] > 0.7 * sum(sizes) and len(cells[largest]) >= 5


def ancestors(block: PageBlock) -> Iterator[etree._Element]:
    """The element that owns the block, then those around it, up to the page."""
    yield block.element
    yield from block.element.iterancestors()


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) < 6 else otherwise
