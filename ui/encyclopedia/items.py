"""The enforcement items (事项): found by words, field, sanction, law and region."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from assistant.encyclopedia.contract import ItemFacets, ItemsRequest
from assistant.problems import error_from_validation
from ui.connection import service
from ui.encyclopedia.address import Address, given
from ui.encyclopedia.filtering import show_words_filter
from ui.encyclopedia.frame import show_top
from ui.encyclopedia.parts import PER_PAGE, chosen_filters, empty, facet, item_row, offset_of, pager, rows
from ui.links import link
from ui.markup import block, element, text

FILTERS = {"field": "领域", "sanction": "处罚", "of": "法律", "region": "地区", "source": "来源", "words": "违法行为"}
"""Parameters of the address that narrow the items, as people call them."""


def show_items(address: Address) -> None:
    show_top(address, [], "事项")
    found = service().encyclopedia.items(request_of(address))
    st.html(
        block(
            element("h2", "事项"),
            element("p", text(f"{found.total:,} 项。由事项清单和罚则条文读出，用词出自法律原文。"), "ea-quiet"),
        )
    )
    show_words_filter("按违法行为筛选", "如 无证、噪声、占道")
    facets = _facets(found.facets)
    labels = {v.value: v.label for values in facets.values() for v in values}
    choices = "".join(facet(FILTERS[name], name, values, address) for name, values in facets.items())
    st.html(
        block(
            chosen_filters(address, FILTERS, labels),
            element("details", element("summary", "筛选") + choices, "ea-facets"),
        )
    )
    if not found.items:
        words = address.get("words")
        ways = [link("清除筛选", address.to(items="all"))]
        ways += [link(f"在全部书架中检索“{words}”", address.to(words=words))] if words else []
        st.html(empty("没有符合这些条件的事项。", *ways))
        return
    st.html(block(rows(item_row(item, address) for item in found.items)))
    st.html(block(pager(address, found.total)))


def request_of(address: Address) -> ItemsRequest:
    """What the address asks for. Raises InvalidInput for a value that no filter has."""
    try:
        return ItemsRequest.model_validate(
            given(
                words=address.get("words"),
                field=address.get("field"),
                law=address.get("of"),
                region=address.get("region"),
                sanction=address.get("sanction"),
                source=address.get("source"),
                as_of=address.day,
                limit=PER_PAGE,
                offset=offset_of(address),
            )
        )
    except ValidationError as error:
        raise error_from_validation(error.errors()) from error


def _facets(facets: ItemFacets) -> dict[str, list]:  # type: ignore[type-arg]
    return {
        "field": facets.field,
        "sanction": facets.sanction,
        "of": facets.law,
        "region": facets.region,
        "source": facets.source,
    }
