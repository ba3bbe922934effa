"""A conversation keeps what was confirmed, in order, for its owner alone, whatever breaks off."""

from __future__ import annotations

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from assistant.contract import DoneEvent
from assistant.conversations.contract import (
    AskAgain,
    AskInConversation,
    ConversationsQuery,
    CreateConversation,
    ExportFormat,
    MessagesQuery,
    MessageState,
    Reading,
    RenameConversation,
    StoredEvent,
    UnderstoodEvent,
)
from assistant.conversations.showing import WITHHELD
from assistant.conversations.store import ConversationStore
from corpus.errors import Conflict, GeneratorUnavailable, NotFound
from corpus.vocabulary import State
from tests.assistant.conversations.conftest import ME, NOON, OTHER, Bench

QUESTION = "占道摆摊怎么罚？"


def test_a_question_is_stored_before_it_is_answered(bench: Bench) -> None:
    conversation = bench.begin()
    events = bench.service.ask(ME, conversation, AskInConversation(question=QUESTION))
    stored = next(events)
    assert isinstance(stored, StoredEvent)
    left = bench.restarted().message(ME, stored.message_id)
    assert (left.question, left.state) == (QUESTION, MessageState.UNANSWERED)
    assert bench.service.message(ME, stored.message_id).state in (MessageState.ANSWERING, MessageState.UNANSWERED)
    kinds = [type(event) for event in events]
    assert kinds[0] is UnderstoodEvent
    assert kinds[-1] is DoneEvent


def test_the_answer_is_stored_before_done_is_sent(bench: Bench) -> None:
    conversation = bench.begin()
    for event in bench.service.ask(ME, conversation, AskInConversation(question=QUESTION)):
        if isinstance(event, DoneEvent):
            message = bench.restarted().messages(ME, conversation, MessagesQuery()).items[0]
            assert message.state is MessageState.ANSWERED
            assert message.response == event.response


def test_the_first_question_names_the_conversation_unless_the_person_did(bench: Bench) -> None:
    conversation = bench.begin()
    bench.ask(conversation, QUESTION)
    assert bench.service.get(ME, conversation).title == QUESTION
    named = bench.service.create(ME, CreateConversation(title="我的 \n 标题")).id
    bench.ask(named, QUESTION)
    assert bench.service.get(ME, named).title == "我的 标题"


def test_a_follow_up_is_completed_and_a_literal_one_is_not(bench: Bench) -> None:
    conversation = bench.begin()
    bench.ask(conversation, QUESTION)
    bench.ask(conversation, "那要是第二次被抓呢？")
    bench.ask(conversation, "那要是第二次被抓呢？", literal=True)
    completed, literal = (m.understood for m in bench.messages(conversation)[1:])
    assert completed
    assert literal
    assert completed.question == "占道摆摊，第二次被抓，怎么罚？"
    assert completed.reading is Reading.COMPLETED
    assert literal.question == "那要是第二次被抓呢？"


def test_asking_again_replaces_the_answer_only_when_the_new_one_is_there(bench: Bench) -> None:
    conversation = bench.begin()
    bench.ask(conversation, QUESTION)
    first = bench.messages(conversation)[0]
    bench.stand_in.breaks_off = True
    with pytest.raises(GeneratorUnavailable):
        list(bench.service.ask_again(ME, conversation, first.id, AskAgain(as_of="2024-06-01")))
    assert bench.messages(conversation) == [first]
    bench.stand_in.breaks_off = False
    list(bench.service.ask_again(ME, conversation, first.id, AskAgain(as_of="2024-06-01", understood="占道经营怎么罚")))
    (again,) = bench.messages(conversation)
    assert again.id == first.id
    assert again.response
    assert again.response.as_of.isoformat() == "2024-06-01"
    assert again.understood
    assert again.understood.reading is Reading.EDITED


