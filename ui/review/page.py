"""The reviewers' part (审核): feedback, curated answers, questions without a source. A tab of 资料管理."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from corpus.errors import EAssistantError
from ui.problems import show_problem
from ui.review.curated import show_curated
from ui.review.feedback import show_feedback_queue
from ui.review.refused import show_refused

PARTS: dict[str, Callable[[], None]] = {
    "反馈": show_feedback_queue,
    "审定答复": show_curated,
    "缺依据的提问": show_refused,
}


def show_review() -> None:
    """One queue at a time; ``?review=`` in the address names it."""
    names = list(PARTS)
    wanted = st.segmented_control(
        "队列", names, default=names[0], required=True, key="review", label_visibility="collapsed", bind="query-params"
    )
    try:
        PARTS[wanted or names[0]]()
    except EAssistantError as error:
        show_problem(error)
