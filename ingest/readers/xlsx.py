"""XLSX and XLSM workbooks (电子表格): every sheet as it is shown, macros never run, formulas never calculated."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from ingest.readers.model import FileUnreadable, Format, Note, NoteKind, Place, ReadDocument, Reason
from ingest.readers.sheets_display import displayed_moment, displayed_number
from ingest.readers.sheets_layout import Range, SheetGrid, cell_name, lay_out
from ingest.readers.sheets_protection import password_needed, unlocked
from ingest.readers.xlsx_package import (
    SheetPart,
    Workbook,
    damaged,
    open_workbook,
    read_part,
    relations,
    text_of,
    walk_part,
)

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_FORMULAS_TOLD = 200  # of a sheet, by name; beyond that only their number
_MOST_COLUMNS = 16384


def read_xlsx(data: bytes, name: str) -> ReadDocument:
    """Read a workbook; hidden rows, columns and sheets come as hidden cells, what is not shown at all as notes.

    Raises FileUnreadable: PASSWORD, DAMAGED, EMPTY (no cell holds anything), TOO_LARGE, NEEDS_CONVERSION (xlsb).
    """
    data = unlocked(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, name)
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, KeyError, ValueError, OSError) as error:
        raise damaged(name, f"{type(error).__name__}") from error
    except (NotImplementedError, RuntimeError) as error:  # a part packed with a password, or by an unknown method
        raise password_needed(name) from error


def _read(archive: zipfile.ZipFile, name: str) -> ReadDocument:
    workbook = open_workbook(archive, name)
    grids = [_grid(archive, workbook, part) for part in workbook.sheets]
    blocks, notes = lay_out(grids)
    notes += tuple(_notes_on_package(archive))
    if not blocks:
        raise FileUnreadable(
            Reason.EMPTY, "工作簿中没有任何内容。", where=name, remedy="请核对文件是否为空白模板，或内容是否只是图片。"
        )
    return ReadDocument(name, Format.XLSX, blocks, metadata=_properties(archive), notes=notes)


@dataclass(slots=True)
class _Gathered:
    """What one pass over a sheet's part gathers."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    formulas: list[tuple[int, int, str]] = field(default_factory=list)
    unsaved: list[tuple[int, int, str]] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)


def _grid(archive: zipfile.ZipFile, workbook: Workbook, part: SheetPart) -> SheetGrid:
    got = _Gathered()
    row, column = -1, -1  # of the last cell: both may be left out of the part and are then counted
    counted = 0
    tags = ["col", "c", "row", "mergeCell", "oddHeader", "oddFooter"]
    for element in walk_part(archive, part.path, tags):
        match etree.QName(element).localname:
            case "c":
                following = (_row_number(element.getparent(), counted), column + 1)
                row, column = _position(element.get("r")) or following
                _take_cell(got, workbook, element, row, column)
            case "row":
                row, column = _row_number(element, counted), -1
                counted = row + 1
                if element.get("hidden") in ("1", "true") or element.get("ht") == "0":
                    got.hidden_rows.add(row)
            case "col" if element.get("hidden") in ("1", "true") or element.get("width") == "0":
                first, last = int(element.get("min", "1")), int(element.get("max", "1"))
                got.hidden_columns.update(range(first - 1, min(last, _MOST_COLUMNS)))
            case "mergeCell":
                got.merged += _ranges(element.get("ref", ""))
            case "oddHeader" | "oddFooter":
                got.margins.append(element.text or "")
    return SheetGrid(
        name=part.name,
        cells=got.cells,
        merged=tuple(got.merged),
        hidden_rows=frozenset(got.hidden_rows),
        hidden_columns=frozenset(got.hidden_columns),
        hidden=part.hidden,
        notes=(*_notes_on_cells(part.name, got), *_comments(archive, part)),
    )


def _take_cell(got: _Gathered, workbook: Workbook, element: etree._Element, row: int, column: int) -> None:
    formula = element.find("{*}f")
    value = element.find("{*}v")
    kind = element.get("t", "n")
    text = _shown(workbook, element, kind, value.text if value is not None else None)
    if formula is not None:
        told = (row, column, f"={formula.text or ''}")
        (got.formulas if text else got.unsaved).append(told)
    if kind == "e":
        got.errors.append((row, column, text))
    if text.strip():
        got.cells[row, column] = text


