"""Dates of adoption, amendment and commencement in the head of a text."""

from __future__ import annotations

import datetime as dt

import pytest

from ingest.identify.history import adoption_days, commencement_day, outside_quotes, read_day, read_history, written_day

D = dt.date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2012年8月31日 通过", D(2012, 8, 31)),
        ("２０１２年２月２９日", D(2012, 2, 29)),
        ("一九九六年三月十七日", D(1996, 3, 17)),
        ("二〇二一年十二月三十一日", D(2021, 12, 31)),
        ("2012年 8 月 3 日", D(2012, 8, 3)),
        ("2012年2月30日", None),
        ("2012年8月", None),
        ("第十二次会议", None),
    ],
)
def test_a_day_is_read_as_printed_and_never_completed(text: str, day: dt.date | None) -> None:
    assert read_day(text) == day


def test_a_note_over_several_amendments_is_cut_into_its_events() -> None:
    note = (
        "（2000年5月25日示范市第一届人民代表大会常务委员会第二十五次会议通过 根据2002年1月21日示范市第一届人民代表大会"
        "常务委员会第三十八次会议《关于修改〈示范市甲条例〉的决定》第一次修正　"
        "2013年11月30日示范市第四届人民代表大会修订）"
    )
    events = read_history(note)
    assert [e.day for e in events] == [D(2000, 5, 25), D(2002, 1, 21), D(2013, 11, 30)]
    assert events[0].words == "示范市第一届人民代表大会常务委员会第二十五次会议通过"
    assert events[1].words.endswith("第一次修正")


def test_a_day_inside_a_quoted_title_is_no_event() -> None:
    note = "2019年3月2日《国务院关于停止执行2010年1月1日施行的规定的决定》修订"
    assert [e.day for e in read_history(note)] == [D(2019, 3, 2)]


@pytest.mark.parametrize(
    ("text", "adopted", "commences"),
    [
        ("2012年2月27日 会议通过\n2012年4月10日 施行", [D(2012, 2, 27)], D(2012, 4, 10)),
        ("已经2024年5月6日会议审议通过，现予公布，自2024年7月1日起施行。", [D(2024, 5, 6)], D(2024, 7, 1)),
        ("2017年12月1日 省人大常委会通过", [D(2017, 12, 1)], None),
        ("令\n2024年5月20日", [D(2024, 5, 20)], None),
        ("来源：2024年5月20日 浏览", [], None),
        ("", [], None),
    ],
)
def test_days_of_adoption_and_of_commencement_are_told_apart(
    text: str, adopted: list[dt.date], commences: dt.date | None
) -> None:
    assert adoption_days(text) == adopted
    assert commencement_day(text) == commences


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("成文日期：2024年6月3日", D(2024, 6, 3)),
        ("成文日期: 2024-06-03", D(2024, 6, 3)),
        ("发布日期：2024-06-03", None),
        ("成文日期：2024-13-03", None),
    ],
)
def test_the_day_a_text_was_written_is_not_the_day_its_page_went_online(text: str, day: dt.date | None) -> None:
    assert written_day(text) == day


def test_who_made_the_law_that_is_carried_out_is_left_out_with_its_title() -> None:
    assert outside_quotes("《示范市实施〈全国人民代表大会代表法〉办法》修订") == "修订"
