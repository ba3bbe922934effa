"""Words that narrow a list (字词筛选), kept in the address."""

from __future__ import annotations

import streamlit as st

from ui.encyclopedia.address import PAGE

_FILTER = "ea_filter"


def show_words_filter(label: str, example: str) -> None:
    """A box whose words become the address's ``words``; an empty box takes them back."""
    st.session_state[_FILTER] = st.query_params.get("words", "")
    st.text_input(label, key=_FILTER, placeholder=example, max_chars=200, on_change=_narrow)


def _narrow() -> None:
    st.query_params.pop(PAGE, None)
    words = (st.session_state[_FILTER] or "").strip()
    if words:
        st.query_params["words"] = words
    else:
        st.query_params.pop("words", None)
