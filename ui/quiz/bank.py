"""The bank (题库): the list with its filters, one item, writing, taking in, likenesses, changes of law."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.quiz.contract import MOST_BUILT, Move
from ui.connection import service
from ui.links import link
from ui.markup import block, element
from ui.paging import PER_PAGE, offset, page_buttons
from ui.quiz.address import choices_html, given, to
from ui.quiz.editor import show_new
from ui.quiz.fields import fields
from ui.quiz.filtering import NAMES, PAGE, asked_query, note_list, show_filters, show_states
from ui.quiz.importing import show_import
from ui.quiz.item import show_item
from ui.quiz.item_card import item_html
from ui.quiz.picking import MOVES_OF, pick, pick_box, show_actions
from ui.quiz.saying import empty
from ui.quiz.stale import show_stale
from ui.quiz.twins import show_twins

_FETCHED = 200


def show_bank() -> None:
    if item_id := given("item"):
        show_item(item_id)
        return
    view = given("view")
    chosen = view if view in VIEWS else ""
    views = [(title, to("bank", view=name), name == chosen) for name, (title, _show) in VIEWS.items()]
    st.html(choices_html(views, label="题库内容"))
    VIEWS[chosen][1]()


def _show_list() -> None:
    note_list()
    show_states()
    show_filters(fields())
    query = asked_query(PER_PAGE, offset(PAGE))
    page = service().quiz.items(query)
    if not page.total:
        narrowed = any(given(name) for name in NAMES)
        if narrowed:
            empty("没有符合这些条件的试题。", link("清除条件", to("bank")))
        else:
            empty(
                "题库里还没有试题。",
                link("由法规出题", to("build")),
                link("自己编写", to("bank", view="new")),
                link("从文件导入", to("bank", view="import")),
            )
        return
    with st.container(horizontal=True, vertical_alignment="center", key="quiz_list_actions"):
        st.html(block(element("span", f"共 {page.total:,} 题", "ea-quiet")))
        st.button("选中本页", key="quiz_pick_page", on_click=pick, args=(page.items,))
        if page.total > len(page.items):
            st.button(f"选中全部（至多 {MOST_BUILT} 题）", key="quiz_pick_all", on_click=_pick_all)
    show_actions(MOVES_OF[query.state] if query.state else tuple(Move))
    for item in page.items:
        with st.container(border=True, key=f"quiz_item_{item.id}"):
            pick_box(item, "bank")
            st.html(item_html(item, address=to("bank", item=item.id)))
    page_buttons(page.total, PAGE)


def _pick_all() -> None:
    for start in range(0, MOST_BUILT, _FETCHED):
        page = service().quiz.items(asked_query(_FETCHED, start))
        pick(page.items)
        if start + _FETCHED >= page.total:
            break


VIEWS: dict[str, tuple[str, Callable[[], None]]] = {
    "": ("试题列表", _show_list),
    "new": ("编写", show_new),
    "import": ("导入", show_import),
    "twins": ("近似试题", show_twins),
    "stale": ("依据变动", show_stale),
}
