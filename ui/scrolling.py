"""Back to the top (回到顶端): a new answer begins where the eye is, however far down the last one was read."""

from __future__ import annotations

import streamlit as st

_JS = """
export default function ({ data }) {
  const page = document.querySelector('[data-testid="stMain"]')
  if (page && page.dataset.eaTurn !== String(data.turn)) {
    page.dataset.eaTurn = String(data.turn)
    page.scrollTo({ top: 0 })
  }
}
"""

_scroll = st.components.v2.component("eassistant_scroll", html="<i></i>", js=_JS)


def to_top_for(turn: int) -> None:
    """Scroll to the top once for each turn."""
    with st.container(key="scroll", height="content"):
        _scroll(key="scroll_to_top", data={"turn": turn}, width=1, height=1)
