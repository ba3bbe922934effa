"""Which terms a text has: words, numbers in one form, pairs of characters; no words that only ask."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.encoders.terms import STOP_WORDS, find_terms
from corpus.money import format_amount


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("处五万元以上罚款", "50000元"),
        ("处5万元以上罚款", "50000元"),
        ("处５万元以上罚款", "50000元"),
        ("处50000元以上罚款", "50000元"),
        ("处50,000元以上罚款", "50000元"),
        ("一百元以下", "100元"),
        ("三十日内", "30日"),
        ("30天内", "30日"),
        ("百分之五的罚款", "5%"),
        ("5%的罚款", "5%"),
        ("三倍以上五倍以下", "3倍"),
        ("第三十三条", "第33条"),
        ("第33条", "第33条"),
        ("第一百三十三条之一", "第133条之1"),
        ("PM2.5超标", "pm2.5"),
        ("ＫＴＶ太吵", "ktv"),
    ],
)
def test_one_thing_is_one_term_however_it_is_written(text: str, term: str) -> None:
    assert term in find_terms(text).words


@settings(deadline=None)  # the machine may be busy
@given(st.integers(min_value=1, max_value=10**9))
def test_every_sum_is_the_same_term_in_chinese_and_arabic(yuan: int) -> None:
    chinese, arabic = find_terms(f"罚款{format_amount(yuan)}。"), find_terms(f"罚款{yuan}元。")
    assert f"{yuan}元" in chinese.words
    assert chinese.words == arabic.words


@pytest.mark.parametrize(
    "text", ["请问怎么办？", "，。；：！", "", "   \n\t", "的 了 吗 呢", "《》（）", "\x00\x01", "😀", "多少"]
)
def test_a_text_that_only_asks_has_no_words(text: str) -> None:
    assert find_terms(text).words == ()


def test_stop_words_are_left_out_and_the_subject_stays() -> None:
    assert find_terms("请问没有营业执照怎么处罚？").words == ("没有", "营业", "执照", "营业执照", "处罚")
    assert {"怎么", "多少", "吗", "请问", "的"} <= STOP_WORDS
    assert not {"不", "未", "没有", "不得", "应当", "处", "罚"} & STOP_WORDS


def test_pairs_run_within_unbroken_chinese_and_not_across_a_number() -> None:
    assert find_terms("超载罚，五万元以下").pairs == ("超载", "载罚", "以下")


def test_a_word_in_no_dictionary_is_found_by_its_pairs() -> None:
    question, law = find_terms("摩电怎么上牌"), find_terms("摩电上牌登记")
    assert {"摩电", "上牌"} <= set(question.pairs) & set(law.pairs)


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=200))
def test_any_text_has_terms_and_always_the_same(text: str) -> None:
    assert find_terms(text) == find_terms(text)
