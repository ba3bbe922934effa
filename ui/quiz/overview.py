"""How a paper did as a whole and by department (成绩总览)."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from assistant.quiz.paper_contract import GroupResult, PaperStatistics
from ui.connection import service
from ui.links import link
from ui.markup import block, element, text
from ui.quiz.address import to
from ui.quiz.bars import distribution_html
from ui.quiz.saying import empty
from ui.quiz.tables import table_html
from ui.quiz.words import number


def show_overview(paper_id: str) -> None:
    found = service().papers.statistics(paper_id)
    if not found.people:
        going = f"现有 {found.running} 人正在作答。" if found.running else ""
        empty(f"还没有人交卷。{going}", link("查看试卷", to("papers", paper=paper_id)))
        return
    st.html(overview_html(found))


def overview_html(found: PaperStatistics) -> str:
    """The figures, the distribution, the departments."""
    facts = [
        ("交卷", f"{found.people} 人"),
        ("平均分", score_words(found.mean, found.total)),
        ("正在作答", f"{found.running} 人"),
        ("待阅卷", f"{found.waiting} 份"),
    ]
    lines = "".join(
        element("span", element("span", name, "ea-label") + element("b", text(words)), "ea-fact-line")
        for name, words in facts
    )
    waiting = ""
    if found.waiting:
        address = to("statistics", paper=found.paper_id, view="people")
        waiting = element(
            "div", f"有 {found.waiting} 份简答等待阅卷，成绩未计入。{link('去阅卷', address)}", "ea-remark"
        )
    return block(
        element("div", lines, "ea-fact-lines"),
        waiting,
        distribution_html(found.distribution) if any(found.distribution) else "",
        groups_html(found.groups),
        element("p", "各人取最好的一次；满分计入 90–100%。", "ea-quiet"),
    )


def groups_html(groups: list[GroupResult]) -> str:
    """Departments side by side."""
    rows = [
        [g.department or "（未注明部门）", str(g.people), _score(g.mean), _score(g.highest), _score(g.lowest)]
        for g in groups
    ]
    return element("h4", "各部门") + table_html(["部门", "人数", "平均", "最高", "最低"], rows, numbers_from=1)


def score_words(score: Decimal | None, total: Decimal) -> str:
    """82.5 / 100; what is not marked yet has no score."""
    return f"{number(score)} / {number(total)}" if score is not None else "待阅卷"


def _score(score: Decimal | None) -> str:
    return number(score) if score is not None else "—"
