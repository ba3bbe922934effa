"""Hours of everybody (学时): of the forty that a year asks for; to look at and to take away."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial

import streamlit as st
from pydantic import ValidationError

from assistant.problems import error_from_validation
from assistant.quiz.paper_contract import HoursEntry, HoursQuery
from ui.conditions import EARLIEST
from ui.connection import service
from ui.markup import block, element
from ui.paging import PER_PAGE, offset, page_buttons
from ui.problems import show_problem
from ui.quiz.saying import empty
from ui.quiz.tables import table_html
from ui.quiz.words import number
from ui.state import today

YEARLY_HOURS = Decimal(40)
_PAGE = "quiz_hours_page"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_hours() -> None:
    hint = "学时按考试和练习的实际用时累计，供年度培训（每人每年 40 学时）登记参考。"
    st.html(block(element("p", hint, "ea-quiet")))
    with st.container(horizontal=True, key="quiz_hours_range"):
        since = _day("自", dt.date(today().year, 1, 1), "quiz_hours_since")
        until = _day("至", today(), "quiz_hours_until")
    try:
        query = HoursQuery(since=since, until=until, limit=PER_PAGE, offset=offset(_PAGE))
    except ValidationError as error:
        show_problem(error_from_validation(error.errors()))
        return
    papers = service().papers  # the download below runs where nobody's cookie is known
    page = papers.hours(query)
    if not page.total:
        empty("这段时间没有考试或练习的记录。")
        return
    st.html(hours_html(page.items))
    page_buttons(page.total, _PAGE)
    st.download_button(
        "下载学时表（XLSX）",
        data=partial(papers.hours_xlsx, HoursQuery(since=since, until=until)),
        file_name=f"学时-{since or ''}至{until or ''}.xlsx",
        mime=_XLSX,
        key="quiz_hours_download",
        on_click="ignore",
        icon=":material/download:",
    )


def hours_html(entries: list[HoursEntry]) -> str:
    """One row per person."""
    heads = ["姓名", "部门", "考试（次）", "练习（组）", "学时", "年度 40 学时"]
    rows = [
        [e.person, e.department, str(e.exams), str(e.practices), number(e.hours), f"{e.hours / YEARLY_HOURS:.0%}"]
        for e in entries
    ]
    return block(table_html(heads, rows, numbers_from=2))


def _day(label: str, value: dt.date, key: str) -> dt.date | None:
    return st.date_input(
        label, value, min_value=EARLIEST, max_value=dt.date(today().year + 1, 12, 31), format="YYYY-MM-DD", key=key
    )
