"""Items that ask nearly the same (近似试题), in pairs, the most alike first."""

from __future__ import annotations

import streamlit as st

from assistant.quiz.contract import Twin
from assistant.userdata.words import PageQuery
from ui.connection import service
from ui.links import link
from ui.markup import block, element, provision_text, tag
from ui.paging import PER_PAGE, offset, page_buttons
from ui.quiz.address import to
from ui.quiz.changes import marks_of
from ui.quiz.saying import empty

_PAGE = "quiz_twins_page"


def show_twins() -> None:
    page = service().quiz.twins(PageQuery(limit=PER_PAGE, offset=offset(_PAGE)))
    if not page.total:
        empty("没有近似的试题。", link("返回试题列表", to("bank")))
        return
    hint = f"共 {page.total} 对。两题所问几乎相同的，可停用或修改其中一题。"
    st.html(block(element("p", hint, "ea-quiet")))
    for twin in page.items:
        with st.container(border=True):
            st.html(twin_html(twin))
    page_buttons(page.total, _PAGE)


def twin_html(twin: Twin) -> str:
    """Both stems with what differs marked; each leads to its item."""
    first, second = marks_of(twin.first_stem, twin.second_stem)
    sides = _side("第一题", twin.first, twin.first_stem, first) + _side("第二题", twin.second, twin.second_stem, second)
    head = element("div", tag(f"相似度 {twin.likeness:.0%}"), "ea-tags")
    return block(head, element("div", sides, "ea-sides"), css="ea-card")


def _side(title: str, item_id: str, stem: str, marks: list[tuple[int, int]]) -> str:
    words = provision_text(stem, {"ea-quoted": marks})
    return element("div", link(f"{title}：打开 ›", to("bank", item=item_id)) + words, "ea-side ea-excerpt")
