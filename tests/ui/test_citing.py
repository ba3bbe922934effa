"""The look-up page: a citation and a day in, the state, the reason and the words out."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.contract import CiteResult
from corpus.errors import ServerUnavailable
from corpus.vocabulary import State
from tests.ui.screen import HOSTILE, shown
from tests.ui.service import CITATION, FIRST, SECOND, TODAY


def look_up(at, words="示例法2条", day=None):
    at.text_input(key="cited").set_value(words)
    if day:
        at.date_input(key="cited_on").set_value(day)
    at = at.button(key="look_up").click().run()
    assert not at.exception
    return at


def test_the_empty_page_gives_examples_that_can_be_pressed(api, page):
    at = page("cite")
    at = at.button(key="example_0").click().run()
    assert [request.text for request in api.cited] == ["处罚法33条第一款"]
    assert CITATION in shown(at)


def test_a_citation_is_shown_with_state_and_words_of_the_day(api, page):
    html = shown(look_up(page("cite")))
    assert [(request.text, request.as_of) for request in api.cited] == [("示例法2条", TODAY)]
    assert CITATION in html
    assert "现行有效" in html
    assert "五百元以上二千元以下罚款" in html


def test_the_day_is_passed_on_and_shown(api, page):
    html = shown(look_up(page("cite"), day=dt.date(2024, 6, 1)))
    assert api.cited[0].as_of == dt.date(2024, 6, 1)
    assert "适用日期 2024-06-01" in html
    assert "当日有效" in html


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (
            CiteResult(
                citation=CITATION, state=State.REPEALED, reason="自2026年8月15日起废止。", successor="《示例法典》"
            ),
            ["已废止", "自2026年8月15日起废止。", "后继：《示例法典》"],
        ),
        (CiteResult(citation=CITATION, state=State.NO_SUCH_ARTICLE, reason="本法共3条。"), ["无此条文", "本法共3条。"]),
        (
            CiteResult(citation=CITATION, state=State.AMENDED, text=FIRST, current_text=SECOND, reason="其后已修改。"),
            ["当日有效，其后已修改", "当日原文", "现行原文", "三倍以下罚款"],
        ),
        (
            CiteResult(citation=CITATION, state=State.GAP_IN_SOURCE, reason="来源缺该条。"),
            ["来源缺失该条", "来源缺该条。"],
        ),
        (CiteResult(citation=CITATION, state=State.IN_FORCE, note="“示例法”按全称理解。"), ["“示例法”按全称理解。"]),
    ],
    ids=["repealed", "no-such-article", "amended", "gap", "short-name"],
)
def test_each_state_is_told_with_its_reason(api, page, result, words):
    api.cite_result = result
    html = shown(look_up(page("cite")))
    assert all(part in html for part in words)


def test_candidates_of_an_ambiguous_citation_can_be_chosen(api, page):
    api.cite_result = CiteResult(
        citation="条例第二条", state=State.AMBIGUOUS, candidates=["《甲条例》第二条", "《乙条例》第二条"]
    )
    at = look_up(page("cite"), "条例2条")
    at.button(key="cited_0_1").click().run()
    assert api.cited[-1].text == "《乙条例》第二条"


@pytest.mark.parametrize(
    ("words", "said"), [("处罚法\x0733条", "第 4 个字符是控制字符 U+0007")], ids=["control-character"]
)
def test_input_that_cannot_be_used_is_said_in_chinese(api, page, words, said):
    assert said in shown(look_up(page("cite"), words))
    assert api.cited == []


def test_an_unreachable_service_is_said(api, page):
    at = page("cite")
    api.fails = ServerUnavailable("refused")
    assert "连接不上答复服务" in shown(look_up(at))


def test_what_comes_from_outside_is_never_markup(api, page):
    api.cite_result = CiteResult(
        citation=HOSTILE, state=State.IN_FORCE, text=HOSTILE, reason=HOSTILE, note=HOSTILE, successor=HOSTILE
    )
    html = shown(look_up(page("cite"), HOSTILE))
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") == 5
