"""Results of everybody who took a paper (各人成绩), those that wait for marks named."""

from __future__ import annotations

import streamlit as st

from assistant.quiz.paper_contract import AttemptState, Result
from assistant.userdata.words import PageQuery
from corpus.clock import local
from ui.connection import service
from ui.links import link
from ui.markup import badge, block, element, text
from ui.paging import PER_PAGE, offset, page_buttons
from ui.quiz.address import to
from ui.quiz.overview import score_words
from ui.quiz.saying import empty
from ui.quiz.tables import cells_html
from ui.quiz.words import attempt_badge, number

_PAGE = "quiz_results_page"


def show_results(paper_id: str) -> None:
    page = service().papers.results(paper_id, PageQuery(limit=PER_PAGE, offset=offset(_PAGE)))
    if not page.total:
        empty("还没有人作答。", link("查看试卷", to("papers", paper=paper_id)))
        return
    st.html(block(element("p", f"共 {page.total} 人次。打开可看每题作答、阅卷或者改分。", "ea-quiet")))
    st.html(results_html(page.items))
    page_buttons(page.total, _PAGE)


def results_html(results: list[Result]) -> str:
    """One row per attempt; the name leads to it once it is handed in."""
    return block(cells_html(["姓名", "部门", "成绩", "状态", "交卷时间", "用时（分）"], [_row(r) for r in results]))


def _row(result: Result) -> list[str]:
    over = result.state is not AttemptState.RUNNING
    name = link(result.person, to("statistics", attempt=result.attempt_id)) if over else text(result.person)
    score = score_words(result.score, result.total) if over else "—"
    handed_in = f"{local(result.submitted_at):%m-%d %H:%M}" if result.submitted_at else "—"
    return [
        name,
        text(result.department),
        text(score),
        badge(attempt_badge(result.state)),
        text(handed_in),
        text(number(result.minutes)),
    ]
