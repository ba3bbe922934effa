"""What one visitor's session remembers (会话): the conversation on the screen and the day that counts as today.

The conversation itself is kept by the service; here stands what of it is shown. Its id stands in the address.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

import streamlit as st

from assistant.contract import AskResponse, ProvisionDetail
from assistant.conversations.contract import AskAgain, ChangedCitation, Message, MessageState, Understood
from corpus.clock import current_day
from corpus.errors import EAssistantError, ServerUnavailable, StillPreparing
from corpus.vocabulary import Shelf

CONVERSATION = "c"
"""Name of the conversation's id in the address."""
_TURNS, _TODAY, _SHOWN, _EARLIER = "turns", "today", "conversation", "earlier_messages"


@dataclass
class Turn:
    """One question with what came of it: an answer, an error, or nothing yet (``is_open``).

    ``message_id`` is there once the service has stored the question; ``client_id`` is sent with it, so that sending it
    again stores nothing twice. ``again``: the conditions under which a stored question is to be asked anew.
    """

    number: int
    question: str
    as_of: dt.date | None = None
    law: str | None = None
    region: str | None = None
    shelf: Shelf | None = None
    response: AskResponse | None = None
    error: EAssistantError | None = None
    details: dict[str, ProvisionDetail] | None = None
    premature: bool = False  # refused while the index was still being built
    client_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    message_id: str | None = None
    understood: Understood | None = None
    changed: list[ChangedCitation] = field(default_factory=list)
    withheld: int = 0
    again: AskAgain | None = None
    answering: bool = False  # elsewhere: in another tab, or before the page was loaded anew
    asked_on: dt.date | None = None  # where the answer was stored before this session

    @classmethod
    def of_message(cls, message: Message) -> Turn:
        turn = cls(
            message.number,
            message.question,
            message.as_of,
            message.law,
            message.region,
            message.shelf,
            message.response,
            message_id=message.id,
            understood=message.understood,
            changed=message.changed,
            withheld=message.withheld,
            answering=message.state is MessageState.ANSWERING,
            asked_on=message.answered.date() if message.answered else None,
        )
        if message.state is MessageState.UNANSWERED:
            turn.error = ServerUnavailable("上次作答中断，问题已经保存。")
        return turn

    @property
    def is_open(self) -> bool:
        return not self.answering and (self.again is not None or (self.response is None and self.error is None))

    @property
    def meant(self) -> str:
        """The question as understood, as asked where it was not completed."""
        return self.understood.question if self.understood else self.question

    def ask_again(self, conditions: AskAgain | None = None) -> None:
        """Ask once more: a stored question under the given conditions, otherwise as it was."""
        if conditions is None:
            conditions = AskAgain(as_of=self.as_of, law=self.law, region=self.region, shelf=self.shelf)
        self.as_of, self.law, self.region, self.shelf = (
            conditions.as_of,
            conditions.law,
            conditions.region,
            conditions.shelf,
        )
        self.again = conditions if self.message_id else None
        self.error, self.premature, self.answering = None, False, False


def turns() -> list[Turn]:
    """The questions shown of the conversation, oldest first."""
    held: list[Turn] = st.session_state.setdefault(_TURNS, [])
    return held


def add_turn(
    question: str, as_of: dt.date | None, law: str | None, region: str | None, shelf: Shelf | None = None
) -> None:
    number = turns()[-1].number + 1 if turns() else 1
    turns().append(Turn(number, question, as_of, law, region, shelf))


def conversation_id() -> str | None:
    """The conversation on the screen; None for one that has not begun."""
    shown: str | None = st.session_state.get(_SHOWN)
    return shown


def earlier_messages() -> int:
    """How many messages of the conversation come before those shown."""
    return int(st.session_state.get(_EARLIER, 0))


def show_conversation(conversation: str | None, messages: list[Message], earlier: int = 0) -> None:
    """Put a conversation on the screen; None begins a new one."""
    st.session_state[_SHOWN] = conversation
    st.session_state[_TURNS] = [Turn.of_message(message) for message in messages]
    st.session_state[_EARLIER] = earlier
    if conversation is None:
        st.query_params.pop(CONVERSATION, None)
    else:
        st.query_params[CONVERSATION] = conversation


def note_conversation(conversation: str) -> None:
    """The conversation of the turns on the screen now has an id."""
    st.session_state[_SHOWN] = conversation
    st.query_params[CONVERSATION] = conversation


def today() -> dt.date:
    """The day the service takes as today; China's until the service has said so."""
    held: dt.date | None = st.session_state.get(_TODAY)
    return held or current_day()


def note_today(day: dt.date) -> None:
    st.session_state[_TODAY] = day


def reopen_turns_that_waited(*, searchable: bool) -> bool:
    """Ask again what was asked before the laws were loaded, or before all could be searched; whether anything was."""
    waited = [t for t in turns() if isinstance(t.error, StillPreparing) or (t.premature and searchable)]
    for turn in waited:
        turn.ask_again()
        turn.response = None
    return bool(waited)
