"""What people do while the service is killed under them, and what they were told had been kept."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant.api.client import ApiClient
from assistant.contract import AskResponse, DoneEvent
from assistant.conversations.contract import AskInConversation, MessageState, StoredEvent
from assistant.favourites.contract import EntryKey, EntryKind, EntryQuery, EntryRequest
from assistant.feedback.contract import FeedbackKind, FeedbackRequest
from assistant.userdata.words import PageQuery
from corpus.errors import ServerUnavailable

LAW = "行政处罚法"
ARTICLES = ("第四条", "第九条", "第二十九条", "第三十三条", "第三十六条", "第五十一条", "第六十三条", "第七十二条")
DRAFT = (
    "初次违法且危害后果轻微并及时改正的，可以不予行政处罚[c1]。违法行为轻微并及时改正，没有造成危害后果的，"
    "不予行政处罚[c1]。当事人有证据足以证明没有主观过错的，不予行政处罚[c1]。"
)
_UPLOAD = "第一条 为了测试，制定本办法。\n\n第二条 本办法自2026年1月1日起施行。\n"


@dataclass
class Told:
    """What the service confirmed, over all its lives."""

    messages: dict[str, StoredEvent] = field(default_factory=dict)  # by the client's own mark
    asked: dict[str, tuple[str, AskInConversation]] = field(default_factory=dict)  # every one sent, by its mark
    answers: dict[str, AskResponse] = field(default_factory=dict)  # by the client's own mark
    conversations: set[str] = field(default_factory=set)
    titles: dict[str, str] = field(default_factory=dict)
    feedback: set[str] = field(default_factory=set)
    kept: dict[str, bool] = field(default_factory=dict)  # favourites: put there, or taken away
    undecided: set[str] = field(default_factory=set)  # favourites whose last change was not confirmed
    uploads: set[str] = field(default_factory=set)


@contextmanager
def busy(client: ApiClient, told: Told, name: str) -> Iterator[threading.Event]:
    """Three people at work until the service is gone; the event says that a first question is stored."""
    begun = threading.Event()
    works: list[Callable[[], None]] = [
        lambda: _converse(client, told, name, begun),
        lambda: _write(client, told, name),
        lambda: _upload(client, told, name),
    ]
    failures: list[BaseException] = []

    def until_gone(work: Callable[[], None]) -> None:
        try:
            work()
        except ServerUnavailable:
            return
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=until_gone, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield begun
    finally:
        for thread in threads:
            thread.join()
    assert failures == []


def _converse(client: ApiClient, told: Told, name: str, begun: threading.Event) -> None:
    """Questions in one old and one new conversation, in turn, without end."""
    old = min(told.conversations) if told.conversations else client.conversations.create().id
    told.conversations.add(old)
    new = client.conversations.create(client_id=name).id
    told.conversations.add(new)
    for number in range(10_000):
        conversation = (old, new)[number % 2]
        mark = f"{name}-{number}"
        article = ARTICLES[number % len(ARTICLES)]
        request = AskInConversation(question=f"{LAW}{article}怎么规定的", client_message_id=mark)
        told.asked[mark] = (conversation, request)
        for event in client.conversations.ask(conversation, request):
            if isinstance(event, StoredEvent):
                told.messages[mark] = event
                begun.set()
            elif isinstance(event, DoneEvent):
                told.answers[mark] = event.response


def _write(client: ApiClient, told: Told, name: str) -> None:
    """Feedback, favourites and titles, without end."""
    (document,) = (d.document_id for d in client.documents() if d.law.endswith(LAW))
    entries = [entry.provision_id for entry in client.document(document).articles]
    response = AskResponse(question="问", as_of="2026-11-21", refused=True, answer="答", sentences=[])
    conversation = client.conversations.create(f"{name} 0").id
    told.conversations.add(conversation)
    told.titles[conversation] = f"{name} 0"
    for number in range(10_000):
        given = client.feedback.give(FeedbackRequest(kind=FeedbackKind.USEFUL, words=name, response=response))
        told.feedback.add(given.id)
        provision = entries[number // 2 % len(entries)]
        told.undecided.add(provision)
        if number % 2 == 0:
            client.mine.add_favourite(EntryRequest(kind=EntryKind.PROVISION, id=provision))
        else:
            client.mine.remove_favourite(EntryKey(kind=EntryKind.PROVISION, id=provision))
        told.kept[provision] = number % 2 == 0
        told.undecided.discard(provision)
        told.titles.pop(conversation)
        told.titles[conversation] = client.conversations.rename(conversation, f"{name} {number + 1}").title


def _upload(client: ApiClient, told: Told, name: str) -> None:
    for number in range(2):
        text = f"# 示例市测试办法{name}{number}\n\n{_UPLOAD}".encode()
        told.uploads.add(client.corpora.create([(f"{name}-{number}.md", io.BytesIO(text))]).id)


def check_what_was_told(client: ApiClient, told: Told) -> None:
    """Everything that had been confirmed is there, and every conversation reads back whole."""
    held = {}
    for conversation in told.conversations:
        items = _messages(client, conversation)
        assert [m.number for m in items] == list(range(1, len(items) + 1))
        assert len({m.id for m in items}) == len(items)
        assert client.conversations.get(conversation).messages == len(items)
        for message in items:
            assert message.state in (MessageState.ANSWERED, MessageState.UNANSWERED)
            assert (message.response is not None) == (message.state is MessageState.ANSWERED)
            held[message.id] = message
    for mark, stored in told.messages.items():
        message = held[stored.message_id]
        assert (message.number, message.conversation_id) == (stored.number, stored.conversation_id)
        assert message.question == told.asked[mark][1].question
    for mark, response in told.answers.items():
        found = held[told.messages[mark].message_id].response
        assert found is not None
        assert found.answer == response.answer
    _check_writes(client, told)


def ask_again_what_was_cut_off(client: ApiClient, told: Told) -> int:
    """Send every unanswered question once more with its mark: it is answered, and stored once. Returns how many."""
    again = [mark for mark in told.asked if mark not in told.answers]
    for mark in again:
        conversation, request = told.asked[mark]
        before = client.conversations.get(conversation).messages
        stored, *_, done = client.conversations.ask(conversation, request)
        assert isinstance(stored, StoredEvent)
        assert isinstance(done, DoneEvent)
        if mark in told.messages:
            assert stored.repeated
            assert stored.message_id == told.messages[mark].message_id
        assert client.conversations.get(conversation).messages == before + (not stored.repeated)
        told.messages[mark] = stored
        told.answers[mark] = done.response
    return len(again)


def _check_writes(client: ApiClient, told: Told) -> None:
    for conversation, title in told.titles.items():
        assert client.conversations.get(conversation).title == title
    own = {f.id for page in _pages(lambda q: client.feedback.own(q).items) for f in page}
    assert told.feedback <= own
    kept = {
        e.id
        for page in _pages(lambda q: client.mine.favourites(EntryQuery(limit=q.limit, offset=q.offset)).items)
        for e in page
    }
    for provision, there in told.kept.items():
        if provision not in told.undecided:
            assert (provision in kept) == there
    for upload in told.uploads:
        assert client.corpora.get(upload).id == upload


def _messages(client: ApiClient, conversation: str) -> list:
    return [
        m
        for page in _pages(lambda q: client.conversations.messages(conversation, limit=q.limit, offset=q.offset).items)
        for m in page
    ]


def _pages(page: Callable[[PageQuery], list]) -> Iterator[list]:
    """Page after page of a list until one is empty."""
    offset = 0
    while items := page(PageQuery(limit=200, offset=offset)):
        yield items
        offset += len(items)
