"""What printed column names mean."""

from __future__ import annotations

import pytest

from corpus.lists import Column, meaning_of


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("序 号", Column.SERIAL),
        ("事项名称（全称）", Column.ITEM),
        ("行政处罚事项", Column.ITEM),
        ("实施依据", Column.BASIS),
        ("处罚\n依据", Column.PENALTY_BASIS),
        ("违反的条款", Column.VIOLATED),
        ("事项编码", Column.CODE),
        ("责任主体·监督主体", Column.SUPERVISING_BODY),
        ("行使层级", Column.LEVEL),
        ("行政相对人类别", Column.PARTY),
        ("违法风险点", Column.RISK),
        ("指导方式及措施", Column.GUIDANCE),
        ("不予行政处罚的情形", Column.CONDITION),
        ("裁量标准·从轻", Column.FINE),
        ("备　　注", Column.REMARK),
        ("经办人", None),
        ("违法行为发生地的监督电话", None),
        ("", None),
    ],
)
def test_a_name_means_one_thing_or_is_not_understood(name: str, meaning: Column | None) -> None:
    assert meaning_of(name) is meaning


@pytest.mark.parametrize("column", list(Column))
def test_the_usual_name_of_every_column_is_understood_as_itself(column: Column) -> None:
    assert meaning_of(column.zh) is column
