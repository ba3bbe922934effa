"""Which words of a long provision are printed: items with their heading, paragraphs with those tied to them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.compose import Evidence
from assistant.answer.focus import words_of
from assistant.answer.portions import portions, refers_to, shortened
from corpus.structure import split_article
from tests.assistant.answer.conftest import FIRE, FOOD, PENALTY

Article = Callable[[str, str], Evidence]


def _printed(text: str, question: str, room: int) -> str:
    return "\n".join(text[a:b] for a, b in portions(text, words_of(question), room))


def test_a_provision_that_fits_is_printed_whole(article: Article) -> None:
    text = article(PENALTY, "第三十三条").provision.text
    assert "".join(_printed(text, "首违不罚", 1_000).split()) == "".join(text.split())


def test_the_matching_item_comes_with_the_sentence_that_announces_it(article: Article) -> None:
    text = article(FOOD, "第一百二十六条").provision.text
    printed = _printed(text, "餐具没有清洗消毒", 300)
    assert "有下列情形之一的" in printed
    assert "（五）餐具、饮具" in printed
    assert "保健食品生产企业" not in printed


def test_a_paragraph_that_refers_back_is_kept_before_other_items(article: Article) -> None:
    text = article(FIRE, "第六十条").provision.text
    printed = _printed(text, "占用消防车通道", 330)
    assert "（五）占用、堵塞、封闭消防车通道" in printed
    assert "个人有前款第二项" in printed
    assert "强制执行" in printed


@pytest.mark.parametrize(
    ("text", "number", "named"),
    [
        ("甲。\n前款规定的期限为三日。", 2, {1}),
        ("甲。\n乙。\n有前两款行为的，罚款。", 3, {1, 2}),
        ("甲。\n乙。\n有本条第一款行为的，罚款。", 3, {1}),
        ("甲。\n依照本法第五条第一款处罚。", 2, set()),
        ("前款", 1, set()),
    ],
)
def test_paragraphs_named_by_a_paragraph(text: str, number: int, named: set[int]) -> None:
    assert refers_to(text, split_article(text).paragraphs[number - 1]) == named


def test_nothing_is_cut_through_a_figure() -> None:
    text = "责令改正，处五万元以上十万元以下的罚款；情节严重的，吊销许可证。"
    cuts = {text[slice(*shortened(text, (0, len(text)), room))] for room in range(1, len(text))}
    assert cuts == {"责令改正", "责令改正，处五万元以上十万元以下的罚款；"}


@given(
    st.lists(st.sampled_from(["（一）甲；", "（二）乙乙。", "前款丙，丁。戊；己。", "处罚款：", "", " "]), max_size=8),
    st.integers(1, 60),
)
def test_portions_are_parts_of_the_text_in_order(lines: list[str], room: int) -> None:
    text = "\n".join(lines)
    spans = portions(text, words_of("甲丙丁"), room)
    assert spans
    assert list(spans) == sorted(spans)
    assert all(0 <= a <= b <= len(text) for a, b in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
