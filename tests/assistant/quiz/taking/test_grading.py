"""Points: by the stated rules, the same for every way of writing, the same for every order of the options."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quiz.contract import Form, ItemKind, Key
from assistant.quiz.paper_contract import PARTIAL_CREDIT, Answer
from assistant.quiz.papers.showing import own_answer, shown_item
from assistant.quiz.taking.grading import WAITS, Grade, grade, is_answered
from assistant.quiz.taking.spelling import plain, same_words, yuan
from tests.assistant.quiz.exam_room import item

FOUR = Decimal(4)


@pytest.mark.parametrize(
    ("kind", "answer", "score", "right"),
    [
        (ItemKind.SINGLE, Answer(chosen=[1]), 4, True),
        (ItemKind.SINGLE, Answer(chosen=[0]), 0, False),
        (ItemKind.SINGLE, Answer(chosen=[0, 1]), 0, False),
        (ItemKind.SINGLE, Answer(truth=True, words="乙机关"), 0, False),
        (ItemKind.MULTIPLE, Answer(chosen=[2, 1, 0]), 4, True),
        (ItemKind.MULTIPLE, Answer(chosen=[0, 1]), 2, False),
        (ItemKind.MULTIPLE, Answer(chosen=[2]), 2, False),
        (ItemKind.MULTIPLE, Answer(chosen=[0, 1, 2, 3]), 0, False),
        (ItemKind.MULTIPLE, Answer(chosen=[3]), 0, False),
        (ItemKind.MULTIPLE, Answer(), 0, False),
        (ItemKind.TRUE_FALSE, Answer(truth=False), 4, True),
        (ItemKind.TRUE_FALSE, Answer(truth=True), 0, False),
        (ItemKind.TRUE_FALSE, Answer(), 0, False),
        (ItemKind.BLANK, Answer(blanks=["5日"]), 4, True),
        (ItemKind.BLANK, Answer(blanks=["五个工作日"]), 4, True),
        (ItemKind.BLANK, Answer(blanks=["十五日"]), 0, False),
        (ItemKind.BLANK, Answer(blanks=["", "五日"]), 0, False),
        (ItemKind.BLANK, Answer(blanks=[]), 0, False),
        (ItemKind.CALCULATION, Answer(amount="２万元"), 4, True),
        (ItemKind.CALCULATION, Answer(amount="20,000"), 4, True),
        (ItemKind.CALCULATION, Answer(amount="2"), 0, False),
        (ItemKind.CALCULATION, Answer(amount="两万左右"), 0, False),
        (ItemKind.SHORT, Answer(words="  "), 0, False),
    ],
)
def test_points_follow_the_stated_rules(kind, answer, score, right):
    assert grade(item(kind), answer, FOUR) == Grade(Decimal(score), right)


def test_no_answer_earns_nothing_and_free_words_wait():
    assert grade(item(ItemKind.SHORT), None, FOUR) == Grade(Decimal(0), False)
    assert grade(item(ItemKind.SHORT), Answer(words="先告知"), FOUR) == WAITS


def test_the_rule_that_is_shown_is_the_rule_that_is_graded():
    assert "得该题一半分" in PARTIAL_CREDIT
    assert grade(item(ItemKind.MULTIPLE), Answer(chosen=[0]), Decimal(1)).score == Decimal("0.50")
    assert grade(item(ItemKind.MULTIPLE), Answer(chosen=[0]), Decimal("0.05")).score == Decimal("0.03")


def test_blanks_earn_equal_shares():
    three = item(ItemKind.BLANK).model_copy(update={"key": Key(blanks=[["甲"], ["乙"], ["丙"]])})
    assert grade(three, Answer(blanks=["甲", "丁", "丙"]), Decimal(1)) == Grade(Decimal("0.67"), False)
    assert grade(three, Answer(blanks=["甲", "乙"]), Decimal(3)) == Grade(Decimal("2.00"), False)


@pytest.mark.parametrize(
    ("given_words", "accepted"),
    [
        ("五日", "5日"),
        ("５ 日", "五日"),
        ("十 五 日", "15日"),
        ("二年", "两年"),
        ("5万元", "五万元"),
        ("50000元", "五万元"),
        ("50,000元", "5万元"),
        ("百分之五", "5%"),
        ("５％", "百分之五"),
        ("千分之三", "3‰"),
        ("三分之二", "2/3"),
        ("《行政处罚法》", "行政处罚法"),
        ("警告、罚款。", "警告，罚款"),
        ("第33条", "第三十三条"),
        ("ABC", "ａｂｃ"),
        ("1.5倍", "一点五倍"),
    ],
)
def test_ways_of_writing_the_same_are_the_same(given_words, accepted):
    assert same_words(given_words, accepted)
    assert same_words(accepted, given_words)


@pytest.mark.parametrize(
    ("given_words", "accepted"),
    [
        ("五日", "十五日"),
        ("五日", "五十日"),
        ("5万元", "5元"),
        ("", ""),
        ("。", "。"),
        ("百分之五", "五"),
        ("五年", "五日"),
    ],
)
def test_what_is_another_thing_is_another(given_words, accepted):
    assert not same_words(given_words, accepted)


@pytest.mark.parametrize(
    ("written", "sum_of_yuan"),
    [
        ("5000", 5000),
        ("5000元", 5000),
        ("５０００ 元", 5000),
        ("5,000元", 5000),
        ("0.5万元", 5000),
        ("五千元整", 5000),
        ("5千", 5000),
        ("￥5000", 5000),
        ("壹万伍仟元", 15000),
        ("3元5角", "3.5"),
        ("", None),
        ("-5", None),
        ("五", 5),
        ("很多", None),
        ("元", None),
        ("一万至二万", None),
    ],
)
def test_sums_are_read_however_they_are_written(written, sum_of_yuan):
    assert yuan(written) == (None if sum_of_yuan is None else Decimal(sum_of_yuan))


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_not_but_never_fails(text):
    assert yuan(text) is None or yuan(text) >= 0
    assert plain(plain(text)) is not None
    assert same_words(text, text) is bool(plain(text))


@given(st.integers(min_value=0, max_value=99999), st.sampled_from(["日", "元", "倍", ""]))
def test_every_number_is_the_same_in_digits_and_in_characters(number, unit):
    from corpus.numerals import format_number

    assert same_words(f"{number}{unit}", f"{format_number(number)}{unit}")


CHOICES = st.sampled_from([ItemKind.SINGLE, ItemKind.MULTIPLE])


@given(CHOICES, st.permutations(range(4)), st.sets(st.integers(0, 5)), st.decimals("0.5", "20", places=1))
def test_any_order_of_the_options_earns_the_same(kind, order, own_chosen, points):
    own = item(kind)
    place = {index: shown for shown, index in enumerate(order)}
    as_shown = Answer(chosen=sorted(place.get(index, index) for index in own_chosen))
    plainly = grade(own, Answer(chosen=sorted(own_chosen & {0, 1, 2, 3})), points)
    assert grade(own, own_answer(as_shown, order), points) == plainly
    if own_chosen <= {0, 1, 2, 3}:
        assert grade(shown_item(own, order), as_shown, points) == plainly


@given(st.sampled_from(list(ItemKind)), st.integers(0, 2**16), st.decimals("0.1", "100", places=2))
def test_points_are_between_nothing_and_all(kind, seed, points):
    chance = Random(seed)
    answer = Answer(
        chosen=chance.sample(range(8), chance.randrange(9)),
        truth=chance.choice([None, True, False]),
        blanks=[chance.choice(["五日", "", "三"]) for _ in range(chance.randrange(4))],
        words=chance.choice(["", "先告知"]),
        amount=chance.choice(["", "2万元", "x"]),
    )
    graded = grade(item(kind), answer, points)
    assert graded == WAITS or (graded.score is not None and 0 <= graded.score <= points)
    assert (graded.right is True) is (graded.score == points)


def test_only_the_answer_of_the_form_counts_as_an_answer():
    filled = {
        Form.ONE: Answer(chosen=[0]),
        Form.TRUTH: Answer(truth=False),
        Form.BLANKS: Answer(blanks=["x"]),
        Form.AMOUNT: Answer(amount="1"),
        Form.POINTS: Answer(words="x"),
    }
    for form in filled:
        assert [other for other, answer in filled.items() if is_answered(form, answer)] == [form]
