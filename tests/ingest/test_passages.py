"""Passages cover every word of their provision, stay short, and are understood without what stands before them."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.store import CorpusStore
from corpus.vocabulary import ArticleNumber, Heading, Passage, Provision
from ingest.passages import LIMIT, short_title, split_into_passages

TITLE = "中华人民共和国示例法"


def provision(text: str) -> Provision:
    heading = Heading(part="第二编 罚则", chapter="第一章 一般规定")
    return Provision("npc-test/第三条", "npc-test", 3, "第三条", text, ArticleNumber(3), heading)


def spans(text: str, passages: list[Passage]) -> list[str]:
    return [text[p.start : p.end] for p in passages]


def visible(text: str) -> str:
    return "".join(text.split())


def test_a_short_article_is_one_passage_under_its_title_headings_and_number() -> None:
    (passage,) = split_into_passages(TITLE, provision("禁止示例。"))
    assert passage.index_text == "示例法 罚则 一般规定 第三条\n禁止示例。"
    assert (passage.start, passage.end) == (0, 5)
    assert passage.id == "npc-test/第三条@1"


def test_full_width_letters_and_digits_are_indexed_as_people_type_them_and_quoted_as_printed() -> None:
    printed = "应当符合ＧＢ１２３４８―２００８的规定。"
    (passage,) = split_into_passages(TITLE, provision(printed))
    assert passage.index_text.endswith("\n应当符合GB12348―2008的规定。")
    assert spans(printed, [passage]) == [printed]


def test_a_provision_without_words_has_no_passage() -> None:
    assert split_into_passages(TITLE, provision(" \n")) == []


def test_a_long_article_is_cut_between_paragraphs() -> None:
    paragraphs = ["甲" * 250 + "。", "乙" * 250 + "。", "丙" * 100 + "。"]
    text = "\n".join(paragraphs)
    passages = split_into_passages(TITLE, provision(text))
    assert spans(text, passages) == [paragraphs[0], "\n".join(paragraphs[1:])]


def test_items_repeat_the_sentence_that_announces_them() -> None:
    head = "有下列情形之一的，处以罚款："
    items = [f"（{n}）{'情' * 150}；" for n in "一二三四五"]
    text = "\n".join([head, *items])
    passages = split_into_passages(TITLE, provision(text))
    assert spans(text, passages) == ["\n".join([head, *items[:2]]), "\n".join(items[2:4]), items[4]]
    assert all(p.index_text.split("\n")[1] == head for p in passages)
    assert passages[0].index_text.count(head) == 1


def test_an_item_that_is_too_long_is_cut_between_sentences() -> None:
    head = "有下列情形之一的，处以罚款："
    sentences = ["情" * 300 + "。", "形" * 300 + "。"]
    text = "\n".join([head, "（一）" + "".join(sentences), "（二）其他。"])
    passages = split_into_passages(TITLE, provision(text))
    assert len(passages) == 2
    assert passages[1].index_text.split("\n")[1] == head


def test_a_table_is_read_without_its_drawing_under_its_title() -> None:
    rows = [f"税目{n} | 千分之{'一' * 20} |\n+----------+----------+" for n in range(30)]
    text = "\n".join(["附：", "示例税税目税率表", *rows])
    passages = split_into_passages(TITLE, Provision("npc-test/附件", "npc-test", 4, "附件", text))
    assert len(passages) > 1
    assert all("示例税税目税率表" in p.index_text for p in passages)
    assert not any("|" in p.index_text or "---" in p.index_text for p in passages)


def test_short_titles_drop_the_name_of_the_state() -> None:
    assert short_title("中华人民共和国行政处罚法") == "行政处罚法"
    assert short_title("关于修改《中华人民共和国示例法》的决定") == "关于修改《示例法》的决定"


lines = st.lists(st.text(alphabet="甲乙，。；：（一）二 |", max_size=300), min_size=1, max_size=8)


@given(lines)
def test_spans_hold_every_word_once_and_in_order(texts: list[str]) -> None:
    text = "\n".join(texts)
    passages = split_into_passages(TITLE, provision(text))
    assert visible("".join(spans(text, passages))) == visible(text)
    assert all(a.end <= b.start for a, b in pairwise(passages))


def test_every_provision_of_real_laws_is_covered_by_short_passages(national_store: CorpusStore) -> None:
    found: dict[str, list[Passage]] = {}
    for passage, _ in national_store.passages():
        if "@ask" not in passage.id:  # spoken questions stand beside the words, they do not cover them
            found.setdefault(passage.provision_id, []).append(passage)
    for one in national_store.all_provisions():
        passages = sorted(found[one.id], key=lambda p: p.start)
        assert visible("".join(spans(one.text, passages))) == visible(one.text), one.id
        assert all(len(p.index_text) <= LIMIT + 100 for p in passages), one.id
        assert all(one.label in p.index_text for p in passages)
