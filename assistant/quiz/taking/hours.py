"""Hours of training (学时), from exams taken and items practised; as a list and as a workbook. Pure."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from assistant.quiz.paper_contract import HoursEntry
from assistant.quiz.taking.presenting import minutes

YEARLY = Decimal(40)
"""Hours that are asked of everybody in a year."""

_CENT = Decimal("0.01")
_COLUMNS = ("姓名", "部门", "考试次数", "练习组数", "分钟", "学时（每 60 分钟计 1 学时）", "距 40 学时尚差")
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Spent:
    """Time that a person spent on one exam or one round of practice. ``at``: sorts the latest name of a person last."""

    at: str
    person_id: str
    person: str
    department: str
    exam: bool
    seconds: int


def hours(spent: Iterable[Spent]) -> list[HoursEntry]:
    """Hours of each person, by department and name; under the name and department the person had last."""
    people: dict[str, list[Spent]] = {}
    for one in sorted(spent, key=lambda s: s.at):
        people.setdefault(one.person_id, []).append(one)
    entries = [_entry(own) for own in people.values()]
    return sorted(entries, key=lambda entry: (entry.department, entry.person))


def _entry(own: Sequence[Spent]) -> HoursEntry:
    seconds = sum(one.seconds for one in own)
    exams = sum(one.exam for one in own)
    return HoursEntry(
        person=own[-1].person,
        department=own[-1].department,
        exams=exams,
        practices=len(own) - exams,
        minutes=minutes(seconds),
        hours=(Decimal(seconds) / 3600).quantize(_CENT, ROUND_HALF_UP),
    )


def hours_workbook(entries: Sequence[HoursEntry], period: str) -> bytes:
    """An XLSX file of the hours. Names are words, whatever they begin with: never a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "学时"
    sheet.append([f"学时登记表（{period}）"])
    sheet.append(list(_COLUMNS))
    for entry in entries:
        short = max(Decimal(0), YEARLY - entry.hours)
        counts = (entry.exams, entry.practices, entry.minutes, entry.hours, short)
        sheet.append([entry.person, entry.department, *counts])
    for row in sheet.iter_rows(min_row=3, max_col=2):
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith(_STARTS_FORMULA):
                cell.data_type = "s"
                cell.style = "Normal"
                cell.quotePrefix = True
    for cell in (*sheet[1], *sheet[2]):
        cell.font = Font(bold=True)
    for number, width in enumerate((16, 24, 10, 10, 10, 26, 16), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A3"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
