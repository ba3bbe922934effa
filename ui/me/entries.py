"""Favourites and recent entries (收藏与最近), each a link to where it stands."""

from __future__ import annotations

import streamlit as st

from assistant.favourites.contract import ENTRY_KIND_ZH, Entry, EntryKey, EntryKind, EntryQuery
from ui.connection import service
from ui.favourites import forget_held
from ui.links import DISCRETION, ENCYCLOPEDIA, href, link
from ui.markup import block, element, tag, text
from ui.paging import PER_PAGE, offset, page_buttons
from ui.state import CONVERSATION

_PARAMETERS = {
    EntryKind.PROVISION: (ENCYCLOPEDIA, "provision"),
    EntryKind.DOCUMENT: (ENCYCLOPEDIA, "law"),
    EntryKind.TOPIC: (ENCYCLOPEDIA, "topic"),
    EntryKind.STANDARD: (DISCRETION, "standard"),
}


def address_of(kind: EntryKind, id: str, conversation: str | None = None) -> str:
    """The stable address of an entry; of an answer, that of its conversation."""
    if kind not in _PARAMETERS:
        return href("./", {CONVERSATION: conversation})
    page, name = _PARAMETERS[kind]
    return href(page, {name: id})


def show_favourites() -> None:
    kind = st.pills("种类", list(EntryKind), format_func=ENTRY_KIND_ZH.__getitem__, key="favourite_kind")
    page = service().mine.favourites(EntryQuery(kind=kind, limit=PER_PAGE, offset=offset("favourites_page", kind)))
    if not page.total:
        words = "这一种还没有收藏。" if kind else "还没有收藏。"
        _show_empty(words, "在条文、文件、事项或裁量标准旁点“收藏”，就会列在这里。")
        return
    for number, entry in enumerate(page.items):
        with st.container(horizontal=True, key=f"kept_favourite_{number}", vertical_alignment="center"):
            st.html(entry_html(entry))
            st.button(
                "取消收藏",
                key=f"unstar_{number}",
                type="tertiary",
                on_click=_remove,
                args=(EntryKey(kind=entry.kind, id=entry.id),),
            )
    page_buttons(page.total, "favourites_page")


def show_recent() -> None:
    page = service().mine.recent(EntryQuery(limit=50))
    if not page.total:
        _show_empty("还没有打开过条目。", "打开条文、文件或事项后，会列在这里，便于再看。")
        return
    for number, entry in enumerate(page.items):
        with st.container(key=f"kept_recent_{number}"):
            st.html(entry_html(entry))
    st.button("清空最近记录", key="clear_recent", icon=":material/delete:", on_click=service().mine.clear_recent)


def entry_html(entry: Entry) -> str:
    """An entry in one line, with what became of it."""
    note = element("div", text(entry.note), "ea-remark") if entry.note else ""
    kind = tag(ENTRY_KIND_ZH[entry.kind])
    return block(
        element("div", f"{kind} {link(entry.title, address_of(entry.kind, entry.id, entry.conversation_id))}"), note
    )


def _remove(key: EntryKey) -> None:
    service().mine.remove_favourite(key)
    forget_held()


def _show_empty(words: str, hint: str) -> None:
    go = link("去百科看看", ENCYCLOPEDIA)
    st.html(block(element("div", text(words)), element("div", f"{text(hint)}{go}", "ea-quiet"), css="ea-notice"))
