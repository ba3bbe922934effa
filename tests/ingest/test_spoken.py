"""Spoken questions lead to the article they were written for, and to no other words."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from pydantic import ValidationError

from corpus.store import CorpusStore
from corpus.vocabulary import ArticleNumber, Provision
from evals.training import questions
from ingest.spoken import (
    SpokenData,
    SpokenQuestions,
    load_spoken_questions,
    read_spoken_questions,
    spoken_passages,
    text_mark,
)

TITLE = "中华人民共和国示例法"
TEXT = "不得堵塞通道。"


def provision(text: str = TEXT) -> Provision:
    return Provision("v/第一条", "v", 1, "第一条", text, ArticleNumber(1))


def data(mark: str, *asks: str) -> SpokenData:
    entry = SpokenQuestions(law="示例法", article="第一条", text=mark, asks=asks)
    return SpokenData({("示例法", "第一条"): (entry,)}, {"示例法": "0"})


def test_each_question_is_a_passage_of_its_provision_that_quotes_the_whole_text() -> None:
    passages = spoken_passages(TITLE, provision(), data(text_mark(TEXT), "门口堆满箱子咋办", "过道堵死了罚多少"))
    assert [p.index_text for p in passages] == ["门口堆满箱子咋办", "过道堵死了罚多少"]
    assert {(p.provision_id, p.start, p.end) for p in passages} == {("v/第一条", 0, len(TEXT))}
    assert len({p.id for p in passages}) == 2


def test_questions_fall_silent_when_the_words_of_the_law_change() -> None:
    assert spoken_passages(TITLE, provision("可以堵塞通道。"), data(text_mark(TEXT), "过道堵死了罚多少")) == []


@pytest.mark.parametrize(
    ("printed", "elsewhere", "same"),
    [
        ("不得堵塞通道。", "不得\n堵塞 通道。", True),
        ("有下列情形之一的：（一）堵塞通道；", "有下列情形之一的:\n(一)堵塞通道;", True),
        ("依照《示例法》第２条，处罚款", "依照〈示例法〉第2条,处罚款。", True),
        ("不得堵塞通道。", "不得堵塞过道。", False),
        ("不超过1.5%", "不超过15%", False),
        ("不超过15%", "不超过15", False),
        ("1 200元", "1200元", True),
        ("第1\n2项", "第1 2项", True),
        ("1. 5%", "15%", False),
        ("≥60分贝", "≤60分贝", False),
        ("-5度", "5度", False),
        ("A+级", "A级", False),
    ],
)
def test_the_mark_of_an_article_is_that_of_its_words_however_they_are_printed(
    printed: str, elsewhere: str, same: bool
) -> None:
    assert (text_mark(printed) == text_mark(elsewhere)) is same


def test_questions_of_another_law_or_article_are_left_alone() -> None:
    assert spoken_passages("中华人民共和国他法", provision(), data(text_mark(TEXT), "过道堵死了罚多少")) == []


def test_the_data_holds_no_question_twice_and_none_too_short_or_long() -> None:
    entries = [*read_spoken_questions(), *read_spoken_questions(questions.__name__)]
    asks = [ask for entry in entries for ask in entry.asks]
    assert len(asks) > 2000
    words = Counter(re.sub(r"\W", "", ask) for ask in asks)
    assert [ask for ask, times in words.items() if times > 1] == []
    assert [ask for ask in asks if not 5 <= len(ask) <= 70] == []


@pytest.mark.parametrize("package", ["corpus.spoken", questions.__name__])
def test_the_questions_of_loaded_laws_fit_their_present_words(national_store: CorpusStore, package: str) -> None:
    marks: dict[str, set[tuple[str, str]]] = {}
    for document in national_store.documents():
        short = document.title.replace("中华人民共和国", "")
        for version in national_store.versions(document.id):
            for p in national_store.provisions(version.id):
                marks.setdefault(short, set()).add((p.label, text_mark(p.text)))
    entries = [e for e in read_spoken_questions(package) if e.law in marks]
    assert entries, "none of the loaded laws has spoken questions"
    astray = [f"{e.law} {e.article}" for e in entries if (e.article, e.text) not in marks[e.law]]
    assert astray == []


def test_every_title_has_a_digest_of_its_own_questions() -> None:
    loaded = load_spoken_questions()
    assert {law for law, _ in loaded.questions} == set(loaded.digests)
    assert loaded.digest_of("没有这部法") == "-"


@pytest.mark.parametrize(
    "fields",
    [
        {"law": "示例法"},
        {"law": "示例法", "article": "第一条", "text": "x", "asks": ["过道堵死了罚多少"]},
        {"law": "示例法", "article": "第一条", "asks": []},
        {"law": "示例法", "article": "第一条", "asks": ["过道堵死了罚多少"], "answer": "不得堵塞"},
    ],
    ids=["no questions", "not a mark", "empty questions", "unknown field"],
)
def test_a_line_of_another_shape_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        SpokenQuestions.model_validate(fields)


def test_questions_without_a_mark_do_not_count() -> None:
    entry = SpokenQuestions(law="示例法", article="第一条", asks=("过道堵死了罚多少",))
    assert spoken_passages(TITLE, provision(), SpokenData({("示例法", "第一条"): (entry,)}, {})) == []
