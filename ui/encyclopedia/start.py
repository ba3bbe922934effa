"""The start of the encyclopedia (百科首页): three shelves, the enforcement items, and what was read last."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assistant.encyclopedia.contract import FacetValue, Overview, ShelfOverview
from corpus.vocabulary import Shelf
from ui.connection import service
from ui.encyclopedia.address import Address
from ui.encyclopedia.frame import show_search, show_top
from ui.encyclopedia.parts import empty
from ui.encyclopedia.recent import show_kept
from ui.links import anchor
from ui.markup import block, element, text

_ABOUT = {
    Shelf.LAW: "法律、法规、规章与规范性文件，可作处罚依据。",
    Shelf.PRACTICE: "裁量基准、清单、指引与文书，供办案参考。",
    Shelf.CASE: "指导性案例与典型案例，不是法律依据。",
}
_FIELDS_SHOWN = 10


def show_start(address: Address) -> None:
    show_top(address, [])
    overview = service().encyclopedia.overview(address.day)
    show_search(address)
    if not any(shelf.documents for shelf in overview.shelves):
        st.html(empty("还没有收录任何文件。管理员可在“资料管理”中导入。"))
        return
    st.html(shelves_html(overview, address))
    st.html(items_html(overview, address))
    show_kept(address)


def shelves_html(overview: Overview, address: Address) -> str:
    return block(*(_shelf(shelf, address) for shelf in overview.shelves), css="ea-shelves")


def _shelf(shelf: ShelfOverview, address: Address) -> str:
    target = address.to(shelf=shelf.shelf)
    title = anchor(
        element("span", text(shelf.shelf), "ea-strong") + element("span", text(f"{shelf.documents:,}"), "ea-count"),
        target,
        "ea-shelf-title",
    )
    kinds = _choices(shelf.kinds, lambda value: address.to(shelf=shelf.shelf, kind=value))
    fields = _choices(shelf.fields[:_FIELDS_SHOWN], lambda value: address.to(shelf=shelf.shelf, field=value))
    body = element("div", text(_ABOUT[shelf.shelf]), "ea-quiet")
    body += _group("种类", kinds) if len(shelf.kinds) > 1 else ""
    body += _group("领域", fields) if len(shelf.fields) > 1 else ""
    return element("section", title + body, "ea-shelf", aria_label=shelf.shelf)


def _group(name: str, choices: str) -> str:
    return element("div", text(name), "ea-label") + element("div", choices, "ea-choices")


def items_html(overview: Overview, address: Address) -> str:
    """The enforcement items by field."""
    if not overview.items:
        return ""
    target = address.to(items="all")
    title = anchor(
        element("span", "事项", "ea-strong") + element("span", text(f"{overview.items:,}"), "ea-count"),
        target,
        "ea-shelf-title",
    )
    about = element("div", "一种违法行为一页：依据、裁量、不罚与从轻、程序、案例和风险。", "ea-quiet")
    fields = _choices(overview.item_fields, lambda value: address.to(items="all", field=value))
    body = element("div", fields, "ea-choices")
    return block(element("section", title + about + body, "ea-shelf", aria_label="事项"), css="ea-shelves ea-one")


def _choices(values: list[FacetValue], target: Callable[[str], str]) -> str:
    return "".join(
        anchor(text(v.label) + element("span", text(f"{v.count:,}"), "ea-count"), target(v.value), "ea-choice")
        for v in values
    )
