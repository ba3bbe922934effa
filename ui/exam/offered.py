"""Exams that one may take (考试): when, how long, how often; starting and going on."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from assistant.quiz.paper_contract import PARTIAL_CREDIT, PaperEntry
from corpus.clock import local
from ui.connection import service
from ui.exam.sitting import ATTEMPT, show_sitting
from ui.labels import plain
from ui.markup import block, element, tag, text
from ui.quiz.address import given, go, to, way
from ui.quiz.saying import attempt, empty
from ui.quiz.words import number


def show_exams() -> None:
    if running := given(ATTEMPT):
        st.html(block(way("‹ 全部考试", to("exams"))))
        show_sitting(running)
        return
    papers = service().exams.offered().items
    if not papers:
        empty("现在没有您可以参加的考试。", "开考后会列在这里。", way("先做练习 ›", to("practice")))
        return
    st.html(block(element("p", text(PARTIAL_CREDIT), "ea-quiet")))
    for paper in papers:
        _show(paper)


def _show(paper: PaperEntry) -> None:
    with st.container(border=True, key=f"exam_offer_{paper.id}"):
        st.html(offer_html(paper))
        now = dt.datetime.now(dt.UTC)
        words = start_words(paper, now)
        if words and st.button(
            words,
            key=f"exam_start_{paper.id}",
            type="primary",
            help=plain(f"{paper.minutes} 分钟，开始后即计时") if not paper.running else None,
        ):
            begun = attempt(lambda: service().exams.start(paper.id))
            if begun is not None:
                go("exams", attempt=begun.attempt_id)
            st.rerun()


def offer_html(paper: PaperEntry) -> str:
    """An exam's facts."""
    facts = [f"{paper.count} 题", f"{number(paper.total)} 分", f"{paper.minutes} 分钟"]
    lines = [f"{local(paper.opens_at):%Y-%m-%d %H:%M} 开始"] if paper.opens_at else []
    lines += [f"{local(paper.closes_at):%Y-%m-%d %H:%M} 结束"] if paper.closes_at else []
    lines.append(f"可作答 {paper.attempts} 次，已作答 {paper.taken} 次")
    if paper.running:
        lines.append("有未交卷的作答，计时仍在继续")
    elif paper.taken >= paper.attempts:
        lines.append("次数已用完")
    more = way("看成绩 ›", to("results")) if paper.taken > bool(paper.running) else ""
    return block(
        element("h4", text(paper.title)),
        element("div", "".join(tag(fact) for fact in facts), "ea-tags"),
        element("div", text("；".join(lines) + "。"), "ea-quiet"),
        more,
    )


def start_words(paper: PaperEntry, now: dt.datetime) -> str:
    """What the button says; empty where there is nothing to begin."""
    if paper.running:
        return "继续作答"
    if paper.taken >= paper.attempts or (paper.opens_at is not None and now < paper.opens_at):
        return ""
    return "再考一次" if paper.taken else "开始考试"
