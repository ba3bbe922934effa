"""Wrong options come only from what the law assigns elsewhere, and never say the same as a member."""

from __future__ import annotations

import pytest

from assistant.quiz.makers.sets.options import Stated, incompatible, read_shelf, wrong_members
from tests.assistant.quiz.makers.sets.made_up import law, material

_STOP = "有下列情形之一的，中止执行：\n（一）当事人确有困难的；\n（二）第三人主张权利的；\n（三）其他需要中止的情形。"
_END = "有下列情形之一的，终结执行：\n（一）标的灭失的；\n（二）决定被撤销的；\n（三）当事人确有困难，无法履行的。"
_HEAR = "有下列情形之一的，应当举行听证：\n（一）数额较大的；\n（二）涉及重大利益的。"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("应当从轻处罚", "可以从轻处罚", True),
        ("应当从轻或者减轻处罚", "不予处罚", True),
        ("中止执行", "终结执行", True),
        ("不准入境", "不予签发居留证件", False),
        ("应当举行听证", "应当回避", False),
        ("中止执行", "中止执行", False),
    ],
)
def test_which_consequences_exclude_each_other(first: str, second: str, expected: bool) -> None:
    assert incompatible(first, second) is expected
    assert incompatible(second, first) is expected


def test_an_open_list_borrows_only_from_what_excludes_it_and_nothing_like_a_member() -> None:
    shelf = read_shelf(law(_STOP, _END, _HEAR))
    stop = shelf.lists[0]
    assert stop.open
    assert {w.words for w in wrong_members(stop, shelf)} == {"标的灭失的", "决定被撤销的"}


def test_acts_with_the_same_fine_in_any_tier_are_not_borrowed() -> None:
    shelf = read_shelf(
        law(
            "有下列行为之一的，处一千元以下罚款：\n（一）乱倒垃圾的；\n（二）占用道路的。",
            "有下列行为之一的，处警告；情节严重的，处一千元以下罚款：\n（一）损坏路灯的；\n（二）污损标牌的。",
            "有下列行为之一的，处五千元以下罚款：\n（一）擅自施工的；\n（二）破坏绿化的。",
        )
    )
    assert {w.words for w in wrong_members(shelf.lists[0], shelf)} == {"擅自施工的", "破坏绿化的"}


def test_what_another_provision_says_of_both_is_found() -> None:
    stated = Stated(material(law(_STOP, "标的灭失的，可以中止执行。")).book)
    assert stated.together("标的灭失的", "中止执行")
    assert not stated.together("标的灭失的", "终结执行")
    assert not stated.together("没有的话", "中止执行")
