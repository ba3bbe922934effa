"""Answers without a model: what is quoted of which provision, and how much of it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answer.compose import MOST_CHARACTERS, Evidence, Line, Related, compose, quotation
from assistant.lexicon import load_lexicon
from assistant.understanding import understand
from corpus.citations import NameTable
from corpus.vocabulary import ProvisionPath
from tests.assistant.answer.conftest import COERCION, FIRE, FOOD, PENALTY

TODAY = dt.date(2026, 11, 21)
QUOTED = re.compile("“([^”]*)”")

Article = Callable[[str, str], Evidence]
Compose = Callable[..., list[Line]]


@pytest.fixture(scope="module")
def composed(names: NameTable) -> Compose:
    lexicon = load_lexicon()

    def write(question: str, *evidence: Evidence, related: tuple[Related, ...] = ()) -> list[Line]:
        understood = understand(question, as_of=TODAY, today=TODAY, names=names, lexicon=lexicon)
        return list(compose(understood, evidence, related))

    return write


def _text(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)


def test_the_matching_item_is_named_and_the_paragraphs_that_refer_to_it_are_kept(
    composed: Compose, article: Article
) -> None:
    said = _text(composed("消防车通道被堵了怎么罚", article(FIRE, "第六十条")))
    assert "（五）占用、堵塞、封闭消防车通道" in said
    assert "消防设施、器材" not in said
    assert "五千元以上五万元以下罚款" in said
    assert "同条第二款：“个人有前款第二项" in said
    assert "同条第三款：" in said


def test_a_tier_that_only_counts_is_not_lost(composed: Compose, article: Article) -> None:
    said = _text(composed("没有许可证卖食品怎么处罚", article(FOOD, "第一百二十二条")))
    assert "五万元以上十万元以下罚款" in said
    assert "货值金额十倍以上二十倍以下罚款" in said
    assert "明知从事前款规定的违法行为" in said


def test_a_provision_without_a_penalty_keeps_its_exceptions(composed: Compose, article: Article) -> None:
    said = _text(composed("违法行为多少年没发现就不处罚了", article(PENALTY, "第三十六条")))
    assert "二年内未被发现的" in said
    assert "延长至五年" in said
    assert "连续或者继续状态" in said


@pytest.mark.parametrize("question", ["过期的食品原料怎么罚", "听证程序怎么走", "经营病死的肉类罚多少"])
def test_an_answer_keeps_to_its_limit_and_quotes_verbatim(composed: Compose, article: Article, question: str) -> None:
    evidence = [
        article(FOOD, "第一百二十四条"),
        article(FOOD, "第一百二十三条"),
        article(FOOD, "第一百二十六条"),
        article(PENALTY, "第六十四条"),
    ]
    by_key = {e.key: e for e in evidence}
    lines = composed(question, *evidence)
    assert len(_text(lines)) <= MOST_CHARACTERS
    assert lines[0].keys == (evidence[0].key,)
    for line in lines:
        for words in QUOTED.findall(line.text):
            assert any(words in by_key[key].provision.text for key in line.keys)
    for source in evidence:
        start, end = quotation(source, lines)
        assert 0 <= start < end <= len(source.provision.text)


def test_what_was_asked_for_by_number_is_given_whole_and_excerpted_only_when_long(
    composed: Compose, article: Article
) -> None:
    short = replace(article(COERCION, "第四十四条"), path=ProvisionPath())
    found = article(FOOD, "第一百二十六条")
    long = replace(found, path=ProvisionPath(), provision=replace(found.provision, text=found.provision.text * 2))
    assert short.provision.text in _text(composed("行政强制法第四十四条", short))
    said = _text(composed("食品安全法第一百二十六条", long))
    assert "条文较长" in said
    assert len(said) <= MOST_CHARACTERS


def test_a_related_provision_is_quoted_as_far_as_there_is_room(composed: Compose, article: Article) -> None:
    lenient = article(PENALTY, "第三十三条")
    related = (Related("不予处罚", lenient, (0, 25)),)
    said = _text(composed("堵了消防车通道怎么罚", article(FIRE, "第六十条"), related=related))
    assert f"不予处罚：《{PENALTY}》第三十三条：“{lenient.provision.text[:25]}" in said
