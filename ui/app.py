"""The Streamlit script that ``eassistant ui`` serves: four pages under one bar."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.asking import VIEWS
from ui.links import follow_links
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
chosen = st.navigation(
    [
        st.Page(VIEWS / "ask.py", title="提问", icon=":material/forum:", default=True),
        st.Page(VIEWS / "cite.py", title="法条查询", icon=":material/search:", url_path="cite"),
        st.Page(VIEWS / "discretion.py", title="裁量核查", icon=":material/balance:", url_path="discretion"),
        st.Page(VIEWS / "encyclopedia.py", title="百科", icon=":material/library_books:", url_path="encyclopedia"),
    ],
    position="top",
)
chosen.run()
follow_links(f"{chosen.url_path}?{sorted(st.query_params.to_dict().items())}" if chosen.url_path else "")
