"""Filters of the bank (筛选), kept in the address: a reload, a link and the back button show the same list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from pydantic import ValidationError

from assistant.problems import error_from_validation
from assistant.quiz.contract import KIND_ZH, POINT_ZH, STATE_ZH, ItemKind, ItemQuery, ItemState, Point
from ui.connection import service
from ui.quiz.address import choices_html, given, to

NAMES = ("state", "blocked", "kind", "point", "field", "title", "words")
PAGE = "quiz_bank_page"
_LIST = "quiz_bank_list"


def asked_query(limit: int = 1, offset: int = 0) -> ItemQuery:
    """What the address asks for; a value it cannot mean is as good as none. Raises InvalidInput for words too long."""
    wanted: dict[str, object] = {name: given(name) for name in ("field", "title", "words") if given(name).strip()}
    for name, kinds in (("state", ItemState), ("kind", ItemKind), ("point", Point)):
        if given(name) in list(kinds):
            wanted[name] = given(name)
    if given("blocked"):
        wanted["blocked"] = True
    try:
        return ItemQuery.model_validate({**wanted, "limit": limit, "offset": offset})
    except ValidationError as error:
        raise error_from_validation(error.errors()) from error


def note_list() -> None:
    """Remember the list as it is narrowed, for the way back from an item."""
    st.session_state[_LIST] = {name: given(name) for name in NAMES}


def list_address() -> str:
    """The list as it was last narrowed."""
    narrowed: dict[str, str] = st.session_state.get(_LIST, {})
    return to("bank", **narrowed)


def show_states() -> None:
    """The states with how many items of each fit the other filters."""
    query = asked_query()
    narrowed = query.model_copy(update={"state": None, "blocked": None})

    def count(**change: object) -> int:
        return service().quiz.items(narrowed.model_copy(update=change)).total

    asked = {name: given(name) for name in NAMES if name not in ("state", "blocked")}
    choices = [(f"全部 {count()}", to("bank", **asked), query.state is None and not query.blocked)]
    for state in ItemState:
        address = to("bank", **asked, state=state.value)
        choices.append((f"{STATE_ZH[state]} {count(state=state)}", address, query.state is state))
    if blocked := count(blocked=True):
        choices.append((f"依据已变动 {blocked}", to("bank", **asked, blocked=1), bool(query.blocked)))
    st.html(choices_html(choices, label="状态"))


def show_filters(fields: Sequence[str]) -> None:
    """The other filters, in one place that wraps on a phone."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="quiz_filters"):
        _select("kind", "题型", list(ItemKind), lambda value: KIND_ZH[ItemKind(value)])
        _select("point", "考点", list(Point), lambda value: POINT_ZH[Point(value)])
        _select("field", "领域", list(fields), str)
        _write("title", "出自", "如 行政处罚法")
        _write("words", "题干或选项含有", "如 听证")


def _select(name: str, label: str, options: Sequence[str], words: Callable[[str], str]) -> None:
    key = _follow(name)
    values = [str(option) for option in options]
    if st.session_state[key] not in values:
        st.session_state[key] = None
    st.selectbox(
        label, values, index=None, placeholder="全部", format_func=words, key=key, on_change=_note, args=(name,)
    )


def _write(name: str, label: str, placeholder: str) -> None:
    key = _follow(name)
    st.text_input(label, placeholder=placeholder, max_chars=200, key=key, on_change=_note, args=(name,))


def _follow(name: str) -> str:
    """The widget's key, its value being what the address says whenever the address has changed."""
    key, seen = f"quiz_filter_{name}", f"quiz_filter_{name}_seen"
    if st.session_state.get(seen) != given(name) or key not in st.session_state:
        st.session_state[key] = st.session_state[seen] = given(name)
    return key


def _note(name: str) -> None:
    """The address says what the widget says, from the first page."""
    value = st.session_state[f"quiz_filter_{name}"] or ""
    st.session_state[f"quiz_filter_{name}_seen"] = value
    st.session_state[PAGE] = 1
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
