"""What one visitor's session remembers (会话): the conversation and the conditions of the next question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import streamlit as st

from assistant.contract import AskResponse, ProvisionDetail
from corpus.errors import EAssistantError, StillPreparing
from corpus.vocabulary import Shelf

_TURNS = "turns"
_TODAY = "today"


@dataclass
class Turn:
    """One question with what came of it: an answer, an error, or nothing yet (``is_open``)."""

    number: int
    question: str
    as_of: dt.date | None = None
    law: str | None = None
    region: str | None = None
    shelf: Shelf | None = None
    response: AskResponse | None = None
    error: EAssistantError | None = None
    details: dict[str, ProvisionDetail] = field(default_factory=dict)
    premature: bool = False  # refused while the index was still being built

    @property
    def is_open(self) -> bool:
        return self.response is None and self.error is None


def turns() -> list[Turn]:
    """The conversation of this session, oldest first."""
    held: list[Turn] = st.session_state.setdefault(_TURNS, [])
    return held


def add_turn(
    question: str, as_of: dt.date | None, law: str | None, region: str | None, shelf: Shelf | None = None
) -> None:
    number = turns()[-1].number + 1 if turns() else 1
    turns().append(Turn(number, question, as_of, law, region, shelf))


def today() -> dt.date:
    """The day the service takes as today; this machine's until the service has said so."""
    held: dt.date | None = st.session_state.get(_TODAY)
    return held or dt.date.today()


def note_today(day: dt.date) -> None:
    st.session_state[_TODAY] = day


def clear_turns() -> None:
    turns().clear()


def reopen_turns_that_waited(*, searchable: bool) -> bool:
    """Ask again what was asked before the laws were loaded, or before all could be searched; whether anything was."""
    waited = [t for t in turns() if isinstance(t.error, StillPreparing) or (t.premature and searchable)]
    for turn in waited:
        turn.error, turn.response, turn.premature = None, None, False
    return bool(waited)