def _shown(workbook: Workbook, element: etree._Element, kind: str, value: str | None) -> str:
    """The words that a cell shows."""
    if kind == "inlineStr":
        inline = element.find("{*}is")
        return text_of(inline) if inline is not None else ""
    if value is None:
        return ""
    if kind == "s":
        return workbook.strings[int(value)] if int(value) < len(workbook.strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind in ("str", "e"):
        return value
    style = int(element.get("s", "0"))
    pattern = workbook.formats[style] if style < len(workbook.formats) else "General"
    if kind == "d":
        return displayed_moment(dt.datetime.fromisoformat(value.rstrip("Z")), pattern)
    return _shown_number(float(value), pattern, workbook.dates_from_1904)


def _shown_number(number: float, pattern: str, dates_from_1904: bool) -> str:
    if is_date_format(pattern):
        epoch = CALENDAR_MAC_1904 if dates_from_1904 else CALENDAR_WINDOWS_1900
        try:
            return displayed_moment(from_excel(number, epoch), pattern)
        except (OverflowError, ValueError):  # no such day: spreadsheets show #####, the number is kept
            pass
    return displayed_number(number, pattern)


def _row_number(row: etree._Element, counted: int) -> int:
    """The row's number from 0; one that does not say it follows the last."""
    number = row.get("r", "")
    return int(number) - 1 if number.isdigit() else counted


def _position(reference: str | None) -> tuple[int, int] | None:
    found = _REFERENCE.fullmatch(reference or "")
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _ranges(reference: str) -> Iterator[Range]:
    first, _, last = reference.partition(":")
    start, end = _position(first), _position(last or first)
    if start is not None and end is not None:
        yield start[0], end[0] + 1, start[1], end[1] + 1


def _notes_on_cells(sheet: str, got: _Gathered) -> Iterator[Note]:
    place = Place(sheet=sheet)
    if got.formulas:
        message = f"{len(got.formulas)} 个单元格由公式算出，采用文件保存的结果，未重新计算。"
        yield Note(NoteKind.ACTIVE, message, place, _told(got.formulas))
    if got.unsaved:
        message = f"{len(got.unsaved)} 个公式没有保存结果，单元格按空白处理；请打开文件计算后另存。"
        yield Note(NoteKind.DOUBTFUL, message, place, _told(got.unsaved))
    if got.errors:
        yield Note(NoteKind.DOUBTFUL, f"{len(got.errors)} 个单元格显示为错误值。", place, _told(got.errors))
    if words := " ".join(got.margins).strip():
        yield Note(NoteKind.STRIPPED, "打印用的页眉页脚未作为正文。", place, words)


def _told(cells: list[tuple[int, int, str]]) -> str:
    told = [f"{cell_name(row, column)}：{text}" for row, column, text in cells[:_FORMULAS_TOLD]]
    return "\n".join([*told, *(["……"] if len(cells) > _FORMULAS_TOLD else [])])


def _comments(archive: zipfile.ZipFile, part: SheetPart) -> Iterator[Note]:
    """Comments of cells (批注), and the words of text boxes: neither is part of the table."""
    for kind, path in relations(archive, part.path).values():
        if path not in archive.namelist():
            continue
        if kind == "comments":
            for comment in read_part(archive, path).iter("{*}comment"):
                at = _position(comment.get("ref"))
                place = Place(sheet=part.name, row=at[0] + 1 if at else None)
                yield Note(NoteKind.HIDDEN, f"单元格{comment.get('ref')}有批注，未作为正文。", place, text_of(comment))
        elif kind == "drawing":
            words = "\n".join(t.text for t in read_part(archive, path).iter("{*}t") if t.text)
            if words:
                yield Note(NoteKind.DOUBTFUL, "文本框或图形中的文字未作为正文，请核对。", Place(sheet=part.name), words)


def _notes_on_package(archive: zipfile.ZipFile) -> Iterator[Note]:
    names = archive.namelist()
    if any(path.endswith("vbaProject.bin") for path in names):
        yield Note(NoteKind.ACTIVE, "文件含宏，未运行。")
    if embedded := [path for path in names if "/embeddings/" in path]:
        yield Note(NoteKind.ACTIVE, f"文件嵌有 {len(embedded)} 个对象，未打开。", text="\n".join(embedded))
    if pictures := [path for path in names if "/media/" in path]:
        yield Note(NoteKind.STRIPPED, f"文件含 {len(pictures)} 张图片，未读取。", text="\n".join(pictures))


def _properties(archive: zipfile.ZipFile) -> dict[str, str]:
    """What the document says of itself (title, creator, created, modified): hints, often those of a template."""
    path = next((path for path in archive.namelist() if path.endswith("docProps/core.xml")), None)
    if path is None:
        return {}
    found = {etree.QName(e).localname.lower(): (e.text or "").strip() for e in read_part(archive, path) if e.text}
    return {key: value for key, value in found.items() if value}
