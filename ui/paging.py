"""Lists page by page (分页)."""

from __future__ import annotations

import streamlit as st

PER_PAGE = 20


def offset(key: str, of: object = None) -> int:
    """How many items the chosen page passes over; a list that is narrowed anew (``of``) begins with its first page."""
    if st.session_state.get(f"{key}_of") != of:
        st.session_state[f"{key}_of"] = of
        st.session_state[key] = 1
    return (_chosen(key) - 1) * PER_PAGE


def page_buttons(total: int, key: str) -> None:
    """The pages of a list; nothing where one page holds it all, unless one has to turn back from a page now empty."""
    pages = max(-(-total // PER_PAGE), _chosen(key))
    if pages > 1:
        st.pagination(pages, key=key)


def _chosen(key: str) -> int:
    return max(1, int(st.session_state.get(key, 1) or 1))
