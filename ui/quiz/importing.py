"""Taking in items from a file (导入试题): what was taken, what could not be read and why, what is there already."""

from __future__ import annotations

import streamlit as st

from assistant.quiz.contract import Format, ImportReport, ItemState, Move
from ui.connection import service
from ui.links import link
from ui.markup import block, element, text
from ui.paging import PER_PAGE, offset, page_buttons
from ui.quiz.address import to
from ui.quiz.item_card import item_html
from ui.quiz.picking import move_button
from ui.quiz.saying import attempt
from ui.quiz.twins import twin_html
from ui.quiz.words import FORMAT_ZH, excerpt

_REPORT, _PAGE = "quiz_import_report", "quiz_import_page"
_TYPES = ["xml", "gift", "xlsx", "txt"]


def show_import() -> None:
    hint = (
        "可导入 Moodle XML、GIFT、Excel（XLSX）和文本（TXT，含“答案：”“解析：”）文件。"
        "读出的试题存为草稿，读不出的逐行说明；没有依据的试题，发布前须由人写明依据。"
    )
    st.html(block(element("p", hint, "ea-quiet")))
    file = st.file_uploader(
        f"选择文件（不超过 {st.get_option('server.maxUploadSize')} MB）", _TYPES, key="quiz_import_file"
    )
    form = st.selectbox(
        "格式",
        list(Format),
        index=None,
        placeholder="由文件名和内容判断",
        format_func=FORMAT_ZH.__getitem__,
        key="quiz_import_form",
    )
    if st.button("导入", type="primary", key="quiz_import_send", disabled=file is None) and file is not None:
        with st.spinner("正在读取并核对…"):
            report = attempt(lambda: service().quiz.take_in(file.name, file.getvalue(), form))
        st.session_state[_REPORT] = report
        st.session_state[_PAGE] = 1
        st.rerun()
    report = st.session_state.get(_REPORT)
    if isinstance(report, ImportReport):
        _show_report(report)


def _show_report(report: ImportReport) -> None:
    st.html(import_html(report))
    drafts = [item for item in report.items if item.state is ItemState.DRAFT]
    if drafts:
        with st.container(horizontal=True, key="quiz_imported_actions"):
            stems = {item.id: excerpt(item.stem, 40) for item in drafts}
            move_button(Move.SUBMIT, list(stems), stems, key="imported", what=f"全部 {len(stems)} 题")
    start = offset(_PAGE)
    for item in report.items[start : start + PER_PAGE]:
        with st.container(border=True, key=f"quiz_imported_{item.id}"):
            st.html(item_html(item, address=to("bank", item=item.id)))
    page_buttons(len(report.items), _PAGE)


def import_html(report: ImportReport) -> str:
    """What a file came to."""
    words = f"导入 {len(report.items)} 题，存为草稿。" if report.items else "没有导入试题。"
    more = f" {link('在题库中查看草稿', to('bank', state='draft'))}" if report.items else ""
    css = "ea-notice ea-right" if report.items else "ea-notice ea-refusal"
    parts = [element("div", text(words) + more, css, role="status")]
    if report.faults:
        rows = "".join(
            element("li", element("b", text(fault.place)) + " " + text(fault.message) + " " + text(fault.remedy))
            for fault in report.faults
        )
        told = f"{len(report.faults)} 处没有读入，其余不受影响："
        parts.append(element("div", element("div", text(told)) + element("ul", rows), "ea-notice ea-refusal"))
    if report.twins:
        pairs = "".join(twin_html(twin) for twin in report.twins)
        summary = f"{len(report.twins)} 对试题与题库已有的或彼此近似"
        parts.append(element("details", element("summary", text(summary)) + pairs))
    return block(*parts)
