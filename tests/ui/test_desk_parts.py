"""The parts of the desk that decide what is asked and drawn: steps to a tier, the chart, names of files."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from assistant.discretion.contract import Against, CheckResponse, ComputeResponse, NoPenaltyResult, Position, TierInfo
from assistant.discretion.words import plain_number, range_words, yuan_words
from ui.desk.chart import chart_html, position_words
from ui.desk.exporting import plain_name
from ui.desk.tiers import matching, steps, tier_words


def tier(index, when, **more):
    return TierInfo(index=index, when=when, fines={}, **more)


AXES = ("次数", "区域", "改正")
TIERS = [
    tier(0, {"次数": "一次", "区域": "城区", "改正": "已改"}),
    tier(1, {"次数": "一次", "区域": "城区", "改正": "未改"}),
    tier(2, {"次数": "一次", "区域": "郊区", "改正": None}),
    tier(3, {"次数": "二次", "区域": None, "改正": None}),
    tier(4, {}, catch_all="造成严重后果的"),
]


@pytest.mark.parametrize(
    ("chosen", "asked", "left"),
    [
        ({}, [("次数", ("一次", "二次", "造成严重后果的"))], [0, 1, 2, 3, 4]),
        ({"次数": "二次"}, [("次数", ("一次", "二次", "造成严重后果的"))], [3]),
        ({"次数": "造成严重后果的"}, [("次数", ("一次", "二次", "造成严重后果的"))], [4]),
        ({"次数": "一次"}, [("次数", ...), ("区域", ("城区", "郊区"))], [0, 1, 2]),
        ({"次数": "一次", "区域": "郊区"}, [("次数", ...), ("区域", ("城区", "郊区"))], [2]),
        ({"次数": "一次", "区域": "城区"}, [("次数", ...), ("区域", ...), ("改正", ("已改", "未改"))], [0, 1]),
        ({"次数": "一次", "区域": "城区", "改正": "未改"}, [("次数", ...), ("区域", ...), ("改正", ...)], [1]),
    ],
)
def test_only_axes_that_still_matter_are_asked(chosen, asked, left):
    found = steps(AXES, TIERS, chosen)
    assert [step.axis for step in found] == [axis for axis, _ in asked]
    assert all(options is ... or step.options == options for step, (_, options) in zip(found, asked, strict=True))
    assert [t.index for t in matching(AXES, TIERS, chosen)] == left


def test_rows_without_axes_are_told_apart_by_their_words():
    rows = [
        tier(0, {}, grade="较轻", circumstances=["首次", "已改正"], joint=True),
        tier(1, {}, grade="严重", circumstances=["拒不改正"]),
    ]
    assert steps((), rows, {}) == []
    assert [tier_words(row) for row in rows] == ["较轻 · 同时：首次；已改正", "严重 · 拒不改正"]


def check(*ranges, proposed=None):
    against = [
        Against(name=name, position=position, min_yuan=low, max_yuan=high, gap_yuan=gap, text="")
        for name, position, low, high, gap in ranges
    ]
    computed = ComputeResponse(state="computed", standard="k", title="", document="")
    return CheckResponse(
        computed=computed,
        proposed_yuan=proposed,
        against=against,
        verdict="",
        ok=None,
        no_penalty=NoPenaltyResult(result="不适用", text=""),
    )


LAW = ("法定幅度", Position.INSIDE, Decimal(100000), Decimal(1000000), None)
BENCHMARK = ("裁量基准", Position.ABOVE, Decimal(280000), Decimal(280000), Decimal(20000))


def test_bars_and_line_stand_on_one_scale():
    html = chart_html(check(LAW, BENCHMARK, proposed=Decimal(300000)))
    places = [float(number) for number in re.findall(r"(?:left|width):([\d.]+)%", html)]
    line, left, width, at, none = places
    assert (left, width) == (pytest.approx(100 / 11, abs=0.01), pytest.approx(900 / 11, abs=0.01))
    assert line == pytest.approx(300 / 11, abs=0.01)
    assert (at, none) == (pytest.approx(280 / 11, abs=0.01), 0)


def test_the_chart_is_said_in_words():
    words = "拟罚款 30万元：在法定幅度（10万元至100万元）之内；高于裁量基准（28万元） 2万元。"
    response = check(LAW, BENCHMARK, proposed=Decimal(300000))
    assert position_words(response) == words
    assert f'role="img" aria-label="{words}"' in chart_html(response)


@pytest.mark.parametrize("proposed", [Decimal(0), Decimal("0.01"), Decimal(10) ** 15])
def test_any_sum_stays_on_the_chart(proposed):
    html = chart_html(check(LAW, proposed=proposed))
    assert all(0 <= float(number) <= 100 for number in re.findall(r"(?:left|width):([\d.eE+-]+)%", html))


def test_a_range_without_an_upper_bound_is_open_to_the_right():
    html = chart_html(check(("法定幅度", Position.INSIDE, Decimal(50000), None, None), proposed=Decimal(60000)))
    assert "ea-open" in html


def test_without_a_range_in_yuan_there_is_no_chart():
    assert chart_html(check(("法定幅度", Position.UNKNOWN, None, None, None), proposed=Decimal(1))) == ""


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("0", "0元"),
        ("9999.5", "9,999.5元"),
        ("10000", "1万元"),
        ("12345", "1.2345万元"),
        ("12345.67", "12,345.67元"),
        ("1E+6", "100万元"),
        ("200000000", "20,000万元"),
    ],
)
def test_sums_are_written_for_reading_and_stay_exact(yuan, words):
    assert yuan_words(Decimal(yuan)) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (1, 2, "1元至2元"),
        (3, 3, "3元"),
        (None, 50000, "最高5万元"),
        (50000, None, "最低5万元"),
        (None, None, ""),
    ],
)
def test_ranges_are_written_with_the_bounds_they_have(low, high, words):
    as_sum = [None if bound is None else Decimal(bound) for bound in (low, high)]
    assert range_words(*as_sum) == words


def test_numbers_have_no_idle_zeros_and_no_exponent():
    assert [plain_number(Decimal(n)) for n in ("20.00", "1E+3", "33.3333")] == ["20", "1000", "33.3333"]


@pytest.mark.parametrize(
    ("name", "file"), [("某厂/排污案", "某厂排污案"), ("..\\x:y", "..xy"), (None, ""), ("甲\n乙", "甲乙")]
)
def test_names_of_files_have_nothing_that_a_file_system_refuses(name, file):
    assert plain_name(name) == file
