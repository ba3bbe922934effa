"""The chat page: what an officer sees before, during and after a question."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from assistant.contract import Preparation, StandardLink
from corpus.errors import InvalidInput, ServerUnavailable, StillPreparing
from tests.ui.screen import HOSTILE, shown
from tests.ui.service import CITATION, FIRST, LAW, TODAY
from ui.asking import SUGGESTIONS

QUESTION = "占用盲道摆摊怎么罚？"


def ask(at, question=QUESTION):
    at = at.chat_input[0].set_value(question).run()
    assert not at.exception
    return at


def test_the_empty_page_offers_questions_of_different_kinds_and_says_what_is_held(page):
    at = page()
    assert not at.exception
    labels = [button.label for button in at.button]
    assert all(any(question in label and kind in label for label in labels) for kind, question in SUGGESTIONS)
    assert "条文 93 条" in shown(at)


def test_a_suggested_question_is_asked_at_once(api, page):
    at = page()
    at.button(key="suggestion_1").click().run()
    assert [request.question for request in api.asked] == [SUGGESTIONS[1][1]]
    assert SUGGESTIONS[1][1] in shown(at)


def test_an_answer_shows_conclusion_date_source_and_the_whole_text(page):
    html = shown(ask(page()))
    assert f"适用日期 {TODAY}" in html
    assert f"《{LAW}》第二条第一款" in html
    assert '<span class="ea-fine ea-said">三倍以下罚款</span>' in html
    for words in (f"《{LAW}》<b>第二条</b>", "第二章 罚则", "现行有效", "2021-01-22 公布", "2021-07-15 起施行"):
        assert words in html
    assert f"本文本载明：《{LAW}》第三条" in html
    assert html.index("ea-conclusion") < html.index("ea-card")


def test_the_words_the_answer_quotes_are_marked_in_the_provision(page):
    html = shown(ask(page()))
    assert '<span class="ea-para ea-quoted">城市管理部门</span>' in html
    assert '<span class="ea-fine ea-para">五百元以上二千元以下罚款</span>' in html


def test_the_neighbours_of_a_cited_article_open_and_turn(page):
    at = ask(page())
    at = at.button(key="card_1_1_next").click().run()
    assert at.session_state["reading"] == "ver-1/第三条"
    at = at.button(key="dialog_previous").click().run()
    assert at.session_state["reading"] == "ver-1/第二条"


def test_no_date_is_sent_unless_one_is_chosen(api, page):
    at = ask(page())
    at.date_input(key="as_of").set_value(dt.date(2024, 6, 1)).run()
    at = ask(at, "再问一次")
    assert [request.as_of for request in api.asked] == [None, dt.date(2024, 6, 1)]
    assert "适用日期 2024-06-01" in shown(at)


def test_a_page_left_open_over_midnight_asks_about_the_new_day(api, page):
    at = page()
    api.today = TODAY + dt.timedelta(days=1)
    at.session_state["health"] = None
    at = ask(at.run())
    assert [request.as_of for request in api.asked] == [None]
    assert at.date_input(key="as_of").value == api.today
    at.date_input(key="as_of").set_value(TODAY).run()
    assert [request.as_of for request in api.asked] == [None]
    at = ask(at, "昨天呢")
    assert api.asked[-1].as_of == TODAY


def test_on_another_day_a_text_is_not_called_currently_in_force(page):
    at = page()
    at.date_input(key="as_of").set_value(dt.date(2024, 6, 1)).run()
    at = ask(at)
    badges = [part.split("<")[0] for part in shown(at).split('ea-badge ea-good">')[1:]]
    assert badges == ["当日有效"]


def test_law_and_region_are_sent_as_chosen(api, page):
    at = page()
    at.selectbox(key="law").set_value(LAW).run()
    at = ask(at)
    assert [(request.law, request.region) for request in api.asked] == [(LAW, None)]
    assert f"只查《{LAW}》" in shown(at)


def test_a_refusal_says_so_and_marks_the_nearest_as_no_answer(api, page):
    api.refuses = True
    html = shown(ask(page()))
    assert "语料中没有依据" in html
    assert "最接近的条文（仅供查找，不构成答复）" in html
    assert html.index("语料中没有依据") < html.index("ea-nearest") < html.index("ea-card")
    assert "ea-conclusion" not in html


def test_notes_on_how_the_question_was_read_are_shown(api, page):
    api.notes = ["“示例法”按《中华人民共和国示例法》理解。"]
    assert api.notes[0] in shown(ask(page()))


def test_the_newest_answer_stands_on_top_and_earlier_ones_stay(api, page):
    at = ask(ask(page(), "第一问"), "第二问")
    html = shown(at)
    assert html.index("第二问") < html.index("第一问")
    assert len(api.asked) == 2, "an answered question is not asked again"
    at = at.button(key="new_conversation").click().run()
    assert "第一问" not in shown(at)
    assert "c" not in at.query_params


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ServerUnavailable("refused"), ("连接不上答复服务", "script/start")),
        (
            InvalidInput("没有名为“某某法”的法律。", remedy="请写全称。"),
            ("没有名为“某某法”的法律。", "请写全称。"),
        ),
    ],
    ids=["unreachable", "refused-with-422"],
)
def test_an_error_is_said_in_plain_chinese_with_what_to_do(api, page, error, words):
    at = page()
    api.fails = error
    html = shown(ask(at))
    assert all(part in html for part in words)


def test_a_question_with_control_characters_is_refused_before_it_is_sent(api, page):
    html = shown(ask(page(), "无证经营\x07怎么罚"))
    assert "第 5 个字符是控制字符 U+0007，请删去后重试" in html
    assert api.asked == []


def test_after_a_broken_connection_the_question_can_be_asked_again(api, page):
    at = page()
    api.fails = ServerUnavailable("refused")
    at = ask(at)
    api.fails = None
    at = at.button(key="again_1").click().run()
    assert "ea-conclusion" in shown(at)


def test_an_answer_that_breaks_off_is_not_shown_as_an_answer(api, page):
    api.breaks_off = True
    html = shown(ask(page()))
    assert "连接不上答复服务" in html
    assert "ea-card" not in html


def test_an_unreachable_service_is_said_on_the_empty_page_which_stays_usable(api, page):
    api.unreachable = ServerUnavailable("refused")
    at = page()
    assert not at.exception
    assert "连接不上答复服务" in shown(at)
    assert at.chat_input


@pytest.mark.parametrize(
    ("preparation", "eta", "words"),
    [
        (Preparation(stage="loading", message="正在装载法律", done=120, total=378), None, "正在装载法律 120/378 部"),
        (
            Preparation(stage="lexical", message="正在建立关键词索引", done=1, total=4),
            None,
            "按条号查询已可用；正在建立关键词索引 25%",
        ),
        (
            Preparation(stage="dense", message="正在进行语义编码", done=43, total=100),
            480.0,
            "已可检索；语义检索准备中 43%（约 8 分钟）",
        ),
        (
            Preparation(stage="failed", message="正在装载法律未能完成", error="来源损坏。请重装。"),
            None,
            "来源损坏。请重装。",
        ),
    ],
    ids=["loading", "lexical", "dense", "failed"],
)
def test_progress_is_shown_and_questions_are_taken_meanwhile(api, page, preparation, eta, words):
    api.preparation, api.eta = preparation, eta
    at = page()
    assert words in shown(at)
    assert "ea-conclusion" in shown(ask(at))


def test_no_progress_is_shown_once_all_is_ready(page):
    assert "ea-strip" not in shown(page())


def test_a_question_put_before_the_laws_are_loaded_is_answered_once_they_are(api, page):
    api.preparation = Preparation(stage="loading", message="正在装载法律", done=1, total=378)
    at = page()
    api.fails = StillPreparing("正在装载法律。", remedy="请稍候再试。")
    at = ask(at)
    assert "正在装载法律。" in shown(at)
    api.fails, api.preparation = None, Preparation(stage="dense", message="正在进行语义编码")
    assert "ea-conclusion" in shown(at.run())


def test_a_refusal_while_the_index_is_being_built_is_provisional(api, page):
    api.preparation = Preparation(stage="lexical", message="正在建立关键词索引", done=1, total=4)
    api.refuses = True
    at = ask(page())
    assert "语料中没有依据" not in shown(at)
    assert "暂时不能作答" in shown(at)
    api.refuses, api.preparation = False, Preparation(stage="dense", message="正在进行语义编码")
    assert "ea-conclusion" in shown(at.run())


def test_what_comes_from_outside_is_never_markup(api, page):
    api.text = f"{FIRST}{HOSTILE}"
    api.notes = [HOSTILE]
    at = ask(page(), HOSTILE)
    html = shown(at)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3, "question, note and law text are all shown"


def test_what_comes_from_outside_is_never_markdown_either(page):
    at = ask(ask(page(), "![x](http://example.com/a.png) $a$ :red[b]"), "下一问")
    labels = [expander.label for expander in at.expander]
    assert r"\!\[x\]\(http\://example\.com/a\.png\) \$a\$ \:red\[b\]" in labels


def test_citation_and_provision_are_there_to_copy(api, page):
    at = ask(page())
    given = [json.loads(element.proto.json) for element in at.get("bidi_component")]
    assert [data["text"] for data in given if "text" in data] == [CITATION, f"{CITATION}：\n{api.text}"]


def test_a_standard_under_an_answer_leads_to_the_desk_with_what_was_asked(api, page, monkeypatch):
    link = StandardLink(
        key="ver-7/1.1.1",
        title="占用示例盲道",
        document="示范市裁量基准（示例）",
        document_id="doc-7",
        region="示范市",
        place="第35页",
        stale=True,
        note="《示例法》第二条：已废止",
    )
    plain = api.ask
    monkeypatch.setattr(api, "ask", lambda request: plain(request).model_copy(update={"standards": [link]}))
    at = ask(page())
    html = shown(at)
    for words in ("罚多少：相应的裁量标准", "占用示例盲道", "第35页", "依据已变动", "《示例法》第二条：已废止"):
        assert words in html
    at.button(key="standard_1_1_open").click().run()
    assert at.session_state["desk_description"] == QUESTION
    assert at.session_state["desk_region"] == "示范市"


def test_without_a_standard_nothing_is_said_of_the_desk(page):
    assert "裁量标准" not in shown(ask(page()))
