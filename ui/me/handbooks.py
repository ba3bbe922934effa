"""One's handbooks (执法手册): the list, or the one that is being written."""

from __future__ import annotations

import streamlit as st

from assistant.handbook.contract import HandbookInfo
from assistant.userdata.words import PageQuery
from corpus.clock import local
from ui.connection import service
from ui.markup import block, element, tag, text
from ui.me.handbook_editor import NEW, leave_draft, show_editor
from ui.paging import PER_PAGE, offset, page_buttons

OPENED = "handbook"


def show_handbooks() -> None:
    opened = st.query_params.get(OPENED)
    if opened:
        st.button("‹ 全部手册", key="handbook_back", on_click=_open, args=(None,))
        show_editor(opened)
        return
    st.button("新编手册", key="handbook_new", type="primary", icon=":material/add:", on_click=_open, args=(NEW,))
    page = service().mine.handbooks(PageQuery(limit=PER_PAGE, offset=offset("handbooks_page")))
    if not page.total:
        hint = "从收藏中选条文，加上自己的标题与说明，导出为带出处的 Word 文件。"
        st.html(block(element("div", "还没有手册。"), element("div", hint, "ea-quiet"), css="ea-notice"))
        return
    for number, info in enumerate(page.items):
        with st.container(horizontal=True, key=f"kept_handbook_{number}", vertical_alignment="center"):
            st.html(_info_html(info))
            st.button("打开", key=f"handbook_open_{number}", on_click=_open, args=(info.id,))
    page_buttons(page.total, "handbooks_page")


def _info_html(info: HandbookInfo) -> str:
    facts = tag(f"条文 {info.passages} 条") + tag(f"{local(info.changed_at):%Y-%m-%d %H:%M}")
    return block(element("div", text(info.title), "ea-title"), element("div", facts, "ea-tags"))


def _open(handbook_id: str | None) -> None:
    leave_draft()
    if handbook_id is None:
        st.query_params.pop(OPENED, None)
    else:
        st.query_params[OPENED] = handbook_id
