"""What closes a list: words that say nothing earn no points, conditions are never left out, and doubt gives no item."""

from __future__ import annotations

import pytest

from assistant.quiz.makers.sets.catch_all import Closing, closing, items_that_say


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("法律、法规规定的其他情形", Closing.CATCH_ALL),
        ("其他应当回避的情形", Closing.CATCH_ALL),
        ("有其他严重情节的", Closing.CATCH_ALL),
        ("主管部门认为需要进行检验的其他情形", Closing.CATCH_ALL),
        ("法律、法规、规章规定其他应当从轻处罚的", Closing.CATCH_ALL),
        ("章程规定或者股东会授予的其他职权", Closing.CATCH_ALL),
        ("需要载明的其他事项", Closing.CATCH_ALL),
        ("有依法经过资格认定的药师或者其他药学技术人员", Closing.CONTENT),
        ("查阅有关的合同、发票及其他单证", Closing.CONTENT),
        ("参加进修或者其他方式的培训", Closing.CONTENT),
        ("与本案当事人有其他关系，可能影响案件公正处理的", Closing.CONTENT),
        ("有健全的管理制度", Closing.CONTENT),
        ("其他合伙人严重违反合伙协议约定的义务", Closing.UNCERTAIN),
        ("允许其他单位以本单位的名义从事测绘活动", Closing.UNCERTAIN),
        ("有符合要求的营业场所和与业务有关的其他设施", Closing.UNCERTAIN),
    ],
)
def test_what_an_item_at_the_end_of_a_list_is(words: str, what: Closing) -> None:
    assert closing(words) is what


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (["有场所", "有人员", "有制度"], 3),
        (["有场所", "有药师或者其他技术人员", "法律规定的其他条件"], 2),
        (["有场所", "法律规定的其他条件", "有制度"], None),
        (["有场所", "有人员", "允许其他单位参加"], None),
    ],
)
def test_how_many_items_of_a_list_say_something(items: list[str], said: int | None) -> None:
    assert items_that_say(items) == said
