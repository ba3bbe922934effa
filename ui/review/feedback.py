"""The queue of feedback (反馈队列): what was said of which answer, settled with a reply or made a curated answer."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from assistant.contract import AskResponse
from assistant.feedback.contract import (
    FEEDBACK_KIND_ZH,
    FEEDBACK_STATE_ZH,
    FeedbackDetail,
    FeedbackKind,
    FeedbackQuery,
    FeedbackSettlement,
    FeedbackState,
)
from assistant.problems import error_from_validation
from corpus.errors import EAssistantError, NotFound
from ui.conclusion import conclusion_html, refusal_html
from ui.connection import service
from ui.markup import block, element, provision_text, text
from ui.me.feedback import feedback_html
from ui.narrowing import one_or_all
from ui.paging import PER_PAGE, offset, page_buttons
from ui.problems import show_problem
from ui.review.drafting import draft_from_feedback

OPENED = "feedback"


def show_feedback_queue() -> None:
    opened = st.query_params.get(OPENED)
    if opened:
        st.button("‹ 全部反馈", key="review_feedback_back", on_click=_open, args=(None,))
        try:
            _show_entry(service().review.feedback_entry(opened))
        except NotFound as error:
            show_problem(error)
        return
    with st.container(horizontal=True, key="review_feedback_filters"):
        state = one_or_all(
            "状态", list(FeedbackState), FEEDBACK_STATE_ZH.__getitem__, every="全部状态", key="review_feedback_state"
        )
        kind = one_or_all(
            "种类", list(FeedbackKind), FEEDBACK_KIND_ZH.__getitem__, every="全部种类", key="review_feedback_kind"
        )
    query = FeedbackQuery(kind=kind, state=state, limit=PER_PAGE, offset=offset("review_feedback_page", (state, kind)))
    page = service().review.feedback(query)
    if not page.total:
        st.html(block(element("div", "没有符合条件的反馈。" if kind or state else "还没有反馈。"), css="ea-notice"))
        return
    st.html(block(element("p", f"共 {page.total} 条。", "ea-quiet")))
    for number, entry in enumerate(page.items):
        with st.container(border=True, key=f"review_feedback_{number}"):
            st.html(feedback_html(entry))
            st.button("处理 ›", key=f"review_feedback_open_{number}", on_click=_open, args=(entry.id,))
    page_buttons(page.total, "review_feedback_page")


def _show_entry(entry: FeedbackDetail) -> None:
    st.html(feedback_html(entry))
    with st.expander("当时的答复", expanded=True, key="review_feedback_answer"):
        st.html(answer_html(entry.response, entry.hidden))
    state = st.segmented_control(
        "状态",
        list(FeedbackState),
        default=entry.state,
        required=True,
        format_func=FEEDBACK_STATE_ZH.__getitem__,
        key=f"review_feedback_to_{entry.id}",
    )
    note = st.text_area(
        "回复（提交人可见）", entry.note, max_chars=2000, height=90, key=f"review_feedback_note_{entry.id}"
    )
    with st.container(horizontal=True, key="review_feedback_actions"):
        if st.button("保存处理结果", key="review_feedback_save", type="primary"):
            _settle(entry, state or entry.state, note)
        if entry.curated_id:
            st.button(
                "查看由此写成的审定答复", key="review_feedback_made", on_click=_to_curated, args=(entry.curated_id,)
            )
        else:
            st.button("据此拟写审定答复", key="review_feedback_write", on_click=draft_from_feedback, args=(entry,))
    saved = st.session_state.pop("review_feedback_saved", None)
    if saved == entry.id:
        st.html(block(element("div", "已保存，提交人可在“我的反馈”中看到。", "ea-quiet"), role="status"))


def answer_html(response: AskResponse, hidden: int) -> str:
    """The answer as it was served, with the words it quoted."""
    if response.refused:
        body = refusal_html(response, premature=False)
    else:
        numbers = {cited.key: number for number, cited in enumerate(response.citations, 1)}
        body = conclusion_html(response.sentences, numbers, "review")
    quotes = "".join(
        element("div", text(f"{number}. {cited.citation}"), "ea-title") + provision_text(cited.quote, {})
        for number, cited in enumerate(response.citations, 1)
    )
    notes = "".join(element("div", text(note)) for note in response.notes)
    day = f"适用日期 {response.as_of:%Y-%m-%d}"
    return block(
        element("div", element("span", day, "ea-fact"), "ea-facts"),
        body,
        quotes,
        element("div", notes, "ea-notes") if notes else "",
        element("div", f"有 {hidden} 处引用不在您的阅读范围内，未显示。", "ea-remark") if hidden else "",
        css="ea-card",
    )


def _settle(entry: FeedbackDetail, state: FeedbackState, note: str) -> None:
    try:
        service().review.settle_feedback(entry.id, FeedbackSettlement(state=state, note=note))
    except ValidationError as error:
        show_problem(error_from_validation(error.errors()))
        return
    except EAssistantError as error:
        show_problem(error)
        return
    st.session_state["review_feedback_saved"] = entry.id
    st.rerun()


def _open(feedback_id: str | None) -> None:
    if feedback_id is None:
        st.query_params.pop(OPENED, None)
    else:
        st.query_params[OPENED] = feedback_id


def _to_curated(curated_id: str) -> None:
    st.query_params.pop(OPENED, None)
    st.query_params["curated"] = curated_id
    st.session_state["review"] = "审定答复"
