"""Progress of the service's preparation (准备进度), looked at every two seconds while there is some."""

from __future__ import annotations

import time

import streamlit as st

from assistant.contract import Health
from corpus.errors import EAssistantError
from ui.connection import service
from ui.markup import block, element, text
from ui.problems import problem_html
from ui.state import note_today, reopen_turns_that_waited
from ui.words import minutes_words

_POLL_S = 2.0
_READY_HOLDS_S = 10.0
_KEPT = "health"
_SETTLED = ("ready", "failed", "stopped")
_ANSWERING = ("lexical", "dense", "ready")
_SEARCHABLE = ("dense", "ready")


def health() -> Health | None:
    """How the service is now; None when it cannot be asked."""
    kept: tuple[float, Health] | None = st.session_state.get(_KEPT)
    if kept is not None and kept[1].preparation.stage == "ready" and time.monotonic() - kept[0] < _READY_HOLDS_S:
        return kept[1]
    try:
        now = service().health()
    except EAssistantError:
        return None
    st.session_state[_KEPT] = (time.monotonic(), now)
    note_today(now.today)
    return now


def is_searchable() -> bool:
    """Whether everything held can be searched by words; also true when the service cannot be asked."""
    now = health()
    return now is None or now.preparation.stage not in ("starting", "loading", "lexical")


def show_preparation() -> Health | None:
    """A strip with the progress, until the service is ready; the rest of the page stays as it is meanwhile.

    Returns how the service was at the start of this run of the page.
    """
    now = health()
    settled = now is not None and now.preparation.stage in _SETTLED
    if now is None or now.preparation.stage != "ready":
        st.fragment(_strip, run_every=None if settled else _POLL_S)(settled)
    elif reopen_turns_that_waited(searchable=True):
        st.rerun()
    return now


def _strip(settled: bool) -> None:
    try:
        now = service().health()
    except EAssistantError as error:
        st.html(problem_html(error))
        return
    stage = now.preparation.stage
    if stage in _ANSWERING and reopen_turns_that_waited(searchable=stage in _SEARCHABLE):
        st.rerun()
    if not settled and now.preparation.stage in _SETTLED:
        st.rerun()
    words = strip_html(now)
    if words:
        st.html(words)


def strip_html(now: Health) -> str:
    """The strip for a state of the service; empty when all is ready."""
    state = now.preparation
    if state.stage == "ready":
        return ""
    if state.stage in ("failed", "stopped"):
        return block(
            element("div", text(f"{state.message}。"), "ea-notice-title"),
            element("div", text(state.error or "已能用的部分照常可用。")),
            css="ea-notice ea-problem",
        )
    share = state.done / state.total if state.total else 0.0
    if state.stage == "dense":
        words = "已可检索；语义检索准备中" + (f" {share:.0%}" if state.total else "…")
        if now.index.eta is not None:
            words += f"（{minutes_words(now.index.eta)}）"
    elif state.stage == "lexical":
        words = "按条号查询已可用；" + state.message + (f" {share:.0%}" if state.total else "…")
    else:
        words = state.message + (f" {state.done}/{state.total} 部" if state.total else "…")
    bar = element("div", element("div", "", "ea-done", style=f"width:{share:.1%}"), "ea-bar")
    return block(element("div", text(words)), bar, css="ea-strip")
