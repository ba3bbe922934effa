"""Conversations behind the page: the real service on a database in memory, over the stand-in's answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from assistant.accounts.principal import LOCAL
from assistant.conversations.contract import (
    AskAgain,
    AskInConversation,
    ConversationEvent,
    ConversationInfo,
    ConversationPage,
    ConversationsQuery,
    CreateConversation,
    ExportFormat,
    Message,
    MessagePage,
    MessagesQuery,
)
from assistant.conversations.schema import ConversationRow
from assistant.conversations.service import ConversationService
from assistant.conversations.store import ConversationStore
from assistant.userdata import UserData
from assistant.views import OpenViews
from corpus.errors import ServerUnavailable


def memory_data() -> UserData:
    """User data in memory, shared by all threads."""
    engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
    ConversationRow.metadata.create_all(engine)
    return UserData(engine)


class FakeConversations:
    """The methods of ``ConversationClient``. ``lost_after``: the connection is lost after so many events, once."""

    def __init__(self, api: Any) -> None:
        self.api = api
        self.real = ConversationService(ConversationStore(memory_data()), OpenViews(api, api.desk), lambda: api.today)
        self.asked: list[AskInConversation | AskAgain] = []
        self.lost_after: int | None = None

    def _check(self) -> None:
        for error in (self.api.unreachable, self.api.fails):
            if isinstance(error, ServerUnavailable):
                raise error

    def page(self, query: str | None = None, *, limit: int = 50, offset: int = 0) -> ConversationPage:
        self._check()
        return self.real.page(LOCAL, ConversationsQuery(query=query, limit=limit, offset=offset))

    def create(self, title: str | None = None, *, client_id: str | None = None) -> ConversationInfo:
        self._check()
        return self.real.create(LOCAL, CreateConversation(title=title, client_id=client_id))

    def get(self, conversation_id: str) -> ConversationInfo:
        self._check()
        return self.real.get(LOCAL, conversation_id)

    def rename(self, conversation_id: str, title: str) -> ConversationInfo:
        return self.real.rename(LOCAL, conversation_id, title)

    def delete(self, conversation_id: str) -> None:
        self.real.delete(LOCAL, conversation_id)

    def messages(self, conversation_id: str, *, limit: int = 50, offset: int = 0) -> MessagePage:
        self._check()
        return self.real.messages(LOCAL, conversation_id, MessagesQuery(limit=limit, offset=offset))

    def message(self, conversation_id: str, message_id: str) -> Message:
        return self.real.message(LOCAL, message_id, conversation_id)

    def ask(self, conversation_id: str, request: AskInConversation) -> Iterator[ConversationEvent]:
        self._check()
        self.asked.append(request)
        yield from self._arriving(self.real.ask(LOCAL, conversation_id, request))

    def ask_again(self, conversation_id: str, message_id: str, request: AskAgain) -> Iterator[ConversationEvent]:
        self._check()
        self.asked.append(request)
        yield from self._arriving(self.real.ask_again(LOCAL, conversation_id, message_id, request))

    def export(self, conversation_id: str, format: ExportFormat, message_id: str | None = None) -> bytes:
        return self.real.export(LOCAL, conversation_id, format, message_id)

    def _arriving(self, events: Iterator[ConversationEvent]) -> Iterator[ConversationEvent]:
        lost, self.lost_after = self.lost_after, None
        for number, event in enumerate(events):
            if number == lost:
                raise ServerUnavailable("连接中断。")
            yield event
