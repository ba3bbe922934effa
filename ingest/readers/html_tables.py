"""Tables of HTML (网页表格): merged cells with their spans, header rows, nested tables as lines of their cell."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.html_words import lines_of, parse_html, tag_of
from ingest.readers.model import Cell, Place, Table

_MOST_COLUMNS = 500
_NUMBER = re.compile(r"\s*(\d+)")


def tables_of_fragment(source: str, place: Place, before: int, caption: str = "") -> list[Table]:
    """Outermost tables of a piece of HTML inside another format, numbered from ``before`` + 1, all at ``place``."""
    tables: list[Table] = []
    for element in _outermost(parse_html(source)):
        number = before + len(tables) + 1
        table = read_table(element, number, caption=caption, line=place.line)
        if table.cells:
            tables.append(table)
    return tables


def _outermost(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if tag_of(child) == "table":
            yield child
        else:
            yield from _outermost(child)


def read_table(element: etree._Element, number: int, *, caption: str = "", line: int | None = None) -> Table:
    """The table of a ``<table>`` element; ``line`` is where it stands when the element itself does not know."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    rows = list(_rows(element))
    columns = 0
    header_rows = 0
    for row, tr in enumerate(rows):
        column = 0
        fields = [cell for cell in tr if tag_of(cell) in ("td", "th")]
        heads = bool(fields) and (_in_head(tr) or all(tag_of(cell) == "th" for cell in fields))
        if heads and header_rows == row:
            header_rows = row + 1
        for field in fields:
            while (row, column) in taken:
                column += 1
            if column >= _MOST_COLUMNS:  # no field is left in this row: the words stay with its last cell
                cells[-1] = dataclasses.replace(cells[-1], text="\n".join([cells[-1].text, *lines_of(field)]))
                continue
            row_span = min(_span(field, "rowspan", len(rows) - row), len(rows) - row)
            column_span = min(_span(field, "colspan", 1), _MOST_COLUMNS - column)
            where = Place(line=line or field.sourceline, table=number, row=row + 1)
            cells.append(Cell("\n".join(lines_of(field)), row, column, row_span, column_span, where))
            taken.update((r, c) for r in range(row, row + row_span) for c in range(column, column + column_span))
            column += column_span
            columns = max(columns, column)
    own = next((" ".join(lines_of(c)) for c in element if tag_of(c) == "caption"), "")
    place = Place(line=line or element.sourceline, table=number)
    return Table(tuple(cells), len(rows), columns, place, header_rows, own or caption)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        name = tag_of(child)
        if name == "tr":
            yield child
        elif name in ("thead", "tbody", "tfoot"):
            yield from (tr for tr in child if tag_of(tr) == "tr")


def _in_head(tr: etree._Element) -> bool:
    parent = tr.getparent()
    return parent is not None and tag_of(parent) == "thead"


def _span(field: etree._Element, name: str, zero: int) -> int:
    """A span as printed; ``rowspan="0"`` reaches to the end, what is no number is 1."""
    match = _NUMBER.match(field.get(name) or "")
    if not match:
        return 1
    return min(int(match[1][:6]), 100_000) or max(zero, 1)
