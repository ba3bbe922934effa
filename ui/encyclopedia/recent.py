"""What was opened last and what is kept (最近看过与收藏), as the service remembers it for the person who asks."""

from __future__ import annotations

import streamlit as st

from assistant.favourites.contract import ENTRY_KIND_ZH, Entry, EntryKind, EntryQuery, EntryRequest
from corpus.errors import EAssistantError
from ui.connection import service
from ui.encyclopedia.address import Address
from ui.encyclopedia.parts import heading, row, rows
from ui.links import link
from ui.markup import block, element, tag

_NOTED = "ea_noted"
_SHOWN = 8


def note_opened(kind: EntryKind, id_: str, title: str) -> None:
    """Remember that an entry was opened; once as long as it stays open. What cannot be kept is not worth a word."""
    if st.session_state.get(_NOTED) == (kind, id_):
        return
    st.session_state[_NOTED] = (kind, id_)
    try:
        service().mine.note_opened(EntryRequest(kind=kind, id=id_, title=title[:500]))
    except EAssistantError:
        return


def show_kept(address: Address) -> None:
    """Recent entries and favourites side by side; nothing where there are none or no one can be remembered."""
    try:
        recent = service().mine.recent(EntryQuery(limit=_SHOWN)).items
        kept = service().mine.favourites(EntryQuery(limit=_SHOWN))
    except EAssistantError:
        return
    parts = [
        element("section", heading(title) + rows(_row(entry, address) for entry in entries) + more)
        for title, entries, more in (
            ("最近看过", recent, ""),
            ("收藏", kept.items, link("全部收藏", "me") if kept.total > _SHOWN else ""),
        )
        if entries
    ]
    if parts:
        st.html(block(*parts, css="ea-kept"))


def _row(entry: Entry, address: Address) -> str:
    return row(entry.title, entry_address(entry, address), tag(ENTRY_KIND_ZH[entry.kind]), entry.note)


def entry_address(entry: Entry, address: Address) -> str:
    """Where an entry is read."""
    match entry.kind:
        case EntryKind.PROVISION:
            return address.to(provision=entry.id)
        case EntryKind.DOCUMENT:
            return address.to(law=entry.id)
        case EntryKind.TOPIC:
            return address.to(topic=entry.id)
        case EntryKind.STANDARD:
            return address.to_desk(entry.id)
        case EntryKind.ANSWER:
            return "me"
