"""A search through all shelves (检索结果), its hits grouped by shelf, titles and items first."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from assistant.contract import SearchResult
from assistant.encyclopedia.contract import ShelfSearch, ShelfSearchRequest
from assistant.problems import error_from_validation
from corpus.vocabulary import NATION, Shelf
from ui.connection import service
from ui.encyclopedia.address import REGION, Address
from ui.encyclopedia.frame import show_region, show_search, show_top
from ui.encyclopedia.parts import document_row, empty, heading, item_row, rows
from ui.links import link
from ui.markup import badge, block, element, marked, tag, text
from ui.state import today
from ui.words import state_badge

_SHOWN = 8
_AROUND = 90


def show_results(address: Address) -> None:
    words = address.get("words") or ""
    show_top(address, [], "检索")
    show_search(address)
    show_region(address)
    try:
        request = ShelfSearchRequest(words=words, as_of=address.day, region=address.get(REGION), limit=_SHOWN)
    except ValidationError as error:
        raise error_from_validation(error.errors()) from error
    found = service().encyclopedia.search(request)
    if found.notes:
        st.html(block(*(element("div", text(note)) for note in found.notes), css="ea-notes"))
    hits = sum(len(shelf.items) for shelf in found.shelves)
    if not hits and not found.items and not found.documents:
        st.html(
            empty(
                f"没有找到与“{words}”相符的内容。换个说法，或用更少的字词再试。",
                link("按书架浏览", address.to()),
                link("查看事项", address.to(items="all")),
            )
        )
        return
    st.html(block(results_html(found, address)))


def results_html(found: ShelfSearch, address: Address) -> str:
    parts: list[str] = []
    if found.documents:
        listed = (document_row(entry, address, found.as_of, today()) for entry in found.documents[:_SHOWN])
        parts += [heading("标题相符的文件"), rows(listed)]
        if len(found.documents) > _SHOWN:
            parts.append(link("更多文件", address.to(shelf="all", words=found.words)))
    if found.items:
        parts += [heading("事项"), rows(item_row(item, address) for item in found.items[:_SHOWN])]
        parts.append(link("更多事项", address.to(items="all", words=found.words)))
    for shelf in found.shelves:
        parts.append(heading(shelf.shelf.value))
        if shelf.items:
            parts.append(rows(result_row(result, address) for result in shelf.items))
        else:
            parts.append(element("p", text(f"{shelf.shelf.value}书架上没有相近的内容。"), "ea-quiet"))
    return "".join(parts)


def result_row(result: SearchResult, address: Address) -> str:
    """A provision with the words around what was found."""
    law = result.shelf is Shelf.LAW
    facts = tag(result.level if law else result.weight or result.shelf.value)
    facts += tag(result.region) if result.region != NATION else ""
    if law:
        facts += badge(state_badge(result.status, day=address.day or today(), today=today()))
    title = link(result.citation, address.to(provision=result.provision_id))
    return (
        element("div", title + element("span", facts, "ea-row-facts"), "ea-row")
        + element("div", excerpt_html(result), "ea-excerpt")
    )  # fmt: skip


def excerpt_html(result: SearchResult) -> str:
    """The part of the text around the first words found, those marked."""
    spans = sorted(result.highlights)
    first = spans[0][0] if spans else 0
    start = max(0, first - 30)
    end = min(len(result.text), start + 2 * _AROUND)
    within = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
    words = result.text[start:end].replace("\n", " ")
    return ("…" if start else "") + marked(words, {"ea-quoted": within}) + ("…" if end < len(result.text) else "")
