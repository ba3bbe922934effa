"""The routes of conversations (对话接口): one's own questions with their answers, asked, kept, exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Path, Query
from fastapi.responses import JSONResponse, Response

from assistant.accounts.principal import Principal
from assistant.api.errors import refusals
from assistant.api.permission import Converser
from assistant.api.stream import stream_response
from assistant.contract import AskRequest, to_json
from assistant.conversations.contract import (
    AskAgain,
    AskInConversation,
    ConversationEvent,
    ConversationInfo,
    ConversationPage,
    Conversations,
    ConversationsQuery,
    CreateConversation,
    ExportFormat,
    ExportQuery,
    Message,
    MessagePage,
    MessagesQuery,
    RenameConversation,
    StoredEvent,
)
from assistant.limits import check_limits
from assistant.settings import Settings

EVENT_STREAM = "text/event-stream"
MEDIA = {
    ExportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ExportFormat.MARKDOWN: "text/markdown; charset=utf-8",
}
_ENDING = {ExportFormat.DOCX: "docx", ExportFormat.MARKDOWN: "md"}

Id = Annotated[str, Path(max_length=64, description="对话编号。Id of the conversation.")]
MessageId = Annotated[str, Path(max_length=64, description="消息编号。Id of the message.")]
Streamed = Annotated[bool, Query(description="1：以事件流返回。1: server-sent events.")]

_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "已作答的消息；以事件流返回时依次为 stored（已保存）、understood（问题的理解）、notes、"
        "citation、sentence、removed、done 或 error。The answered message, or its events: `stored` first, then the "
        "answer, `done` or `error` last.",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
    }
}
_EXPORTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "文件。The file.",
        "content": {media: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA.values()},
    }
}
_CREATE = {"empty": {"summary": "标题取第一问", "value": {}}, "titled": {"value": {"title": "夜间施工噪声"}}}
_RENAME = {"rename": {"value": {"title": "某工地夜间施工"}}}
_ASK = {
    "question": {"summary": "一问", "value": {"question": "酒后驾驶机动车怎么处罚？", "client_message_id": "m-1"}},
    "followup": {"summary": "追问", "value": {"question": "那要是第二次被抓呢？", "client_message_id": "m-2"}},
}
_AGAIN = {
    "again": {"summary": "照旧再问", "value": {}},
    "day": {"summary": "换适用日期", "value": {"as_of": "2026-06-30"}},
    "literal": {"summary": "按原话问", "value": {"literal": True}},
}


def build_conversation_router(conversations: Conversations, settings: Settings) -> APIRouter:
    """All routes under ``/api/conversations``."""
    router = APIRouter(
        prefix="/api/conversations", tags=["conversations"], responses=refusals(401, 403, 404, 409, 422, 503)
    )
    _add_conversations(router, conversations)
    _add_messages(router, conversations, settings)
    _add_export(router, conversations)
    return router


def _add_conversations(router: APIRouter, conversations: Conversations) -> None:
    @router.get("", summary="我的对话 My conversations")
    def listed(person: Converser, query: Annotated[ConversationsQuery, Query()]) -> ConversationPage:
        """本人的对话，新者在前；query 按标题查找。One's own conversations, newest first."""
        return conversations.page(person, query)

    @router.post("", status_code=201, summary="新建对话 New conversation")
    def create(
        person: Converser,
        request: Annotated[CreateConversation, Body(openapi_examples=_CREATE)],
    ) -> ConversationInfo:
        """新建对话；同一 client_id 再次提交，返回已建的一段。A new one, or the one made with the same mark."""
        return conversations.create(person, request)

    @router.get("/{conversation_id}", summary="一段对话 One conversation")
    def get(person: Converser, conversation_id: Id) -> ConversationInfo:
        """标题、时间与消息数。Title, times, number of messages."""
        return conversations.get(person, conversation_id)

    @router.patch("/{conversation_id}", summary="改名 Rename")
    def rename(
        person: Converser,
        conversation_id: Id,
        request: Annotated[RenameConversation, Body(openapi_examples=_RENAME)],
    ) -> ConversationInfo:
        """改标题。Gives it another title."""
        return conversations.rename(person, conversation_id, request.title)

    @router.delete("/{conversation_id}", status_code=204, summary="删除对话 Delete")
    def delete(person: Converser, conversation_id: Id) -> None:
        """删除对话及其全部消息，不能恢复。Deletes it with all its messages, for good."""
        conversations.delete(person, conversation_id)


def _add_messages(router: APIRouter, conversations: Conversations, settings: Settings) -> None:
    def answer(person: Principal, events: Iterator[ConversationEvent], stream: bool) -> Response:
        if stream:
            return stream_response(iter(events))
        stored = next(iter(events))
        assert isinstance(stored, StoredEvent)
        for _ in events:
            pass
        return JSONResponse(to_json(conversations.message(person, stored.message_id)))

    @router.get("/{conversation_id}/messages", summary="消息 Messages")
    def messages(person: Converser, conversation_id: Id, query: Annotated[MessagesQuery, Query()]) -> MessagePage:
        """对话中的问与答，旧者在前；引用的状态重新核对。Questions with answers; states are checked again."""
        return conversations.messages(person, conversation_id, query)

    @router.post("/{conversation_id}/messages", summary="提问 Ask", response_model=Message, responses=_ANSWER)
    def ask(
        person: Converser,
        conversation_id: Id,
        request: Annotated[AskInConversation, Body(openapi_examples=_ASK)],
        stream: Streamed = False,
        accept: Annotated[str, Header()] = "",
    ) -> Response:
        """先保存问题，再作答；追问先依前文补全。The question is stored first; a follow-up is completed."""
        check_limits(AskRequest(question=request.question), settings.limits)
        return answer(person, conversations.ask(person, conversation_id, request), stream or EVENT_STREAM in accept)

    @router.get("/{conversation_id}/messages/{message_id}", summary="一条消息 One message")
    def message(person: Converser, conversation_id: Id, message_id: MessageId) -> Message:
        """一问一答；引用的状态重新核对。One question with its answer."""
        return conversations.message(person, message_id, conversation_id)

    @router.post(
        "/{conversation_id}/messages/{message_id}/answer",
        summary="再问一次 Ask again",
        response_model=Message,
        responses=_ANSWER,
    )
    def ask_again(
        person: Converser,
        conversation_id: Id,
        message_id: MessageId,
        request: Annotated[AskAgain, Body(openapi_examples=_AGAIN)],
        stream: Streamed = False,
        accept: Annotated[str, Header()] = "",
    ) -> Response:
        """照旧或换条件再问；新答复写成后才取代旧答复。The old answer stays until the new one is stored."""
        if request.understood is not None:
            check_limits(AskRequest(question=request.understood), settings.limits)
        events = conversations.ask_again(person, conversation_id, message_id, request)
        return answer(person, events, stream or EVENT_STREAM in accept)


def _add_export(router: APIRouter, conversations: Conversations) -> None:
    @router.get("/{conversation_id}/export", summary="导出 Export", response_class=Response, responses=_EXPORTED)
    def export(person: Converser, conversation_id: Id, query: Annotated[ExportQuery, Query()]) -> Response:
        """对话或其中一答，附引文、日期与状态。A conversation or one answer, with its quoted provisions."""
        written = conversations.export(person, conversation_id, query.format, query.message)
        name = f'attachment; filename="conversation.{_ENDING[query.format]}"'
        return Response(written, media_type=MEDIA[query.format], headers={"Content-Disposition": name})
