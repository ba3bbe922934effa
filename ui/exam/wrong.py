"""The wrong-answer book (错题本): what one answered wrong, with the key and why; to be practised again."""

from __future__ import annotations

import streamlit as st

from assistant.quiz.paper_contract import WrongEntry
from assistant.userdata.words import PageQuery
from corpus.clock import local
from ui.connection import service
from ui.exam.marked import explained_html
from ui.markup import block, element, tag, text
from ui.paging import PER_PAGE, offset, page_buttons
from ui.quiz.address import choice, to, way
from ui.quiz.saying import empty
from ui.quiz.words import LETTERS

_PAGE = "exam_wrong_page"


def show_wrong() -> None:
    page = service().exams.wrong(PageQuery(limit=PER_PAGE, offset=offset(_PAGE)))
    if page.withheld:
        words = f"另有 {page.withheld} 题在正在进行的考试中，考试结束后再显示。"
        st.html(block(element("div", words), css="ea-notice"))
    if not page.total:
        if not page.withheld:
            empty("错题本是空的。", "答错的题会收进来，以后连续答对三次移出。", way("去练习 ›", to("practice")))
        return
    st.html(
        block(
            element("p", f"共 {page.total} 题。连续答对三次的题自动移出。", "ea-quiet"),
            choice("再练这些题 ›", to("practice", wrong=1), chosen=True),
        )
    )
    for place, entry in enumerate(page.items, offset(_PAGE) + 1):
        with st.container(border=True, key=f"exam_wrong_{place}"):
            st.html(entry_html(entry, place))
    page_buttons(page.total, _PAGE)


def entry_html(entry: WrongEntry, place: int) -> str:
    """The question; key, explanation and source unfold, so that one can think first."""
    facts = [f"答错 {entry.wrong} 次", f"最近 {local(entry.last_wrong):%Y-%m-%d}"]
    facts += [f"其后连续答对 {entry.right_since} 次"] if entry.right_since else []
    item = entry.item
    rows = "".join(
        element("li", element("span", f"{LETTERS[at]}.", "ea-letter") + element("span", text(words)), "ea-option")
        for at, words in enumerate(item.options)
    )
    return block(
        element("div", "".join(tag(fact) for fact in facts), "ea-tags"),
        element("div", text(f"{place}. {item.stem}"), "ea-stem"),
        element("ul", rows, "ea-options") if rows else "",
        element("details", element("summary", "答案与解析") + explained_html(item)),
        css="ea-card ea-item",
    )
