"""Other words for a stem: taken only where nothing that the answer hangs on has changed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quiz.contract import (
    Claim,
    Form,
    ItemCitation,
    ItemContent,
    ItemKind,
    Key,
    Point,
    Refutation,
)
from assistant.quiz.rephrasing import asked_of_model, fault_of, may_be_rephrased, stem_of

STEM = "根据《消防法》，单位占用消防车通道，责令改正，拒不改正的，应当处多少罚款？"
QUOTED = "单位违反规定，占用消防车通道的，责令改正，处五千元以上五万元以下罚款。"
ITEM = ItemContent(
    kind=ItemKind.SINGLE,
    form=Form.ONE,
    point=Point.AMOUNT,
    stem=STEM,
    options=["五千元以上五万元以下", "一万元以上十万元以下", "五百元以下"],
    key=Key(correct=[0]),
    citations=[
        ItemCitation(
            provision_id="v/第六十条",
            version_id="v",
            document_id="d",
            citation="《消防法》第六十条",
            title="消防法",
            quotation=QUOTED,
            span=(0, len(QUOTED)),
            digest="0",
        )
    ],
    refutations=[Refutation(option=n, reason="该条不是这样规定的") for n in (1, 2)],
    claim=Claim(point=Point.AMOUNT, subject="占用消防车通道", answers=["五千元以上五万元以下"]),
    as_of=dt.date(2026, 11, 21),
)


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ("根据《消防法》的规定，单位占用消防车通道，经责令改正，拒不改正的，应当处多少罚款？", ""),
        ("题干：依照《消防法》，单位占用消防车通道，责令改正，拒不改正的，应当处多少罚款？", ""),
        (STEM, "没有改动"),
        ("", "没有写出"),
        ("这是新的题干：\n" + STEM, "不是一行"),
        (STEM.replace("《消防法》", "《安全生产法》"), "法律名称"),
        (STEM.replace("《消防法》", "消防法规定"), "法律名称"),
        (STEM.replace("单位", "个人"), "当事人"),
        (STEM.replace("，拒不改正的", "的"), "否定词"),
        (STEM.replace("应当", "可以"), "限定词"),
        (STEM.replace("处多少罚款", "处五千元以上的多少罚款"), "数字"),
        (STEM.replace("拒不改正的", "情节严重、拒不改正的"), "情节"),
        (STEM.replace("？", "。"), "没有改动"),
        (STEM.replace("占用消防车通道", "堵塞逃生的道路"), "与选项有关"),
        (STEM.replace("罚款？", "罚款呢（　　）"), "结尾"),
        ("根据《消防法》，拒不改正的，责令改正，应当处单位占用消防车通道多少罚款？", "次序"),
        (STEM[:-1] + "，请结合你所在城区的日常巡查经验认真想一想再选出最恰当的答案，谢谢您的参与？", "长短"),
        ("As a helpful assistant, 根据《消防法》，单位占用消防车通道，责令改正，拒不改正的，应当处多少罚款？", ""),
        ("根据《消防法》，单位占用消防车通道\x00，责令改正，拒不改正的，应当处多少罚款？", "不是一行"),
    ],
)
def test_words_are_taken_only_where_nothing_that_counts_has_changed(reply, told):
    fault = fault_of(ITEM, stem_of(reply))
    if reply.startswith("As a"):
        assert fault
    else:
        assert (fault == "") == (told == ""), fault
        assert told in fault


@given(st.text(max_size=80))
def test_nonsense_is_never_taken(reply):
    assert fault_of(ITEM, stem_of(reply))


@given(st.integers(0, len(STEM) - 1), st.sampled_from("不未可应十百"))
def test_a_character_that_counts_cannot_be_slipped_in(place, char):
    changed = STEM[:place] + char + STEM[place:]
    assert fault_of(ITEM, changed)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": ItemKind.TRUE_FALSE, "form": Form.TRUTH, "options": [], "key": Key(truth=True)},
        {"kind": ItemKind.CASE},
        {"claim": None},
        {"claim": ITEM.claim.model_copy(update={"request": "{}"}) if ITEM.claim else None},
    ],
)
def test_what_cannot_be_proved_word_by_word_keeps_its_words(change):
    assert may_be_rephrased(ITEM) == ""
    assert may_be_rephrased(ITEM.model_copy(update=change))


def test_the_model_is_not_told_the_key():
    told = "".join(message.content for message in asked_of_model(ITEM))
    assert STEM in told
    assert "答案：" not in told
    assert QUOTED not in told
