"""The page of a provision (条文页): its words on the left, what hangs on it on the right."""

from __future__ import annotations

import streamlit as st

from assistant.favourites.contract import EntryKind
from corpus.vocabulary import DocumentKind
from ui.connection import service
from ui.encyclopedia.address import Address
from ui.encyclopedia.frame import show_top
from ui.encyclopedia.parts import document_address
from ui.encyclopedia.recent import note_opened
from ui.encyclopedia.surroundings import neighbours_html, provision_html, sections
from ui.favourites import star
from ui.markup import block
from ui.page_picture import show_page_picture
from ui.reading import copy_buttons


def show_provision(address: Address) -> None:
    found = service().encyclopedia.provision(address.get("provision") or "", address.day)
    detail = found.provision
    kind = detail.kind or DocumentKind.STATUTE
    home = document_address(address, detail.document_id, kind)
    show_top(address, [(detail.shelf.value, address.to(shelf=detail.shelf)), (detail.law, home)], detail.article)
    note_opened(EntryKind.PROVISION, detail.provision_id, detail.citation)
    left, right = st.columns([6, 5], gap="large")
    with left, st.container(key="ea_provision"):
        st.html(provision_html(found, address))
        with st.container(horizontal=True, key="ea_provision_actions"):
            copy_buttons(detail.citation, detail.text, key="ea_provision")
            star(EntryKind.PROVISION, detail.provision_id, detail.citation)
        st.html(neighbours_html(detail, address))
        show_page_picture(detail.provision_id, detail.page, key="ea_provision")
    with right, st.container(key="ea_around"):
        st.html(block(*sections(found, address)) or " ")
