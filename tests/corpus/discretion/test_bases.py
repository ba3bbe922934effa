"""Cited laws with their quoted words: one entry per article, and nothing from inside a quotation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.discretion.bases import read_bases
from corpus.discretion.model import Spot
from corpus.numerals import format_number

SPOT = Spot(page=7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《示例市条例》第二十五条　不得开工。", [("《示例市条例》第二十五条", "不得开工。")]),
        (
            "《示例市条例》第三十一条第一款、第二款　有下列行为的，处罚款。",
            [("《示例市条例》第三十一条第一款、第二款", "有下列行为的，处罚款。")],
        ),
        (
            "《示例市条例》第十六条　应当编制。\n第十九条第二款　前款规定的项目应当公开。",
            [("《示例市条例》第十六条", "应当编制。"), ("《示例市条例》第十九条第二款", "前款规定的项目应当公开。")],
        ),
        (
            "《示例市条例》第十条　不得超标。\n《示例市许可办法》第十七条　排污应当持证。\n应当建立台账。",
            [
                ("《示例市条例》第十条", "不得超标。"),
                ("《示例市许可办法》第十七条", "排污应当持证。\n应当建立台账。"),
            ],
        ),
        (
            "《示例市条例》（2018年修订）第八十三条第（二）项：违反规定。",
            [("《示例市条例》第八十三条第（二）项", "违反规定。")],
        ),
        ("《示例市条例》（2019年修正）第三条", [("《示例市条例》第三条", "")]),
        (
            "《示例市条例》第五条、《示例市办法》第八条第一款",
            [("《示例市条例》第五条", ""), ("《示例市办法》第八条第一款", "")],
        ),
        (
            "《示例市条例》第五条第一款、第二款、第十条",
            [("《示例市条例》第五条第一款、第二款", ""), ("《示例市条例》第十条", "")],
        ),
        (
            "1.《示例市条例》第五条：不得焚烧。\n2.《示例市办法》第八条：不得倾倒。",
            [("《示例市条例》第五条", "不得焚烧。"), ("《示例市办法》第八条", "不得倾倒。")],
        ),
        (
            "《示例市办法》第三十一条第（一）项：\n第三十一条　有下列情形的，处罚款：（一）未建成的。",
            [("《示例市办法》第三十一条第（一）项", "第三十一条　有下列情形的，处罚款：（一）未建成的。")],
        ),
        ("根据《示例市条例》第五条的规定处罚", [("《示例市条例》第五条", "的规定处罚")]),
        ("《示例市条例》", [("《示例市条例》", "")]),
        # misprints with an evident reading: 条, 款 or 《 is missing, 项 stands before 款
        ("《示例市条例》第二十八第一款　应当密闭。", [("《示例市条例》第二十八第一款", "应当密闭。")]),
        ("《示例市条例》第二十条第一　应当安装。", [("《示例市条例》第二十条第一", "应当安装。")]),
        ("示例市条例》第五十五条第三项　处罚款。", [("《示例市条例》第五十五条第三项", "处罚款。")]),
        ("《示例市条例》第五条第十二项、第二款　处罚款。", [("《示例市条例》第五条第十二项、第二款", "处罚款。")]),
    ],
)
def test_one_entry_per_article_with_its_quoted_words(text: str, expected: list[tuple[str, str]]) -> None:
    bases = read_bases(text, SPOT)
    assert [(basis.written, basis.text) for basis in bases] == expected
    assert {basis.spot for basis in bases} == {SPOT}


@pytest.mark.parametrize(
    "quoted",
    [
        "违反本条例第二十三条第二款规定，未建立台账的，处二万元罚款。",
        "有《示例市保护条例》第六十三条规定行为的，由公安机关处罚。",
        "依照本法第二十四条的规定\n重新报批的，处罚款。",
        "依照前款的规定处罚。",
        "有《条例》第四十七条规定的情形，处罚款。\n违反第二十条规定的，从重处罚。",
        "有前款第一项、第八项行为之一，处五万元罚款。",
    ],
)
def test_an_article_inside_the_quoted_words_begins_no_entry(quoted: str) -> None:
    (basis,) = read_bases(f"《示例市条例》第九条　{quoted}", SPOT)
    assert basis.text == quoted


@pytest.mark.parametrize(
    "text", ["", "——", "—", "/", " \n", "无", "第五条　不得焚烧。", "违反本条例第五条规定", "处五万元罚款。"]
)
def test_words_that_cite_no_law_give_no_entry(text: str) -> None:
    assert read_bases(text, SPOT) == ()


def test_places_are_named_apart_and_the_edition_is_no_part_of_the_title() -> None:
    (basis,) = read_bases("《示例市条例》（2020年修订）第一百零二条第一款第七项、第二款　处罚款。", SPOT)
    places = [(c.title, c.article and c.article.number, c.path.paragraph, c.path.item) for c in basis.citations]
    assert places == [("示例市条例", 102, 1, 7), ("示例市条例", 102, 2, None)]


def test_a_missing_word_of_the_place_is_read_but_kept_as_printed() -> None:
    (basis,) = read_bases("《示例市条例》第二十条第一　应当安装。", SPOT)
    (citation,) = basis.citations
    assert (citation.article and citation.article.number, citation.path.paragraph) == (20, 1)


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(1, 9)), min_size=1, max_size=4))
def test_entries_follow_the_printed_order(places: list[tuple[int, int]]) -> None:
    heads = [f"第{format_number(article)}条第{format_number(paragraph)}款" for article, paragraph in places]
    text = "\n".join([f"《示例市条例》{heads[0]}　不得焚烧。", *(f"{head}　应当公开。" for head in heads[1:])])
    assert [basis.written for basis in read_bases(text, SPOT)] == [f"《示例市条例》{head}" for head in heads]
