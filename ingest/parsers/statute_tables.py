"""Tables inside statutes (条文中的表格): each row one line, cells between bars, so that no figure loses its row."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.readers.model import Cell, Table


def table_lines(table: Table) -> Iterator[str]:
    """``| 级数 | 全年应纳税所得额 | 税率 |`` for each row; a cell merged over rows stands in each of them."""
    for cells in table.grid():
        words: list[str] = []
        before: Cell | None = None
        for cell in cells:
            if cell is not None and cell is before:
                continue  # merged over columns
            words.append(" ".join(cell.text.split()) if cell is not None else "")
            before = cell
        if any(words):
            yield f"| {' | '.join(words)} |"
