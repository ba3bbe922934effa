"""Variants: the same items and options in another order, except where their order says something."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.quiz.contract import ItemKind
from assistant.quiz.papers.showing import asked_item, order_matters, shown_item
from assistant.quiz.papers.variants import make_variants, variant_named
from tests.assistant.quiz.exam_room import SECRETS, item

ITEMS = [item(kind, n) for kind in ItemKind for n in range(1, 5)]


@given(st.integers(0, 2**31 - 1), st.integers(1, 4))
@settings(max_examples=40)
def test_every_variant_holds_everything_once_section_by_section(seed, count):
    variants = make_variants(ITEMS, count, seed)
    assert [variant.name for variant in variants] == list("ABCD"[:count])
    for variant in variants:
        assert sorted(variant.items) == list(range(len(ITEMS)))
        assert [ITEMS[own].kind for own in variant.items] == [one.kind for one in ITEMS]
        for one, order in zip(ITEMS, variant.options, strict=True):
            assert sorted(order) == list(range(len(one.options)))
    assert variants == make_variants(ITEMS, count, seed)


def test_a_is_the_paper_as_it_stands_and_the_others_differ():
    first, *others = make_variants(ITEMS, 4, 7)
    assert first.items == list(range(len(ITEMS)))
    assert all(order == sorted(order) for order in first.options)
    assert len({tuple(variant.items) for variant in (first, *others)}) == 4
    assert variant_named([first], "B") is None


@pytest.mark.parametrize(
    "options",
    [
        ["警告", "罚款", "拘留", "以上都是"],
        ["警告", "罚款", "拘留", "以上均不正确"],
        ["警告", "罚款", "前两项"],
        ["警告", "罚款", "A和B"],
        ["警告", "罚款", "A、B均对"],
        ["警告", "罚款", "上述情形都属于"],
    ],
    ids=lambda options: options[-1],
)
def test_options_that_speak_of_others_stay_where_they_are(options):
    assert order_matters(item(ItemKind.SINGLE).model_copy(update={"options": options}))


@pytest.mark.parametrize(
    "options",
    [
        ["五千元以上五万元以下", "一万元以上十万元以下", "二千元以下"],
        ["县级以上人民政府", "设区的市级以上人民政府", "A市人民政府"],
        ["均应当告知", "可以告知", "不告知"],
        ["全部没收", "部分没收"],
    ],
    ids=lambda options: options[0],
)
def test_amounts_and_ranks_say_nothing_of_other_options(options):
    assert not order_matters(item(ItemKind.SINGLE).model_copy(update={"options": options}))


@pytest.mark.parametrize("words", ["A项错误，应为五日。", "故选B。", "本题选AC", "选项C不当选", "第二个选项混淆了主体"])
def test_an_explanation_that_names_letters_keeps_them_true(words):
    assert order_matters(item(ItemKind.SINGLE).model_copy(update={"explanation": words}))


def test_what_is_asked_says_nothing_of_what_is_right():
    for one in ITEMS:
        sent = asked_item(one, 1, list(range(len(one.options))), points=1).model_dump_json()
        assert not [secret for secret in SECRETS if secret in sent]
        assert '"key"' not in sent
        assert "correct" not in sent


@given(st.permutations(range(4)))
def test_an_item_shown_otherwise_says_the_same(order):
    own = item(ItemKind.MULTIPLE)
    shown = shown_item(own, order)
    assert {shown.options[i] for i in shown.key.correct} == {own.options[i] for i in own.key.correct}
    assert {shown.options[r.option] for r in shown.refutations} == {own.options[r.option] for r in own.refutations}
