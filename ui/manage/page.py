"""The page 资料管理: one part at a time, each with its own address (``?tab=``), for those who may use it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from assistant.accounts.contract import Me
from assistant.accounts.roles import Permission
from corpus.errors import EAssistantError
from ui.connection import service
from ui.manage.documents import show_documents
from ui.manage.doubts import show_doubts
from ui.manage.index import show_index
from ui.manage.uploading import show_uploads
from ui.markup import block, element
from ui.preparation import show_preparation
from ui.problems import show_problem
from ui.review.page import show_review

TAB = "tab"
_OPENED = ("upload", "feedback", "curated", "record", "document")
"""What an opened entry of a part is named by in the address; another part does not know it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its name in the address, on the screen, and who may use it."""

    name: str
    title: str
    permission: Permission
    show: Callable[[], None]


PARTS = (
    Part("upload", "上传", Permission.MANAGE_CORPUS, show_uploads),
    Part("documents", "资料列表", Permission.MANAGE_CORPUS, show_documents),
    Part("review-records", "待核对", Permission.REVIEW, show_doubts),
    Part("index", "索引", Permission.MANAGE_CORPUS, show_index),
    Part("review", "反馈与审定", Permission.REVIEW, show_review),
)


def parts_of(me: Me) -> list[Part]:
    """The parts that a person may use."""
    return [part for part in PARTS if me.may(part.permission)]


def show_page() -> None:
    show_preparation()
    st.html(block(element("h2", "资料管理")))
    try:
        parts = {part.name: part for part in parts_of(service().me())}
        if not parts:
            st.html(block(element("div", "您的角色不能管理资料，请联系管理员。"), css="ea-notice"))
            return
        asked = st.query_params.get(TAB, "")
        first = asked if asked in parts else next(iter(parts))
        if st.session_state.get("manage_tab") not in parts or st.session_state.get("manage_asked") != asked:
            st.session_state["manage_tab"] = first
        wanted = st.segmented_control(
            "部分",
            list(parts),
            required=True,
            key="manage_tab",
            format_func=lambda name: parts[name].title,
            label_visibility="collapsed",
            on_change=_turn,
        )
        st.session_state["manage_asked"] = asked
        parts[wanted or first].show()
    except EAssistantError as error:
        show_problem(error)


def _turn() -> None:
    """Another part: the address names it, and nothing that was open in the last one."""
    for name in _OPENED:
        st.query_params.pop(name, None)
    st.query_params[TAB] = st.session_state["manage_tab"]
    st.session_state["manage_asked"] = st.session_state["manage_tab"]
