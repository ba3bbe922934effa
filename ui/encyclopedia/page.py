"""The page 百科: the view that its address names."""

from __future__ import annotations

import streamlit as st

from corpus.errors import EAssistantError
from ui.encyclopedia.address import Address
from ui.encyclopedia.comparison import show_comparison
from ui.encyclopedia.document import show_document
from ui.encyclopedia.items import show_items
from ui.encyclopedia.provision import show_provision
from ui.encyclopedia.results import show_results
from ui.encyclopedia.shelf import show_shelf
from ui.encyclopedia.start import show_start
from ui.encyclopedia.topic import show_topic
from ui.links import link
from ui.markup import block, element, text
from ui.preparation import show_preparation
from ui.problems import show_problem
from ui.words import DISCLAIMER

_VIEWS = {
    "provision": show_provision,
    "topic": show_topic,
    "items": show_items,
    "compare": show_comparison,
    "law": show_document,
    "case": show_document,
    "shelf": show_shelf,
    "words": show_results,
}


def show_page() -> None:
    show_preparation()
    address = Address.current()
    try:
        _VIEWS.get(address.view, show_start)(address)
    except EAssistantError as error:
        show_problem(error)
        st.html(block(link("‹ 回到百科首页", address.to()), css="ea-links"))
    st.html(block(element("div", text(DISCLAIMER)), css="ea-footer"))