def test_a_retry_with_the_same_mark_stores_nothing_twice(bench: Bench) -> None:
    conversation = bench.begin()
    first = bench.ask(conversation, QUESTION, client_message_id="m1")
    again = bench.ask(conversation, QUESTION, client_message_id="m1")
    assert again[0] == first[0].model_copy(update={"repeated": True})
    assert again[-1].response == first[-1].response
    assert len(bench.stand_in.requests) == 1
    with pytest.raises(Conflict):
        bench.ask(conversation, "另一问", client_message_id="m1")
    created = bench.service.create(ME, CreateConversation(client_id="c1"))
    assert bench.service.create(ME, CreateConversation(client_id="c1")) == created


def test_a_second_question_at_once_is_refused_and_the_conversation_goes_on(bench: Bench) -> None:
    conversation = bench.begin()
    first = bench.service.ask(ME, conversation, AskInConversation(question=QUESTION))
    next(first)
    with pytest.raises(Conflict):
        bench.ask(conversation, "第二问")
    first.close()
    bench.ask(conversation, "第二问")
    assert [(m.number, m.state.value) for m in bench.messages(conversation)] == [(1, "unanswered"), (2, "answered")]


def test_nobody_else_meets_a_conversation_not_even_an_administrator(bench: Bench) -> None:
    conversation = bench.begin()
    bench.ask(conversation, QUESTION)
    message = bench.messages(conversation)[0]
    service = bench.service
    assert service.page(OTHER, ConversationsQuery()).total == 0
    for attempt in (
        lambda: service.get(OTHER, conversation),
        lambda: service.rename(OTHER, conversation, "x"),
        lambda: service.delete(OTHER, conversation),
        lambda: service.messages(OTHER, conversation, MessagesQuery()),
        lambda: service.message(OTHER, message.id),
        lambda: list(service.ask(OTHER, conversation, AskInConversation(question="x"))),
        lambda: list(service.ask_again(OTHER, conversation, message.id, AskAgain())),
        lambda: service.export(OTHER, conversation, ExportFormat.MARKDOWN),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert service.messages(ME, conversation, MessagesQuery()).items == [message]


def test_deleting_leaves_no_row(bench: Bench) -> None:
    conversation = bench.begin()
    bench.ask(conversation, QUESTION)
    bench.service.delete(ME, conversation)
    with bench.userdata.engine.connect() as connection:
        for table in ("conversations", "messages"):
            assert connection.exec_driver_sql(f"select count(*) from {table}").scalar() == 0


def test_an_answer_to_a_conversation_deleted_meanwhile_is_not_stored(bench: Bench) -> None:
    conversation = bench.begin()
    events = bench.service.ask(ME, conversation, AskInConversation(question=QUESTION))
    next(events)
    bench.service.delete(ME, conversation)
    with pytest.raises(NotFound):
        list(events)


def test_the_list_is_paged_newest_first_and_searched_by_title(bench: Bench) -> None:
    made = [bench.service.create(ME, CreateConversation(title=f"第{n}段 50%_")).id for n in range(5)]
    page = bench.service.page(ME, ConversationsQuery(limit=2, offset=1))
    assert ([c.id for c in page.items], page.total) == ([made[3], made[2]], 5)
    found = bench.service.page(ME, ConversationsQuery(query="50%_ 第2"))
    assert [c.id for c in found.items] == [made[2]]
    assert bench.service.page(ME, ConversationsQuery(query="5_")).total == 0


def test_what_may_no_longer_be_read_is_cut_out_of_an_old_answer(bench: Bench, monkeypatch) -> None:
    conversation = bench.begin()
    bench.ask(conversation, QUESTION)

    def hidden(*_given: object) -> None:
        raise NotFound("没有这一项。")

    monkeypatch.setattr(bench.stand_in, "document", hidden)
    monkeypatch.setattr(bench.stand_in, "provision", hidden)
    message = bench.messages(conversation)[0]
    assert message.response
    assert message.withheld == 1
    assert message.response.citations == []
    assert [s.text for s in message.response.sentences] == [WITHHELD]
    for written in ExportFormat.MARKDOWN, ExportFormat.DOCX:
        assert "示例法".encode() not in bench.service.export(ME, conversation, written)
    bench.ask(conversation, "上一条呢")
    assert "示例法" not in (bench.messages(conversation)[1].understood or message).model_dump_json()


def test_a_citation_that_was_repealed_since_is_marked(bench: Bench, monkeypatch) -> None:
    conversation = bench.begin()
    bench.ask(conversation, QUESTION)
    assert bench.messages(conversation)[0].changed == []
    detail = bench.stand_in.provision("ver-1/第一条").model_copy(
        update={"status": State.REPEALED, "note": "自2026-11-20起废止。"}
    )
    monkeypatch.setattr(bench.stand_in, "provision", lambda *_given: detail)
    (changed,) = bench.messages(conversation)[0].changed
    assert (changed.was, changed.now, changed.note) == (State.IN_FORCE, State.REPEALED, "自2026-11-20起废止。")


def test_personal_data_is_erased_by_person_and_by_age(bench: Bench) -> None:
    store = ConversationStore(bench.userdata, lambda: NOON)
    old = store.create(ME.id, "旧", None)
    later = ConversationStore(bench.userdata, lambda: NOON.replace(hour=13)).create(ME.id, "新", None)
    assert store.erase_before(NOON.replace(minute=30)) == 1
    assert [c.id for c in store.page(ME.id, ConversationsQuery()).items] == [later.id] != [old.id]
    assert store.erase_person(ME.id) == 1


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["whole", "broken", "fails", "retry", "again", "restart"]), st.integers(0, 4)),
        max_size=8,
    )
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_interleaving_the_conversation_reads_back_well_formed(bench: Bench, steps) -> None:
    """Whatever was confirmed is there, once, numbered in order; whatever has an answer has its whole answer."""
    conversation, service = bench.begin(), bench.service
    confirmed: dict[str, str] = {}
    for number, (step, cut) in enumerate(steps):
        question, mark = f"第{number}问怎么罚", f"m{number if step != 'retry' else max(0, number - 1)}"
        if step == "retry":
            question = confirmed.get(mark, question)
        if step == "restart":
            service = bench.restarted()
            continue
        bench.stand_in.breaks_off = step == "fails"
        held = service.messages(ME, conversation, MessagesQuery()).items
        if step == "again" and held:
            events = service.ask_again(ME, conversation, held[cut % len(held)].id, AskAgain())
            question = mark = ""
        else:
            events = service.ask(ME, conversation, AskInConversation(question=question, client_message_id=mark))
        try:
            for seen, event in enumerate(events):
                if isinstance(event, StoredEvent) and mark:
                    confirmed[mark] = question
                if step == "broken" and seen == cut:
                    break
        except GeneratorUnavailable:
            pass
        finally:
            events.close()
    bench.stand_in.breaks_off = False
    messages = bench.restarted().messages(ME, conversation, MessagesQuery()).items
    assert [m.number for m in messages] == list(range(1, len(messages) + 1))
    assert sorted(m.question for m in messages) == sorted(confirmed.values())
    assert all((m.response is not None) == (m.state is MessageState.ANSWERED) for m in messages)
    assert all(m.response is None or m.response.sentences for m in messages)


def test_many_at_once_are_refused_or_numbered_one_after_the_other(bench: Bench) -> None:
    """Two services stand for two processes over one database: their numbers never collide."""
    conversation, services = bench.begin(), [bench.service, bench.restarted()]
    stored: list[int] = []

    def ask(service, mark: int) -> None:
        try:
            events = list(service.ask(ME, conversation, AskInConversation(question=f"第{mark}问怎么罚")))
            stored.extend(event.number for event in events if isinstance(event, StoredEvent))
        except Conflict:
            pass

    threads = [threading.Thread(target=ask, args=(services[n % 2], n)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    messages = bench.messages(conversation)
    assert sorted(stored) == [m.number for m in messages] == list(range(1, len(messages) + 1))
    assert all(m.state is MessageState.ANSWERED for m in messages)


@pytest.mark.parametrize("title", ["\ud800", "甲\x00乙", "甲\u0085乙\x1b"])
def test_a_title_that_no_database_takes_is_refused_with_its_request(title: str) -> None:
    with pytest.raises(ValidationError):
        CreateConversation(title=title)
    with pytest.raises(ValidationError):
        RenameConversation(title=title)
