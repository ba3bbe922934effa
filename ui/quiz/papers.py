"""Papers (试卷): the list, one paper, making one."""

from __future__ import annotations

import streamlit as st

from assistant.quiz.paper_contract import PaperEntry
from assistant.userdata.words import PageQuery
from corpus.clock import local
from ui.connection import service
from ui.links import link
from ui.markup import badge, block, element, tag, text
from ui.paging import PER_PAGE, offset, page_buttons
from ui.quiz.address import given, go, to, way
from ui.quiz.paper import show_paper
from ui.quiz.paper_form import show_form
from ui.quiz.saying import empty
from ui.quiz.words import number, paper_badge

PAPER, NEW = "paper", "new"
_PAGE = "quiz_papers_page"


def show_papers() -> None:
    opened = given(PAPER)
    if opened:
        st.html(block(way("‹ 全部试卷", to("papers"))))
        if opened == NEW:
            show_form()
        else:
            show_paper(service().papers.paper(opened))
        return
    st.button(
        "新组试卷",
        key="quiz_paper_new",
        type="primary",
        icon=":material/add:",
        on_click=go,
        args=("papers",),
        kwargs={PAPER: NEW},
    )
    page = service().papers.papers(PageQuery(limit=PER_PAGE, offset=offset(_PAGE)))
    if not page.total:
        empty("还没有试卷。", "先在“题库”中发布试题，再按题型、题数组卷。", link("新组试卷", to("papers", paper=NEW)))
        return
    st.html(papers_html(page.items))
    page_buttons(page.total, _PAGE)


def papers_html(papers: list[PaperEntry]) -> str:
    """Papers as rows: the title leads to the paper."""
    return block(element("ul", "".join(element("li", _row(paper)) for paper in papers), "ea-rows"))


def _row(paper: PaperEntry) -> str:
    facts = [f"{paper.count} 题", f"{number(paper.total)} 分", f"{paper.minutes} 分钟"]
    facts += [f"{paper.taken} 人次作答"] if paper.taken else []
    tags = badge(paper_badge(paper.state)) + "".join(tag(fact) for fact in facts)
    made = element("div", text(f"{local(paper.created_at):%Y-%m-%d %H:%M} 组卷"), "ea-quiet")
    links = link(paper.title, to("papers", paper=paper.id))
    if paper.taken:
        made += way("成绩与统计 ›", to("statistics", paper=paper.id))
    return element("div", links + element("span", tags, "ea-row-facts"), "ea-row") + made
