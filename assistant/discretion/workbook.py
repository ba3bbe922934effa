"""Exported records as a workbook (裁量数据表): a sheet each for options of factors, tiers, list entries and doubts."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Published = Mapping[str, Sequence[Mapping[str, Any]]]
Row = tuple[Any, ...]

_WIDE = 40
_LONGEST = 32_767  # characters of a cell
_STARTS_FORMULA = ("=", "+", "-", "@")

_STANDARD = ("文件", "编号", "违法行为", "处罚依据", "页码")


def workbook(published: Published) -> bytes:
    """An XLSX file of what ``corpus.discretion.export.records_as_published`` gives."""
    book = Workbook()
    book.remove(book.active)
    standards = published["standards"]
    _sheet(book, "权重", (*_STANDARD, "裁量要素", "违法程度", "权重（%）"), _options(standards))
    _sheet(book, "档次", (*_STANDARD, "档次", "适用情形", "罚款列", "罚款", "下限", "上限", "基数"), _tiers(standards))
    _sheet(
        book,
        "清单",
        ("文件", "序号", "类别", "违法行为", "依据", "效果", "条件", "同时满足", "页码"),
        _items(published["items"]),
    )
    _sheet(book, "待核对", ("文件", "编号", "说明", "位置"), _doubts(published["needs_review"]))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _options(standards: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for standard in standards:
        for factor in standard["factors"]:
            for option in factor["options"]:
                yield (*_standard(standard), factor["name"], option["label"], option["weight_percent"])


def _tiers(standards: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for standard in standards:
        for tier in standard.get("tiers", ()):
            when = tier["when"]
            case = when if isinstance(when, str) else "；".join(f"{a}：{v}" for a, v in when.items() if v is not None)
            words = "\n".join([tier.get("behaviour", ""), case, *tier.get("circumstances", ())]).strip()
            for column, fine in tier["fines"].items():
                low = fine.get("min_yuan", fine.get("min_ratio"))
                high = fine.get("max_yuan", fine.get("max_ratio"))
                grade = tier.get("grade", "")
                yield (*_standard(standard), grade, words, column, fine["text"], low, high, fine.get("base"))


def _items(items: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for item in items:
        conditions = "\n".join(item["conditions"])
        yield (
            item["document"],
            item["no"],
            item["category"],
            item["violation"],
            item["provision"],
            item["effect"],
            conditions,
            "是" if item["joint"] else "否，满足其一",
            _pages(item),
        )


def _doubts(doubts: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    for doubt in doubts:
        yield doubt["document"], doubt["id"], doubt["message"], doubt["place"]


def _standard(standard: Mapping[str, Any]) -> Row:
    named = standard.get("corrected_id") or standard["id"]
    basis = "\n".join(standard["penalty_basis"]) or standard["penalty_basis_text"]
    return standard["document"], named, standard["title"], basis, _pages(standard)


def _pages(record: Mapping[str, Any]) -> str:
    return "、".join(str(page) for page in record["pages"])


def _sheet(book: Workbook, title: str, columns: Sequence[str], rows: Iterator[Row]) -> None:
    sheet = book.create_sheet(title)
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_plain(value) for value in row])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, _ in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDE
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, str) and cell.value.startswith(_STARTS_FORMULA):
                cell.data_type = "s"  # words of a document are never a formula
    sheet.freeze_panes = "A2"


def _plain(value: Any) -> Any:
    return value[:_LONGEST] if isinstance(value, str) else value
