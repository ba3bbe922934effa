"""Plain tables (表格), which scroll sideways in their own place on a phone."""

from __future__ import annotations

from collections.abc import Sequence

from ui.markup import element, text


def table_html(heads: Sequence[str], rows: Sequence[Sequence[str]], *, numbers_from: int = 99) -> str:
    """Words only; columns from ``numbers_from`` on are set to the right."""
    return cells_html(heads, [[text(cell) for cell in row] for row in rows], numbers_from=numbers_from)


def cells_html(heads: Sequence[str], rows: Sequence[Sequence[str]], *, numbers_from: int = 99) -> str:
    """The same of cells that are safe HTML."""
    head = element(
        "tr", "".join(element("th", text(h), _css(i, numbers_from), scope="col") for i, h in enumerate(heads))
    )
    body = "".join(
        element("tr", "".join(element("td", cell, _css(i, numbers_from)) for i, cell in enumerate(row))) for row in rows
    )
    table = element("table", element("thead", head) + element("tbody", body), "ea-cells ea-table")
    return element("div", table, "ea-table-frame", tabindex="0", role="region", aria_label="表格")


def _css(column: int, numbers_from: int) -> str:
    return "ea-figure" if column >= numbers_from else ""
