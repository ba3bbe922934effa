"""Repairs of white space join what is one sentence and keep what is laid out on purpose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.faults.whitespace import join_broken_lines, remove_stray_blanks


def visible(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("所需费\n用由违法者承担。", "所需费用由违法者承担。", id="in the middle of a word"),
        pytest.param("加强水污染防治，\n保障饮水安全。", "加强水污染防治，保障饮水安全。", id="after a comma"),
        pytest.param("（一）未建造\n处置设施；", "（一）未建造处置设施；", id="inside an item"),
        pytest.param("甲一\n乙二\n丙三。", "甲一乙二丙三。", id="broken twice"),
        pytest.param("依照\n《示例法》的规定处罚。", "依照《示例法》的规定处罚。", id="before a title"),
        pytest.param("分别依照本法\n第三条、第五条处罚。", "分别依照本法第三条、第五条处罚。", id="before a reference"),
    ],
)
def test_joins_a_line_broken_in_mid_sentence(before: str, after: str) -> None:
    text, places = join_broken_lines(before)
    assert text == after
    assert len(places) == before.count("\n") - after.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第一款完。\n第二款完。", id="paragraphs"),
        pytest.param("有下列情形之一的，处以罚款：\n（一）甲；\n（二）乙。", id="items"),
        pytest.param("（一）关于人身伤亡的赔偿请求\n1.总吨位300吨的船舶", id="subitems under a heading line"),
        pytest.param("由下列人员组成：\n主任，\n副主任若干人，\n委员若干人。", id="members listed line by line"),
        pytest.param("予以通过\n（1978年5月24日通过）\n会议决定：", id="a date of adoption"),
        pytest.param("税目 | 税率\n合同 | 千分之一", id="table rows"),
        pytest.param("税率表\n------- -------\n1 不超过的 3", id="table rulers"),
        pytest.param("二、《某某公约》\n第四条第二款：", id="a quoted article's number"),
        pytest.param('修改为：\n"第一款"\n增加一款', id="quoted words"),
    ],
)
def test_keeps_lines_that_are_units_of_their_own(text: str) -> None:
    assert join_broken_lines(text) == (text, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("限制生产、 停产整治", "限制生产、停产整治", id="after punctuation"),
        pytest.param("符合条 件的申请人", "符合条件的申请人", id="inside a word"),
        pytest.param("自 2026年8月15日起施行。 《示例法》", "自2026年8月15日起施行。《示例法》", id="around a date"),
        pytest.param("该车（机） 型。", "该车（机）型。", id="after a bracket"),
    ],
)
def test_removes_blanks_between_chinese_characters(before: str, after: str) -> None:
    assert remove_stray_blanks(before)[0] == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("第一百二十条之二　有下列情形之一的", id="after a quoted article's number"),
        pytest.param("工商、金融界 | 200人", id="table row"),
        pytest.param("ISO 9001", id="between latin letters and figures"),
        pytest.param("第一款完。\n第二款完。", id="line break"),
    ],
)
def test_keeps_blanks_that_separate(text: str) -> None:
    assert remove_stray_blanks(text) == (text, [])


legal_text = st.text(alphabet='本法第一条二款（）。；：，、 \n\t　\u2009"《》0123abc|-+条之', max_size=80)


@given(legal_text)
def test_repairs_only_ever_change_white_space(text: str) -> None:
    mended = join_broken_lines(remove_stray_blanks(text)[0])[0]
    assert visible(mended) == visible(text)


@given(legal_text)
def test_repairing_twice_is_repairing_once(text: str) -> None:
    once = join_broken_lines(remove_stray_blanks(text)[0])[0]
    assert join_broken_lines(remove_stray_blanks(once)[0])[0] == once
