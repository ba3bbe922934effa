"""Feedback under an answer (评价答复): one row; the words are asked for once a kind is chosen."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from assistant.contract import AskResponse
from assistant.feedback.contract import FEEDBACK_KIND_ZH, FeedbackKind, FeedbackRequest
from assistant.problems import error_from_validation
from corpus.errors import EAssistantError
from ui.connection import service
from ui.links import href, link
from ui.markup import block, element
from ui.problems import show_problem

_GIVEN = "feedback_given"
_HINTS = {
    FeedbackKind.WRONG_CITATION: "哪一处引用有误？应当引用哪一条？",
    FeedbackKind.MISSING: "缺了什么？",
    FeedbackKind.OUTDATED: "哪一条已经修改或废止？",
}


def show_feedback(message_id: str, response: AskResponse, region: str | None = None) -> None:
    """The row under one answer; ``message_id`` tells it apart on the page and in the queue."""
    given: set[str] = st.session_state.setdefault(_GIVEN, set())
    if message_id in given:
        where = link("我的反馈", href("me", {"mine": "我的反馈"}))
        st.html(block(element("div", f"已收到您的评价，处理结果见{where}。", "ea-quiet"), role="status"))
        return
    with st.container(key=f"feedback_{message_id}"):
        kind = st.pills(
            "评价这条答复",
            list(FeedbackKind),
            format_func=FEEDBACK_KIND_ZH.__getitem__,
            key=f"feedback_kind_{message_id}",
        )
        if kind is None:
            return
        words = ""
        if kind is not FeedbackKind.USEFUL:
            words = st.text_area(
                "说明（可不填）",
                placeholder=_HINTS[kind],
                max_chars=2000,
                height=90,
                key=f"feedback_words_{message_id}",
            )
        if st.button("提交评价", key=f"feedback_send_{message_id}", icon=":material/send:"):
            _send(message_id, response, region, kind, words)


def _send(message_id: str, response: AskResponse, region: str | None, kind: FeedbackKind, words: str) -> None:
    try:
        service().feedback.give(
            FeedbackRequest(kind=kind, words=words, message_id=message_id, region=region, response=response)
        )
    except ValidationError as error:
        show_problem(error_from_validation(error.errors()))
        return
    except EAssistantError as error:
        show_problem(error)
        return
    st.session_state[_GIVEN].add(message_id)
    st.rerun()
