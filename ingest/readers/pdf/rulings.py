"""Cells that ruling lines make on a page (表格线): the lines by MuPDF, the cells by the algorithm of pdfplumber.

Measured on 2026-11-22 on pages 15 to 60 of a benchmark of 234 pages: MuPDF's own finder took 1.1 s a page and lost
parts of tables on 10 of them, pdfplumber's lost none; fed with MuPDF's lines it takes some milliseconds a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pdfplumber import table as finder

from ingest.readers.pdf.glyphs import Box

_THIN = 4.0  # points: a filled box thinner than this is drawn as a line
_SNAP = 3.0
_SHORTEST = 3.0
_MOST_EDGES = 4000
"""A page with more lines than this is a drawing, not a table."""


class TooManyLines(Exception):
    """A page holds more lines than any table has (页面线条过多)."""


def tables_of_page(drawings: Iterable[Mapping[str, Any]], page: Box) -> list[list[Box]]:
    """The cells of each table of a page, tables from top to bottom; a lone box is a table of one cell.

    ``drawings`` as MuPDF lists them. Raises TooManyLines.
    """
    edges = _edges(drawings, page)
    if len(edges) < 4:
        return []
    if len(edges) > _MOST_EDGES:
        raise TooManyLines
    merged = finder.merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    merged = [edge for edge in merged if _length(edge) >= _SHORTEST]
    cells = finder.intersections_to_cells(finder.edges_to_intersections(merged, _SNAP, _SNAP))
    tables = finder.cells_to_tables(cells)
    held = {cell for table in tables for cell in table}
    tables += [[cell] for cell in cells if cell not in held]
    return sorted(tables, key=lambda table: min((cell[1], cell[0]) for cell in table))


def _length(edge: Mapping[str, Any]) -> float:
    return float(edge["x1"] - edge["x0"] if edge["orientation"] == "h" else edge["bottom"] - edge["top"])


def _edges(drawings: Iterable[Mapping[str, Any]], page: Box) -> list[dict[str, Any]]:
    edges: list[dict[str, Any]] = []
    for drawing in drawings:
        for item in drawing["items"]:
            if item[0] == "l":
                (x0, y0), (x1, y1) = item[1], item[2]
                _add_line(edges, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            elif item[0] in ("re", "qu"):
                box = item[1] if item[0] == "re" else item[1].rect
                _add_box(edges, (box.x0, box.y0, box.x1, box.y1), page)
    return edges


def _add_line(edges: list[dict[str, Any]], x0: float, y0: float, x1: float, y1: float) -> None:
    if y1 - y0 <= 1 and x1 - x0 > y1 - y0:
        edges.append(_edge("h", x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
    elif x1 - x0 <= 1 and y1 > y0:
        edges.append(_edge("v", (x0 + x1) / 2, y0, (x0 + x1) / 2, y1))


def _add_box(edges: list[dict[str, Any]], box: Box, page: Box) -> None:
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    if height <= _THIN and width <= _THIN:
        return  # the dot where two borders meet
    if height <= _THIN:
        edges.append(_edge("h", x0, (y0 + y1) / 2, x1, (y0 + y1) / 2))
    elif width <= _THIN:
        edges.append(_edge("v", (x0 + x1) / 2, y0, (x0 + x1) / 2, y1))
    elif width < 0.95 * (page[2] - page[0]) or height < 0.95 * (page[3] - page[1]):
        edges += [_edge("h", x0, y0, x1, y0), _edge("h", x0, y1, x1, y1)]
        edges += [_edge("v", x0, y0, x0, y1), _edge("v", x1, y0, x1, y1)]


def _edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    return {
        "orientation": orientation,
        "object_type": "line",
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }


def box_around(cells: Sequence[Box]) -> Box:
    """The box around ``cells``, which are not empty."""
    return min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells)
