"""The chat page (提问): a question in the street, the answer on top, the conversation below it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import streamlit as st

from assistant.contract import DocumentInfo, Health
from corpus.errors import EAssistantError
from corpus.vocabulary import NATION
from ui.answers import show_turn
from ui.held import documents
from ui.labels import plain
from ui.markup import block, element, text
from ui.preparation import show_preparation
from ui.scrolling import to_top_for
from ui.state import add_turn, clear_turns, today, turns
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
    now = show_preparation()
    _take_questions()
    if not turns():
        _welcome(now)
        return
    *earlier, latest = turns()
    to_top_for(latest.number)
    show_turn(latest)
    if earlier:
        st.html(block(element("div", "此前的提问", "ea-lead"), css="ea-earlier"))
    for turn in reversed(earlier):
        with st.expander(plain(turn.question), key=f"earlier_{turn.number}"):
            show_turn(turn)
    st.html(block(element("div", text(DISCLAIMER)), css="ea-footer"))


def _take_questions() -> None:
    with st.bottom, st.container(key="asking"):
        with st.container(horizontal=True, key="conditions_line"):
            as_of, law, region = _conditions()
            if turns() and st.button("清空对话", key="clear", type="tertiary"):
                clear_turns()
                st.rerun()
        asked = st.chat_input(_PLACEHOLDER, key="question")
    if asked:
        add_turn(asked, as_of, law, region)


def _conditions() -> tuple[dt.date | None, str | None, str | None]:
    """As-of date, law and region of the next question; a date is sent only when one was chosen."""
    day = st.session_state.get("as_of") or today()
    law, region = st.session_state.get("law"), st.session_state.get("region")
    summary = " · ".join([f"适用日期 {day:%Y-%m-%d}", *([law] if law else []), *([region] if region else [])])
    with st.popover(plain(summary), icon=":material/tune:", key="conditions", type="tertiary"):
        st.date_input(
            "适用日期",
            value=today(),
            min_value=dt.date(1949, 10, 1),
            max_value=dt.date(today().year + 5, 12, 31),
            format="YYYY-MM-DD",
            key="as_of",
            persist_state="session",
            help="按这一天有效的规定回答，一般为违法行为发生之日。问题中写明日期的，从其日期。",
        )
        st.selectbox(
            "只查一部法",
            _law_titles(),
            index=None,
            placeholder="全部法律（可输入名称查找）",
            key="law",
            persist_state="session",
        )
        st.selectbox(
            "地区",
            _regions(),
            index=None,
            placeholder="不限（可输入，如 广东省）",
            accept_new_options=True,
            key="region",
            persist_state="session",
        )
    chosen = st.session_state.get("as_of")
    return (chosen if chosen != today() else None), st.session_state.get("law"), st.session_state.get("region")


def _law_titles() -> list[str]:
    return [document.law for document in _documents()]


def _regions() -> list[str]:
    return sorted({document.region for document in _documents()} - {NATION})


def _documents() -> list[DocumentInfo]:
    try:
        return documents()
    except EAssistantError:
        return []


def _welcome(now: Health | None) -> None:
    with st.container(key="welcome"):
        st.html(
            block(
                element("h1", text(SHORT)),
                element("p", "问一句，给出当日有效的法条原文和出处。"),
                element("p", text(_held(now)), "ea-quiet") if _held(now) else "",
                css="ea-welcome",
            )
        )
        with st.container(key="suggestions"):
            for number, (kind, question) in enumerate(SUGGESTIONS):
                if st.button(f":gray[{kind}]  \n{question}", key=f"suggestion_{number}", width="stretch"):
                    add_turn(question, None, None, None)
                    st.rerun()
        with st.container(horizontal=True, horizontal_alignment="center", key="elsewhere"):
            st.page_link(VIEWS / "cite.py", label="法条查询", icon=":material/search:", width="content")
            st.page_link(VIEWS / "library.py", label="浏览语料", icon=":material/library_books:", width="content")


def _held(now: Health | None) -> str:
    held = now.corpus if now else {}
    if not held.get("provisions"):
        return ""
    return f"已收录国家法律文件 {held.get('documents', 0):,} 部、条文 {held['provisions']:,} 条。"
