"""Builders of workbooks with the faults of real ones, made at run time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl

SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None, sheet: str = "清单") -> bytes:
    """An XLSX of one sheet; ``change`` may do to it what openpyxl can do (merge, hide, comment)."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    if change is not None:
        change(page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_parts(data: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The package with some parts rewritten (``SHEET`` …); a part that is not there is made from nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, changes[name](content) if name in changes else content)
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name](b""))
    return out.getvalue()


def with_cell(data: bytes, reference: str, inner: str) -> bytes:
    """The sheet with the cell ``reference`` holding ``inner`` (XML), even where a merged range covers it."""
    row = re.sub(r"[A-Z]+", "", reference)

    def put(xml: bytes) -> bytes:
        text = xml.decode()
        text = re.sub(rf'<c r="{reference}"[^>]*?(?:/>|>.*?</c>)', "", text, flags=re.DOTALL)
        cell = f'<c r="{reference}" t="inlineStr"><is><t>{inner}</t></is></c>'
        return re.sub(rf'(<row r="{row}"[^>]*>.*?)(</row>)', rf"\g<1>{cell}\2", text, flags=re.DOTALL).encode()

    return with_parts(data, {SHEET: put})
