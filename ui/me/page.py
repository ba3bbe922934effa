"""The page 我的: one part at a time, each with its own address."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from corpus.errors import EAssistantError
from ui.markup import block, element
from ui.me.account import show_account
from ui.me.data import show_data
from ui.me.entries import show_favourites, show_recent
from ui.me.feedback import show_own_feedback
from ui.me.handbooks import show_handbooks
from ui.problems import show_problem

PARTS: dict[str, Callable[[], None]] = {
    "收藏": show_favourites,
    "最近": show_recent,
    "我的反馈": show_own_feedback,
    "执法手册": show_handbooks,
    "账户": show_account,
    "本人数据": show_data,
}


def show_page() -> None:
    st.html(block(element("h2", "我的")))
    names = list(PARTS)
    wanted = st.segmented_control(
        "部分", names, default=names[0], required=True, key="mine", label_visibility="collapsed", bind="query-params"
    )
    try:
        PARTS[wanted or names[0]]()
    except EAssistantError as error:
        show_problem(error)
