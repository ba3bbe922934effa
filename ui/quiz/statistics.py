"""Results and statistics (统计): of one paper as a whole, by department, by item, by person; everybody's hours."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.quiz.paper_contract import PaperEntry, PaperState
from assistant.userdata.words import PageQuery
from ui.connection import service
from ui.links import link
from ui.markup import block, element, tag, text
from ui.paging import PER_PAGE, offset, page_buttons
from ui.quiz.address import choices_html, given, to, way
from ui.quiz.attempt import show_attempt
from ui.quiz.hours import show_hours
from ui.quiz.item_statistics import show_items
from ui.quiz.overview import show_overview
from ui.quiz.results import show_results
from ui.quiz.saying import empty
from ui.quiz.words import PAPER_STATE_ZH, number

_PAGE = "quiz_statistics_page"
VIEWS: dict[str, tuple[str, Callable[[str], None]]] = {
    "": ("总览", show_overview),
    "items": ("各题", show_items),
    "people": ("各人成绩", show_results),
}


def show_statistics() -> None:
    if attempt_id := given("attempt"):
        show_attempt(attempt_id)
    elif paper_id := given("paper"):
        _show_paper(paper_id)
    elif given("view") == "hours":
        _show_choices(hours=True)
        show_hours()
    else:
        _show_choices(hours=False)
        _show_papers()


def _show_choices(*, hours: bool) -> None:
    choices = [("考试成绩", to("statistics"), not hours), ("学时", to("statistics", view="hours"), hours)]
    st.html(choices_html(choices, label="统计内容"))


def _show_paper(paper_id: str) -> None:
    paper = service().papers.paper(paper_id)
    st.html(block(way("‹ 全部考试", to("statistics")), element("h3", text(paper.title))))
    view = given("view")
    chosen = view if view in VIEWS else ""
    views = [(title, to("statistics", paper=paper_id, view=name), name == chosen) for name, (title, _) in VIEWS.items()]
    st.html(choices_html(views, label="统计内容"))
    VIEWS[chosen][1](paper_id)


def _show_papers() -> None:
    page = service().papers.papers(PageQuery(limit=PER_PAGE, offset=offset(_PAGE)))
    held = [paper for paper in page.items if paper.taken or paper.state is not PaperState.DRAFT]
    if not held:
        empty("还没有开过的考试。", link("到“试卷”中开考", to("papers")))
    else:
        st.html(exams_html(held))
    page_buttons(page.total, _PAGE)


def exams_html(papers: list[PaperEntry]) -> str:
    """Exams as rows: the title leads to the statistics."""
    rows = ""
    for paper in papers:
        facts = [
            PAPER_STATE_ZH[paper.state],
            f"{paper.taken} 人次作答",
            f"{paper.count} 题",
            f"{number(paper.total)} 分",
        ]
        tags = element("span", "".join(tag(fact) for fact in facts), "ea-row-facts")
        name = link(paper.title, to("statistics", paper=paper.id))
        rows += element("li", element("div", name + tags, "ea-row"))
    return block(element("ul", rows, "ea-rows"))
