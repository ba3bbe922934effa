"""The neutral model of a document that was read (读取结果): paragraphs and tables in reading order, with places.

Every reader gives this and nothing else; every parser takes this and nothing else. Words are the source's own, save
for repairs that are certain, each of which is told in a note. Nothing here knows law.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.errors import SourceUnreadable


class Format(StrEnum):
    """Format of a file (文件格式), found from its content, not from its name."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    XLSX = "xlsx"
    XLS = "xls"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    ZIP = "zip"
    IMAGE = "image"


class Reason(StrEnum):
    """Why a file could not be read (不能读取的原因); each has its remedy."""

    EMPTY = "empty"
    DAMAGED = "damaged"
    PASSWORD = "password"
    NEEDS_CONVERSION = "needs_conversion"
    NEEDS_OCR = "needs_ocr"
    UNKNOWN_FORMAT = "unknown_format"
    TOO_LARGE = "too_large"
    UNSAFE_ARCHIVE = "unsafe_archive"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    UNREADABLE = "unreadable"  # no permission, gone while reading
    OTHER_READERS = "other_readers"  # of a document that is held and that others may read
    NOTHING_RECOGNISED = "nothing_recognised"  # read, but no parser found anything to cite


class FileUnreadable(SourceUnreadable):
    """One file cannot be read; the rest goes on. Message and remedy are Chinese: they stand in the report."""

    code = "file_unreadable"

    def __init__(self, reason: Reason, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.reason = reason

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (self.reason, self.what, self.where, self.remedy)


def _rebuild(reason: Reason, what: str, where: str | None, remedy: str | None) -> FileUnreadable:
    return FileUnreadable(reason, what, where=where, remedy=remedy)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file (位置); every number counts from 1, None where the format has no such thing."""

    page: int | None = None
    line: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None

    def __str__(self) -> str:
        parts = [
            f"第{self.page}页" if self.page is not None else "",
            f"第{self.line}行" if self.line is not None else "",
            f"工作表“{self.sheet}”" if self.sheet is not None else "",
            f"表{self.table}" if self.table is not None else "",
            f"第{self.row}行" if self.row is not None else "",
        ]
        return "".join(parts)


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (段落) without line breaks inside; ``level`` 1 is the highest heading, None is body text.

    ``title`` marks what the format itself calls the document's title. ``ocr``: read from a picture.
    """

    text: str
    place: Place = NOWHERE
    level: int | None = None
    title: bool = False
    centred: bool = False
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell (单元格) at its top left corner, counted from 0; a merged cell stands once, with its spans.

    Line breaks inside are kept as the source has them. ``hidden``: in a row or column the source hides.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: Place = NOWHERE
    ocr: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table (表格), joined over page breaks; ``header_rows`` repeated on later pages stand once.

    ``columns`` is the number of columns; cells are in row order. ``caption`` is the line above it, where one is.
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    place: Place = NOWHERE
    header_rows: int = 0
    caption: str = ""
    last_page: int | None = None

    def grid(self) -> list[list[Cell | None]]:
        """The table as rows × columns; a merged cell is named in every field that it covers, None is no cell."""
        grid: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.columns)):
                    grid[row][column] = cell
        return grid


class NoteKind(StrEnum):
    """What a reader has to say about its reading (读取说明)."""

    STRIPPED = "stripped"  # boilerplate, page numbers, contents taken out
    REPAIRED = "repaired"  # mended with certainty
    DOUBTFUL = "doubtful"  # a person should compare with the original
    ENCODING = "encoding"  # which encoding was found, what could not be decoded
    HIDDEN = "hidden"  # hidden rows, columns, sheets, comments
    NEEDS_OCR = "needs_ocr"  # pages that are pictures and could not be read
    OCR = "ocr"  # pages that were read from pictures
    ACTIVE = "active"  # macros, scripts, embedded objects: not run


@dataclass(frozen=True, slots=True)
class Note:
    """One remark of a reader: message in Chinese, the place, and the words concerned, so that nothing is lost."""

    kind: NoteKind
    message: str
    place: Place = NOWHERE
    text: str = ""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A file that was read (读取结果).

    ``name`` is the path shown to people; ``pages`` is None where the format has no pages. ``metadata`` is what the
    format says about itself (front matter, meta tags, document properties), keys lower case; it is a hint, not a fact.
    """

    name: str
    format: Format
    blocks: tuple[Block, ...]
    pages: int | None = None
    encoding: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))
