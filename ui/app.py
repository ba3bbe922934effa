"""The Streamlit script that ``eassistant ui`` serves: the pages that a person may use, under one bar."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.accounts.own import show_forced_change
from ui.chinese import speak_chinese
from ui.links import follow_links
from ui.pages import PAGES, shown_pages
from ui.person import person_html, show_no_right, visitor
from ui.words import SHORT

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f4e9c"/>'
    '<path d="M16 6v20M9 26h14M7 10h18M7 10l-3 8h6zM25 10l-3 8h6z" fill="none" stroke="#fff" stroke-width="2"'
    ' stroke-linecap="round" stroke-linejoin="round"/></svg>'
)
ABOUT = (
    "执法e助理：向行政执法人员提供法条原文与出处。不作法律决定。\n\n"
    "自由软件，AGPL-3.0-or-later；源码与许可证见安装目录。不向外发送任何统计或提问内容。"
)

st.set_page_config(page_title=SHORT, page_icon=ICON, layout="wide", menu_items={"About": ABOUT})
st.html(Path(__file__).with_name("style.css"))
me = visitor()
shown = shown_pages(me)
pages = {
    page.name: st.Page(
        page.script,
        title=page.title,
        icon=page.icon,
        url_path=page.url_path,
        default=page.url_path is None,
        visibility="visible" if page in shown else "hidden",
    )
    for page in PAGES
}
chosen = st.navigation(list(pages.values()), position="top")
if me is not None and me.accounts:
    st.html(person_html(me))
if me is not None and me.must_change_password:
    show_forced_change()
elif me is not None and chosen not in (pages[page.name] for page in shown):
    show_no_right(chosen.title, me)
else:
    chosen.run()
follow_links(f"{chosen.url_path}?{sorted(st.query_params.to_dict().items())}" if chosen.url_path else "")
speak_chinese()
