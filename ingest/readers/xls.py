"""XLS workbooks (旧式电子表格) through xlrd with formatting, which alone knows merged ranges and hidden rows."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import xlrd

from ingest.readers.model import FileUnreadable, Format, Note, NoteKind, Place, ReadDocument, Reason
from ingest.readers.sheets_display import displayed_moment, displayed_number
from ingest.readers.sheets_layout import SheetGrid, cell_name, lay_out
from ingest.readers.sheets_protection import password_needed, unlocked

_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")  # name of the stream in the compound file's directory
_REMEDY = "请用表格软件打开核对，另存为 xlsx 后再装载。"


def read_xls(data: bytes, name: str) -> ReadDocument:
    """Read a workbook of the binary format (BIFF); what is hidden comes as hidden cells, the rest as notes.

    The format's formulas cannot be told from values: the saved result is what is read. Raises FileUnreadable:
    PASSWORD, DAMAGED, EMPTY (no cell holds anything).
    """
    data = unlocked(data, name)
    book = _open(data, name)
    try:
        grids = [_grid(book, sheet) for sheet in book.sheets()]
    except (IndexError, KeyError, ValueError, struct.error, AssertionError) as error:
        raise _damaged(name, error) from error
    blocks, notes = lay_out(grids)
    if _MACROS in data:
        notes = (*notes, Note(NoteKind.ACTIVE, "文件含宏，未运行。"))
    if not blocks:
        raise FileUnreadable(
            Reason.EMPTY, "工作簿中没有任何内容。", where=name, remedy="请核对文件是否为空白模板，或内容是否只是图片。"
        )
    return ReadDocument(name, Format.XLS, blocks, metadata=_properties(book), notes=notes)


def _open(data: bytes, name: str) -> Any:
    """The workbook; without formatting where a file older than Excel 5 has none that xlrd reads."""
    try:
        try:
            return xlrd.open_workbook(
                file_contents=data, formatting_info=True, ragged_rows=True, logfile=_Silence(), on_demand=False
            )
        except NotImplementedError:
            return xlrd.open_workbook(file_contents=data, ragged_rows=True, logfile=_Silence())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise password_needed(name) from error
        raise _damaged(name, error) from error
    except Exception as error:  # xlrd meets damaged records with whatever its parsing runs into
        raise _damaged(name, error) from error


class _Silence(io.StringIO):
    """xlrd prints what it thinks of a file; the report is made elsewhere."""

    def write(self, text: str) -> int:
        return len(text)


def _damaged(name: str, error: BaseException) -> FileUnreadable:
    what = f"工作簿已损坏或不是 xls 格式（{type(error).__name__}）。"
    return FileUnreadable(Reason.DAMAGED, what, where=name, remedy=_REMEDY)


def _grid(book: Any, sheet: Any) -> SheetGrid:
    cells: dict[tuple[int, int], str] = {}
    errors: list[str] = []
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            cell = sheet.cell(row, column)
            text = _shown(book, cell)
            if not text.strip():
                continue
            cells[row, column] = text
            if cell.ctype == xlrd.XL_CELL_ERROR:
                errors.append(f"{cell_name(row, column)}：{text}")
    place = Place(sheet=sheet.name)
    notes = (
        [Note(NoteKind.DOUBTFUL, f"{len(errors)} 个单元格显示为错误值。", place, "\n".join(errors))] if errors else []
    )
    return SheetGrid(
        name=sheet.name,
        cells=cells,
        merged=tuple(sheet.merged_cells),
        hidden_rows=frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0),
        hidden_columns=frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
        hidden=sheet.visibility != 0,
        notes=(*notes, *_comments(sheet)),
    )


def _shown(book: Any, cell: Any) -> str:
    """The words that a cell shows."""
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return str(cell.value).replace("\r\n", "\n").replace("\r", "\n")
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#ERROR"))
        case xlrd.XL_CELL_DATE:
            try:
                return displayed_moment(xlrd.xldate_as_datetime(cell.value, book.datemode), _pattern(book, cell))
            except (OverflowError, ValueError):  # no such day: spreadsheets show #####, the number is kept
                return displayed_number(cell.value, "General")
        case xlrd.XL_CELL_NUMBER:
            return displayed_number(cell.value, _pattern(book, cell))
        case _:
            return ""


def _pattern(book: Any, cell: Any) -> str:
    if cell.xf_index is None or cell.xf_index >= len(book.xf_list):
        return "General"
    number_format = book.format_map.get(book.xf_list[cell.xf_index].format_key)
    return number_format.format_str if number_format is not None else "General"


def _comments(sheet: Any) -> Iterator[Note]:
    for (row, column), note in sorted(sheet.cell_note_map.items()):
        place = Place(sheet=sheet.name, row=row + 1)
        yield Note(NoteKind.HIDDEN, f"单元格{cell_name(row, column)}有批注，未作为正文。", place, note.text)


def _properties(book: Any) -> dict[str, str]:
    author = (book.user_name or "").strip()
    return {"creator": author} if author else {}
