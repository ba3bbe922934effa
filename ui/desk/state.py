"""What the desk remembers for one visitor (核查会话): what happened, what was found, the standard chosen, the facts.

The standard chosen stands in the address, so that it survives a reload and can be passed on; what happened does not,
for it can hold facts of a case.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import streamlit as st

from assistant.discretion.contract import FindRequest, FindResponse

STANDARD = "standard"
"""Name of the chosen standard's key in the address."""
DESCRIPTION = "desk_description"
REGION = "desk_region"
ACT_DAY = "desk_act_day"
DECISION_DAY = "desk_decision_day"
_CASE = "desk_case"


@dataclass
class Case:
    """The case at hand. ``facts`` answers questions by name; ``inputs`` are the bases asked for so far."""

    asked: FindRequest | None = None
    found: FindResponse | None = None
    facts: dict[str, bool | None] = field(default_factory=dict)
    inputs: dict[str, list[str]] = field(default_factory=dict)


def case() -> Case:
    held: Case = st.session_state.setdefault(_CASE, Case())
    return held


def description() -> str | None:
    """What happened, as written; None where nothing is."""
    return (st.session_state.get(DESCRIPTION) or "").strip() or None


def region() -> str | None:
    return st.session_state.get(REGION) or None


def chosen_day(key: str) -> dt.date | None:
    """A day that was chosen; None while it stands at today of itself."""
    day: dt.date | None = st.session_state.get(key) if st.session_state.get(f"{key}_chosen") else None
    return day


def chosen_standard() -> str | None:
    return st.query_params.get(STANDARD)


def choose_standard(key: str) -> None:
    st.query_params[STANDARD] = key


def leave_standard() -> None:
    st.query_params.pop(STANDARD, None)


def hand_over(words: str, region_: str | None, day: dt.date | None) -> None:
    """Take a question of the chat to the desk: it is looked for when the page opens."""
    st.session_state[DESCRIPTION] = words
    st.session_state[REGION] = region_
    if day is not None:
        st.session_state[ACT_DAY] = day
        st.session_state[f"{ACT_DAY}_chosen"] = True
    st.session_state[_CASE] = Case()
