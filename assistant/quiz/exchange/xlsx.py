"""XLSX with a column for each part of an item (表格题库); the names of the columns can be set.

Every cell is written as text, so that nothing in it is taken for a formula. Columns of a file are known by their usual
names, in any order.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from assistant.quiz.columns import COLUMNS, LETTERS
from assistant.quiz.contract import KIND_ZH, POINT_ZH, Form, LeftOut, QuizItem, RowFault
from assistant.quiz.exchange.drafts import (
    Raw,
    Reading,
    Unreadable,
    cites_of,
    difficulty_named,
    join_blanks,
    join_points,
    kind_named,
    letters_of,
    point_named,
    understood,
)
from corpus.errors import InvalidInput

_OTHER_NAMES: dict[str, str] = {
    "题目": "stem",
    "试题": "stem",
    "试题内容": "stem",
    "题目内容": "stem",
    "试题类型": "kind",
    "题目类型": "kind",
    "类型": "kind",
    "正确答案": "answer",
    "参考答案": "answer",
    "标准答案": "answer",
    "答案解析": "explanation",
    "试题解析": "explanation",
    "法律依据": "cites",
    "出处": "cites",
    "所属领域": "field",
    "分类": "field",
    "知识点": "point",
    "难易度": "difficulty",
    "难度系数": "difficulty",
}
_NAME_COLUMNS = "请在首行写明列名：题型、题干、选项A、选项B…、答案、解析、依据。"
_MOST_ROWS = 20_000
_MOST_UNPACKED = 200 * 1024**2
_HEADER_WITHIN = 10
_WIDTHS = {"stem": 60, "explanation": 50, "cites": 36}


def write(items: Sequence[QuizItem], columns: Mapping[str, str] | None = None) -> tuple[bytes, list[LeftOut]]:
    """The workbook; ``columns`` gives other names by the usual ones, and leaves a column out where the name is empty.

    Raises InvalidInput for a column that is not one of ``COLUMNS``, or a name that is given twice.
    """
    names = _named(columns)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "试题"
    _row(sheet, 1, list(names.values()))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, item in enumerate(items, start=1):
        cells = _cells(number, item)
        _row(sheet, number + 1, [cells.get(part, "") for part in names])
    for column, part in enumerate(names, start=1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = _WIDTHS.get(part, 14)
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), []


def _named(columns: Mapping[str, str] | None) -> dict[str, str]:
    """Part of an item → name of its column, as asked for by the usual names."""
    given = columns or {}
    if unknown := [name for name in given if name not in COLUMNS.values()]:
        raise InvalidInput(
            f"没有“{unknown[0][:40]}”这一列。", where="columns", remedy=f"可改名的列：{'、'.join(COLUMNS.values())}。"
        )
    names = {part: given.get(name, name).strip() for part, name in COLUMNS.items()}
    names = {part: name for part, name in names.items() if name}
    if len(set(names.values())) < len(names):
        raise InvalidInput("两列用了同一个名称。", where="columns", remedy="请给每一列不同的名称。")
    return names


def _row(sheet, row: int, words: Sequence[str]) -> None:  # type: ignore[no-untyped-def]  # openpyxl has no types
    for column, value in enumerate(words, start=1):
        cell = sheet.cell(row, column)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in tuple("=+-@")
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _cells(number: int, item: QuizItem) -> dict[str, str]:
    cells = {
        "number": str(number),
        "kind": KIND_ZH[item.kind],
        "stem": item.stem,
        "answer": _answer(item),
        "explanation": "\n".join(line for line in (item.explanation, *item.working) if line),
        "cites": "\n".join(cites_of(item)),
        "field": item.tags.field,
        "point": POINT_ZH[item.point],
        "difficulty": f"{item.difficulty:g}",
        "id": item.id,
    }
    return cells | {f"option_{LETTERS[n].lower()}": option for n, option in enumerate(item.options)}


def _answer(item: QuizItem) -> str:
    key = item.key
    if item.form in (Form.ONE, Form.MANY):
        return letters_of(key.correct)
    if item.form is Form.TRUTH:
        return "正确" if key.truth else "错误"
    if item.form is Form.BLANKS:
        return join_blanks(key.blanks)
    return join_points(key.points) if item.form is Form.POINTS else f"{key.amount:f}"


# ---- reading -----------------------------------------------------------------------------------------------------


def read(data: bytes) -> Reading:
    """Read every sheet that has columns for stem and answer. Raises InvalidInput where there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > _MOST_UNPACKED:
            raise InvalidInput("表格解压后过大。", where="file", remedy="请只留题目一张工作表，删去图片。")
        return _read_book(load_workbook(io.BytesIO(data), read_only=True, data_only=True))
    except InvalidInput:
        raise
    except Exception as error:  # what openpyxl raises for a broken file is not limited to a few kinds
        raise InvalidInput(
            f"不是完好的 XLSX 文件（{type(error).__name__}）。", where="file", remedy="请用表格软件另存为 .xlsx。"
        ) from None


