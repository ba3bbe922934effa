"""What needs a person (待核对): every doubt of reading with its place and page, checked off or corrected."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.uploads.contract import DOUBT_KIND_ZH, DoubtEntry, DoubtKind, DoubtsQuery
from corpus.clock import local
from corpus.errors import EAssistantError
from ui.connection import service
from ui.desk.review import show_review as show_records
from ui.links import ENCYCLOPEDIA, href, link
from ui.markup import badge, block, element, tag, text
from ui.narrowing import one_or_all
from ui.page_picture import show_page_picture
from ui.paging import PER_PAGE, offset, page_buttons
from ui.problems import show_problem
from ui.words import Badge

RECORD = "record"
_STATES = {"未核对": False, "已核对": True}


def show_doubts() -> None:
    said = st.session_state.pop("manage_doubt_said", None)
    if isinstance(said, EAssistantError):
        show_problem(said)
    if st.query_params.get(RECORD):
        show_records()
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="manage_doubt_filters"):
        state = st.segmented_control("核对", list(_STATES), default="未核对", key="manage_doubt_state")
        kind = st.segmented_control(
            "种类", list(DoubtKind), key="manage_doubt_kind", format_func=lambda k: DOUBT_KIND_ZH[k]
        )
    document = st.session_state.get("manage_doubt_document")
    page = service().corpora.doubts(
        DoubtsQuery(
            kind=kind,
            document=document,
            marked=_STATES.get(state or ""),
            limit=PER_PAGE,
            offset=offset("manage_doubts_page", (kind, document, state)),
        )
    )
    if len(page.documents) > 1:
        one_or_all("文件", page.documents, str, every="全部文件", key="manage_doubt_document")
    if not page.total:
        words = "没有要核对的事项。" if state == "未核对" else "没有符合这些条件的事项。"
        st.html(block(element("div", words), css="ea-notice"))
        return
    st.html(block(element("p", f"共 {page.total} 项，其中 {page.waiting} 项尚未核对。", "ea-quiet")))
    for number, doubt in enumerate(page.items):
        with st.container(border=True, key=f"manage_doubt_{number}"):
            _show_doubt(doubt, number)
    page_buttons(page.total, "manage_doubts_page")


def doubt_html(doubt: DoubtEntry) -> str:
    """A doubt: of what, where, why, what to do, and who looked into it."""
    tags = [tag(DOUBT_KIND_ZH[doubt.kind])]
    tags += [tag(doubt.place)] if doubt.place else []
    tags += [tag(f"第{doubt.page}页")] if doubt.page else []
    if doubt.mark is not None:
        tags.append(badge(Badge(f"已核对无误（{doubt.mark.person}，{local(doubt.mark.at):%Y-%m-%d}）", "good")))
    note = f"说明：{doubt.mark.note}" if doubt.mark and doubt.mark.note else ""
    return block(
        element("div", text(doubt.document), "ea-title"),
        element("div", "".join(tags), "ea-tags"),
        element("div", text(f"{doubt.message}{doubt.remedy}")),
        element("div", text(f"原文：{doubt.text[:200]}"), "ea-quiet") if doubt.text else "",
        element("div", text(note), "ea-quiet") if note else "",
        _links_html(doubt),
    )


def _links_html(doubt: DoubtEntry) -> str:
    if doubt.record is not None:
        return ""
    if doubt.provision_id:
        return link("打开条文", href(ENCYCLOPEDIA, {"provision": doubt.provision_id}))
    if doubt.document_id:
        return link("打开文件", href(ENCYCLOPEDIA, {"law": doubt.document_id}))
    return ""


def _show_doubt(doubt: DoubtEntry, number: int) -> None:
    st.html(doubt_html(doubt))
    if doubt.provision_id:
        show_page_picture(doubt.provision_id, doubt.page, key="manage_doubt")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if doubt.record is not None:
            st.button("对照原件更正 ›", key=f"manage_doubt_open_{number}", on_click=_open, args=(doubt.record,))
        if doubt.mark is not None:
            _button("取消标记", f"unmark_{number}", lambda: service().corpora.unmark(doubt.key))
            return
        note = st.text_input(
            "说明（可不填）",
            key=f"manage_note_{doubt.key}",
            max_chars=500,
            placeholder="说明（可不填）",
            label_visibility="collapsed",
        )
        _button("核对无误", f"mark_{number}", lambda: service().corpora.mark(doubt.key, note or ""))


def _open(key: str) -> None:
    st.query_params[RECORD] = key


def _button(words: str, name: str, action: Callable[[], object]) -> None:
    """A button whose action is told what stands in the fields now, which may be newer than what was last drawn."""
    if st.button(words, key=f"manage_{name}"):
        _do(action)
        st.rerun()


def _do(action: Callable[[], object]) -> None:
    try:
        action()
    except EAssistantError as error:
        st.session_state["manage_doubt_said"] = error
