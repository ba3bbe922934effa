"""Numbers and dates are read as the spreadsheet shows them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.sheets_display import displayed_moment, displayed_number, plain_number


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (1.0, "General", "1"),
        (0.1 + 0.2, "General", "0.3"),
        (2.50, "General", "2.5"),
        (441900123456789.0, "General", "441900123456789"),
        (0.3, "0%", "30%"),
        (0.125, "0.0%", "12.5%"),
        (12000.0, "#,##0", "12,000"),
        (12000.5, '#,##0.00"元"', "12,000.50元"),
        (7.0, "000000", "000007"),
        (-3.0, "0;(0)", "(3)"),
        (0.0, '0;-0;"无"', "无"),
        (50000.0, '0,"千元"', "50千元"),
        (5.0, "[Red]0.0", "5.0"),
        (3.0, "[$￥-804]#,##0", "￥3"),
        (1.5, "0.##", "1.5"),
        (1.0, "0.##", "1"),
        (0.5, "# ?/?", "0.5"),
        (13800138000.0, "000-0000-0000", "13800138000"),
        (1234.0, "0.00E+00", "1234"),
        (2.0, '"第"0"档"', "第2档"),
    ],
)
def test_a_number_is_shown_under_its_format(value: float, pattern: str, shown: str) -> None:
    assert displayed_number(value, pattern) == shown


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("yyyy-mm-dd", "2026-03-01"),
        ('yyyy"年"m"月"d"日"', "2026年3月1日"),
        ("yyyy/m/d", "2026/3/1"),
        ("mm-dd-yy", "2026-03-01"),
        ("[$-804]yyyy年m月", "2026年3月"),
        ("yyyy-mm-dd hh:mm", "2026-03-01 00:00"),
        ("d-mmm-yy", "2026-03-01"),
    ],
)
def test_a_date_is_shown_under_its_format_or_in_full(pattern: str, shown: str) -> None:
    assert displayed_moment(dt.datetime(2026, 3, 1), pattern) == shown


def test_the_minute_of_a_time_is_no_month() -> None:
    assert displayed_moment(dt.datetime(2026, 3, 1, 14, 5), "yyyy-m-d h:mm") == "2026-3-1 14:05"


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_no_digit_of_a_whole_number_is_lost(value: int) -> None:
    assert plain_number(float(value)) == str(value)


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e12, max_value=1e12), st.text(max_size=12))
def test_no_format_however_odd_breaks_the_reading(value: float, pattern: str) -> None:
    assert isinstance(displayed_number(value, pattern), str)
    assert isinstance(displayed_moment(dt.datetime(2026, 3, 1), pattern), str)
