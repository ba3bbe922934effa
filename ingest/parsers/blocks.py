"""Blocks of a read document become rows (段落、表格成行): words joined by line breaks, the place of the first one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.model import NOWHERE, Block, Cell, Paragraph, Place, Table
from ingest.sources.text import SourceRow

LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings above a row (编、分编、章、节 or what a document has in their stead)."""

    part: str | None = None
    subpart: str | None = None
    chapter: str | None = None
    section: str | None = None


NO_HEADINGS = Headings()


def row_of(
    label: str, blocks: Sequence[Block], headings: Headings = NO_HEADINGS, *, first: str | None = None
) -> SourceRow:
    """One row of the words of ``blocks``; ``first`` stands for the words of the first one (without its number)."""
    lines = [words_of(block) for block in blocks]
    for index in range(1, len(blocks)):  # a caption that is also the paragraph above its table
        block = blocks[index]
        if isinstance(block, Table) and block.caption and lines[index - 1].strip() == block.caption.strip():
            lines[index] = lines[index].removeprefix(block.caption).lstrip("\n")
    if first is not None:
        lines[0] = first
    place = blocks[0].place if blocks else NOWHERE
    return SourceRow(
        label=shortened(label),
        text="\n".join(line for line in lines if line.strip()).strip(),
        part=headings.part,
        subpart=headings.subpart,
        chapter=headings.chapter,
        section=headings.section,
        place=str(place),
        page=place.page,
        ocr=any(is_ocr(block) for block in blocks),
    )


def words_of(block: Block) -> str:
    """The words of a paragraph, or those of a table line by line with its cells apart."""
    if isinstance(block, Paragraph):
        return block.text
    lines = [" ".join(_once(row)) for row in block.grid()]
    return "\n".join(line for line in [block.caption, *lines] if line.strip())


def is_ocr(block: Block) -> bool:
    """Whether any word of a block was read from a picture."""
    return block.ocr if isinstance(block, Paragraph) else any(cell.ocr for cell in block.cells)


def rows_of_table(table: Table, number: int, headings: Headings = NO_HEADINGS) -> list[SourceRow]:
    """A row for each row below the head of a table: ``表2第5行``, with its cells by column name.

    Rows count from 1 with the head, as an eye counts them. A table without a head has its columns by number.
    """
    grid = table.grid()
    heads = table.header_rows or (1 if _is_head(grid) else 0)
    names = [_column_name(grid[:heads], column) for column in range(table.columns)]
    rows = []
    for index, cells in enumerate(grid[heads:], start=heads):
        fields = tuple(
            (name, cell.text.strip()) for name, cell in zip(names, cells, strict=True) if cell and cell.text.strip()
        )
        if not fields:
            continue
        place = next((cell.place for cell in cells if cell and cell.place != NOWHERE), table.place)
        rows.append(_table_row(f"表{number}第{index + 1}行", fields, headings, place, cells, table.caption))
    return rows


def _table_row(
    label: str,
    fields: tuple[tuple[str, str], ...],
    headings: Headings,
    place: Place,
    cells: Sequence[Cell | None],
    caption: str,
) -> SourceRow:
    text = "\n".join(f"{name}：{cell}" for name, cell in fields)
    return SourceRow(
        label=label,
        text=text,
        part=headings.part,
        subpart=headings.subpart,
        chapter=headings.chapter,
        section=caption.strip() if caption.strip() not in ("", headings.chapter) else headings.section,
        place=str(place),
        page=place.page,
        ocr=any(cell.ocr for cell in cells if cell),
        fields=fields,
    )


def _once(row: Sequence[Cell | None]) -> list[str]:
    """The words of a row's cells, a merged cell once."""
    seen: list[Cell] = []
    for cell in row:
        if cell is not None and all(cell is not other for other in seen):
            seen.append(cell)
    return [" ".join(cell.text.split()) for cell in seen if cell.text.strip()]


def _is_head(grid: Sequence[Sequence[Cell | None]]) -> bool:
    """Whether the first row names the columns: every field has words, none is a number, and rows follow."""
    if len(grid) < 2:
        return False
    texts = [cell.text.strip() if cell else "" for cell in grid[0]]
    return all(texts) and not any(text.replace(".", "").isdigit() for text in texts)


def _column_name(heads: Sequence[Sequence[Cell | None]], column: int) -> str:
    words = [" ".join(row[column].text.split()) for row in heads if row[column] and row[column].text.strip()]  # type: ignore[union-attr]
    return "·".join(dict.fromkeys(words)) or f"第{column + 1}列"


def shortened(label: str) -> str:
    """A label that the store can hold; longer words are cut with …, the whole stands in the row's text."""
    words = " ".join(label.split())
    return words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 1] + "…"
