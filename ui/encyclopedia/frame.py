"""What stands around every view (页面框架): the way back, the as-of day, the search box."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from corpus.errors import EAssistantError
from ui.conditions import EARLIEST, documents_if_any, regions_held
from ui.connection import service
from ui.encyclopedia.address import DAY, REGION, Address
from ui.encyclopedia.parts import row, rows
from ui.links import link
from ui.markup import block, element, text
from ui.state import today

_WORDS, _OF = "ea_words", "ea_words_of"
_DAY, _REGION = "ea_day", "ea_region"
_SUGGESTED = 8


def show_top(address: Address, crumbs: Sequence[tuple[str, str]], here: str = "") -> None:
    """The path to this view, and the day, which a tap changes."""
    with st.container(horizontal=True, vertical_alignment="center", key="ea_top"):
        parts = [link("百科", address.to()) if address.view else element("h2", "百科")]
        parts += [link(words, target) for words, target in crumbs]
        parts += [element("span", text(here), aria_current="page")] if here else []
        st.html(block(element("nav", element("span", " › ").join(parts), "ea-crumbs", aria_label="所在位置")))
        _show_day(address)


def _show_day(address: Address) -> None:
    day = address.day or today()
    label = f"适用日期 {day:%Y-%m-%d}" + ("" if address.day else "（今天）")
    with st.popover(label, icon=":material/event:", type="tertiary", key="ea_day_popover"):
        st.session_state[_DAY] = day
        st.date_input(
            "按这一天有效的规定显示",
            min_value=EARLIEST,
            max_value=dt.date(today().year + 5, 12, 31),
            format="YYYY-MM-DD",
            key=_DAY,
            on_change=_choose_day,
        )
        if address.day:
            st.html(block(link("回到今天", address.narrowed(**{DAY: None}))))


def show_region(address: Address) -> None:
    """Where the officer is: rules and material of other places are left out."""
    given = address.get(REGION)
    st.session_state[_REGION] = given
    st.selectbox(
        "地区",
        sorted({*regions_held(documents_if_any()), *filter(None, [given])}),
        index=None,
        key=_REGION,
        placeholder="不限地区（可输入，如 宁波市）",
        accept_new_options=True,
        on_change=_choose_region,
        help="选定后只列国家、所属省和本地的规定与材料。",
        width=360,
    )


def _choose_region() -> None:
    region = (st.session_state[_REGION] or "").strip()
    if region:
        st.query_params[REGION] = region
    else:
        st.query_params.pop(REGION, None)


def _choose_day() -> None:
    day: dt.date = st.session_state[_DAY]
    if day == today():
        st.query_params.pop(DAY, None)
    else:
        st.query_params[DAY] = day.isoformat()


@st.fragment
def show_search(address: Address) -> None:
    """The search box; what is typed is completed below it, and a search has an address of its own."""
    asked = address.get("words") if address.view == "words" else None
    if st.session_state.get(_OF) != asked:
        st.session_state[_OF] = asked
        st.session_state[_WORDS] = asked or ""
    with st.container(horizontal=True, vertical_alignment="bottom", key="ea_search"):
        typed = st.text_input(
            "检索百科",
            key=_WORDS,
            placeholder="法规、条文、违法行为或案例，如 占用消防通道",
            live="300ms",
            max_chars=200,
            persist_state="session",
        )
        pressed = st.button("检索", type="primary", key="ea_search_go")
    words = (typed or "").strip()
    if pressed and words:
        kept = {name: value for name in (DAY, REGION) if (value := address.get(name))}
        st.query_params.from_dict({"words": words, **kept})
        st.rerun()
    if len(words) > 1 and words != asked:
        _show_suggestions(words, address)


def _show_suggestions(words: str, address: Address) -> None:
    try:
        found = service().encyclopedia.suggest(words, _SUGGESTED)
    except EAssistantError:
        return  # a completion that cannot be had is not worth a notice
    listed = [
        row(s.title, address.to(topic=s.id) if s.kind == "item" else address.to(law=s.id), "", s.hint) for s in found
    ]
    tail = link(f"检索“{words}”的全部结果", address.to(words=words, region=address.get(REGION)))
    st.html(block(rows(listed) if listed else "", element("div", tail), css="ea-suggestions"))