def _read_book(book: Workbook) -> Reading:
    """Every sheet that has the columns; a sheet with words but without them is told, not passed over."""
    reading, unread, found = Reading(), [], False
    for sheet in book.worksheets:
        if _read_sheet(reading, sheet):
            found = True
        elif any(
            _words(cell).strip() for row in sheet.iter_rows(max_row=_HEADER_WITHIN, values_only=True) for cell in row
        ):
            unread.append(f"工作表“{sheet.title}”")
    if not found:
        raise InvalidInput("没有找到“题干”和“答案”两列。", where="file", remedy=_NAME_COLUMNS)
    for place in unread:
        reading.faults.append(RowFault(place=place, message="没有“题干”和“答案”两列，未读取", remedy=_NAME_COLUMNS))
    return reading


def _read_sheet(reading: Reading, sheet: Any) -> bool:
    """Read the rows below the names of the columns; False where the sheet has no such row."""
    parts: dict[int, str] | None = None
    for number, row in enumerate(sheet.iter_rows(max_row=_MOST_ROWS + 1, values_only=True), start=1):
        place = f"工作表“{sheet.title}”第{number}行"
        if parts is None:
            told = _parts(row)
            if {"stem", "answer"} <= set(told.values()):
                parts = told
            elif number >= _HEADER_WITHIN:
                return False
        elif number > _MOST_ROWS:
            message = f"只读前{_MOST_ROWS}行，其后各行未读取"
            reading.faults.append(RowFault(place=place, message=message, remedy="请分成几个文件导入。"))
        else:
            _read_row(reading, place, parts, row)
    return parts is not None


def _parts(row: Sequence[object]) -> dict[int, str]:
    """Which part of an item stands in which column."""
    known = {name: part for part, name in COLUMNS.items()} | _OTHER_NAMES
    known |= {letter: f"option_{letter.lower()}" for letter in LETTERS}
    found: dict[int, str] = {}
    for column, cell in enumerate(row):
        part = known.get("".join(_words(cell).split()).removesuffix("（必填）").removesuffix("*"))
        if part and part not in found.values():
            found[column] = part
    return found


def _read_row(reading: Reading, place: str, parts: Mapping[int, str], cells: Sequence[object]) -> None:
    told = {part: _words(cells[column]) for column, part in parts.items() if column < len(cells)}
    if not any(words.strip() for part, words in told.items() if part not in ("number", "id")):
        return
    reading.take(place, lambda: understood(_raw(told)))


def _raw(told: Mapping[str, str]) -> Raw:
    named = told.get("kind", "").strip()
    kind = kind_named(named)
    if named and kind is None:
        raise Unreadable(f"不认识题型“{named[:20]}”", f"题型可写：{'、'.join(KIND_ZH.values())}。")
    options = [told.get(f"option_{letter.lower()}", "") for letter in LETTERS]
    while options and not options[-1].strip():
        options.pop()
    return Raw(
        kind=kind,
        stem=told.get("stem", ""),
        options=options,
        answer=told.get("answer", ""),
        explanation=told.get("explanation", ""),
        cites=[c.strip()[:200] for c in told.get("cites", "").split("\n") if c.strip()],
        point=point_named(told.get("point", "")),
        area=told.get("field", "").strip()[:60],
        difficulty=difficulty_named(told.get("difficulty", "")),
    )


def _words(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "正确" if cell else "错误"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\r\n", "\n").replace("_x000D_", "")
