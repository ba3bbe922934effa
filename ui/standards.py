"""The discretion standards under an answer (裁量标准提示), each with the way to the desk."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.contract import AskResponse, StandardLink
from corpus.vocabulary import NATION
from ui.desk.state import STANDARD, hand_over
from ui.labels import plain
from ui.markup import badge, block, element, tag, text
from ui.state import Turn
from ui.words import Badge

DESK = Path(__file__).parent / "views" / "discretion.py"


def show_standards(turn: Turn, response: AskResponse) -> None:
    """The standards of an answer, each to be opened at the desk with what was asked; nothing where there is none."""
    if not response.standards:
        return
    st.html(block(element("div", "罚多少：相应的裁量标准", "ea-lead")))
    for number, standard in enumerate(response.standards, 1):
        key = f"standard_{turn.number}_{number}"
        with st.container(border=True, key=key):
            st.html(standard_link_html(standard))
            if st.button("到裁量核查计算 ›", key=f"{key}_open", help=plain(standard.title)):
                region = turn.region or (standard.region if standard.region != NATION else None)
                hand_over(turn.meant, region, turn.as_of)
                st.switch_page(DESK, query_params={STANDARD: standard.key})


def standard_link_html(standard: StandardLink) -> str:
    """Title, document, place and whether its basis is stale."""
    stale = badge(Badge("依据已变动", "bad")) if standard.stale else ""
    region = tag(standard.region) if standard.region != NATION else ""
    return block(
        element("div", text(standard.title), "ea-title"),
        element("div", stale + tag(f"《{standard.document}》{standard.place}") + region, "ea-tags"),
        element("div", text(standard.note), "ea-remark") if standard.note else "",
    )
