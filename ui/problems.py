"""What went wrong, for the officer (错误提示): plain Chinese, with what to do."""

from __future__ import annotations

import streamlit as st

from assistant.problems import problem_from_error
from corpus.errors import EAssistantError, ServerUnavailable, StillPreparing
from ui.markup import block, element, text


def explain(error: EAssistantError) -> tuple[str, str, str]:
    """Title, what happened, and what to do."""
    if isinstance(error, ServerUnavailable):
        return (
            "连接不上答复服务",
            "网页还在，但答复服务没有应答。",
            "请稍候片刻再试；若一直如此，请重新运行 script/start，或告诉管理员。",
        )
    problem = problem_from_error(error)
    return problem.title, problem.detail, problem.remedy or ""


def problem_html(error: EAssistantError) -> str:
    """The notice as HTML."""
    title, detail, remedy = explain(error)
    tone = "ea-wait" if isinstance(error, StillPreparing) else "ea-problem"
    return block(
        element("div", text(title), "ea-notice-title"),
        element("div", text(detail)),
        element("div", text(remedy), "ea-quiet"),
        css=f"ea-notice {tone}",
    )


def show_problem(error: EAssistantError) -> None:
    st.html(problem_html(error))
