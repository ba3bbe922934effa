"""Where a passage stands on its page (段落位置): boxes around its words, however the page breaks and spaces them.

Words are compared without blanks. A passage that is a row of a table is found by its cells; any other by its
paragraphs in the order of the page's lines, and where it runs over from another page, by the part that stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ingest.readers.pdf.fragments import Fragment, Piece
from ingest.readers.pdf.glyphs import Box, Glyph
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.pages import PageRead

_LEAST = 6  # characters that can be told from others
_MARGIN = 1.5  # points around a line


def passage_boxes(page: PageRead, text: str, cells: Sequence[tuple[str, str]] = ()) -> list[Box]:
    """Boxes around the words of a passage on ``page``; ``cells`` are its columns and words where it is a table's row.

    Empty where the words cannot be found: a picture without words, a page on which nothing of the passage stands.
    """
    found = [box for fragment in page.fragments for box in _row_boxes(fragment, cells)] if cells else []
    return found or _line_boxes(page, [words for _, words in cells] or text.split("\n"))


# ---- rows of tables ----------------------------------------------------------------------------------------------


def _row_boxes(fragment: Fragment, cells: Sequence[tuple[str, str]]) -> list[Box]:
    """The cells of the rows that say what ``cells`` say: the best row first, then those that say what it left out."""
    names = {_squeezed(part) for column, _ in cells for part in (column, *column.split("·"))}
    known = [words for words in (_squeezed(words) for _, words in cells) if words]
    rows = [row for number in range(fragment.rows) if (row := _spoken(fragment.row(number), known, names))]
    boxes: dict[Box, None] = {}
    said: set[int] = set()
    for row in sorted(rows, key=lambda row: -sum(len(known[at]) for at in row.values())):
        if not said or set(row.values()) - said:
            said.update(row.values())
            boxes.update(dict.fromkeys(row))
    return list(boxes)


def _spoken(row: Sequence[Piece], known: Sequence[str], names: set[str]) -> dict[Box, int]:
    """Which of the known words each cell of a row says; empty where a cell of this row alone says something else."""
    spoken: dict[Box, int] = {}
    for piece in row:
        words = _squeezed(piece.text)
        at = next((at for at, cell in enumerate(known) if _same(words, cell)), None)
        if words and at is not None:
            spoken[piece.box] = at
        elif words and words not in names and piece.row_span == 1:
            return {}
    return spoken


def _same(words: str, cell: str) -> bool:
    """Whether a cell of the page says a cell of the passage, or the part of it that stands on this page."""
    return words == cell or (len(words) >= _LEAST and words in cell)


# ---- lines -------------------------------------------------------------------------------------------------------


def _line_boxes(page: PageRead, paragraphs: Sequence[str]) -> list[Box]:
    lines = [*page.lines, *(line for part in page.fragments for piece in part.pieces for line in piece.lines)]
    glyphs = [(line, glyph) for line in lines for glyph in line.glyphs if not glyph.char.isspace()]
    printed = "".join(glyph.char for _, glyph in glyphs)
    if len(printed) != len(glyphs):  # a ligature stands for several characters
        glyphs = [(line, glyph) for line, glyph in glyphs for _ in glyph.char]
    return [box for start, end in _spans(printed, paragraphs) for box in _boxes(glyphs[start:end])]


def _spans(printed: str, paragraphs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the paragraphs stand in the words of a page: all in one, else each, else its beginning or its end."""
    wanted = [words for words in map(_squeezed, paragraphs) if words]
    whole = "".join(wanted)
    at = printed.find(whole) if whole else -1
    if at >= 0:
        yield at, at + len(whole)
        return
    last = 0
    for words in wanted:
        at = printed.find(words, last)
        at = at if at >= 0 or len(words) < _LEAST else printed.find(words)
        if at >= 0:
            last = at + len(words)
            yield at, last
            continue
        head = _longest(len(words), lambda length, words=words: words[:length] in printed)  # type: ignore[misc]
        tail = _longest(len(words), lambda length, words=words: words[-length:] in printed)  # type: ignore[misc]
        if head >= _LEAST:
            at = printed.find(words[:head])
            yield at, at + head
        if tail >= _LEAST and head + tail <= len(words):
            at = printed.rfind(words[-tail:])
            yield at, at + tail


def _longest(most: int, holds: Callable[[int], bool]) -> int:
    """The greatest length up to ``most`` for which ``holds``; what holds for a length holds for every shorter one."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def _boxes(glyphs: Sequence[tuple[Line, Glyph]]) -> Iterator[Box]:
    """One box for each line that some of the glyphs stand on."""
    lines: dict[int, tuple[Line, list[Glyph]]] = {}
    for line, glyph in glyphs:
        lines.setdefault(id(line), (line, []))[1].append(glyph)
    for line, held in lines.values():
        left, right = min(glyph.x0 for glyph in held), max(glyph.x1 for glyph in held)
        yield left - _MARGIN, line.top - _MARGIN, right + _MARGIN, line.bottom + _MARGIN


def _squeezed(words: str) -> str:
    return "".join(words.split())
