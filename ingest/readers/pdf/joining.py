"""One table from its parts on several pages (跨页表格): headers once, cells that a page break cut made whole again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.model import Cell, Note, NoteKind, Place, Table
from ingest.readers.pdf.fragments import Fragment, Piece, marks, nearest
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.wrapping import cell_text, ends_sentence

_EDGE = 6.0  # points that the edges of two parts of one table may differ by
_MOST_HEADER_ROWS = 4
_REST_OF_WORD = re.compile("[\u4e00-\u9fff]")
_LONG_LINE = 8
_NO_LABEL = 6
_HANGING = "，。、；："
_COMPLETE = re.compile(r"(?:%|以下|以上|罚款)$")
_CANNOT_BEGIN = re.compile(r"[，。、；：！？）》”’％%]|以[上下](?!的)|的|及以上")
_FIGURES = re.compile(r"[\s\d０-９.．〇]+")


@dataclass(slots=True)
class _Growing:
    """A cell while the parts are joined: the lines of each page by itself."""

    x0: float
    x1: float
    row: int
    row_span: int
    page: int
    texts: list[tuple[Line, ...]]
    ocr: bool = False

    @property
    def bottom(self) -> int:
        return self.row + self.row_span

    @property
    def text(self) -> str:
        return cell_text([line for lines in self.texts for line in lines])


@dataclass(slots=True)
class _Seam:
    """A cell at the end of a page and the one below it at the top of the next; ``flows``: one sentence in both."""

    above: _Growing
    below: _Growing
    flows: bool = False


def goes_on(before: Fragment, after: Fragment) -> bool:
    """Whether ``after``, the first thing on its page, can be the same table as ``before``, the last of its page."""
    return (
        after.page == before.page + 1
        and abs(before.box[0] - after.box[0]) <= _EDGE
        and abs(before.box[2] - after.box[2]) <= _EDGE
    )


def table_of(parts: Sequence[Fragment], number: int, caption: str) -> tuple[Table, list[Note]]:
    """The table that ``parts`` make, which lie on pages that follow each other; ``number`` counts from 1."""
    notes = [note for part in parts for note in part.notes]
    header_rows = _repeated_header(parts)
    grown = _cells(parts[0], 0, 0)
    rows = parts[0].rows
    for before, part in pairwise(parts):
        skipped = header_rows if header_rows and _same_head(parts[0], part, header_rows) else 0
        if skipped:
            head = " | ".join(piece.text.replace("\n", "") for row in range(skipped) for piece in part.row(row))
            place = Place(page=part.page, table=number)
            notes.append(Note(NoteKind.STRIPPED, "表头在续页上重复，只保留一次。", place, head))
        rows, told = _append(grown, rows, before, part, skipped, number)
        notes += told
    columns = marks((x for cell in grown for x in (cell.x0, cell.x1)), _EDGE)
    cells = [_finished(cell, columns, number) for cell in sorted(grown, key=lambda cell: (cell.row, cell.x0))]
    table = Table(
        tuple(cells),
        rows,
        max(1, len(columns) - 1),
        Place(page=parts[0].page, table=number),
        header_rows,
        caption,
        parts[-1].page if len(parts) > 1 else None,
    )
    return table, notes


def _finished(cell: _Growing, columns: Sequence[float], number: int) -> Cell:
    left, right = nearest(cell.x0, columns), nearest(cell.x1, columns)
    place = Place(page=cell.page, table=number, row=cell.row + 1)
    return Cell(cell.text, cell.row, left, cell.row_span, max(1, right - left), place, cell.ocr)


def _cells(part: Fragment, first: int, skipped: int) -> list[_Growing]:
    """The cells of ``part`` below its first ``skipped`` rows, its rows numbered from ``first``."""
    result = []
    for piece in part.pieces:
        cut = max(0, skipped - piece.row)
        if cut < piece.row_span:
            row = first + max(piece.row, skipped) - skipped
            lines: list[tuple[Line, ...]] = [piece.lines] if not cut else [()]
            result.append(_Growing(piece.box[0], piece.box[2], row, piece.row_span - cut, part.page, lines, part.ocr))
    return result


# --- headers


def _repeated_header(parts: Sequence[Fragment]) -> int:
    """How many rows at the top of the first part stand at the top of a later one again."""
    for rows in range(min(_MOST_HEADER_ROWS, parts[0].rows - 1), 0, -1):
        if any(_same_head(parts[0], part, rows) for part in parts[1:]):
            return rows
    return 0


def _same_head(first: Fragment, later: Fragment, rows: int) -> bool:
    if later.rows < rows:
        return False
    for row in range(rows):
        here, there = _bare(first.row(row)), _bare(later.row(row))
        if here != there or sum(1 for text in here if text) < min(2, len(here)):
            return False
    return True


def _bare(pieces: Sequence[Piece]) -> list[str]:
    return ["".join(piece.text.split()) for piece in pieces]


# --- cells cut by a page break


def _append(
    grown: list[_Growing], rows: int, before: Fragment, part: Fragment, skipped: int, number: int
) -> tuple[int, list[Note]]:
    """Adds ``part`` to the cells grown so far; the number of rows then, and what was made whole."""
    upper = [cell for cell in grown if cell.bottom == rows]
    fresh = _cells(part, rows, skipped)
    if not fresh:
        return rows, []
    lower = [cell for cell in fresh if cell.row == rows]
    pairs = [_Seam(above, below) for below in lower for above in upper if _same_columns(above, below)]
    for seam in pairs:
        seam.flows = _flows(seam, [cell for cell in (*grown, *fresh) if _same_columns(cell, seam.above)], before)
    cut = len(pairs) == len(lower) and _row_goes_on(pairs)
    notes: list[Note] = []
    shift = 1 if cut else 0
    taken: set[int] = set()
    for seam in pairs:
        above, below = seam.above, seam.below
        if cut or _cell_goes_on(seam):
            if above.text and below.text:
                place = Place(page=part.page, table=number, row=above.row + 1)
                words = f"{above.text[-12:]}｜{below.text[:12]}"
                notes.append(Note(NoteKind.REPAIRED, "单元格被分页截断，已与上一页的部分合并。", place, words))
            above.texts += below.texts
            above.row_span += below.row_span - shift
            taken.add(id(below))
    for below in fresh:
        if id(below) in taken:
            continue
        below.row -= shift
        grown.append(below)
    return rows + part.rows - skipped - shift, notes


def _same_columns(above: _Growing, below: _Growing) -> bool:
    return abs(above.x0 - below.x0) <= _EDGE and abs(above.x1 - below.x1) <= _EDGE


def _flows(seam: _Seam, column: Sequence[_Growing], before: Fragment) -> bool:
    """Whether the words of the lower cell go on with those of the upper one in mid-sentence.

    They do when the upper words run to the end of their page with a line as full as the column allows, do not end
    as a sentence or an amount ends, and the lower words are no value of the same kind (2次 below 1次).
    """
    above, below = seam.above.text, seam.below.text
    lines = seam.above.texts[-1]
    if not above or not below or not lines:
        return False
    last = max(lines, key=lambda line: line.baseline)
    if before.box[3] - last.bottom > 1.3 * last.size or _is_complete(above) or _are_parallel(above, below):
        return False
    widest = max(_width(line) for cell in column for lines in cell.texts for line in lines)
    room = (1.05 if len(last.glyphs) >= _LONG_LINE else 0.95) * last.size
    return _CANNOT_BEGIN.match(below) is not None or last.x1 - last.x0 > widest - room


def _width(line: Line) -> float:
    """The width of a line without the 、 or ， that may hang over the edge of its column."""
    last = line.glyphs[-1]
    return (last.x0 if last.char in _HANGING and len(line.glyphs) > 1 else last.x1) - line.x0


def _row_goes_on(pairs: Sequence[_Seam]) -> bool:
    """Whether the first row of a page is the lower half of the last row of the page before.

    It is when no cell shows a new beginning: every cell with words above and below goes on in mid-sentence, or its
    row has no name of its own because the name stands in the upper half only.
    """
    both = [seam for seam in pairs if seam.above.text and seam.below.text]
    nameless = any(s.above.text and not s.below.text and s.above.row_span == 1 for s in pairs)
    if not both:
        named = any(s.below.text and not s.above.text for s in pairs)
        return (nameless and named) or not any(s.below.text for s in pairs)
    if all(seam.flows for seam in both):
        return True
    return nameless and all(
        seam.flows or (len(seam.above.texts[-1]) > 1 and ends_sentence(seam.above.text)) for seam in both
    )


def _cell_goes_on(seam: _Seam) -> bool:
    """Whether a cell reaches over the page break though the row ends there: merged, or cut within a word."""
    above, below = seam.above, seam.below
    if above.row_span == 1 and below.row_span == 1:
        return seam.flows and _REST_OF_WORD.fullmatch(below.text) is not None
    if above.row_span == 1 and len(above.texts[-1]) == 1 and len(above.text) < _NO_LABEL:
        return False  # 违法行为 at the end of a page is the name of its column
    return not below.text or not above.text or seam.flows


def _is_complete(text: str) -> bool:
    return ends_sentence(text) or _COMPLETE.search(text) is not None


def _are_parallel(above: str, below: str) -> bool:
    """Whether two texts are values of one kind: alike at their beginnings or ends but for the figures."""
    one, other = _FIGURES.sub("", above), _FIGURES.sub("", below)
    if min(len(one), len(other)) < 2:
        return one == other
    return one[:2] == other[:2] or one[-2:] == other[-2:] or (len(one) == len(other) == 2 and one[-1] == other[-1])
