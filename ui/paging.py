"""Lists page by page (分页)."""

from __future__ import annotations

import streamlit as st

PER_PAGE = 20


def offset(key: str) -> int:
    """How many items the chosen page passes over."""
    return (max(1, int(st.session_state.get(key, 1) or 1)) - 1) * PER_PAGE


def page_buttons(total: int, key: str) -> None:
    """The pages of a list; nothing where one page holds it all."""
    pages = -(-total // PER_PAGE)
    if pages > 1:
        st.pagination(pages, key=key)
