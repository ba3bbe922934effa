"""Addresses of the page 题库 (网址): what is shown stands in the query, and every way through the page is a link."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from ui.links import anchor, href, link
from ui.markup import block, element, text

QUIZ = "quiz"
TAB = "tab"


def to(tab: str, **params: str | int | None) -> str:
    """The address of a part, or of something in it."""
    return href(QUIZ, {TAB: tab, **params})


def given(name: str) -> str:
    """What the address says; empty where it says nothing."""
    return str(st.query_params.get(name, ""))


def choices_html(choices: Iterable[tuple[str, str, bool]], css: str = "", label: str = "") -> str:
    """Links side by side: words, address, and whether it is where one is."""
    links = "".join(choice(words, address, chosen) for words, address, chosen in choices)
    return block(element("nav", links, f"ea-choices {css}".strip(), aria_label=label))


def choice(words: str, address: str, chosen: bool = False) -> str:
    """One such link."""
    current = {"aria-current": "page"} if chosen else {}
    return anchor(text(words), address, "ea-choice ea-chosen" if chosen else "ea-choice", **current)


def way(words: str, address: str) -> str:
    """A link on a line of its own, high enough for a finger on a phone: back to a list, on to an item."""
    return element("div", link(words, address, "ea-link ea-way"))


def go(tab: str, **params: str | int | None) -> None:
    """Be there in the next run; for callbacks, and before ``st.rerun``."""
    wanted = {TAB: tab, **{name: str(value) for name, value in params.items() if value not in (None, "")}}
    st.query_params.from_dict(wanted)
