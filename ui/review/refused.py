"""Questions refused for lack of a source (缺依据的提问): what the corpus lacks, and what was done about it."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from assistant.problems import error_from_validation
from assistant.refused.contract import REFUSED_STATE_ZH, RefusedGroup, RefusedQuery, RefusedSettlement, RefusedState
from corpus.errors import EAssistantError
from ui.connection import service
from ui.markup import badge, block, element, tag, text
from ui.paging import PER_PAGE, offset, page_buttons
from ui.problems import show_problem
from ui.words import Badge

_TONES = {RefusedState.OPEN: "changed", RefusedState.SETTLED: "good"}
_PROBLEM = "refused_problem"


def show_refused() -> None:
    state = st.segmented_control(
        "状态",
        list(RefusedState),
        format_func=REFUSED_STATE_ZH.__getitem__,
        default=RefusedState.OPEN,
        key="refused_state",
    )
    page = service().review.refused(RefusedQuery(state=state, limit=PER_PAGE, offset=offset("refused_page", state)))
    if not page.total:
        hint = "因语料没有依据而未能作答的问题会归并列在这里，不记提问人。"
        st.html(block(element("div", "没有这样的提问。"), element("div", hint, "ea-quiet"), css="ea-notice"))
        return
    st.html(block(element("p", f"共 {page.total} 组，问得多的在前；不记提问人。", "ea-quiet")))
    for group in page.items:
        with st.container(border=True, key=f"refused_{group.id}"):
            _show_group(group)
    page_buttons(page.total, "refused_page")


def group_html(group: RefusedGroup) -> str:
    """A group with how often it was asked, and what was nearest."""
    days = (
        f"{group.first_day:%Y-%m-%d}"
        if group.first_day == group.last_day
        else (f"{group.first_day:%Y-%m-%d} 至 {group.last_day:%Y-%m-%d}")
    )
    tags = badge(Badge(REFUSED_STATE_ZH[group.state], _TONES[group.state])) + tag(f"{group.count} 次") + tag(days)
    tags += tag(group.region) if group.region else ""
    nearest = f"最接近：{'；'.join(group.nearest)}" if group.nearest else ""
    return block(
        element("div", text(group.question), "ea-title"),
        element("div", tags, "ea-tags"),
        element("div", text(nearest), "ea-quiet") if nearest else "",
        element("div", text(group.note), "ea-remark") if group.note else "",
        css="ea-card",
    )


def _show_group(group: RefusedGroup) -> None:
    st.html(group_html(group))
    if group.state is RefusedState.SETTLED:
        st.button("重新列为待补充", key=f"refused_reopen_{group.id}", on_click=_settle, args=(group, RefusedState.OPEN))
    else:
        with st.container(horizontal=True, key=f"refused_{group.id}_actions", vertical_alignment="bottom"):
            st.text_input(
                "处理说明", group.note, placeholder="如 已导入《…条例》", max_chars=1000, key=f"refused_note_{group.id}"
            )
            st.button(
                "标为已处理", key=f"refused_settle_{group.id}", on_click=_settle, args=(group, RefusedState.SETTLED)
            )
    problem = st.session_state.get(_PROBLEM)
    if problem is not None and problem[0] == group.id:
        show_problem(st.session_state.pop(_PROBLEM)[1])


def _settle(group: RefusedGroup, state: RefusedState) -> None:
    note = st.session_state.get(f"refused_note_{group.id}", group.note)
    try:
        service().review.settle_refused(group.id, RefusedSettlement(state=state, note=note))
    except ValidationError as error:
        st.session_state[_PROBLEM] = (group.id, error_from_validation(error.errors()))
    except EAssistantError as error:
        st.session_state[_PROBLEM] = (group.id, error)
