"""The same benchmark as DOCX and as XLSX gives the same records, each with its places."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Sequence

import docx
import openpyxl
import pytest

from corpus.discretion.model import NO_SPOT, DiscretionRecords, DiscretionStandard, Mode
from ingest.identify import identify
from ingest.parsers.benchmarks import read_benchmark
from ingest.readers import read_document
from ingest.readers.model import Cell
from tests.ingest.lists.tables import table
from tests.ingest.parsers.benchmarks.section_tables import A, L, law

TITLE = "示范市示例行政处罚裁量基准（示例）"
REMARK = (
    "1.本表的裁量计算方法如下：\n（1）限期内改正的罚款金额=限期内改正的裁量百分值总和×10万；\n"
    "（2）逾期未改正的罚款金额=逾期未改正的裁量百分值总和×20万。\n2.逾期未改正裁量百分值总和超过100%的，按100%计算。"
)
WEIGHTED = [
    *law(5),
    ["违法行为", "裁量要素", "违法程度", "裁量权重", L],
    ["示例单位未登记", "裁量起点", L, "限期内改正", "逾期未改正"],
    [A, A, A, "20%", "50%"],
    [A, "规模", "小型", "0%", L],
    [A, A, "大型", "30%", L],
    [A, "持续时间", "30日以下", "0%", L],
    [A, A, "30日以上", "50%", L],
    ["备注", REMARK, L, L, L],
]
TIERED = [
    *law(5),
    ["违法行为", "区域", "次数", "罚款", L],
    [A, A, A, "对单位", "对个人"],
    ["示例行为", "一般区域", "1次", "2万元以上5万元以下", "0.1万元"],
    [A, A, "2次以上", "5万元以上10万元以下", A],
    [A, "造成重大影响的", L, "20万元", "/"],
]
SECTIONS = (
    (("第一章　登记类", "一、示例单位未登记", "§1.1 裁量标准"), WEIGHTED),
    (("二、示例行为", "§1.2 裁量标准"), TIERED),
)


def cells(rows: Sequence[Sequence[str]]) -> tuple[Cell, ...]:
    return table(rows).cells


def as_docx() -> bytes:
    made = docx.Document()
    made.add_heading(TITLE, 0)
    for lines, rows in SECTIONS:
        for line in lines:
            made.add_paragraph(line)
        grid = made.add_table(len(rows), 5)
        for cell in cells(rows):
            place = grid.cell(cell.row, cell.column)
            last = grid.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
            place.merge(last).text = cell.text
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def as_xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "登记"
    lines = [[[TITLE, L, L, L, L]]]
    for heads, rows in SECTIONS:
        lines += [[[head, L, L, L, L]] for head in heads]
        lines.append([list(row) for row in rows])
    at = 1
    for rows in lines:
        for cell in cells(rows):
            sheet.cell(at + cell.row, cell.column + 1, cell.text)
            sheet.merge_cells(
                start_row=at + cell.row,
                start_column=cell.column + 1,
                end_row=at + cell.row + cell.row_span - 1,
                end_column=cell.column + cell.column_span,
            )
        at += len(rows)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def records(data: bytes, name: str) -> DiscretionRecords:
    document = read_document(data, name)
    return read_benchmark(document, identify(document, name))


@pytest.fixture(scope="module")
def from_docx() -> DiscretionRecords:
    return records(as_docx(), "示例.docx")


@pytest.fixture(scope="module")
def from_xlsx() -> DiscretionRecords:
    return records(as_xlsx(), "示例.xlsx")


def without_places(standard: DiscretionStandard) -> DiscretionStandard:
    def bare(value: object) -> object:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            gone = {
                f.name: NO_SPOT if f.name.endswith("spot") else () if f.name == "rows" else bare(getattr(value, f.name))
                for f in dataclasses.fields(value)
            }
            return dataclasses.replace(value, **gone)
        return tuple(bare(item) for item in value) if isinstance(value, tuple) else value

    plain = bare(dataclasses.replace(standard, sheet=None))
    assert isinstance(plain, DiscretionStandard)
    return plain


def test_both_formats_give_the_same_records(from_docx: DiscretionRecords, from_xlsx: DiscretionRecords) -> None:
    assert [without_places(s) for s in from_docx.standards] == [without_places(s) for s in from_xlsx.standards]


def test_the_records_are_complete(from_docx: DiscretionRecords) -> None:
    one, two = from_docx.standards
    assert (one.id, one.mode, one.chapter, one.title) == ("§1.1", Mode.WEIGHTED, "第一章 登记类", "示例单位未登记")
    assert [(f.variant, f.start, f.multiplier) for f in one.formulas] == [
        ("限期内改正", 20, 100000),
        ("逾期未改正", 50, 200000),
    ]
    assert [(f.name, [o.label for o in f.options]) for f in one.factors] == [
        ("规模", ["小型", "大型"]),
        ("持续时间", ["30日以下", "30日以上"]),
    ]
    assert (two.id, two.mode, two.fine_columns) == ("§1.2", Mode.TIERED, ("罚款·对单位", "罚款·对个人"))
    assert [tier.catch_all for tier in two.tiers] == ["", "", "造成重大影响的"]
    assert [one.doubts, two.doubts, from_docx.doubts] == [(), (), ()]


def test_a_sheet_keeps_the_rows_that_people_see(from_xlsx: DiscretionRecords) -> None:
    one, two = from_xlsx.standards
    assert one.sheet == two.sheet == "登记"
    assert [o.spot.row for f in one.factors for o in f.options] == [10, 11, 12, 13]
    assert [tier.rows for tier in two.tiers] == [(21, 21), (22, 22), (23, 23)]
