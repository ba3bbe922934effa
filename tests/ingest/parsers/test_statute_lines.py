"""Which line begins an article, is a heading, opens an annex; and which only looks so."""

from __future__ import annotations

import pytest

from corpus.numerals import format_number
from corpus.vocabulary import ArticleNumber
from ingest.parsers.statute_lines import Unit, is_contents, read_annex, read_article, read_heading


@pytest.mark.parametrize(
    ("line", "label", "text", "certain"),
    [
        ("第一条 为了规范。", "第一条", "为了规范。", True),
        ("第一条　为了规范。", "第一条", "为了规范。", True),
        ("**第一条** 为了规范。", "第一条", "为了规范。", True),
        ("第 十 二 条 为了规范。", "第十二条", "为了规范。", True),
        ("第12条 为了规范。", "第十二条", "为了规范。", True),
        ("第１２条　为了规范。", "第十二条", "为了规范。", True),
        ("第一百三十三条之一　有下列情形的", "第一百三十三条之一", "有下列情形的", True),
        ("第三条", "第三条", "", True),
        ("第三条：内容", "第三条", "内容", True),
        ("第三条（目的）为了", "第三条", "（目的）为了", True),
        ("第一条为了规范。", "第一条", "为了规范。", False),
        ("第三条 第一款规定的情形", "第三条", "第一款规定的情形", False),
        ("第二条之规定", None, None, None),
        ("第三条第一款规定的情形", None, None, None),
        ("第三条、第四条规定的情形", None, None, None),
        ("第三条的规定", None, None, None),
        ("本条例第三条 规定", None, None, None),
        ("第三章 总则", None, None, None),
        ("（一）第三条", None, None, None),
    ],
)
def test_the_beginning_of_an_article(line: str, label: str | None, text: str | None, certain: bool | None) -> None:
    article = read_article(line)
    if label is None:
        assert article is None or not article.certain
    else:
        assert article is not None
        assert (article.label, article.text, article.certain) == (label, text, certain)


def test_every_number_that_laws_print_is_read_in_chinese_and_in_figures() -> None:
    for number in range(1, 1300):
        for written in (format_number(number), str(number)):
            article = read_article(f"第{written}条 文")
            assert article is not None
            assert article.number == ArticleNumber(number)
            assert article.label == f"第{format_number(number)}条"


@pytest.mark.parametrize(
    ("line", "unit", "words", "rest"),
    [
        ("第一章 总则", Unit.CHAPTER, "第一章 总则", ""),
        ("第一章　总　则", Unit.CHAPTER, "第一章 总则", ""),
        ("第 二 节  一般规定", Unit.SECTION, "第二节 一般规定", ""),
        ("第三编 人格权", Unit.PART, "第三编 人格权", ""),
        ("第一分编 通则", Unit.SUBPART, "第一分编 通则", ""),
        ("第一篇 总论", Unit.PART, "第一篇 总论", ""),
        ("附　则", Unit.CHAPTER, "附则", ""),
        ("第三章 法律责任.......... 12", Unit.CHAPTER, "第三章 法律责任", ""),
        ("第一章 总则 第一条 为了规范。", Unit.CHAPTER, "第一章 总则", "第一条 为了规范。"),
    ],
)
def test_a_heading(line: str, unit: Unit, words: str, rest: str) -> None:
    heading = read_heading(line)
    assert heading is not None
    assert (heading.unit, heading.words, heading.rest) == (unit, words, rest)


@pytest.mark.parametrize(
    "line",
    [
        "第一章规定的条件，适用本条。",
        "第三节规定的情形",
        "附近的居民",
        "总则部分适用。",
        "违反第二章 的",
        "第一章，",
        "",
    ],
)
def test_a_sentence_that_names_a_chapter_is_no_heading(line: str) -> None:
    assert read_heading(line) is None


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        ("附件：裁量表", "附件", "裁量表"),
        ("附件1", "附件1", ""),
        ("附件１：清单", "附件1", "清单"),
        ("附表二 税率表", "附表二", "税率表"),
        ("附：", "附件", ""),
        ("附录", "附录", ""),
        ("附则", None, None),
        ("附近的居民", None, None),
        ("附有证明材料", None, None),
        ("附件与正文具有同等效力。", None, None),
    ],
)
def test_an_annex(line: str, label: str | None, text: str | None) -> None:
    annex = read_annex(line)
    assert (annex and (annex.label, annex.text)) == (label and (label, text))


@pytest.mark.parametrize(("line", "expected"), [("目　录", True), ("目录", True), ("目次", True), ("目录如下", False)])
def test_the_word_above_a_table_of_contents(line: str, expected: bool) -> None:
    assert is_contents(line) is expected
