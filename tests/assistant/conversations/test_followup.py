"""Follow-ups are completed from the conversation; questions that are complete stay untouched."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversations.contract import Reading
from assistant.conversations.followup import CitedArticle, Exchange, complete
from assistant.conversations.rewriting import adds_nothing, rewrite

TODAY = dt.date(2026, 11, 21)
FOOD = "中华人民共和国食品安全法"
FIRST = "餐馆没有食品经营许可证就营业，怎么处罚？"
BEFORE = (Exchange(FIRST, FIRST, cited=(CitedArticle(FOOD, "第一百二十二条"),)),)
LOOKED_UP = (
    Exchange("处罚法33条第一款", "处罚法33条第一款", cited=(CitedArticle("中华人民共和国行政处罚法", "第三十三条"),)),
)


def completed(question, before=BEFORE, **given_):
    return complete(question, before, **{"as_of": None, "region": None, "today": TODAY, **given_})


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("罚款能分期交吗", "行政处罚，罚款能分期交吗？"),
        ("谁来管", "餐馆没有食品经营许可证就营业，谁来管？"),
        ("会不会吊销许可证", "餐馆没有食品经营许可证就营业，会不会吊销许可证？"),
        ("第二款呢", f"《{FOOD}》第一百二十二条第二款怎么规定"),
        ("上一条呢", f"《{FOOD}》第一百二十一条怎么规定"),
        ("那第125条呢", f"《{FOOD}》第一百二十五条怎么规定"),
        ("还罚吗", "餐馆没有食品经营许可证就营业，还罚吗？"),
    ],
)
def test_what_a_follow_up_lacks_is_taken_over(question, meant):
    understood = completed(question)
    assert understood.question == meant
    assert understood.reading is Reading.COMPLETED
    assert understood.taken_over


@pytest.mark.parametrize("question", ["那要是第二次被抓呢？", "个人呢？", "如果是网上卖的呢", "货值只有两百块"])
def test_a_variation_keeps_the_act_and_what_is_asked_of_it(question):
    understood = completed(question)
    assert "餐馆没有食品经营许可证就营业" in understood.question
    assert understood.question.endswith("怎么处罚？")


@pytest.mark.parametrize(
    "question",
    [
        "工地夜间施工噪声扰民怎么处罚？",
        "喝酒开车怎么罚",
        "行政处罚法33条第一款",
        "《中华人民共和国食品安全法》第三十四条",
        "当事人什么时候可以要求听证？",
        "如果餐馆油烟直排居民楼，怎么处罚",
        "那占道摆摊怎么罚",
        "初次违法、危害后果轻微，可以不罚吗？",
        "2026年8月1日，水污染防治法第八十三条怎么规定？",
    ],
)
def test_a_question_that_is_complete_stays_untouched(question):
    understood = completed(question)
    assert (understood.question, understood.reading, understood.taken_over) == (question, Reading.AS_ASKED, [])


def test_the_first_question_of_a_conversation_is_never_completed():
    assert completed("那要是第二次被抓呢？", ()).question == "那要是第二次被抓呢？"


def test_paragraphs_and_items_lean_on_the_article_looked_up():
    assert completed("第二款呢", LOOKED_UP).question == "《中华人民共和国行政处罚法》第三十三条第二款怎么规定"
    assert completed("下一款呢", LOOKED_UP).question == "《中华人民共和国行政处罚法》第三十三条第二款怎么规定"
    assert completed("第二项", LOOKED_UP).question == "《中华人民共和国行政处罚法》第三十三条第一款第二项怎么规定"


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("要是2019年的事呢", dt.date(2019, 12, 31)),
        ("如果发生在2020年3月呢", dt.date(2020, 3, 31)),
        ("去年的事呢", dt.date(2025, 12, 31)),
        ("今年呢", TODAY),
        ("要是2023年5月6日干的呢", dt.date(2023, 5, 6)),
    ],
)
def test_another_day_asks_the_same_of_that_day(question, day):
    understood = completed(question)
    assert (understood.as_of, understood.as_of_from) == (day, "question")
    assert understood.question == "餐馆没有食品经营许可证就营业，怎么处罚？"


def test_a_day_chosen_counts_before_one_that_is_said_and_one_that_is_said_goes_on():
    chosen = dt.date(2022, 1, 1)
    assert completed("要是2019年的事呢", as_of=chosen).as_of == chosen
    before = (Exchange(FIRST, FIRST, cited=BEFORE[0].cited, as_of=dt.date(2019, 12, 31)),)
    understood = completed("个人呢？", before)
    assert (understood.as_of, understood.as_of_from) == (dt.date(2019, 12, 31), "before")
    assert completed("工地夜间施工噪声扰民怎么处罚？", before).as_of == TODAY


def test_another_place_asks_the_same_of_that_place():
    understood = completed("在宁波也这样吗", region="杭州市")
    assert (understood.region, understood.region_from) == ("宁波市", "question")
    assert understood.question == "宁波市餐馆没有食品经营许可证就营业，怎么处罚？"
    assert "杭州市" in understood.notes[0]


def test_follow_ups_of_follow_ups_do_not_pile_up():
    second = completed("那要是第二次被抓呢？")
    before = (*BEFORE, Exchange("那要是第二次被抓呢？", second.question, completed=True, cited=BEFORE[0].cited))
    assert completed("罚多少", before).question == "餐馆没有食品经营许可证就营业，第二次被抓，罚多少？"
    assert "第二次" not in completed("个人呢", before).question


@given(st.text(alphabet="那要是呢第二款上一条罚款吗他在宁波2019年《》，。？怎么处罚餐馆", max_size=25))
def test_any_words_are_read_and_a_completed_question_says_what_it_took(question):
    understood = completed(question)
    assert understood.question == question or understood.taken_over


DIALOGUE = (FIRST, "那要是第二次被抓呢？")


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ("餐馆没有食品经营许可证就营业，第二次被抓怎么处罚？", True),
        ("餐馆第二次没有许可证营业，依照《食品安全法》怎么处罚？", False),
        ("餐馆没有食品经营许可证就营业，第二次被抓罚五万元吗？", False),
        ("餐馆没有食品经营许可证就营业，按第一百二十二条第二次怎么处罚？", False),
        ("餐馆没有食品经营许可证，2025年第二次被抓怎么处罚？", False),
        ("根据治安管理处罚法，第二次被抓怎么处罚？", False),
        ("工地夜里打桩噪声扰民屡教不改当事人拒绝配合调查", False),
        ("餐馆没有许可证\n怎么处罚", False),
        ("", False),
    ],
)
def test_a_rewriting_may_bring_in_nothing_of_its_own(written, holds):
    assert adds_nothing(written, DIALOGUE) is holds


class Scribe:
    model = "m"

    def __init__(self, words: str) -> None:
        self.words = words

    def write(self, _messages):
        yield self.words


@pytest.mark.parametrize(
    ("words", "reading"),
    [
        ("餐馆没有食品经营许可证就营业，第二次被抓怎么处罚？", Reading.MODEL),
        ("依照《刑法》第二百二十五条怎么处罚？", Reading.COMPLETED),
    ],
)
def test_a_model_s_words_count_only_where_they_hold(words, reading):
    plain = completed("那要是第二次被抓呢？")
    understood = rewrite(Scribe(words), "那要是第二次被抓呢？", BEFORE, plain)
    assert understood.reading is reading
    assert understood.question == (words if reading is Reading.MODEL else plain.question)
