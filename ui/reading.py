"""Reading on (阅读上下文): a provision in a dialog with all that hangs on it, and the ones before and after it."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from assistant.contract import ProvisionDetail, ProvisionLink
from corpus.errors import EAssistantError
from ui.about import asking_link
from ui.connection import service
from ui.copying import copy_button
from ui.encyclopedia.address import DAY, Address
from ui.encyclopedia.surroundings import provision_html, sections
from ui.labels import plain
from ui.links import link
from ui.markup import block
from ui.page_picture import show_page_picture
from ui.problems import show_problem
from ui.state import today

_READING = "reading"


def open_provision(provision_id: str, as_of: dt.date | None) -> None:
    """Show the dialog in this run, beginning at a provision."""
    st.session_state[_READING] = provision_id
    _dialog(as_of)


@st.dialog("条文", width="large")
def _dialog(as_of: dt.date | None) -> None:
    address = Address({DAY: as_of.isoformat()} if as_of and as_of != today() else {})
    try:
        found = service().encyclopedia.provision(st.session_state[_READING], as_of)
    except EAssistantError as error:
        show_problem(error)
        return
    detail = found.provision
    st.html(provision_html(found, address))
    with st.container(horizontal=True, key="dialog_actions"):
        copy_buttons(detail.citation, detail.text, key="dialog")
        _step("‹ {}", detail.previous, "dialog_previous")
        _step("{} ›", detail.next, "dialog_next")
    page = link("在百科中打开", address.to(provision=detail.provision_id), "ea-choice")
    st.html(block(page + asking_link(detail), css="ea-choices"))
    show_page_picture(detail.provision_id, detail.page, key="dialog")
    st.html(block(*sections(found, address)))


def _step(label: str, linked: ProvisionLink | None, key: str) -> None:
    """A button that turns the dialog to a neighbour."""
    if linked is not None:
        st.button(label.format(plain(linked.article)), key=key, on_click=_turn_to, args=(linked.provision_id,))


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
    for name, linked in (("previous", detail.previous), ("next", detail.next)):
        if linked is None:
            continue
        label = "‹ 上一条" if name == "previous" else "下一条 ›"
        if st.button(label, key=f"{key}_{name}", help=plain(linked.article)):
            open_provision(linked.provision_id, as_of)
