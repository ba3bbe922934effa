"""Which standards stand under an answer: only for questions on the sum, only what is meant, only of the place."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.discretion.asked import ENOUGH, asks_how_much, closeness
from assistant.discretion.offer import offered
from assistant.lexicon import load_lexicon
from assistant.understanding import UnderstoodQuestion
from tests.assistant.desk_stand_in import DOCUMENT, STALE, TIERED_KEY, WEIGHTED_KEY, StandInDesk

DAY = dt.date(2026, 11, 21)
HERE = frozenset({"国家", "示范市"})
LEXICON = load_lexicon()


@pytest.mark.parametrize(
    "question",
    [
        "超标排污罚多少钱",
        "超标排污要罚款多少",
        "这种情形怎么裁量",
        "占道摆摊最高可以罚几千",
        "占道摆摊怎么罚？",
        "罚款幅度是多少",
        "按哪个裁量基准",
    ],
)
def test_questions_on_the_sum_are_told(question):
    assert asks_how_much(question)


@pytest.mark.parametrize(
    "question", ["排放标准是什么", "什么时候要听证", "占道摆摊归谁管", "行政处罚法第三十三条", "罚款不缴怎么办"]
)
def test_other_questions_are_not(question):
    assert not asks_how_much(question)


ACTS = {
    "short form": ("超标排污罚多少钱", "超过水污染物排放标准排放水污染物", True),
    "same words": ("占用道路摆摊怎么罚", "占用示例道路摆摊", True),
    "spoken words": ("未批先建怎么裁量", "建设单位未依法报批环境影响报告书，擅自开工建设", True),
    "another matter": ("醉驾罚多少钱", "超过水污染物排放标准排放水污染物", False),
    "shares a word only": ("餐馆没有食品经营许可证罚多少钱", "无许可证从事收集、贮存、处置危险废物经营活动", False),
    "no matter at all": ("罚多少", "超过水污染物排放标准排放水污染物", False),
    "a single word": ("违法建筑怎么处罚", "未采取防治措施拆除设施、设备或者建筑物、构筑物", False),
}


@pytest.mark.parametrize(("question", "act", "near"), ACTS.values(), ids=ACTS.keys())
def test_only_what_a_question_is_about_is_near(question, act, near):
    assert (closeness(question, LEXICON.expand(question), act) >= ENOUGH) is near


def ask(desk, words, region="示范市", regions=HERE):
    question = UnderstoodQuestion(
        text=words,
        as_of=DAY,
        citations=(),
        laws=(),
        intents=frozenset(),
        expansions=tuple(LEXICON.expand(words)),
        notes=(),
    )
    return offered(desk, question, region, regions)


def test_a_standard_of_the_place_is_offered_with_its_page_and_state():
    (link,), notes = ask(StandInDesk(), "超标排放示例污水罚多少")
    assert (link.key, link.document, link.page, link.stale) == (WEIGHTED_KEY, DOCUMENT, 35, True)
    assert STALE in link.note
    assert notes == []


def test_the_standard_meant_is_offered_wherever_the_search_ranks_it():
    (link,), _ = ask(StandInDesk(), "占用道路摆摊怎么罚")
    assert (link.key, link.stale) == (TIERED_KEY, False)


@pytest.mark.parametrize(
    "words", ["醉驾罚多少钱", "超标排放示例污水归谁管"], ids=["another matter", "does not ask how much"]
)
def test_nothing_is_offered_otherwise(words):
    assert ask(StandInDesk(), words) == ([], [])


def test_a_question_that_asks_something_else_does_not_even_search():
    desk = StandInDesk()
    ask(desk, "超标排放示例污水归谁管")
    assert desk.requests == []


def test_a_standard_of_another_place_is_not_offered():
    assert ask(StandInDesk(), "超标排放示例污水罚多少", "别处市", frozenset({"国家", "别处市"})) == ([], [])


def test_where_no_place_is_known_a_note_says_that_one_must_be_chosen():
    links, (note,) = ask(StandInDesk(), "超标排放示例污水罚多少", None, frozenset({"国家"}))
    assert links == []
    assert "示范市" in note
