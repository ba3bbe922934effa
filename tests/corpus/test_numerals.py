"""Chinese numerals: exhaustive where the set is small, a table of spellings, and what must be refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import InvalidInput
from corpus.numerals import LARGEST, format_number, parse_number

DIGITS = "零一二三四五六七八九"


def spelled_by_hand(n: int) -> str:
    """An independent speller for 1..9999, written from the rule book, to prove the library against."""
    out, pending_zero = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, n = divmod(n, size)
        if digit:
            out += ("零" if pending_zero else "") + DIGITS[digit] + unit
            pending_zero = False
        elif out:
            pending_zero = True
    return out[1:] if out.startswith("一十") else out


def test_every_number_to_9999_is_written_as_statutes_write_it() -> None:
    assert [format_number(n) for n in range(1, 10_000)] == [spelled_by_hand(n) for n in range(1, 10_000)]


def test_every_number_to_9999_is_read_back() -> None:
    assert [parse_number(spelled_by_hand(n)) for n in range(1, 10_000)] == list(range(1, 10_000))


@given(st.integers(0, LARGEST))
def test_written_numbers_read_back(n: int) -> None:
    assert parse_number(format_number(n)) == n


@given(st.integers(0, LARGEST))
def test_arabic_numbers_read_as_themselves_in_both_widths(n: int) -> None:
    full_width = str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert parse_number(str(n)) == parse_number(f"{n:,}") == parse_number(full_width) == n


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("十", 10),
        ("一十", 10),
        ("十一", 11),
        ("一百一十", 110),
        ("一百十", 110),
        ("一百十二", 112),
        ("一百二十四", 124),
        ("一千零五十六", 1056),
        ("一千〇五十六", 1056),
        ("一千零十", 1010),
        ("一千二百零一", 1201),
        ("两百", 200),
        ("两千零二", 2002),
        ("十万", 100_000),
        ("十五万", 150_000),
        ("二百万", 2_000_000),
        ("一亿", 100_000_000),
        ("二〇二一", 2021),
        ("二零二六", 2026),
        ("一三三", 133),
        ("零", 0),
        ("〇", 0),
        ("１２４", 124),
        ("1,000", 1000),
        ("１，０００", 1000),
        (" 33 ", 33),
        ("壹佰贰拾", 120),
        ("033", 33),
    ],
)
def test_spellings_people_use(text: str, n: int) -> None:
    assert parse_number(text) == n


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "，", "第一", "一条", "1.5", "-5", "负五", "一点五", "1,00", "10,00", "abc", "²", "①", "Ⅻ", "半"),
        *("百百", "十十", "百", "万", "零一", "五十十", "一百零", "一百零零一", "一千五百百", "一十百", "三四百"),
        *("一百五", "一千五", "五万3", "3万", "几", "数十", "十余", "一 百", "1 000"),
    ],
)
def test_nonsense_and_double_meanings_are_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_number(text)


@pytest.mark.parametrize("n", [-1, LARGEST + 1])
def test_numbers_out_of_range_are_refused(n: int) -> None:
    with pytest.raises(InvalidInput):
        format_number(n)
