"""The page 操作日志: narrowed by day, person and act, page by page; verified; saved as a table."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from pydantic import ValidationError

from assistant.auditlog.contract import ACT_ZH, Act, LogFilter, LogQuery, Surface, Verification, VerifyQuery
from assistant.problems import error_from_validation
from corpus.errors import EAssistantError
from ui.auditlog.entries import csv_file, entries_html
from ui.auditlog.people import names_of_accounts
from ui.auditlog.words import SURFACE_ZH
from ui.conditions import EARLIEST
from ui.connection import service
from ui.labels import plain
from ui.markup import block, element, text
from ui.narrowing import one_or_all
from ui.paging import PER_PAGE, offset, page_buttons
from ui.problems import show_problem
from ui.state import today

_PAGE = "log_page"
_ABOUT = "谁在何时、由何入口做了什么，新的在前。日志只增不改，每条都含上一条的哈希，改动可以查出。"


def show_page() -> None:
    st.html(block(element("h2", "操作日志"), element("p", _ABOUT, "ea-quiet")))
    try:
        names = names_of_accounts()
        wanted = _wanted(names)
        _show_entries(wanted, names)
        _show_verification()
    except EAssistantError as error:
        show_problem(error)


def _wanted(names: dict[str, str]) -> LogFilter:
    """What the fields ask for; each stands in the address."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="log_filter"):
        since = _day("自", "since")
        until = _day("至", "until")
        person = one_or_all(
            "人员", list(names), lambda id_: plain(names.get(id_, "")), every="所有人", key="who", in_address=True
        )
        act = one_or_all("操作", list(Act), ACT_ZH.__getitem__, every="所有操作", key="act", in_address=True)
        surface = one_or_all(
            "入口", list(Surface), SURFACE_ZH.__getitem__, every="所有入口", key="way", in_address=True
        )
    return LogFilter(since=since, until=until, person=person, act=act, surface=surface)


def _day(label: str, key: str) -> dt.date | None:
    latest = today()
    found: dt.date | None = st.date_input(
        label, None, EARLIEST, latest, key=key, format="YYYY-MM-DD", bind="query-params", width=150
    )
    return found


def _show_entries(wanted: LogFilter, names: dict[str, str]) -> None:
    if wanted.since and wanted.until and wanted.since > wanted.until:
        st.html(block(element("div", "起始日期晚于截止日期，请改后再看。"), css="ea-notice ea-refusal"))
        return
    query = LogQuery(**wanted.model_dump(), limit=PER_PAGE, offset=offset(_PAGE, wanted))
    page = service().auditlog.entries(query)
    if not page.total:
        st.html(block(element("div", "没有符合这些条件的记录。请放宽日期、人员或操作。"), css="ea-notice"))
        return
    with st.container(horizontal=True, vertical_alignment="center", key="log_found"):
        st.html(block(element("span", f"共 {page.total:,} 条。", "ea-quiet")))
        log = service().auditlog  # a download runs where nobody's cookie is known
        st.download_button(
            "导出表格（CSV）",
            data=lambda: csv_file(log.export(wanted), names),
            file_name=f"操作日志-{today():%Y%m%d}.csv",
            mime="text/csv",
            key="log_export",
            on_click="ignore",
            icon=":material/download:",
            help="导出符合上列条件的全部记录。导出本身记入日志。",
        )
    st.html(entries_html(page.items, names))
    page_buttons(page.total, _PAGE)


def _show_verification() -> None:
    st.html(block(element("h3", "校验"), element("p", "逐条核对整个日志有没有被改动、删去或调换。", "ea-quiet")))
    noted = st.text_input(
        "先前抄存的末条哈希（可不填）",
        key="log_head",
        max_chars=64,
        placeholder="64 位，填了可查出末尾是否被截去",
        autocomplete="off",
    )
    if not st.button("校验整个日志", key="log_verify", icon=":material/verified:"):
        return
    try:
        head = VerifyQuery(head=(noted or "").strip().lower() or None).head
    except ValidationError as error:
        show_problem(error_from_validation(error.errors()))
        return
    with st.spinner("正在逐条核对"):
        found = service().auditlog.verify(head)
    st.html(verification_html(found))


def verification_html(found: Verification) -> str:
    """Whether the log holds, and what to do."""
    if not found.ok:
        where = f"第 {found.bad_seq} 条" if found.bad_seq else "整个日志"
        return block(
            element("div", "日志有问题", "ea-notice-title"),
            element("div", text(f"{found.fault}。")),
            element("div", text(f"位置：{where}；此前 {found.entries:,} 条无误。"), "ea-quiet"),
            element("div", "请停止使用并保留现场，与最近的备份比对。", "ea-quiet"),
            css="ea-notice ea-problem",
            role="alert",
        )
    erased = f"其中 {found.erased:,} 条的个人信息已依记载删除。" if found.erased else ""
    return block(
        element("div", "日志完整，未被改动", "ea-notice-title"),
        element("div", text(f"共核对 {found.entries:,} 条，首尾相连。{erased}")),
        element("div", text(f"末条哈希：{found.head}")),
        element("div", "请把末条哈希抄存在别处，日后填在上面，可查出其后是否有记录被截去。", "ea-quiet"),
        css="ea-notice ea-right",
        role="status",
    )
