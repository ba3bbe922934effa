"""Blanks of a document template (文书空白处): what the officer has to fill in, however it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.model import Cell, Table

OPEN_DATE = r"(?:[_＿\s\u3000]|[×ＸX]){1,16}年(?:[_＿\s\u3000]|[×ＸX]){1,12}月(?:[_＿\s\u3000]|[×ＸX]){1,12}日"
_BLANK = re.compile(
    rf"(?P<date>{OPEN_DATE})"
    r"|(?P<hint>[（(](?:请?填写|写明|注明|列明|此处)[^）)]{0,60}[）)])"
    r"|\{\{\s*(?P<key>[^{}]{0,40}?)\s*\}\}|\$\{(?P<variable>[^{}]{1,40})\}"
    r"|【(?P<named>[^】]{0,40})】"
    r"|(?P<empty>[_＿]{2,}|﹍{2,}|…{4,}|[×Ｘ]{2,}|X{2,}|[［\[][\s\u3000]*[］\]]|[（(][\s\u3000]+[）)]|〔[\s\u3000]*〕)"
)
_LEADS_ON = re.compile(r"(?:[于在的为自至和与共计于第]|^[号年月日条款项])$")  # …于____: no name of the blank
_SERIAL = re.compile(r"[\u4e00-\u9fff]{0,10}[〔\[（(][_＿\s\u3000]{1,8}[〕\]）)]\s*第?[_＿\s\u3000]{1,12}号")
_CHOICE = re.compile(r"□\s*(?P<choice>[^□\s，。；]{1,30})")
_NAME_BEFORE = re.compile(r"(?P<name>[\u4e00-\u9fffA-Za-z（）()、/]{1,24})\s*[:：]?\s*$")
_EMPTY_AFTER_COLON = re.compile(r"(?P<name>[\u4e00-\u9fff（）()、/]{2,24})[:：](?=[\s\u3000]*$|[\s\u3000]{3,})")
_DATE_NAME = "日期"
_UNITS = frozenset("条款项目页号")
_LONGEST_LABEL = 30  # a longer line that ends in a colon introduces what follows

Blank = tuple[str, str]
"""Name of what must be filled in, and how the blank is printed."""


def count_blanks(text: str) -> int:
    """How many places of a text are left to be filled in."""
    return sum(1 for _ in blanks_of(text))


def blanks_of(text: str) -> Iterator[Blank]:
    """The blanks of running text with the words that name each: the key inside it, else the words before it."""
    named_ends = set()
    serials = [match.span() for match in _SERIAL.finditer(text)]
    for start, end in serials:
        yield "文书编号", text[start:end].strip()
    for match in _BLANK.finditer(text):
        if any(start <= match.start() < end for start, end in serials):
            continue
        named_ends.add(match.start())
        inside = match["key"] or match["variable"] or match["named"]
        if inside and inside.strip():
            yield inside.strip(), match[0].strip()
        elif (unit := text[match.end() : match.end() + 1]) in _UNITS and text[: match.start()].endswith("第"):
            yield f"第几{unit}", match[0].strip()
        elif match["date"]:
            yield _name_before(text, match.start()) or _DATE_NAME, match[0].strip()
        else:
            yield _name_before(text, match.start()) or "空白处", match[0].strip()
    for match in _EMPTY_AFTER_COLON.finditer(text):
        if len(text) <= _LONGEST_LABEL and not any(match.end() <= end <= match.end() + 3 for end in named_ends):
            yield match["name"], "（空白）"
    choices = [m["choice"] for m in _CHOICE.finditer(text)]
    if choices:
        yield "勾选项", " ".join(f"□{choice}" for choice in choices)


def blanks_of_table(table: Table) -> Iterator[Blank]:
    """The empty cells of a form, each named by the cell to its left, else by the one above; and blanks in cells."""
    grid = table.grid()
    seen: list[Cell] = []
    for y, row in enumerate(grid):
        for x, cell in enumerate(row):
            if cell is None or any(cell is other for other in seen):
                continue
            seen.append(cell)
            if cell.text.strip():
                yield from blanks_of(cell.text)
                continue
            name = next((w for w in (_words(grid, y, x - 1), _words(grid, y - 1, x)) if w), "")
            if name:
                yield name, "（空白单元格）"


def _words(grid: list[list[Cell | None]], y: int, x: int) -> str:
    cell = grid[y][x] if y >= 0 and x >= 0 else None
    return " ".join(cell.text.split()) if cell else ""


def _name_before(text: str, position: int) -> str:
    line = text[text.rfind("\n", 0, position) + 1 : position]
    match = _NAME_BEFORE.search(line)
    words = match["name"].strip("、/ ") if match else ""
    for opening, closing in ("（）", "()"):
        if words.count(opening) != words.count(closing):
            words = words.strip(opening + closing)
    return "" if _LEADS_ON.search(words) else words
