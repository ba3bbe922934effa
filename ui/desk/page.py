"""The page 裁量核查: find, choose, result, check, export; and the records that need a person."""

from __future__ import annotations

import streamlit as st

from corpus.errors import EAssistantError, NotFound
from ui.connection import service
from ui.desk.checking import show_check
from ui.desk.choosing import show_choice
from ui.desk.computing import show_result
from ui.desk.exporting import show_export
from ui.desk.finding import show_finding
from ui.desk.review import show_review
from ui.desk.standards import basis_html, standard_html
from ui.desk.state import ACT_DAY, chosen_day, chosen_standard, leave_standard
from ui.markup import block, element, text
from ui.preparation import show_preparation
from ui.problems import show_problem
from ui.words import DISCLAIMER

CHECKING, REVIEWING = "核查", "待核对记录"


def show_page() -> None:
    show_preparation()
    st.html(block(element("h2", "裁量核查"), element("p", "罚多少、为什么：每一步都有出处。", "ea-quiet")))
    wanted = st.segmented_control(
        "做什么",
        [CHECKING, REVIEWING],
        default=CHECKING,
        required=True,
        key="view",
        label_visibility="collapsed",
        bind="query-params",
    )
    try:
        if wanted == REVIEWING:
            show_review()
        elif chosen_standard():
            _show_standard(chosen_standard() or "")
        else:
            show_finding()
    except EAssistantError as error:
        if chosen_standard() and isinstance(error, NotFound):
            st.button("‹ 另选标准", key="desk_back_lost", on_click=leave_standard)
        show_problem(error)
    st.html(block(element("div", text(DISCLAIMER)), css="ea-footer"))


def _show_standard(key: str) -> None:
    """The chosen standard: options on the left, what they give on the right; then the proposed fine."""
    st.button("‹ 另选标准", key="desk_back", on_click=leave_standard)
    standard = service().desk.standard(key, chosen_day(ACT_DAY))
    st.html(standard_html(standard))
    with st.expander("依据与法定幅度原文", key="desk_basis"):
        st.html(basis_html(standard))
    left, right = st.columns([5, 6], gap="medium")
    with left, st.container(key="desk_choices"):
        choice = show_choice(standard)
    with right, st.container(key="desk_outcome"):
        computed = show_result(standard, choice)
    if computed is None:
        return
    checked = show_check(standard, choice)
    if checked is not None:
        show_export(checked)
