"""Builders of section-oriented benchmarks of a fictional 示范市, as readers give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.discretion.model import DiscretionRecords, DiscretionStandard
from corpus.vocabulary import DocumentKind, EffectLevel
from ingest.identify.profile import Profile
from ingest.parsers.benchmarks import read_benchmark
from ingest.readers.model import Block, Note, Table
from tests.ingest.lists.tables import ABOVE, LEFT, document, table

A, L = ABOVE, LEFT
PROFILE = Profile("示范市行政处罚裁量基准（示例）", DocumentKind.BENCHMARK, EffectLevel.NONE)
DUTY = "《示范市示例管理办法》第五条　示例单位应当登记。"
PENALTY = "《示范市示例管理办法》第二十条第一款　违反本办法第五条规定的，处2万元以上20万元以下的罚款。"
FORMULA = "本表裁量的计算方法为：罚款金额＝裁量百分值总和×20万。"


def law(columns: int) -> list[list[str]]:
    """The two rows above every header."""
    return [["违反条款", DUTY, *[L] * (columns - 2)], ["处罚依据", PENALTY, *[L] * (columns - 2)]]


def weighted(body: Sequence[Sequence[str]], remark: str = FORMULA) -> list[list[str]]:
    """A weighted table with the usual header; ``body`` begins below 裁量起点 20%."""
    header = ["违法行为", "裁量要素", "违法程度", "裁量权重"]
    return [*law(4), header, ["裁量起点", L, L, "20%"], *map(list, body), ["备注", remark, L, L]]


FACTORS = [
    ["示例单位未登记", "规模", "小型", "0%"],
    [A, A, "大型", "30%"],
    [A, "持续时间", "30日以下", "0%"],
    [A, A, "30日以上", "50%"],
]


def read(*blocks: Block | str, notes: Sequence[Note] = ()) -> DiscretionRecords:
    return read_benchmark(replace(document(*blocks), notes=tuple(notes)), PROFILE)


def read_one(rows: Sequence[Sequence[str]], pages: Mapping[int, int] | None = None) -> DiscretionStandard:
    """The one standard of a table; ``pages`` gives the page from each row on, counted from 0."""
    (standard,) = read("一、示例单位未登记", "§1.1 裁量标准", on_pages(table(rows), pages or {})).standards
    return standard


def on_pages(made: Table, pages: Mapping[int, int]) -> Table:
    def page(row: int) -> int | None:
        return next((pages[n] for n in sorted(pages, reverse=True) if n <= row), None)

    cells = tuple(replace(c, place=replace(c.place, page=page(c.row))) for c in made.cells)
    return replace(made, cells=cells, last_page=page(made.rows))


def codes(standard: DiscretionStandard) -> list[str]:
    return [doubt.code for doubt in standard.doubts]
