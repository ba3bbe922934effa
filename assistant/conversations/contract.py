"""Conversations as other programs see them (对话接口): requests, responses, events, and what the API needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Protocol

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from assistant.accounts.principal import Principal
from assistant.contract import (
    AskResponse,
    CitationEvent,
    DoneEvent,
    ErrorEvent,
    Law,
    NotesEvent,
    OptionalDay,
    Question,
    Region,
    RemovedEvent,
    Request,
    Response,
    SentenceEvent,
    ShelfChoice,
)
from assistant.userdata.words import Words, clean
from corpus.vocabulary import Shelf, State

LONGEST_QUESTION = 100_000
LONGEST_TITLE = 200
LONGEST_NAME = 300
_MARK = r"^[A-Za-z0-9_.:-]{1,64}$"


def _one_line(title: str) -> str:
    return " ".join(title.split())


_SHORT_OR_NULL = {"anyOf": [{"type": "string", "maxLength": LONGEST_NAME}, {"type": "null"}]}


def _not_too_long(words: str | None) -> str | None:
    if words is not None and len(words) > LONGEST_NAME:
        raise PydanticCustomError("too_long", "不得超过 {longest} 个字符", {"longest": LONGEST_NAME})
    return words


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Title = Annotated[str, BeforeValidator(lambda v: _one_line(v) if isinstance(v, str) else v), AfterValidator(clean)]
_SHORT = (AfterValidator(_not_too_long), WithJsonSchema(_SHORT_OR_NULL))
ShortRegion = Annotated[Region, *_SHORT]
ShortLaw = Annotated[Law, *_SHORT]
ClientMark = Annotated[
    str | None,
    Field(
        pattern=_MARK,
        max_length=64,
        description="请求方自己的标记；重发时带同一标记，不会重复保存。The caller's own mark: a retry with "
        "the same one stores nothing twice.",
    ),
]


class MessageState(StrEnum):
    """What became of a question (消息状态)."""

    ANSWERING = "answering"  # 正在作答
    ANSWERED = "answered"  # 已作答（含拒答）
    UNANSWERED = "unanswered"  # 已保存，作答中断，可再问一次


class Reading(StrEnum):
    """How a question was read (理解方式)."""

    AS_ASKED = "as_asked"  # 按原话
    COMPLETED = "completed"  # 依前文补全
    MODEL = "model"  # 由模型依前文改写，且未加入对话之外的内容
    EDITED = "edited"  # 由提问人改定


class CreateConversation(Request):
    """A new conversation (新建对话)."""

    title: Title | None = Field(
        default=None, min_length=1, max_length=LONGEST_TITLE, description="标题；缺省取第一问。"
    )
    client_id: ClientMark = None


class RenameConversation(Request):
    """Another title (改名)."""

    title: Title = Field(min_length=1, max_length=LONGEST_TITLE, description="标题。Title.")


class ConversationsQuery(Request):
    """Query string of the list of conversations."""

    query: Words | None = Field(default=None, max_length=200, description="标题中的字词，空格分开。Words of the title.")
    limit: int = Field(default=50, ge=1, le=200, description="最多返回几个。Number of items.")
    offset: int = Field(default=0, ge=0, le=1_000_000, description="从第几个开始，自 0 起。Items to skip.")


class MessagesQuery(Request):
    """Query string of the messages of a conversation."""

    limit: int = Field(default=50, ge=1, le=200, description="最多返回几个。Number of items.")
    offset: int = Field(default=0, ge=0, le=1_000_000, description="从第几个开始，自 0 起。Items to skip.")


class ConversationInfo(Response):
    """A conversation (对话) without its messages."""

    id: str
    title: str
    created: dt.datetime
    updated: dt.datetime
    messages: int = Field(description="消息数。Number of messages.")


class ConversationPage(Response):
    """A page of conversations, newest first."""

    items: list[ConversationInfo] = Field(default_factory=list)
    total: int = Field(description="总数。How many there are in all.")


class AskInConversation(Request):
    """A question in a conversation (在对话中提问); a follow-up is completed from what was said before."""

    question: Question = Field(max_length=LONGEST_QUESTION, description="问题。The question.")
    as_of: OptionalDay = None
    region: ShortRegion = None
    law: ShortLaw = None
    shelf: ShelfChoice = None
    literal: bool = Field(default=False, description="按原话问，不依前文补全。Ask as written, complete nothing.")
    client_message_id: ClientMark = None


class AskAgain(Request):
    """Ask a stored question again (再问一次), as it was or under other conditions; the new answer replaces the old."""

    understood: Annotated[Question | None, BeforeValidator(_blank_is_none)] = Field(
        default=None,
        max_length=LONGEST_QUESTION,
        description="改定的理解；缺省时重新依前文补全。The question as it should be understood.",
    )
    as_of: OptionalDay = None
    region: ShortRegion = None
    law: ShortLaw = None
    shelf: ShelfChoice = None
    literal: bool = Field(default=False, description="按原话问，不依前文补全。Ask as written, complete nothing.")


class TakenOver(Response):
    """Something that a follow-up took from what was said before (承前内容)."""

    what: Literal["act", "subject", "law", "article", "aspect", "place", "date"]
    words: str


class Understood(Response):
    """A question as it is put to the search (问题的理解): shown to the officer, who may change all of it."""

    question: str = Field(description="补全后的问题。The completed question.")
    reading: Reading = Reading.AS_ASKED
    taken_over: list[TakenOver] = Field(default_factory=list, description="承前补上的内容。What was taken over.")
    as_of: dt.date = Field(description="适用日期。The day whose law is asked for.")
    as_of_from: Literal["given", "question", "before", "today"] = Field(
        default="today", description="日期由来：所选、问题写明、承前、今天。Where the day comes from."
    )
    region: str | None = Field(
        default=None, description="地区；null 为依问题与设置。Region, or by question and setting."
    )
    region_from: Literal["given", "question", "before", "none"] = Field(default="none", description="地区由来。")
    notes: list[str] = Field(default_factory=list, description="提示。Remarks.")


class ChangedCitation(Response):
    """A citation of a stored answer whose state is no longer what it was (引用已有变动)."""

    key: str
    citation: str
    was: State
    now: State
    note: str = Field(default="", description="变动说明。What became of it.")


class Message(Response):
    """A question of a conversation with what came of it (消息)."""

    id: str
    conversation_id: str
    number: int = Field(description="在对话中的次序，自 1 起。Its place in the conversation, from 1.")
    question: str = Field(description="原话。The question as asked.")
    state: MessageState
    understood: Understood | None = None
    as_of: dt.date | None = Field(default=None, description="提问时所选日期。The day chosen when asking.")
    region: str | None = None
    law: str | None = None
    shelf: Shelf | None = None
    response: AskResponse | None = Field(default=None, description="答复；尚无答复时为 null。The answer.")
    changed: list[ChangedCitation] = Field(
        default_factory=list, description="作答以后状态有变的引用。Citations changed since the answer."
    )
    withheld: int = Field(default=0, description="现已不在可阅范围而略去的引文与材料数。Pieces no longer to be read.")
    asked: dt.datetime
    answered: dt.datetime | None = None


class MessagePage(Response):
    """A page of messages, oldest first."""

    items: list[Message] = Field(default_factory=list)
    total: int = Field(description="总数。How many there are in all.")


class StoredEvent(Response):
    """The question is stored and on disk: sent first (已保存)."""

    event: Literal["stored"] = "stored"
    conversation_id: str
    message_id: str
    number: int
    repeated: bool = Field(default=False, description="此前已保存，本次未再保存。It had been stored before.")


class UnderstoodEvent(Response):
    """The question as understood: sent before the answer (问题的理解)."""

    event: Literal["understood"] = "understood"
    understood: Understood


ConversationEvent = Annotated[
    StoredEvent | UnderstoodEvent | NotesEvent | SentenceEvent | CitationEvent | RemovedEvent | DoneEvent | ErrorEvent,
    Field(discriminator="event"),
]


class ExportFormat(StrEnum):
    """What an export is written as (导出格式)."""

    DOCX = "docx"
    MARKDOWN = "markdown"


class ExportQuery(Request):
    """Query string of an export."""

    format: ExportFormat = Field(default=ExportFormat.DOCX, description="docx 或 markdown。")
    message: str | None = Field(default=None, max_length=64, description="只导出这一条消息。One message alone.")


class Conversations(Protocol):
    """Conversations of people (对话服务). Whose conversation it is not, gets NotFound, whatever the role."""

    def page(self, principal: Principal, query: ConversationsQuery) -> ConversationPage: ...

    def create(self, principal: Principal, request: CreateConversation) -> ConversationInfo: ...

    def get(self, principal: Principal, conversation_id: str) -> ConversationInfo: ...

    def rename(self, principal: Principal, conversation_id: str, title: str) -> ConversationInfo: ...

    def delete(self, principal: Principal, conversation_id: str) -> None: ...

    def messages(self, principal: Principal, conversation_id: str, query: MessagesQuery) -> MessagePage: ...

    def message(self, principal: Principal, message_id: str, conversation_id: str | None = None) -> Message:
        """One message of the person's (and of this conversation, where one is named), as it may be shown now."""
        ...

    def ask(
        self, principal: Principal, conversation_id: str, request: AskInConversation
    ) -> Iterator[ConversationEvent]:
        """Store the question, then answer it; the answer is stored before ``done``.

        Raises Conflict while another question of the conversation is being answered.
        """
        ...

    def ask_again(
        self, principal: Principal, conversation_id: str, message_id: str, request: AskAgain
    ) -> Iterator[ConversationEvent]:
        """Answer a stored question anew; the old answer stays until the new one is stored."""
        ...

    def export(
        self, principal: Principal, conversation_id: str, format: ExportFormat, message_id: str | None = None
    ) -> bytes: ...
