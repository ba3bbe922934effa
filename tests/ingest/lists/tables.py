"""Builders of read documents with tables, as the readers give them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify.profile import Profile
from ingest.parsers.lists import parse_list
from ingest.readers.model import Block, Cell, Format, Paragraph, Place, ReadDocument, Table
from ingest.sources.text import SourceRow, SourceText

LEFT = "<"  # belongs to the cell on its left
ABOVE = "^"  # belongs to the cell above


def table(rows: Sequence[Sequence[str]], *, hidden: Sequence[int] = (), sheet: str | None = None) -> Table:
    """A table from its rows; ``""`` is no cell, ``LEFT`` and ``ABOVE`` merge. ``hidden`` are rows from 0."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("", LEFT, ABOVE):
                continue
            columns = next((n for n in range(1, len(row) - c) if row[c + n] != LEFT), len(row) - c)
            below = [rows[n][c] if c < len(rows[n]) else "" for n in range(r + 1, len(rows))]
            down = next((n for n, word in enumerate(below, start=1) if word != ABOVE), len(below) + 1)
            place = Place(sheet=sheet, row=r + 1) if sheet else Place(table=1, row=r + 1)
            cells.append(Cell(text, r, c, down, columns, place, hidden=r in hidden))
    place = Place(sheet=sheet, table=1) if sheet else Place(table=1)
    return Table(tuple(cells), len(rows), max(len(row) for row in rows), place)


def document(*blocks: Block | str, form: Format = Format.DOCX, name: str = "示例.docx") -> ReadDocument:
    """A document of blocks; a string is a paragraph."""
    return ReadDocument(name, form, tuple(Paragraph(b) if isinstance(b, str) else b for b in blocks))


def parsed(*blocks: Block | str, kind: DocumentKind = DocumentKind.BENCHMARK, form: Format = Format.DOCX) -> SourceText:
    profile = Profile(title="示范市清单（示例）", kind=kind, level=EffectLevel.NONE)
    (text,) = parse_list(document(*blocks, form=form), profile)
    return text


def labels(text: SourceText) -> list[str]:
    return [row.label for row in text.rows]


def row(text: SourceText, label: str) -> SourceRow:
    return next(row for row in text.rows if row.label == label)
