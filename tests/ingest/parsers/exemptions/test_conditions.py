"""Conditions of a list's entry: split as printed, all of them or any, groups below a condition, exclusions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.discretion.model import ConditionGroup, ListEffect
from ingest.parsers.exemptions.conditions import Block, read_conditions
from ingest.parsers.exemptions.effects import effects_in, joint_of

L = ListEffect


def only(text: str, said: str = "") -> Block:
    (block,) = read_conditions(text, said)
    return block


@pytest.mark.parametrize(
    "text",
    [
        "同时满足下列情形的，不予行政处罚：\n（1）属于首次违法；\n（2）当场改正。",
        "同时满足下列情形的，不予行政处罚：（1）属于首次违法；（2）当场改正。",
        "同时满足下列情形的，不予行政处罚：\n1.属于首次违法；\n2.当场改正。",
        "同时满足下列情形的，不予行政处罚：\n1、属于首次违法；2、当场改正。",
        "同时满足下列情形的，不予行政处罚：①属于首次违法；②当场改正。",
        "同时满足下列情形的，不予行政处罚：\n（一）属于首次违法；\n（二）当场改正。",
        "同时满足下列情形的，不予行政处罚：\n属于首次违法；\n当场改正。",
        "同时满足下列情形的，不予行政处罚：属于首次违法；当场改正。",
    ],
)
def test_conditions_are_split_however_they_are_numbered(text: str) -> None:
    block = only(text)
    assert (block.lead, block.conditions) == ("同时满足下列情形的，不予行政处罚：", ("属于首次违法；", "当场改正。"))
    assert block.joint is True


def test_alternatives_in_the_words_of_one_condition_stay_one_condition() -> None:
    text = "同时满足：\n（1）仅一种超标0.1倍以下或仅pH值超标，且数值在5-10以内；混入的不超过0.01吨；\n（2）当场改正。"
    assert only(text).conditions == (
        "仅一种超标0.1倍以下或仅pH值超标，且数值在5-10以内；混入的不超过0.01吨；",
        "当场改正。",
    )


@pytest.mark.parametrize(
    ("text", "said", "joint"),
    [
        ("同时满足下列情形：1.甲；2.乙。", "", True),
        ("同时符合：1.甲；2.乙。", "", True),
        ("符合下列条件的：1.甲；2.乙。", "", True),
        ("有下列情形之一的：1.甲；2.乙。", "", False),
        ("满足以下任一条件：1.甲；2.乙。", "", False),
        ("1.甲；2.乙。", "同时具备的条件", True),
        ("1.甲；2.乙。", "适用条件（满足其中一项）", False),
        ("1.甲；且\n2.乙。", "", True),
        ("1.甲；或者\n2.乙。", "", False),
        ("1.甲；\n2.或者乙。", "", False),
        ("1.甲；2.乙。符合上述情形之一的，不予行政处罚。", "", False),
        ("1.初次违法；2.及时改正。", "", True),  # 行政处罚法第三十三条 asks for both
        ("1.甲；2.乙。", "", None),
        ("1.甲；且\n2.乙；或者\n3.丙。", "", None),
        ("有下列情形之一，且同时满足：1.甲；2.乙。", "", None),
    ],
)
def test_all_or_any_is_read_where_the_words_say_it_and_left_open_where_not(
    text: str, said: str, joint: bool | None
) -> None:
    assert only(text, said).joint is joint


def test_all_of_below_any_of_becomes_a_group_and_the_condition_stays_whole() -> None:
    block = only("有下列情形之一的，不予处罚：\n一、甲；\n二、同时符合：（1）乙；（2）丙。")
    assert block.joint is False
    assert block.conditions == ("甲；", "同时符合：（1）乙；（2）丙。")
    assert block.groups == (ConditionGroup(1, ("乙；", "丙。"), True, "同时符合："),)


def test_any_of_below_all_of_becomes_a_group_too() -> None:
    block = only("同时符合下列条件：1.甲；2.有下列情形之一：（1）乙；（2）丙。3.丁")
    assert (block.joint, block.conditions) == (True, ("甲；", "有下列情形之一：（1）乙；（2）丙。", "丁"))
    assert block.groups == (ConditionGroup(1, ("乙；", "丙。"), False, "有下列情形之一："),)


def test_a_group_that_does_not_say_all_or_any_is_undecided() -> None:
    assert only("同时符合：1.甲；2.属于以下场所：（1）乙；（2）丙。").undecided == (1,)


@pytest.mark.parametrize(
    ("text", "exclusions"),
    [
        ("1.初次违法；\n2.及时改正。\n涉及食品安全的除外。", ("涉及食品安全的除外。",)),
        ("初次违法；\n及时改正。\n涉及食品安全的除外。", ("涉及食品安全的除外。",)),
        (
            "1.初次违法；2.及时改正。有下列情形之一的，不适用：（1）致人伤害的；（2）拒不改正的。",
            ("致人伤害的；", "拒不改正的。"),
        ),
    ],
)
def test_what_excludes_an_entry_is_no_condition_of_it(text: str, exclusions: tuple[str, ...]) -> None:
    block = only(text)
    assert [c.rstrip("；。") for c in block.conditions] == ["初次违法", "及时改正"]
    assert block.exclusions == exclusions


def test_the_sentence_below_the_conditions_is_kept_apart() -> None:
    block = only("1.初次违法；\n2.及时改正。\n符合上述条件的，可以不予行政处罚。")
    assert (block.conditions[-1], block.closing) == ("及时改正。", "符合上述条件的，可以不予行政处罚。")


def test_a_second_sentence_with_its_own_conditions_is_a_second_block() -> None:
    first, second = read_conditions(
        "同时满足以下条件，不予处罚：1.甲；2.乙。有下列情形之一的，可以从轻处罚：1.丙；2.丁。"
    )
    assert (first.conditions, first.joint) == (("甲；", "乙。"), True)
    assert (second.lead, second.conditions, second.joint) == (
        "有下列情形之一的，可以从轻处罚：",
        ("丙；", "丁。"),
        False,
    )


@pytest.mark.parametrize("text", ["", "/", "——", "无", " \n"])
def test_a_cell_that_says_nothing_has_no_conditions(text: str) -> None:
    assert read_conditions(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "违法行为轻微并及时改正，没有造成危害后果的，不予行政处罚。",
        "超标0.5倍以下，属于第（二）项情形的。",
        "符合《管理办法》第三条第（1）项的。",
    ],
)
def test_a_sentence_is_one_condition_whatever_numbers_it_holds(text: str) -> None:
    block = only(text)
    assert (block.lead, block.conditions, block.groups) == ("", (text,), ())


WORDS = st.text("初次违法改正当场消除影响较小货值不足", min_size=1, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=6), st.sampled_from(["（{}）", "{}.", "{}、", "{}）"]), st.booleans())
def test_numbered_conditions_are_given_back_word_for_word(words: list[str], style: str, lines: bool) -> None:
    between = "；\n" if lines else "；"
    text = "同时满足：" + between.join(style.format(n) + word for n, word in enumerate(words, 1)) + "。"
    block = only(text)
    assert [c.rstrip("；。") for c in block.conditions] == words


@given(st.text("（）12.、；。：\n甲乙同时满足下列情形之一除外不适用①", max_size=60))
def test_no_word_of_a_cell_is_lost(text: str) -> None:
    kept = "".join(
        "".join([block.lead, *block.conditions, block.closing, *block.exclusions]) for block in read_conditions(text)
    )
    assert all(kept.count(c) >= text.count(c) for c in "甲乙")


@pytest.mark.parametrize(
    ("words", "effect"),
    [
        ("同时满足下列情形的，不予行政处罚：", L.NOT_PUNISH),
        ("依法可以不予行政处罚", L.MAY_NOT_PUNISH),
        ("示范市首违不罚清单", L.MAY_NOT_PUNISH),
        ("轻微违法行为免罚清单", L.NOT_PUNISH),
        ("可以免予处罚", L.MAY_NOT_PUNISH),
        ("从轻处罚事项", L.LENIENT),
        ("减轻处罚的情形", L.MITIGATED),
        ("从轻或者减轻行政处罚", L.LENIENT_OR_MITIGATED),
        ("从轻、减轻处罚清单", L.LENIENT_OR_MITIGATED),
        ("从重处罚清单", L.SEVERE),
        ("不予实施行政强制措施事项清单", L.NO_COERCION),
        ("免强制清单", L.NO_COERCION),
        ("违法行为清单", None),
        ("主动消除或者减轻危害后果的", None),  # reduces the harm, not the penalty
        ("不予处罚、从轻处罚、减轻处罚清单", None),  # several
    ],
)
def test_the_effect_is_what_the_words_name(words: str, effect: ListEffect | None) -> None:
    found = effects_in(words)
    assert (found[0] if len(found) == 1 else None) is effect


def test_every_effect_of_a_title_with_several_is_seen() -> None:
    assert effects_in("不予处罚、减轻处罚和不予强制清单") == [L.NOT_PUNISH, L.MITIGATED, L.NO_COERCION]


def test_words_that_say_nothing_about_all_or_any_say_nothing() -> None:
    assert joint_of("适用情形") is None
