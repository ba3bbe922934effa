"""The star beside an entry (收藏), for every page."""

from __future__ import annotations

import streamlit as st

from assistant.favourites.contract import EntryKey, EntryKind, EntryQuery, EntryRequest
from corpus.errors import EAssistantError, Forbidden, NotAuthenticated, ServerUnavailable
from ui.connection import service
from ui.problems import show_problem

_HELD, _PROBLEM = "favourites_held", "favourites_problem"
_PAGE = 200

Kept = tuple[str, str]
"""Kind and id of an entry."""


def star(kind: EntryKind | str, id: str, title: str, *, key: str = "") -> None:
    """A button that keeps an entry or lets it go; nothing where the visitor keeps no favourites."""
    held = _held()
    if held is None:
        return
    kept = (EntryKind(kind).value, id)
    is_kept = kept in held
    st.button(
        "已收藏" if is_kept else "收藏",
        key=f"star_{key or '_'.join(kept)}",
        icon=":material/star:" if is_kept else ":material/star_border:",
        help="点按取消收藏" if is_kept else "收藏后在“我的”中查看",
        on_click=_turn,
        args=(kept, title),
    )
    problem = st.session_state.get(_PROBLEM)
    if problem is not None and problem[0] == kept:
        show_problem(st.session_state.pop(_PROBLEM)[1])


def forget_held() -> None:
    """Ask the service again which entries are kept."""
    st.session_state.pop(_HELD, None)


def _held() -> set[Kept] | None:
    """What the visitor keeps, read once per session; None where nothing can be kept."""
    if _HELD not in st.session_state:
        held: set[Kept] = set()
        try:
            while True:
                page = service().mine.favourites(EntryQuery(limit=_PAGE, offset=len(held)))
                held |= {(entry.kind.value, entry.id) for entry in page.items}
                if len(page.items) < _PAGE:
                    break
        except (NotAuthenticated, Forbidden):
            st.session_state[_HELD] = None
            return None
        except ServerUnavailable:
            return None
        st.session_state[_HELD] = held
    found: set[Kept] | None = st.session_state[_HELD]
    return found


def _turn(kept: Kept, title: str) -> None:
    held: set[Kept] = st.session_state.get(_HELD, set())
    kind, target = EntryKind(kept[0]), kept[1]
    try:
        if kept in held:
            service().mine.remove_favourite(EntryKey(kind=kind, id=target))
            held.discard(kept)
        else:
            service().mine.add_favourite(EntryRequest(kind=kind, id=target, title=title[:500]))
            held.add(kept)
    except EAssistantError as error:
        st.session_state[_PROBLEM] = (kept, error)
