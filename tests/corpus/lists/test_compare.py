"""Overlaps and gaps between two lists, by items and by the articles that their bases name."""

from __future__ import annotations

import pytest

from corpus.lists import CellChange, ListRow, articles_of, compare_lists


def row(label: str, name: str, basis: str, body: str = "") -> ListRow:
    fields = (("事项名称", name), ("实施依据", basis), *((("处罚主体", body),) if body else ()))
    return ListRow(label, fields)


@pytest.mark.parametrize(
    ("basis", "articles"),
    [
        ("《食品安全法》第一百二十四条第一款第四项", ["《食品安全法》第一百二十四条"]),
        ("《消防法》第二十八条、第六十条第一款", ["《消防法》第二十八条", "《消防法》第六十条"]),
        ("《消防法》第六十条：违反本法第十六条规定的", ["《消防法》第六十条"]),
        ("《消防法》", []),
        ("有关规定", []),
    ],
)
def test_the_articles_of_a_basis_are_those_it_names_with_their_law(basis: str, articles: list[str]) -> None:
    assert list(articles_of(row("序号1", "甲", basis)).values()) == articles


def test_one_item_of_two_bodies_is_an_overlap_that_names_both() -> None:
    first = [row("序号1", "对占用消防车通道的处罚", "《消防法》第六十条", "消防救援队")]
    second = [row("序号7", "占用消防车通道", "《中华人民共和国消防法》第六十条第一款", "综合执法局")]
    found = compare_lists(first, second)
    (same,) = found.same_items
    assert (same.first.label, same.second.label) == ("序号1", "序号7")
    assert same.differing == (CellChange("处罚主体", "消防救援队", "综合执法局"),)
    assert [shared.article for shared in found.shared_bases] == ["《消防法》第六十条"]


def test_an_article_that_only_one_list_builds_on_is_a_gap_of_the_other() -> None:
    first = [row("序号1", "甲", "《消防法》第六十条"), row("序号2", "乙", "《消防法》第六十三条")]
    found = compare_lists(first, [row("序号1", "丙", "《消防法》第六十条、第五十八条")])
    assert [(lone.article, lone.rows[0].label) for lone in found.only_in_first] == [("《消防法》第六十三条", "序号2")]
    assert [lone.article for lone in found.only_in_second] == ["《消防法》第五十八条"]
    assert found.same_items == ()


def test_rows_whose_basis_names_no_article_are_told() -> None:
    found = compare_lists([row("序号1", "甲", "有关规定")], [])
    assert [lone.label for lone in found.without_article_first] == ["序号1"]
