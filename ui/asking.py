"""The chat page (提问): a question in the street, the answer on top, the conversation below it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.contract import Health
from ui.about import show_about
from ui.answers import show_turn
from ui.conditions import chosen, show_conditions
from ui.conversations import follow_address, show_bar, show_earlier, show_recent
from ui.labels import plain
from ui.markup import block, element, text
from ui.preparation import show_preparation
from ui.scrolling import to_top_for
from ui.state import add_turn, turns
from ui.words import DISCLAIMER, SHORT

VIEWS = Path(__file__).parent / "views"

SUGGESTIONS: tuple[tuple[str, str], ...] = (
    ("罚则", "餐馆没有食品经营许可证就营业，怎么处罚？"),
    ("查条文", "处罚法33条第一款"),
    ("从轻免罚", "初次违法、危害后果轻微，可以不罚吗？"),
    ("程序", "当事人什么时候可以要求听证？"),
    ("以前的法", "2026年8月1日，水污染防治法第八十三条怎么规定？"),
)
"""Questions of different kinds, to show what can be asked."""

_PLACEHOLDER = "说出情形，或写法条"


def show_page() -> None:
    """The whole page; the next question's input comes first so that it is there while an answer streams."""
    follow_address()
    now = show_preparation()
    bar = st.container(key="bar")
    _take_question()
    show_about(_ask)
    asked = turns()
    to_top_for(asked[-1].number if asked else 0)
    if asked:
        _show_conversation()
    else:
        _welcome(now)
    with bar:
        show_bar()


def _take_question() -> None:
    with st.bottom, st.container(key="asking"):
        line = st.container(horizontal=True, key="conditions_line")
        question = st.chat_input(_PLACEHOLDER, key="question")
    if question:
        _ask(question)
    with line:
        show_conditions()


def _ask(question: str) -> None:
    conditions = chosen()
    add_turn(question, conditions.as_of, conditions.law, conditions.region, conditions.shelf)


def _show_conversation() -> None:
    *earlier, latest = turns()
    show_turn(latest)
    if earlier:
        st.html(block(element("div", "此前的提问", "ea-lead"), css="ea-earlier"))
    for turn in reversed(earlier):
        key = f"earlier_{turn.number}"
        with st.expander(plain(turn.question), key=key, expanded=turn.is_open, on_change="rerun") as shown:
            if shown.open or turn.is_open:
                show_turn(turn)
    show_earlier()
    st.html(block(element("div", text(DISCLAIMER)), css="ea-footer"))


def _welcome(now: Health | None) -> None:
    with st.container(key="welcome"):
        held = _held(now)
        st.html(
            block(
                element("h1", text(SHORT)),
                element("p", "问一句，给出当日有效的法条原文和出处。"),
                element("p", text(held), "ea-quiet") if held else "",
                css="ea-welcome",
            )
        )
        with st.container(key="suggestions"):
            for number, (kind, question) in enumerate(SUGGESTIONS):
                label = f":gray[{kind}]  \n{plain(question)}"
                st.button(label, key=f"suggestion_{number}", width="stretch", on_click=_ask, args=(question,))
        show_recent()
        with st.container(horizontal=True, horizontal_alignment="center", key="elsewhere"):
            st.page_link(VIEWS / "cite.py", label="法条查询", icon=":material/search:", width="content")
            st.page_link(VIEWS / "encyclopedia.py", label="翻看百科", icon=":material/library_books:", width="content")


def _held(now: Health | None) -> str:
    counts = now.corpus if now else {}
    if not counts.get("provisions"):
        return ""
    return f"已收录文件 {counts.get('documents', 0):,} 部、条文 {counts['provisions']:,} 条。"
