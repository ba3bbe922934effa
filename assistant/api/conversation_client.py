"""Conversations over HTTP (对话接口客户端): what a person does with their own conversations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel, TypeAdapter

from assistant.api.events import decode_sse
from assistant.contract import ErrorEvent
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
    RenameConversation,
)
from assistant.problems import error_from_problem

if TYPE_CHECKING:
    from assistant.api.wire import Wire

_PREFIX = "/api/conversations"
_EVENT: TypeAdapter[ConversationEvent] = TypeAdapter(ConversationEvent)
_KINDS = frozenset(("stored", "understood", "notes", "sentence", "citation", "removed", "done", "error"))


class ConversationClient:
    """The conversations of the person whose token the wire carries."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def page(self, query: str | None = None, *, limit: int = 50, offset: int = 0) -> ConversationPage:
        return self._wire.get(
            _PREFIX, ConversationPage, _given(ConversationsQuery(query=query, limit=limit, offset=offset))
        )

    def create(self, title: str | None = None, *, client_id: str | None = None) -> ConversationInfo:
        return self._wire.post(_PREFIX, CreateConversation(title=title, client_id=client_id), ConversationInfo)

    def get(self, conversation_id: str) -> ConversationInfo:
        return self._wire.get(f"{_PREFIX}/{conversation_id}", ConversationInfo)

    def rename(self, conversation_id: str, title: str) -> ConversationInfo:
        json = RenameConversation(title=title).model_dump(mode="json")
        return ConversationInfo.model_validate_json(
            self._wire.send("PATCH", f"{_PREFIX}/{conversation_id}", json=json).content
        )

    def delete(self, conversation_id: str) -> None:
        self._wire.send("DELETE", f"{_PREFIX}/{conversation_id}")

    def messages(self, conversation_id: str, *, limit: int = 50, offset: int = 0) -> MessagePage:
        query = _given(MessagesQuery(limit=limit, offset=offset))
        return self._wire.get(f"{_PREFIX}/{conversation_id}/messages", MessagePage, query)

    def message(self, conversation_id: str, message_id: str) -> Message:
        return self._wire.get(f"{_PREFIX}/{conversation_id}/messages/{message_id}", Message)

    def ask(self, conversation_id: str, request: AskInConversation) -> Iterator[ConversationEvent]:
        """Events as they arrive; an ``error`` event is raised as the error it stands for."""
        yield from self._events(f"{_PREFIX}/{conversation_id}/messages", request)

    def ask_again(self, conversation_id: str, message_id: str, request: AskAgain) -> Iterator[ConversationEvent]:
        """Events as they arrive; an ``error`` event is raised as the error it stands for."""
        yield from self._events(f"{_PREFIX}/{conversation_id}/messages/{message_id}/answer", request)

    def export(self, conversation_id: str, format: ExportFormat, message_id: str | None = None) -> bytes:
        params = {"format": format.value, **({"message": message_id} if message_id else {})}
        return self._wire.send("GET", f"{_PREFIX}/{conversation_id}/export", params=params).content

    def _events(self, path: str, request: BaseModel) -> Iterator[ConversationEvent]:
        with self._wire.stream(path, request, "text/event-stream") as lines:
            for kind, data in decode_sse(lines):
                if kind not in _KINDS:
                    continue
                event = _EVENT.validate_json(data)
                if isinstance(event, ErrorEvent):
                    raise error_from_problem(event.problem)
                yield event


def _given(query: BaseModel) -> dict[str, str]:
    return {name: str(value) for name, value in query.model_dump().items() if value is not None}
