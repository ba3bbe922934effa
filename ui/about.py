"""A question about one provision (就本条提问): from where it is read to the chat, with questions ready to be asked."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.contract import ProvisionDetail
from corpus.errors import EAssistantError
from corpus.vocabulary import Shelf
from ui.connection import service
from ui.labels import plain
from ui.links import ENCYCLOPEDIA, href, link
from ui.markup import block, element, text

ABOUT = "about"
"""Name of the provision in the chat's address."""
CHAT = "./"

_OF_LAW: tuple[str, ...] = ("{}怎么规定？", "违反{}怎么处罚？")
_OF_FINES: tuple[str, ...] = ("{}的罚款由哪个机关决定？",)
_OF_MATERIAL: tuple[str, ...] = ("{}说明了什么？",)


def asking_link(detail: ProvisionDetail) -> str:
    """An anchor that takes the provision to the chat."""
    return link("问一问", href(CHAT, {ABOUT: detail.provision_id}), "ea-choice")


def questions_about(detail: ProvisionDetail) -> list[str]:
    """Questions that the provision gives rise to, each naming it so that it is found again."""
    asked = _OF_LAW if detail.shelf is Shelf.LAW else _OF_MATERIAL
    asked += _OF_FINES if detail.shelf is Shelf.LAW and "罚款" in detail.text else ()
    return [words.format(detail.citation) for words in asked]


def show_about(ask: Callable[[str], None]) -> None:
    """Above the chat: the provision that the visitor came from, with questions to begin with."""
    provision_id = st.query_params.get(ABOUT)
    if not provision_id:
        return
    try:
        detail = service().provision(provision_id)
    except EAssistantError:
        return  # an old address; the chat works without it
    where = link(detail.citation, href(ENCYCLOPEDIA, {"provision": detail.provision_id}))
    st.html(block(element("div", text("就这一条提问：") + where), css="ea-notice"))
    with st.container(key="about_questions", gap="xsmall"):
        for number, question in enumerate(questions_about(detail)):
            st.button(plain(question), key=f"about_{number}", on_click=_ask, args=(ask, question))


def _ask(ask: Callable[[str], None], question: str) -> None:
    st.query_params.pop(ABOUT, None)
    ask(question)
