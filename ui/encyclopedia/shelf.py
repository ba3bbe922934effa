"""A shelf (书架): its documents, narrowed by field, rank, region and date, each choice with its count."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from assistant.encyclopedia.contract import DocumentsRequest, Facets
from assistant.problems import error_from_validation
from ui.connection import service
from ui.encyclopedia.address import Address, given
from ui.encyclopedia.filtering import show_words_filter
from ui.encyclopedia.frame import show_top
from ui.encyclopedia.parts import (
    PER_PAGE,
    chosen_filters,
    document_row,
    empty,
    facet,
    offset_of,
    pager,
    rows,
)
from ui.links import link
from ui.markup import block, element, text
from ui.state import today

FILTERS = {
    "kind": "种类",
    "field": "领域",
    "rank": "位阶",
    "region": "地区",
    "year": "公布年份",
    "state": "效力",
    "cites": "所引法律",
    "words": "标题",
}
"""Parameters of the address that narrow a shelf, as people call them."""
EVERY = "all"


def show_shelf(address: Address) -> None:
    shelf = address.get("shelf")
    name = shelf if shelf != EVERY else "全部文件"
    show_top(address, [], name or "")
    found = service().encyclopedia.documents(request_of(address))
    st.html(block(element("h2", text(name or "")), element("p", text(f"{found.total:,} 部文件"), "ea-quiet")))
    show_words_filter("按标题筛选", "如 食品、治安、处罚")
    labels = {v.value: v.label for values in _facets(found.facets).values() for v in values}
    st.html(
        block(
            chosen_filters(address, FILTERS, labels),
            element("details", element("summary", "筛选") + facets_html(found.facets, address), "ea-facets"),
        )
    )
    if not found.items:
        clear = address.to(shelf=shelf)
        st.html(
            empty("没有符合这些条件的文件。", link("清除筛选", clear), link("查看全部文件", address.to(shelf=EVERY)))
        )
        return
    st.html(block(rows(document_row(entry, address, found.as_of, today()) for entry in found.items)))
    st.html(block(pager(address, found.total)) or " ")


def request_of(address: Address) -> DocumentsRequest:
    """What the address asks for. Raises InvalidInput for a value that no filter has."""
    shelf = address.get("shelf")
    try:
        return DocumentsRequest.model_validate(
            given(
                shelf=shelf if shelf != EVERY else None,
                kind=address.get("kind"),
                words=address.get("words"),
                field=address.get("field"),
                level=address.get("rank"),
                region=address.get("region"),
                year=address.get("year"),
                state=address.get("state"),
                law=address.get("cites"),
                as_of=address.day,
                limit=PER_PAGE,
                offset=offset_of(address),
            )
        )
    except ValidationError as error:
        raise error_from_validation(error.errors()) from error


def facets_html(facets: Facets, address: Address) -> str:
    return "".join(facet(FILTERS[name], name, values, address) for name, values in _facets(facets).items())


def _facets(facets: Facets) -> dict[str, list]:  # type: ignore[type-arg]
    return {
        "kind": facets.kind,
        "field": facets.field,
        "rank": facets.level,
        "region": facets.region,
        "state": facets.state,
        "year": facets.year,
        "cites": facets.law,
    }
