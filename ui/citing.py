"""The look-up page (法条查询): citations as people write them, their state on a day, and the words."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from pydantic import ValidationError

from assistant.contract import CiteRequest, CiteResponse, CiteResult
from assistant.problems import error_from_validation
from corpus.errors import EAssistantError
from corpus.vocabulary import State
from ui.amounts import amount_marks
from ui.conditions import day_input
from ui.connection import service
from ui.labels import plain
from ui.markup import badge, block, element, provision_text, text
from ui.preparation import show_preparation
from ui.problems import show_problem
from ui.reading import copy_buttons, open_provision
from ui.state import today
from ui.words import state_badge

_EXAMPLES = ("处罚法33条第一款", "食安法一百二十四条", "水污染防治法第八十三条", "行政处罚法第一百二十条")


def show_page() -> None:
    show_preparation()
    st.html(
        block(element("h2", "法条查询"), element("p", "写下法条，看它当日的效力与原文；可一次写多条。", "ea-quiet"))
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="citing_line"):
        st.text_input("法条", key="cited", placeholder=f"如 {_EXAMPLES[0]}", persist_state="session")
        day = day_input("适用日期", key="cited_on")
        st.button("查询", key="look_up", type="primary")
    written = st.session_state.get("cited") or ""
    if not written.strip():
        _show_examples()
        return
    try:
        response = service().cite(CiteRequest(text=written, as_of=day))
    except ValidationError as error:
        show_problem(error_from_validation(error.errors()))
    except EAssistantError as error:
        show_problem(error)
    else:
        _show_response(response)


def _show_examples() -> None:
    with st.container(horizontal=True, key="examples"):
        for number, example in enumerate(_EXAMPLES):
            st.button(example, key=f"example_{number}", on_click=_write, args=(example,))


def _write(words: str) -> None:
    st.session_state["cited"] = words


def _show_response(response: CiteResponse) -> None:
    if response.notes:
        st.html(block(*(element("div", text(note)) for note in response.notes), css="ea-notes"))
    for number, result in enumerate(response.results):
        with st.container(border=True, key=f"cited_{number}"):
            st.html(result_html(result, response.as_of))
            with st.container(horizontal=True, key=f"cited_{number}_actions"):
                if result.state in (State.IN_FORCE, State.AMENDED) and result.text:
                    copy_buttons(result.citation, result.text, key=f"cited_{number}")
                if result.provision_id and st.button("看整条与前后条", key=f"cited_{number}_open"):
                    open_provision(result.provision_id, response.as_of)
                for place, candidate in enumerate(result.candidates):
                    st.button(plain(candidate), key=f"cited_{number}_{place}", on_click=_write, args=(candidate,))


def result_html(result: CiteResult, as_of: dt.date) -> str:
    """State, reason and words of one resolved citation."""
    parts = [
        element("div", text(result.citation), "ea-title"),
        element(
            "div",
            badge(state_badge(result.state, day=as_of, today=today()))
            + element("span", text(f"适用日期 {as_of:%Y-%m-%d}"), "ea-tag"),
            "ea-tags",
        ),
    ]
    if result.reason:
        parts.append(element("div", text(result.reason), "ea-reason"))
    if result.note:
        parts.append(element("div", text(result.note), "ea-remark"))
    if result.successor:
        parts.append(element("div", text(f"后继：{result.successor}"), "ea-reason"))
    if result.text:
        if result.current_text:
            parts.append(element("div", "当日原文", "ea-lead"))
        parts.append(provision_text(result.text, amount_marks(result.text)))
    if result.current_text:
        parts.append(element("div", "现行原文", "ea-lead"))
        parts.append(provision_text(result.current_text, amount_marks(result.current_text)))
    return block(*parts, css="ea-card")
