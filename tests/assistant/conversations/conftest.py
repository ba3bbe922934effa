"""Conversations on a database of their own, over the stand-in's answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from assistant.accounts.principal import LOCAL, Principal
from assistant.accounts.roles import PERMISSIONS, Role
from assistant.conversations.contract import (
    AskInConversation,
    ConversationEvent,
    CreateConversation,
    Message,
    MessagesQuery,
)
from assistant.conversations.service import ConversationService
from assistant.conversations.store import ConversationStore
from assistant.userdata import UserData
from assistant.views import OpenViews
from tests.assistant.conftest import TODAY, StandIn
from tests.assistant.desk_stand_in import StandInDesk

ME = LOCAL
OTHER = Principal("other", "另一人", Role.ADMIN, PERMISSIONS[Role.ADMIN], reads_everything=True)


@dataclass
class Bench:
    """The service with what stands behind it."""

    service: ConversationService
    stand_in: StandIn
    userdata: UserData
    views: OpenViews

    def begin(self) -> str:
        return self.service.create(ME, CreateConversation()).id

    def ask(self, conversation: str, question: str, **more: object) -> list[ConversationEvent]:
        return list(self.service.ask(ME, conversation, AskInConversation(question=question, **more)))

    def messages(self, conversation: str) -> list[Message]:
        return self.service.messages(ME, conversation, MessagesQuery()).items

    def restarted(self) -> ConversationService:
        """A new process over the same data: nothing in memory is left."""
        return ConversationService(ConversationStore(self.userdata), self.views, lambda: TODAY)


@pytest.fixture
def bench(tmp_path) -> Iterator[Bench]:
    userdata = UserData.open(f"sqlite:///{tmp_path}/userdata.db")
    stand_in = StandIn()
    views = OpenViews(stand_in, StandInDesk())
    yield Bench(ConversationService(ConversationStore(userdata), views, lambda: TODAY), stand_in, userdata, views)
    userdata.close()


NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
