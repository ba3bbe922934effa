"""The term tables of the laws and articles that laymen ask about."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from assistant.retrieval.consultations import consulted, consulted_article
from evals.training.consultations import tables_toml
from ingest.spoken import text_mark


def test_the_law_most_asked_about_comes_first_and_an_unknown_one_last() -> None:
    assert consulted("中华人民共和国民法典") == pytest.approx(1.0)
    assert 0 < consulted("中华人民共和国行政许可法") < 1
    assert consulted("某市路灯养护办法") == 0


def test_an_article_in_other_words_was_never_asked_about() -> None:
    assert consulted_article("中华人民共和国民法典", "路灯坏了三日内修好。") == 0


def test_the_tables_count_laws_and_articles_by_their_words() -> None:
    first, second = ("甲法", "第一条"), ("甲法", "第二条")
    answers = [first, second, second, ("乙法", "第三条")]
    marks = {key: text_mark("".join(key)) for key in answers}
    tables = tomllib.loads(tables_toml(answers, marks))
    assert tables["laws"] == {"甲法": 3, "乙法": 1}
    assert next(iter(tables["articles"].items())) == (text_mark("甲法第二条"), 2)
    assert set(tables["articles"].values()) == {1, 2}


def test_every_article_of_the_shipped_table_belongs_to_a_law_of_it() -> None:
    shipped = tomllib.loads((files("assistant.retrieval") / "consultations.toml").read_text("utf-8"))
    assert sum(shipped["articles"].values()) <= sum(shipped["laws"].values())
    assert {len(mark) for mark in shipped["articles"]} == {len(text_mark(""))}


def test_the_words_of_an_article_count_only_in_a_law_that_is_consulted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "路灯坏了由街道修好。"
    counts = {"laws": {"路灯法": 4}, "articles": {text_mark(words): 2}}
    monkeypatch.setattr("assistant.retrieval.consultations._counts", counts.__getitem__)
    assert consulted_article("中华人民共和国路灯法", words) == pytest.approx(1.0)
    assert consulted_article("旧路灯法", words) == 0
