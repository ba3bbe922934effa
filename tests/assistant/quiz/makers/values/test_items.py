"""The items themselves, made from real law and proved anew."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from random import Random

import pytest

from assistant.quiz.contract import BLANK, ItemKind, Point
from assistant.quiz.makers import MAKERS
from assistant.quiz.makers.values.maker import VALUE_MAKERS
from assistant.quiz.material import Candidate, LawBook, Material
from assistant.quiz.proof import Evidence, prove
from tests.assistant.quiz.makers.values.provisions import DAY, law

LAWS = ("行政处罚法", "行政强制法", "消防法", "食品安全法", "治安管理处罚法")
EACH = 60


@pytest.fixture(scope="module")
def material(book: LawBook) -> Material:
    texts = [t for t in book.texts if t.document.title.removeprefix("中华人民共和国") in LAWS]
    return Material(book.day, tuple(texts), book)


@pytest.fixture(scope="module")
def made(material: Material) -> list[Candidate]:
    return [c for name, make in VALUE_MAKERS.items() for c in islice(make(material, Random(name)), EACH)]


def made_up(*articles: str, point: Point, seed: int = 1) -> list[Candidate]:
    text = law(*articles)
    return list(VALUE_MAKERS[f"values.{point.value}"](Material(DAY, (text,), LawBook(DAY, (text,))), Random(seed)))


def test_the_makers_are_in_the_table() -> None:
    assert VALUE_MAKERS.items() <= MAKERS.items()


def test_same_seed_same_items_and_another_seed_others(material: Material) -> None:
    make = VALUE_MAKERS["values.amount"]
    first, again, other = (list(islice(make(material, Random(seed)), 30)) for seed in (3, 3, 4))
    assert first == again
    assert first != other


def test_nearly_all_candidates_are_proved(made: list[Candidate], material: Material) -> None:
    evidence = Evidence.of(material)
    faults: Counter[str] = Counter()
    for candidate in made:
        faults.update(r.check.value for r in prove(candidate.content, evidence).checks if r.passed is not True)
    assert sum(faults.values()) <= len(made) * 0.15, faults


def test_all_points_and_their_kinds_are_made(made: list[Candidate]) -> None:
    kinds = {(c.content.point, c.content.kind) for c in made}
    for point in (Point.AMOUNT, Point.MULTIPLE, Point.TIME_LIMIT):
        assert {(point, k) for k in (ItemKind.SINGLE, ItemKind.TRUE_FALSE, ItemKind.BLANK)} <= kinds
    assert (Point.PENALTY, ItemKind.MULTIPLE) in kinds


def test_stems_are_worded_as_examiners_do(made: list[Candidate]) -> None:
    for candidate in made:
        content = candidate.content
        assert "本法" not in content.stem
        assert "中华人民共和国" not in content.stem
        assert content.stem.startswith(("根据《", "违反《")) or "《" in content.stem
        if content.kind in (ItemKind.SINGLE, ItemKind.MULTIPLE) and content.point is not Point.TIME_LIMIT:
            assert content.stem.endswith(("？", "（　　）。"))
        if content.kind is ItemKind.BLANK:
            assert content.stem.count(BLANK) == len(content.key.blanks)
        assert content.explanation.endswith("。")


def test_wrong_options_each_have_their_reason(made: list[Candidate]) -> None:
    for content in (c.content for c in made):
        wrong = set(range(len(content.options))) - set(content.key.correct)
        assert {r.option for r in content.refutations} == wrong


def test_a_false_statement_says_what_is_right() -> None:
    article = "未备案从事经营活动的，处一万元以上十万元以下罚款。"
    for seed in range(10):
        for candidate in made_up(article, point=Point.AMOUNT, seed=seed):
            content = candidate.content
            if content.key.truth is False:
                assert "应为“一万元以上十万元以下罚款”" in content.explanation
                assert "一万元以上十万元以下" not in content.stem.replace("十一万元", "")
                return
    pytest.fail("no false statement was made")


def test_two_facts_with_the_same_words_and_different_values_give_no_item() -> None:
    same = "未备案从事经营活动的，处{}以下罚款。"
    assert made_up(same.format("一万元"), same.format("五万元"), point=Point.AMOUNT) == []


def test_only_the_chosen_chapter_is_asked_but_the_whole_law_gives_wrong_options() -> None:
    whole = law("未备案从事经营活动的，处一万元以上十万元以下罚款。", "伪造检验报告的，处二万元以上二十万元以下罚款。")
    part = type(whole)(whole.document, whole.version, whole.state, whole.provisions[:1], whole.field)
    material = Material(DAY, (part,), LawBook(DAY, (whole,)))
    made = list(VALUE_MAKERS["values.amount"](material, Random(1)))
    assert {c.unit for c in made} == {whole.provisions[0].id}
    options = [o for c in made for o in c.content.options]
    assert "二万元以上二十万元以下罚款" in options
