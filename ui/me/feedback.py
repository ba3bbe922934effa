"""One's own feedback (我的反馈) and what became of it."""

from __future__ import annotations

import streamlit as st

from assistant.feedback.contract import FEEDBACK_KIND_ZH, FEEDBACK_STATE_ZH, FeedbackState, OwnFeedback
from assistant.userdata.words import PageQuery
from corpus.clock import local
from ui.connection import service
from ui.markup import badge, block, element, tag, text
from ui.paging import PER_PAGE, offset, page_buttons
from ui.words import Badge

STATE_TONES = {FeedbackState.OPEN: "missing", FeedbackState.IN_WORK: "changed", FeedbackState.SETTLED: "good"}


def show_own_feedback() -> None:
    page = service().feedback.own(PageQuery(limit=PER_PAGE, offset=offset("own_feedback_page")))
    if not page.total:
        words = "还没有提交过反馈。"
        hint = "在答复下方可以评价：有用、引用有误、内容缺漏、依据过时；处理结果会显示在这里。"
        st.html(block(element("div", words), element("div", hint, "ea-quiet"), css="ea-notice"))
        return
    for number, given in enumerate(page.items):
        with st.container(border=True, key=f"own_feedback_{number}"):
            st.html(feedback_html(given))
    page_buttons(page.total, "own_feedback_page")


def feedback_html(given: OwnFeedback) -> str:
    """Feedback with its state and the reviewers' reply."""
    state = badge(Badge(FEEDBACK_STATE_ZH[given.state], STATE_TONES[given.state]))
    day = f"{local(given.created_at):%Y-%m-%d %H:%M}"
    return block(
        element("div", text(given.question), "ea-title"),
        element("div", state + tag(FEEDBACK_KIND_ZH[given.kind]) + tag(day), "ea-tags"),
        element("p", text(given.words)) if given.words else "",
        element("div", f"答复：{text(given.note)}", "ea-remark") if given.note else "",
        css="ea-card",
    )
