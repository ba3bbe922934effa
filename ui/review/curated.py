"""Curated answers (审定答复): the list with what has gone stale, one of them, or the one being written."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.curated.contract import (
    CURATED_STATE_ZH,
    CuratedDecision,
    CuratedDetail,
    CuratedEntry,
    CuratedQuery,
    CuratedState,
)
from corpus.clock import local
from corpus.errors import EAssistantError, NotFound
from ui.connection import service
from ui.markup import badge, block, element, provision_text, tag, text
from ui.paging import PER_PAGE, offset, page_buttons
from ui.problems import show_problem
from ui.review.curated_editor import show_editor
from ui.review.drafting import NEW, OPENED, begun, current_draft, draft_from, draft_new, leave_draft
from ui.words import Badge

_TONES = {CuratedState.DRAFT: "changed", CuratedState.APPROVED: "good", CuratedState.WITHDRAWN: "missing"}
_PROBLEM = "curated_problem"


def show_curated() -> None:
    opened = st.query_params.get(OPENED)
    if opened:
        st.button("‹ 全部审定答复", key="curated_back", on_click=_open, args=(None,))
        draft = current_draft()
        if opened == NEW:
            show_editor(draft or begun())
        else:
            _show_entry(service().review.curated_entry(opened))
        return
    st.button("新拟审定答复", key="curated_new", type="primary", icon=":material/add:", on_click=draft_new)
    state = st.segmented_control(
        "状态", list(CuratedState), format_func=CURATED_STATE_ZH.__getitem__, key="curated_state"
    )
    stale = st.checkbox("只看今日不能使用的", key="curated_stale")
    page = service().review.curated(
        CuratedQuery(state=state, stale=stale, limit=PER_PAGE, offset=offset("curated_page", (state, stale)))
    )
    if not page.total:
        words = "没有符合条件的审定答复。" if state or stale else "还没有审定答复。"
        hint = "可由反馈写成，也可直接新拟；审定后，同样的问题优先用它作答。"
        st.html(block(element("div", words), element("div", hint, "ea-quiet"), css="ea-notice"))
        return
    st.html(block(element("p", f"共 {page.total} 条。", "ea-quiet")))
    for number, entry in enumerate(page.items):
        with st.container(border=True, key=f"curated_{number}"):
            st.html(entry_html(entry))
            st.button("打开 ›", key=f"curated_open_{number}", on_click=_open, args=(entry.id,))
    page_buttons(page.total, "curated_page")


def entry_html(entry: CuratedEntry) -> str:
    """A curated answer in short, with why it is not served today."""
    tags = badge(Badge(CURATED_STATE_ZH[entry.state], _TONES[entry.state]))
    if entry.faults and entry.state is not CuratedState.WITHDRAWN:
        tags += badge(Badge("今日不能使用", "bad"))
    until = f" 至 {entry.valid_until:%Y-%m-%d}" if entry.valid_until else " 起"
    tags += tag(entry.region or "不限地区") + tag(f"适用 {entry.valid_from:%Y-%m-%d}{until}")
    who = f"拟写：{entry.author}"
    if entry.approver and entry.approved_at:
        who += f" · 审定：{entry.approver}（{local(entry.approved_at):%Y-%m-%d}）"
    return block(
        element("div", text(entry.title), "ea-title"),
        element("div", tags, "ea-tags"),
        element("div", text(f"问题：{entry.question}")),
        element("div", text(who), "ea-quiet"),
        *(element("div", text(fault), "ea-remark") for fault in entry.faults),
        css="ea-card",
    )


def _show_entry(entry: CuratedDetail) -> None:
    st.html(entry_html(entry))
    if entry.phrasings:
        st.html(block(element("div", text("其他问法：" + "；".join(entry.phrasings)), "ea-quiet")))
    citations = _citations(entry)
    for paragraph in entry.paragraphs:
        quotes = "".join(
            element("div", text(citations.get(quote.provision_id, "所引条文")), "ea-title")
            + provision_text(quote.quote, {})
            for quote in paragraph.quotes
        )
        st.html(block(element("p", text(paragraph.text)), element("div", quotes, "ea-remark"), css="ea-card"))
    if entry.hidden:
        words = "有段落所引条文读不到（已不在语料中，或不在您的阅读范围内），未显示；修改保存后以所写为准。"
        st.html(block(element("div", words), css="ea-notice ea-refusal"))
    note = st.text_input("说明（记入历史，可不填）", max_chars=1000, key=f"curated_note_{entry.id}")
    with st.container(horizontal=True, key="curated_actions"):
        approvable, withdrawable = entry.state is not CuratedState.APPROVED, entry.state is not CuratedState.WITHDRAWN
        if approvable and st.button("审定", key="curated_approve", type="primary"):
            _decide(service().review.approve_curated, entry.id, note)
        if withdrawable and st.button("撤回", key="curated_withdraw"):
            _decide(service().review.withdraw_curated, entry.id, note)
        st.button("修改", key="curated_change", on_click=draft_from, args=(entry, citations))
    problem = st.session_state.pop(_PROBLEM, None)
    if problem is not None:
        show_problem(problem)
    rows = "".join(
        element("li", text(f"{local(c.at):%Y-%m-%d %H:%M} {c.person} {c.action} {c.note}".strip()))
        for c in entry.history
    )
    st.html(block(element("h4", "历史"), element("ul", rows)))


def _citations(entry: CuratedDetail) -> dict[str, str]:
    found: dict[str, str] = {}
    for provision_id in {q.provision_id for p in entry.paragraphs for q in p.quotes}:
        try:
            found[provision_id] = service().provision(provision_id).citation
        except NotFound:
            continue
    return found


def _decide(decision: Callable[[str, CuratedDecision], object], curated_id: str, note: str) -> None:
    """Decide with the note as it stands now, and show what came of it."""
    try:
        decision(curated_id, CuratedDecision(note=note))
    except EAssistantError as error:
        st.session_state[_PROBLEM] = error
    st.rerun()


def _open(curated_id: str | None) -> None:
    leave_draft()
    if curated_id is None:
        st.query_params.pop(OPENED, None)
    else:
        st.query_params[OPENED] = curated_id
