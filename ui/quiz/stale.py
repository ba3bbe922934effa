"""Items whose law has changed (依据变动): checked anew on demand, each with the words before and after."""

from __future__ import annotations

import streamlit as st

from assistant.quiz.contract import ItemQuery, StaleReport
from ui.connection import service
from ui.links import link
from ui.markup import block, element
from ui.paging import PER_PAGE, offset, page_buttons
from ui.quiz.address import to
from ui.quiz.item_card import item_html
from ui.quiz.picking import pick_box, show_actions
from ui.quiz.saying import attempt, empty, say

_PAGE = "quiz_stale_page"


def show_stale() -> None:
    hint = (
        "试题所引条文修改、废止或者不再收录的，自动停止使用并列在这里；改好后自动恢复。"
        "资料更新后会自动核对，也可现在核对。"
    )
    st.html(block(element("p", hint, "ea-quiet")))
    if st.button("现在核对", key="quiz_stale_check", icon=":material/fact_check:"):
        with st.spinner("正在逐题核对依据…"):
            report = attempt(service().quiz.stale)
        if report is not None:
            say(stale_words(report))
        st.rerun()
    page = service().quiz.items(ItemQuery(blocked=True, limit=PER_PAGE, offset=offset(_PAGE)))
    if not page.total:
        empty("没有依据已变动的试题。", link("返回试题列表", to("bank")))
        return
    st.html(block(element("p", f"共 {page.total} 题。可打开修改，或选中后停用。", "ea-quiet")))
    show_actions(exporting=False)
    for item in page.items:
        with st.container(border=True, key=f"quiz_stale_{item.id}"):
            pick_box(item, "stale")
            st.html(item_html(item, address=to("bank", item=item.id)))
    page_buttons(page.total, _PAGE)


def stale_words(report: StaleReport) -> str:
    """What a check came to."""
    words = f"已按 {report.as_of:%Y-%m-%d} 有效的条文核对 {report.checked} 题："
    words += f"{len(report.blocked)} 题的依据已变动" if report.blocked else "依据均未变动"
    return f"{words}；{len(report.released)} 题恢复使用。" if report.released else f"{words}。"
