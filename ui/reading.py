"""Reading on (阅读上下文): a provision in a dialog, with the ones before and after it."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from assistant.contract import LinkedProvision, ProvisionDetail, ProvisionLink
from corpus.errors import EAssistantError
from ui.amounts import amount_marks
from ui.cards import Card, card_html
from ui.connection import service
from ui.copying import copy_button
from ui.labels import plain
from ui.markup import block, element, text
from ui.problems import show_problem
from ui.state import today

_READING = "reading"
_LINKS_SHOWN = 6  # more scroll


def open_provision(provision_id: str, as_of: dt.date | None) -> None:
    """Show the dialog in this run, beginning at a provision."""
    st.session_state[_READING] = provision_id
    _dialog(as_of)


@st.dialog("条文", width="large")
def _dialog(as_of: dt.date | None) -> None:
    try:
        detail = service().provision(st.session_state[_READING], as_of)
    except EAssistantError as error:
        show_problem(error)
        return
    st.html(card_html(Card.of_detail(detail, day=as_of or today(), today=today()), amount_marks(detail.text)))
    for title, links in (("引用的规定", detail.cites), ("引用本条的案例与材料", detail.cited_by)):
        _show_links(title, links)
    with st.container(horizontal=True, key="dialog_actions"):
        copy_buttons(detail.citation, detail.text, key="dialog")
        _step("‹ {}", detail.previous, "dialog_previous")
        _step("{} ›", detail.next, "dialog_next")


def _show_links(title: str, links: list[LinkedProvision]) -> None:
    """What the provision cites, or what cites it; each that is held can be turned to."""
    if not links:
        return
    st.html(block(element("div", text(f"{title}（{len(links)}）"), "ea-lead")))
    with st.container(height=200 if len(links) > _LINKS_SHOWN else "content", border=False, key=f"links_{title}"):
        for number, link in enumerate(links):
            label = plain(f"{link.citation} · {link.weight}" if link.weight else link.citation)
            if link.provision_id is None:
                st.caption(label)
            else:
                key = f"{title}_{number}"
                st.button(label, key=key, type="tertiary", on_click=_turn_to, args=(link.provision_id,))


def _step(label: str, link: ProvisionLink | None, key: str) -> None:
    """A button that turns the dialog to a neighbour."""
    if link is not None:
        st.button(label.format(plain(link.article)), key=key, on_click=_turn_to, args=(link.provision_id,))


def _turn_to(provision_id: str) -> None:
    st.session_state[_READING] = provision_id


def copy_buttons(citation: str, words: str, *, key: str) -> None:
    """Copy the citation alone, or with the words of the provision."""
    copy_button("复制引用", citation, key=f"{key}_copy")
    copy_button("复制条文", f"{citation}：\n{words}", key=f"{key}_copy_text")


def neighbour_buttons(detail: ProvisionDetail | None, as_of: dt.date | None, *, key: str) -> None:
    """Buttons under a card that open the articles before and after it."""
    if detail is None:
        return
    for name, link in (("previous", detail.previous), ("next", detail.next)):
        if link is None:
            continue
        label = "‹ 上一条" if name == "previous" else "下一条 ›"
        if st.button(label, key=f"{key}_{name}", help=plain(link.article)):
            open_provision(link.provision_id, as_of)
