"""The list of documents (文件目录), asked for once a minute at most in a session."""

from __future__ import annotations

import datetime as dt
import time

import streamlit as st

from assistant.contract import DocumentInfo
from ui.connection import service

_KEPT_S = 60.0
_HELD = "documents"


def documents(as_of: dt.date | None = None) -> list[DocumentInfo]:
    """All documents held, by title, with their standing on a day. Raises what the client raises."""
    kept = st.session_state.get(_HELD)
    if kept is not None and kept[0] == as_of and time.monotonic() - kept[1] < _KEPT_S:
        found: list[DocumentInfo] = kept[2]
        return found
    found = service().documents(as_of)
    st.session_state[_HELD] = (as_of, time.monotonic(), found)
    return found


def forget_documents() -> None:
    """Ask for the list anew: the corpus has changed."""
    st.session_state.pop(_HELD, None)
