"""The part of a table that one page shows (表格片段): cells on a grid, each with its lines and its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.readers.model import Note, Place
from ingest.readers.pdf.glyphs import Box, Glyph, Run
from ingest.readers.pdf.lines import Line, lines_of
from ingest.readers.pdf.rulings import box_around
from ingest.readers.pdf.wrapping import cell_text


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell, or the half of one, on one page: ``x0``–``x1`` and rows ``row`` to ``row + row_span`` of its part."""

    box: Box
    row: int
    row_span: int
    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        return cell_text(self.lines)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A table as one page shows it; ``pieces`` from top to bottom and left to right."""

    page: int
    box: Box
    rows: int
    pieces: tuple[Piece, ...]
    ocr: bool = False
    notes: tuple[Note, ...] = field(default=())

    def row(self, number: int) -> list[Piece]:
        """The pieces that cover row ``number``, from left to right."""
        return sorted(
            (piece for piece in self.pieces if piece.row <= number < piece.row + piece.row_span),
            key=lambda piece: piece.box[0],
        )


def marks(values: Iterable[float], near: float = 3.0) -> list[float]:
    """``values`` in order, those nearer than ``near`` points to the one before taken as one."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > near:
            result.append(value)
    return result


def nearest(value: float, among: Sequence[float]) -> int:
    """The place in ``among`` of what is nearest to ``value``."""
    return min(range(len(among)), key=lambda at: abs(among[at] - value))


def split_by_tables(
    runs: Iterable[Run], tables: Sequence[Sequence[Box]]
) -> tuple[list[Run], list[dict[Box, list[Run]]]]:
    """The runs outside tables, and for each table the runs of each cell; a run over several cells is cut."""
    outside: list[Run] = []
    inside: list[dict[Box, list[Run]]] = [{} for _ in tables]
    bounds = [box_around(cells) for cells in tables]
    for run in runs:
        parts: dict[tuple[int, Box] | None, list[Glyph]] = {}
        for glyph in run:
            parts.setdefault(_home(glyph, tables, bounds), []).append(glyph)
        for home, glyphs in parts.items():
            if home is None:
                outside.append(tuple(glyphs))
            else:
                inside[home[0]].setdefault(home[1], []).append(tuple(glyphs))
    return outside, inside


def _home(glyph: Glyph, tables: Sequence[Sequence[Box]], bounds: Sequence[Box]) -> tuple[int, Box] | None:
    x, y = glyph.middle
    for at, bound in enumerate(bounds):
        if _within(x, y, bound):
            holding = [cell for cell in tables[at] if _within(x, y, cell)]
            if holding:
                return at, min(holding, key=lambda cell: (cell[2] - cell[0]) * (cell[3] - cell[1]))
    return None


def _within(x: float, y: float, box: Box) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def fragment_of(cells: Sequence[Box], runs: dict[Box, list[Run]], page: int, ocr: bool = False) -> Fragment:
    """The part of a table with ``cells`` on page number ``page``; ``runs`` is the text of each cell."""
    tops = marks(y for cell in cells for y in (cell[1], cell[3]))
    pieces: list[Piece] = []
    notes: list[Note] = []
    for cell in cells:
        lines, told = lines_of(runs.get(cell, ()), Place(page=page))
        notes += told
        row = nearest(cell[1], tops)
        pieces.append(Piece(cell, row, max(1, nearest(cell[3], tops) - row), tuple(lines)))
    pieces.sort(key=lambda piece: (piece.row, piece.box[0]))
    return Fragment(page, box_around(cells), len(tops) - 1, tuple(pieces), ocr, tuple(notes))
