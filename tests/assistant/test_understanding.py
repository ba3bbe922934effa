"""What is read out of a question: the day, the laws, what is wanted."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.lexicon import Entry, Lexicon
from assistant.understanding import Intent, UnderstoodQuestion, understand
from corpus.citations import NameTable
from corpus.vocabulary import Document, DocumentKind, EffectLevel

TODAY = dt.date(2026, 11, 21)
TITLES = ("中华人民共和国行政处罚法", "中华人民共和国治安管理处罚法", "中华人民共和国消防法")
NAMES = NameTable.from_documents(
    Document(f"d{n}", title, DocumentKind.STATUTE, EffectLevel.LAW) for n, title in enumerate(TITLES)
)
LEXICON = Lexicon([Entry(spoken=("后门锁死",), statute=("封闭", "安全出口"))])


def read(question: str, as_of: dt.date | None = None) -> UnderstoodQuestion:
    return understand(question, as_of=as_of, today=TODAY, names=NAMES, lexicon=LEXICON)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("后门锁死罚多少", TODAY),
        ("2026年5月18日查到后门锁死，当时罚多少", dt.date(2026, 5, 18)),
        ("2026-05-18查到的", dt.date(2026, 5, 18)),
        ("2026.5.18号的事", dt.date(2026, 5, 18)),
        ("2026年5月的事", TODAY),
        ("2026年13月40日的事", TODAY),
        ("2025年1月2日违法，2026年3月4日查到", TODAY),
        ("罚款1200-15-20元这样写对吗", TODAY),
    ],
    ids=["none", "full", "iso", "dots", "month only", "impossible", "two dates", "not a date"],
)
def test_the_day_comes_from_the_question_only_when_it_names_exactly_one(question: str, day: dt.date) -> None:
    assert read(question).as_of == day


def test_a_day_given_wins_over_a_day_in_the_words() -> None:
    assert read("2026年5月18日查到的", dt.date(2020, 1, 1)).as_of == dt.date(2020, 1, 1)


def test_a_day_read_from_the_words_is_said_and_so_is_doubt() -> None:
    assert any("2026年5月18日" in note for note in read("2026年5月18日查到的").notes)
    assert any("多个日期" in note for note in read("2025年1月2日违法，2026年3月4日查到").notes)
    assert read("后门锁死罚多少").notes == ()


@pytest.mark.parametrize(
    ("question", "wanted", "not_wanted"),
    [
        ("后门锁死罚多少", Intent.SANCTION, Intent.LENIENCY),
        ("这事咋整", Intent.SANCTION, Intent.PROCEDURE),
        ("头一回犯能不能不罚", Intent.LENIENCY, Intent.DUTY),
        ("听证要提前几天通知", Intent.PROCEDURE, Intent.LENIENCY),
        ("违反的是哪一条", Intent.DUTY, Intent.PROCEDURE),
    ],
)
def test_what_is_wanted_is_read_from_spoken_words(question: str, wanted: Intent, not_wanted: Intent) -> None:
    assert wanted in read(question).intents
    assert not_wanted not in read(question).intents


def test_named_laws_are_known_by_document_and_unknown_ones_by_title() -> None:
    assert read("消防法怎么说").named_documents == {"d2"}
    assert read("国务院《不存在的条例》第二十二条怎么说").unknown_titles == ("不存在的条例",)
    assert read("国务院《不存在的条例》第二十二条怎么说").named_documents == frozenset()


def test_a_short_name_is_read_and_said() -> None:
    understood = read("处罚法33条第一款")
    assert understood.named_documents == {"d0"}
    assert any("行政处罚法" in note for note in understood.notes)


def test_spoken_words_bring_their_statute_words() -> None:
    assert [e.statute for e in read("饭馆后门锁死了").expansions] == [("封闭", "安全出口")]


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("后门锁死罚多少", "后门锁死罚多少"),
        ("2026年5月18日查到后门锁死，当时罚多少", "查到后门锁死，罚多少"),
        ("2026年5月18日对一起后门锁死案下决定，当时的罚款是多少", "后门锁死，罚款是多少"),
        ("2026年5月18日查处一起后门锁死并作出处罚决定，按当时的消防法罚多少", "后门锁死，消防法罚多少"),
        ("2026年5月18日作出处罚决定，几天内送达", "作出处罚决定，几天内送达"),
        ("2026年5月18日，派出所能作出处罚决定吗？", "派出所能作出处罚决定吗？"),
        ("2026年5月18日没经负责人批准就作出决定有效吗", "没经负责人批准就作出决定有效吗"),
        ("2026年5月18日查到，过了相当时间还能罚吗", "查到，过了相当时间还能罚吗"),
        ("2026年5月18日", "2026年5月18日"),
        ("2025年1月2日违法，2026年3月4日查到，罚多少", "2025年1月2日违法，2026年3月4日查到，罚多少"),
        ("当时罚多少", "当时罚多少"),
    ],
)
def test_the_day_is_a_filter_and_not_what_the_question_is_about(question: str, matter: str) -> None:
    understood = read(question)
    assert understood.matter == matter
    assert understood.text == question


def test_a_date_other_than_the_day_asked_about_stays_in_the_words() -> None:
    assert read("2026年5月18日公布的规定管不管", as_of=TODAY).matter == "2026年5月18日公布的规定管不管"
