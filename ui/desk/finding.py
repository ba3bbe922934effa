"""Finding the standard (查找标准): what happened in spoken words, where and when; what fits, and why."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from assistant.discretion.contract import FindRequest, FindResponse
from assistant.problems import error_from_validation
from ui.conditions import day_input, documents_if_any, regions_held
from ui.connection import service
from ui.desk.standards import item_html, standard_html
from ui.desk.state import (
    ACT_DAY,
    DESCRIPTION,
    REGION,
    case,
    choose_standard,
    chosen_day,
    description,
    region,
)
from ui.labels import plain
from ui.markup import block, element, text
from ui.problems import show_problem

_MOST = 8


def show_finding() -> None:
    """The form, and what was found for what it says."""
    _show_form()
    request = _request()
    if request is None:
        return
    held = case()
    if held.asked != request:
        with st.spinner("正在查找适用的裁量标准……"):
            held.found = service().desk.find(request)
        held.asked = request
    if held.found is not None:
        show_found(held.found)


def _show_form() -> None:
    st.text_area(
        "违法情形",
        key=DESCRIPTION,
        height=80,
        max_chars=2000,
        placeholder="说一句话即可，如 养殖场把粪水直接排河里",
        persist_state="session",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="desk_where"):
        held = regions_held(documents_if_any())
        current = st.session_state.get(REGION)
        st.selectbox(
            "地区",
            [*held, *([current] if current and current not in held else [])],
            index=None,
            placeholder="不限（可输入，如 江门市）",
            accept_new_options=True,
            key=REGION,
            persist_state="session",
            help="只用本地和上级的裁量基准；不选则按设定的地区。",
        )
        day_input("违法行为日期", key=ACT_DAY, help_="按这一天的规定看依据是否有效；决定日期在核查拟罚款时另填。")
        st.button("查找", key="desk_find", type="primary")


def _request() -> FindRequest | None:
    words = description()
    if words is None:
        return None
    try:
        return FindRequest(description=words, region=region(), as_of=chosen_day(ACT_DAY), limit=_MOST)
    except ValidationError as error:
        show_problem(error_from_validation(error.errors()))
        return None


def show_found(found: FindResponse) -> None:
    """Standards to choose from, best first, then entries of no-penalty and leniency lists."""
    if found.notes:
        st.html(block(*(element("div", text(note)) for note in found.notes), css="ea-notes"))
    if not found.standards and not found.items:
        st.html(block(element("div", "没有找到相近的裁量标准或清单项。可换个说法，或核对地区。"), css="ea-notice"))
        return
    if found.standards:
        st.html(block(element("div", f"裁量标准（{len(found.standards)}）", "ea-lead")))
    for number, candidate in enumerate(found.standards):
        with st.container(border=True, key=f"desk_found_{number}"):
            st.html(standard_html(candidate.standard, candidate.why))
            st.button(
                "用这一项 ›",
                key=f"desk_choose_{number}",
                type="primary" if number == 0 else "secondary",
                help=plain(candidate.standard.title),
                on_click=choose_standard,
                args=(candidate.standard.key,),
            )
    if found.items:
        st.html(block(element("div", f"不予处罚、从轻减轻等清单（{len(found.items)}）", "ea-lead")))
    for number, entry in enumerate(found.items):
        with st.expander(plain(entry.item.violation), key=f"desk_item_{number}"):
            st.html(item_html(entry.item, entry.why))
