"""The conversation service (对话服务): a question is stored, read in the light of what was said, answered, stored."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assistant.accounts.principal import Principal
from assistant.contract import (
    AskRequest,
    CitationEvent,
    DoneEvent,
    NotesEvent,
    RemovedEvent,
    SentenceEvent,
)
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
    Reading,
    StoredEvent,
    Understood,
    UnderstoodEvent,
)
from assistant.conversations.export import Exported, write_markdown
from assistant.conversations.followup import Exchange, complete, day_to_ask, exchange_of
from assistant.conversations.rewriting import rewrite
from assistant.conversations.schema import MessageRow
from assistant.conversations.showing import Shower
from assistant.conversations.store import ConversationStore
from assistant.generator import Writer
from assistant.views import Views
from corpus.errors import Conflict, NotFound

REMEMBERED = 5
"""Answered questions that a follow-up may lean on."""
_PAGE = 200


class ConversationService:
    """Implements ``Conversations`` over the user data and the views of the corpus. Safe to share between threads."""

    def __init__(
        self,
        store: ConversationStore,
        views: Views,
        today: Callable[[], dt.date],
        writer: Writer | None = None,
        unrecorded: Views | None = None,
    ) -> None:
        """``unrecorded`` are the same views without the record of what people look at: through them the program itself
        looks up what has become of the citations of an old answer, which nobody has opened."""
        self._store = store
        self._views = views
        self._unrecorded = unrecorded or views
        self._today = today
        self._writer = writer
        self._answering: dict[str, str | None] = {}  # conversation to the message being answered
        self._lock = threading.Lock()

    # ---- conversations -------------------------------------------------------------------------------------------

    def page(self, principal: Principal, query: ConversationsQuery) -> ConversationPage:
        return self._store.page(principal.id, query)

    def create(self, principal: Principal, request: CreateConversation) -> ConversationInfo:
        return self._store.create(principal.id, request.title, request.client_id)

    def get(self, principal: Principal, conversation_id: str) -> ConversationInfo:
        return self._store.get(principal.id, conversation_id)

    def rename(self, principal: Principal, conversation_id: str, title: str) -> ConversationInfo:
        return self._store.rename(principal.id, conversation_id, title)

    def delete(self, principal: Principal, conversation_id: str) -> None:
        self._store.delete(principal.id, conversation_id)

    # ---- messages ------------------------------------------------------------------------------------------------

    def messages(self, principal: Principal, conversation_id: str, query: MessagesQuery) -> MessagePage:
        rows, total = self._store.messages(principal.id, conversation_id, query.limit, query.offset)
        return MessagePage(items=self._shown(principal, rows), total=total)

    def message(self, principal: Principal, message_id: str, conversation_id: str | None = None) -> Message:
        row = self._store.message(principal.id, message_id, conversation_id)
        return self._shown(principal, [*self._store.before(row, 1), row])[-1]

    def _shown(self, principal: Principal, rows: list[MessageRow]) -> list[Message]:
        shower = Shower(self._unrecorded.assistant(principal), self._today())
        return [shower.show(row, answering=self._answering.get(row.conversation_id) == row.id) for row in rows]

    # ---- asking --------------------------------------------------------------------------------------------------

    def ask(
        self, principal: Principal, conversation_id: str, request: AskInConversation
    ) -> Iterator[ConversationEvent]:
        self._store.get(principal.id, conversation_id)
        with self._alone(conversation_id):
            added = self._store.add(principal.id, conversation_id, request)
            yield _stored(added.row, repeated=added.repeated)
            if added.repeated and added.row.response:
                yield from _replayed(self._shown(principal, [added.row])[0])
                return
            yield from self._answered(principal, added.row, request)

    def ask_again(
        self, principal: Principal, conversation_id: str, message_id: str, request: AskAgain
    ) -> Iterator[ConversationEvent]:
        with self._alone(conversation_id):
            row = self._store.message(principal.id, message_id, conversation_id)
            yield _stored(row, repeated=True)
            asked = AskInConversation(question=row.question, **request.model_dump(exclude={"understood"}))
            yield from self._answered(principal, row, asked, request.understood)

    @contextmanager
    def _alone(self, conversation_id: str) -> Iterator[None]:
        """One question of a conversation at a time. Raises Conflict."""
        with self._lock:
            if conversation_id in self._answering:
                raise Conflict("这段对话的上一问还在作答。", remedy="请等它答完再问，或新建对话。")
            self._answering[conversation_id] = None
        try:
            yield
        finally:
            with self._lock:
                self._answering.pop(conversation_id, None)

    def _answered(
        self, principal: Principal, row: MessageRow, asked: AskInConversation, edited: str | None = None
    ) -> Iterator[ConversationEvent]:
        """The events of an answer; it is stored before ``done`` is sent."""
        self._answering[row.conversation_id] = row.id
        understood = self._understood(principal, row, asked, edited)
        yield UnderstoodEvent(understood=understood)
        request = AskRequest(
            question=understood.question,
            as_of=day_to_ask(understood, asked.as_of),
            region=understood.region,
            law=asked.law,
            shelf=asked.shelf,
        )
        for event in self._views.assistant(principal).ask_stream(request):
            if isinstance(event, DoneEvent):
                said = understood.model_copy(update={"as_of": event.response.as_of})
                self._store.answered(row, asked, said, event.response)
            yield event

    def _understood(
        self, principal: Principal, row: MessageRow, asked: AskInConversation, edited: str | None
    ) -> Understood:
        before = [] if asked.literal or edited else self._before(principal, row)
        completed = complete(
            edited or row.question, before, as_of=asked.as_of, region=asked.region, today=self._today()
        )
        if completed.reading is Reading.COMPLETED and self._writer is not None:
            completed = rewrite(self._writer, row.question, before, completed)
        return completed.model_copy(update={"reading": Reading.EDITED}) if edited else completed

    def _before(self, principal: Principal, row: MessageRow) -> list[Exchange]:
        """The answered messages before one, as they may be shown to the person now."""
        shown = self._shown(principal, self._store.before(row, REMEMBERED))
        return [
            exchange_of(message.question, message.understood, message.response)
            for message in shown
            if message.response is not None
        ]

    # ---- export --------------------------------------------------------------------------------------------------

    def export(
        self, principal: Principal, conversation_id: str, format: ExportFormat, message_id: str | None = None
    ) -> bytes:
        conversation = self._store.get(principal.id, conversation_id)
        messages: list[Message] = []
        if message_id is not None:
            messages.append(self.message(principal, message_id, conversation_id))
        else:
            for offset in range(0, max(conversation.messages, 1), _PAGE):
                messages += self.messages(principal, conversation_id, MessagesQuery(limit=_PAGE, offset=offset)).items
        exported = Exported(conversation.title, messages, self._today(), whole=message_id is None)
        if format is ExportFormat.MARKDOWN:
            return write_markdown(exported).encode()
        from assistant.conversations.export_docx import write_docx

        return write_docx(exported)


def _stored(row: MessageRow, *, repeated: bool) -> StoredEvent:
    return StoredEvent(conversation_id=row.conversation_id, message_id=row.id, number=row.number, repeated=repeated)


def _replayed(message: Message) -> Iterator[ConversationEvent]:
    """The events of an answer that was stored before."""
    response = message.response
    if response is None:
        raise NotFound("这条消息没有答复。")
    if message.understood:
        yield UnderstoodEvent(understood=message.understood)
    if response.notes:
        yield NotesEvent(notes=response.notes, as_of=response.as_of)
    yield from (CitationEvent(citation=citation) for citation in response.citations)
    yield from (SentenceEvent(sentence=sentence) for sentence in response.sentences)
    yield from (RemovedEvent(removed=removed) for removed in response.removed)
    yield DoneEvent(response=response)
