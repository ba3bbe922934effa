"""Opening a paper to be taken, and closing it (开考、结束)."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from assistant.quiz.paper_contract import OpenRequest, Paper, PaperState
from corpus.clock import BEIJING, local
from ui.connection import service
from ui.markup import block, element, text
from ui.quiz.saying import attempt, say


def show_opening(paper: Paper) -> None:
    if paper.state is PaperState.OPEN:
        st.html(open_html(paper))
        with st.popover("结束考试", key="quiz_close_ask"):
            st.caption("结束后不能再作答；仍在作答的，按已保存的答案交卷。")
            if st.button("确认结束", key="quiz_close", type="primary"):
                if attempt(lambda: service().papers.open(paper.id, OpenRequest(open=False))) is not None:
                    say("考试已结束。")
                st.rerun()
        return
    words = "重新开考" if paper.state is PaperState.CLOSED else "开考"
    with st.expander(words, key=f"quiz_open_{paper.id}", icon=":material/event_available:"):
        _show_form(paper, words)


def open_html(paper: Paper) -> str:
    """Who may take the paper, when, how often."""
    lines = [f"参加部门：{'、'.join(paper.groups) or '不限'}", f"每人可考 {paper.attempts} 次"]
    lines += [f"{local(paper.opens_at):%Y-%m-%d %H:%M} 开始"] if paper.opens_at else []
    lines += [f"{local(paper.closes_at):%Y-%m-%d %H:%M} 结束"] if paper.closes_at else ["结束时间：由您结束"]
    return block(
        element("div", "正在开考", "ea-notice-title"),
        element("div", text("；".join(lines) + "。")),
        css="ea-notice ea-right",
    )


def _show_form(paper: Paper, words: str) -> None:
    known = list(dict.fromkeys([*service().papers.departments(), *paper.groups]))
    groups = st.multiselect(
        "参加部门（不选为所有人）",
        known,
        default=paper.groups,
        placeholder="选择部门" if known else "账户还没有填写部门",
        disabled=not known,
        key=f"quiz_open_groups_{paper.id}",
    )
    with st.container(horizontal=True, key="quiz_open_times"):
        opens = _moment("开始时间（不填为立即）", f"quiz_opens_{paper.id}")
        ends = "结束时间（须填）" if paper.state is PaperState.CLOSED else "结束时间（不填为由您结束）"
        closes = _moment(ends, f"quiz_closes_{paper.id}")
        attempts = st.number_input("每人可考几次", 1, 20, paper.attempts, key=f"quiz_open_attempts_{paper.id}")
    if st.button(words, type="primary", key="quiz_open", disabled=bool(paper.blocked)):

        def open_it() -> Paper:
            request = OpenRequest(open=True, groups=groups, opens_at=opens, closes_at=closes, attempts=attempts)
            return service().papers.open(paper.id, request)

        if attempt(open_it) is not None:
            say("已开考，参加的人在“考试”中可以看到。")
        st.rerun()


def _moment(label: str, key: str) -> dt.datetime | None:
    """A moment in Beijing time."""
    chosen = st.datetime_input(label, None, format="YYYY-MM-DD", key=key)
    return chosen.replace(tzinfo=BEIJING) if chosen is not None else None
