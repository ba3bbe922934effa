"""Body of a Word file (正文): its paragraphs and tables in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.captions import caption_below
from ingest.readers.docx.numbering import Numbering
from ingest.readers.docx.package import W, is_on, value
from ingest.readers.docx.styles import Style, Styles, centring, numbering, outline_level
from ingest.readers.docx.words import Words, read_words
from ingest.readers.model import Block, Cell, Note, NoteKind, Paragraph, Place, Table

_CONTENTS_TITLE = re.compile(r"目[\s\u3000]*[录次]$")
_MOST_COLUMNS = 500
_MOST_DEPTH = 20


class BodyReader:
    """One reading of a body; ``blocks`` and ``page`` are its results, ``closing_notes`` what there is to say.

    ``page`` is that of Word's last printing, None where the file does not tell (LibreOffice writes no page breaks).
    """

    def __init__(self, styles: Styles, numbers: Numbering) -> None:
        self.blocks: list[Block] = []
        self._styles = styles
        self._numbers = numbers
        self._notes: list[Note] = []
        self._contents: list[str] = []
        self._page = 1
        self._paged = False
        self._tables = 0
        self._carried = ""  # words of a paragraph whose end was deleted
        self._revised = False

    @property
    def page(self) -> int | None:
        return self._page if self._paged else None

    def read(self, body: etree._Element) -> None:
        self._paged = next(body.iter(W + "lastRenderedPageBreak"), None) is not None
        for child in _content(body):
            if child.tag == W + "tbl":
                self._table(child)
            elif child.tag == W + "altChunk":
                self._note(NoteKind.DOUBTFUL, "文件引用了另一份内容（altChunk），未读取。")
            elif _is_contents(child):
                self._contents += ["".join(t.text or "" for t in p.iter(W + "t")) for p in child.iter(W + "p")]
            else:
                for paragraph in self._paragraph(child):
                    self._add(paragraph)

    def closing_notes(self) -> list[Note]:
        if self._contents:
            text = "\n".join(line for line in self._contents if line.strip())
            self._notes.append(Note(NoteKind.STRIPPED, "目录未作为正文读取。", text=text))
        if self._revised:
            self._notes.append(Note(NoteKind.DOUBTFUL, "文件带有未接受的修订，已按接受全部修订读取，请与定稿核对。"))
        return self._notes

    # --- paragraphs

    def _add(self, paragraph: Paragraph) -> None:
        self.blocks.append(paragraph)

    def _paragraph(self, element: etree._Element, table: Place | None = None) -> Iterator[Paragraph]:
        """The lines of a ``w:p``, then those of its text boxes."""
        properties = element.find(W + "pPr")
        style_id = value(properties.find(W + "pStyle")) if properties is not None else None
        style = self._styles.get(style_id)
        words = read_words(element, self._styles)
        start = self._page + words.pages_before
        self._page += words.pages
        place = table or Place(page=start if self._paged else None)
        self._tell(words, place)
        text = self._carried + words.text
        self._carried = ""
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried = text
            return
        if style.contents:
            self._contents.append(text)
            return
        label = self._label(properties, style, style_id) if text.strip() else ""
        yield from self._lines(label + text.lstrip() if label else text, place, properties, style)
        for box in words.boxes:
            lines = [line for p in box.iter(W + "p") for line in self._paragraph(p, place)]
            if lines:
                said = "\n".join(line.text for line in lines)
                self._note(NoteKind.DOUBTFUL, "文本框的内容放在所在段落之后，请与原件核对位置。", place, said)
            yield from lines

    def _lines(self, text: str, place: Place, properties: etree._Element | None, style: Style) -> Iterator[Paragraph]:
        level, centred = style.level, style.centred
        if properties is not None:
            level, centred = outline_level(properties, level), centring(properties, centred)
        for line in text.split("\n"):
            words = line.strip()
            if words:
                yield Paragraph(words, place, level=level, title=style.title, centred=bool(centred))

    def _label(self, properties: etree._Element | None, style: Style, style_id: str | None) -> str:
        own = numbering(properties) if properties is not None else None
        number = own or style.number
        if number is None or number[0] == "0":
            return ""
        level = number[1]
        if level is None and own is not None:
            level = 0
        return self._numbers.label(number[0], level, style_id)

    def _tell(self, words: Words, place: Place) -> None:
        if words.hidden:
            self._note(NoteKind.HIDDEN, "隐藏文字未作为正文读取。", place, "".join(words.hidden))
        deleted = "".join(words.deleted)
        if deleted:
            self._note(NoteKind.DOUBTFUL, "修订中删除的文字未读入正文。", place, deleted)
        self._revised = self._revised or bool(deleted) or words.inserted
        for picture in words.pictures:
            self._note(NoteKind.DOUBTFUL, "图片中的文字未读取。", place, picture)
        if words.objects:
            self._note(NoteKind.ACTIVE, f"嵌入对象{words.objects}个，未打开，未读取。", place)
        if words.formulas:
            self._note(NoteKind.DOUBTFUL, "公式按一行文字读取，请与原件核对。", place, words.text)
        if words.symbols:
            self._note(NoteKind.DOUBTFUL, "特殊字体的符号以□代替。", place, "；".join(words.symbols))

    def _note(self, kind: NoteKind, message: str, place: Place | None = None, text: str = "") -> None:
        self._notes.append(Note(kind, message, place or Place(), text))

    # --- tables

    def _table(self, element: etree._Element) -> None:
        rows = [row for row in _content(element) if row.tag == W + "tr" and not self._is_deleted(row)]
        fields = [[cell for cell in _content(row) if cell.tag == W + "tc"] for row in rows]
        if len(fields) == 1 and len(fields[0]) == 1:  # a frame around text is no table
            self.read_frame(fields[0][0])
            return
        self._tables += 1
        number, first = self._tables, self._page
        cells: list[Cell] = []
        open_at: dict[int, int] = {}  # column → index of the cell that runs down through it
        columns = headers = 0
        for row, (tr, tcs) in enumerate(zip(rows, fields, strict=True)):
            column = _integer(value(tr.find(f"{W}trPr/{W}gridBefore")), 0)
            if headers == row and is_on(tr.find(f"{W}trPr/{W}tblHeader")):
                headers = row + 1
            for tc in tcs:
                properties = tc.find(W + "tcPr")
                span = _integer(value(properties.find(W + "gridSpan")), 1) if properties is not None else 1
                merge = properties.find(W + "vMerge") if properties is not None else None
                place = Place(page=self._page if self._paged else None, table=number, row=row + 1)
                text = "\n".join(self._cell_lines(tc, place, 0))
                above = open_at.get(column)
                if merge is not None and value(merge) != "restart" and above is not None:
                    cells[above] = _longer(cells[above], row, text)
                else:
                    cells.append(Cell(text, row, column, 1, span, place))
                    open_at.pop(column, None)
                    if merge is not None:
                        open_at[column] = len(cells) - 1
                column = min(column + max(span, 1), _MOST_COLUMNS)
                columns = max(columns, column)
        if not cells:
            return
        place = Place(page=first if self._paged else None, table=number)
        last = self._page if self._paged else None
        self.blocks.append(Table(tuple(cells), len(rows), columns, place, headers, caption_below(self.blocks), last))

    def read_frame(self, cell: etree._Element) -> None:
        """The content of a table of one cell, read as body."""
        for child in _content(cell):
            if child.tag == W + "tbl":
                self._table(child)
            elif child.tag == W + "p":
                for paragraph in self._paragraph(child):
                    self._add(paragraph)

    def _is_deleted(self, row: etree._Element) -> bool:
        if row.find(f"{W}trPr/{W}del") is None:
            return False
        text = "".join(t.text or "" for t in row.iter(W + "t", W + "delText"))
        self._note(NoteKind.DOUBTFUL, "修订中删除的表格行未读入。", None, text)
        self._revised = True
        return True

    def _cell_lines(self, cell: etree._Element, place: Place, depth: int) -> Iterator[str]:
        """Lines of a cell; a table inside it gives one line a row."""
        for child in _content(cell):
            if child.tag == W + "p":
                yield from (paragraph.text for paragraph in self._paragraph(child, place))
            elif child.tag == W + "tbl" and depth < _MOST_DEPTH:
                for row in (r for r in _content(child) if r.tag == W + "tr"):
                    texts = [
                        " ".join(self._cell_lines(c, place, depth + 1)) for c in _content(row) if c.tag == W + "tc"
                    ]
                    if any(texts):
                        yield "　".join(texts)


def _longer(cell: Cell, row: int, text: str) -> Cell:
    """``cell`` reaching down to ``row``; words in a continued field, which Word does not show, are not lost."""
    words = f"{cell.text}\n{text}" if text and text != cell.text else cell.text
    return Cell(words, cell.row, cell.column, row - cell.row + 1, cell.column_span, cell.place)


def _content(element: etree._Element) -> Iterator[etree._Element]:
    """Children that carry content; content controls and tracked insertions around blocks are looked into."""
    for child in element:
        if child.tag == W + "sdt" and not _is_contents(child):
            content = child.find(W + "sdtContent")
            if content is not None:
                yield from _content(content)
        elif child.tag in (W + "customXml", W + "ins", W + "moveTo", W + "smartTag"):
            yield from _content(child)
        elif child.tag in (W + "p", W + "tbl", W + "tr", W + "tc", W + "altChunk", W + "sdt"):
            yield child


def _is_contents(element: etree._Element) -> bool:
    """A content control that Word made for a table of contents (目录)."""
    if element.tag != W + "sdt":
        return False
    gallery = value(element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")) or ""
    return gallery.lower() == "table of contents"


def _integer(text: str | None, otherwise: int) -> int:
    return min(int(text), _MOST_COLUMNS) if text and text.isdecimal() else otherwise
