"""Two texts of one day: the same law, or the articles in which the words part."""

from __future__ import annotations

import pytest

from corpus.vocabulary import Provision
from ingest.faults.numbering import read_label
from ingest.loading.compare import OUTSIDE, describe, differences

Rows = list[tuple[str, str]]


def provisions(rows: Rows) -> list[Provision]:
    return [
        Provision(f"v/{label}", "v", n, label, text, article=read_label(label))
        for n, (label, text) in enumerate(rows, start=1)
    ]


FIRST, SECOND = ("第一条", "为了示例，制定本法。"), ("第二条", "处一万元以上五万元以下罚款。")


@pytest.mark.parametrize(
    "theirs",
    [
        pytest.param([FIRST, SECOND], id="identical"),
        pytest.param([("第一条", "为了示例制定本法"), SECOND], id="punctuation"),
        pytest.param([("第一条", "为了示例，\n\u3000制定本法。"), SECOND], id="white-space"),
        pytest.param([SECOND, FIRST], id="order"),
    ],
)
def test_the_same_law(theirs: Rows) -> None:
    assert differences(provisions([FIRST, SECOND, ("附件", "名录")]), provisions(theirs)) == []


@pytest.mark.parametrize(
    ("theirs", "labels"),
    [
        pytest.param([FIRST, ("第二条", "处万元以上五万元以下罚款。")], ["第二条"], id="a-figure"),
        pytest.param([FIRST], ["第二条"], id="an-article-less"),
        pytest.param([FIRST, SECOND, ("第三条", "新增。")], ["第三条"], id="an-article-more"),
        pytest.param([FIRST, SECOND, ("附件", "名录")], [OUTSIDE], id="an-annex-more"),
        pytest.param([("第一条", "别的。"), ("第二条", "别的。")], ["第一条", "第二条"], id="every-article"),
    ],
)
def test_where_the_words_part(theirs: Rows, labels: list[str]) -> None:
    assert [d.label for d in differences(provisions([FIRST, SECOND]), provisions(theirs))] == labels


def test_rows_without_numbers_are_compared_both_ways() -> None:
    both, one = provisions([("序号1", "甲"), ("序号2", "乙")]), provisions([("序号1", "甲")])
    assert differences(both, one)
    assert differences(one, both)
    assert not differences(both, both)


def test_the_first_differing_words_are_told() -> None:
    found = differences(provisions([FIRST, SECOND]), provisions([FIRST, ("第二条", "处一万元以上三万元以下罚款。")]))
    assert "五万元" in describe(found)
    assert "三万元" in describe(found)


def test_of_many_differences_the_first_are_told_and_all_are_counted() -> None:
    ours = provisions([(f"第{n}条", "甲") for n in "一二三四五六七八九"] + [("第十条", "甲"), ("第十一条", "甲")])
    theirs = provisions([(p.label, "乙") for p in ours])
    assert "等共 11 处" in describe(differences(ours, theirs))
