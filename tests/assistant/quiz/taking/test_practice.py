"""Practice: published items the person may read, explained at once, and never what a running exam asks."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quiz.contract import ItemKind, ItemState
from assistant.quiz.paper_contract import OpenRequest, PracticeAnswer, PracticeRequest, SaveRequest
from assistant.quiz.taking.practising import RESUMABLE
from assistant.quiz.taking.wrong_book import LEARNT, Answered, wrong_book
from assistant.userdata.words import PageQuery
from corpus.errors import Conflict, NotFound
from tests.assistant.quiz.exam_room import (
    NINE,
    OFFICER,
    OTHER,
    TRAINER,
    Room,
    item,
    officer,
    right_answer,
    wrong_answer,
)

ALL = PracticeRequest(count=100, seed=1)


@pytest.fixture
def room(tmp_path) -> Room:
    return Room(tmp_path)


def stems(practice) -> set[str]:
    return {asked.stem for asked in practice.items}


def test_an_answer_is_explained_at_once_in_the_order_shown(room):
    practice = room.exams.practise(OFFICER, PracticeRequest(kinds=[ItemKind.SINGLE, ItemKind.MULTIPLE], seed=3))
    assert len(practice.items) == 6
    for asked in practice.items:
        answer = right_answer(asked)
        marked = room.exams.answer(OFFICER, practice.practice_id, PracticeAnswer(number=asked.number, answer=answer))
        assert marked.right
        assert marked.item.options == asked.options
        assert marked.key.correct == sorted(answer.chosen)
        assert marked.item.explanation
        assert marked.item.citations


def test_the_same_seed_gives_the_same_round(room):
    first, second, other = (room.exams.practise(OFFICER, PracticeRequest(count=5, seed=s)) for s in (4, 4, 5))
    assert first.items == second.items != other.items


def test_only_published_items_whose_law_stands_and_that_may_be_read_are_practised(tmp_path):
    items = [item(ItemKind.SINGLE, n) for n in range(5)] + [item(ItemKind.SINGLE, 9, document="d-hidden")]
    room = Room(tmp_path, items)
    room.bank.block("single-0")
    room.bank.held["single-1"] = room.bank.held["single-1"].model_copy(update={"state": ItemState.IN_REVIEW})
    room.bank.hidden = {OFFICER.id: {"d-hidden"}}
    assert stems(room.exams.practise(OFFICER, ALL)) == {room.bank.held[f"single-{n}"].stem for n in (2, 3, 4)}
    assert len(room.exams.practise(OTHER, ALL).items) == 4


def test_a_choice_of_field_source_and_kind(room):
    chosen = PracticeRequest(kinds=[ItemKind.BLANK], field="市容", title="《示范条例》", count=50)
    assert {one.kind for one in room.exams.practise(OFFICER, chosen).items} == {ItemKind.BLANK}
    nothing = room.exams.practise(OFFICER, PracticeRequest(field="没有"))
    assert (nothing.practice_id, nothing.items) == ("", [])


def test_a_large_bank_gives_a_mixture(tmp_path):
    room = Room(tmp_path, [item(ItemKind.SINGLE, n, chapter=f"第{n // 50}章") for n in range(1000)])
    chapters = set()
    for seed in range(4):
        for asked in room.exams.practise(OFFICER, PracticeRequest(count=20, seed=seed)).items:
            chapters |= {one.tags.chapter for one in room.bank.held.values() if one.stem == asked.stem}
    assert len(chapters) > 4


@pytest.mark.parametrize("begins", [False, True], ids=["not begun", "running"])
def test_while_an_exam_is_open_its_items_are_kept_back(room, begins):
    begun = room.exams.practise(OFFICER, ALL)
    made = room.paper([ItemKind.TRUE_FALSE])
    on_paper = {entry.item.stem for entry in made.items}
    first = next(one for one in begun.items if one.stem in on_paper)
    wrong = PracticeAnswer(number=first.number, answer=wrong_answer(first))
    room.exams.answer(OFFICER, begun.practice_id, wrong)
    paper = room.papers.open(TRAINER, made.id, OpenRequest(open=True, groups=["一队"]))
    if begins:
        room.exams.start(OFFICER, paper.id)

    for person in (OFFICER, OTHER, officer(5, "二队")):  # also who is not invited
        assert not stems(room.exams.practise(person, ALL)) & on_paper
    book = room.exams.wrong(OFFICER, PageQuery())
    assert (book.items, book.withheld) == ([], 1)
    with pytest.raises(Conflict, match="正在进行的考试"):
        room.exams.answer(OFFICER, begun.practice_id, wrong)
    assert first.number not in {one.number for one in room.exams.practice(OFFICER, begun.practice_id).items}

    asked = room.exams.start(OFFICER, paper.id)
    room.exams.submit(OFFICER, asked.attempt_id, SaveRequest(answers={}, sequence=0))
    assert stems(room.exams.practise(OFFICER, ALL)) >= on_paper  # no attempt is left, the result has shown the keys
    assert room.exams.answer(OFFICER, begun.practice_id, wrong).right is False
    assert not stems(room.exams.practise(OTHER, ALL)) & on_paper
    room.papers.open(TRAINER, made.id, OpenRequest(open=False))
    assert stems(room.exams.practise(OTHER, ALL)) >= on_paper


def test_an_exam_that_closes_by_itself_gives_its_items_back(room):
    made = room.paper([ItemKind.TRUE_FALSE])
    on_paper = {entry.item.stem for entry in made.items}
    room.papers.open(TRAINER, made.id, OpenRequest(open=True, closes_at=NINE + dt.timedelta(hours=1)))
    assert not stems(room.exams.practise(OTHER, ALL)) & on_paper
    room.clock.turn(minutes=61)
    assert stems(room.exams.practise(OTHER, ALL)) >= on_paper


def test_a_round_that_was_left_is_gone_on_with(room):
    practice = room.exams.practise(OFFICER, PracticeRequest(kinds=[ItemKind.SINGLE, ItemKind.BLANK], seed=1))
    assert room.exams.unfinished(OFFICER).items == []  # nothing answered, nothing to go on with
    first, second, third, *_ = practice.items
    room.clock.turn(minutes=1)
    room.exams.answer(OFFICER, practice.practice_id, PracticeAnswer(number=1, answer=right_answer(first)))
    room.exams.answer(OFFICER, practice.practice_id, PracticeAnswer(number=2, answer=wrong_answer(second)))
    left = room.exams.unfinished(OFFICER).items
    assert [(one.practice_id, one.answered, one.count) for one in left] == [(practice.practice_id, 2, 6)]
    again = room.exams.practice(OFFICER, practice.practice_id)
    assert (again.items, again.done) == (practice.items, {1: True, 2: False})
    changed = next(one for one in room.bank.held.values() if one.stem == third.stem)
    room.bank.held[changed.id] = changed.model_copy(update={"revision": 2})
    numbers = [one.number for one in room.exams.practice(OFFICER, practice.practice_id).items]
    assert numbers == [1, 2, 4, 5, 6]
    for person in (OTHER, TRAINER):
        assert room.exams.unfinished(person).items == []
        with pytest.raises(NotFound, match="没有这组练习"):
            room.exams.practice(person, practice.practice_id)
    room.clock.at += RESUMABLE + dt.timedelta(minutes=1)
    assert room.exams.unfinished(OFFICER).items == []


def test_an_item_changed_since_it_was_put_is_not_graded(room):
    practice = room.exams.practise(OFFICER, PracticeRequest(kinds=[ItemKind.SINGLE], count=1, seed=1))
    only = next(one for one in room.bank.held.values() if one.stem == practice.items[0].stem)
    answer = PracticeAnswer(number=1, answer=right_answer(practice.items[0]))
    room.bank.held[only.id] = only.model_copy(update={"revision": 2})
    with pytest.raises(Conflict):
        room.exams.answer(OFFICER, practice.practice_id, answer)
    room.bank.held[only.id] = only
    assert room.exams.answer(OFFICER, practice.practice_id, answer).right


def test_another_s_practice_is_like_none(room):
    practice = room.exams.practise(OFFICER, ALL)
    answer = PracticeAnswer(number=1, answer=wrong_answer(practice.items[0]))
    for person, practice_id in ((OTHER, practice.practice_id), (TRAINER, practice.practice_id), (OFFICER, "none")):
        with pytest.raises(NotFound, match="没有这组练习"):
            room.exams.answer(person, practice_id, answer)
    with pytest.raises(NotFound):
        room.exams.answer(OFFICER, practice.practice_id, PracticeAnswer(number=99, answer=answer.answer))


def test_exams_and_practice_fill_the_wrong_answer_book(room):
    paper = room.opened([ItemKind.SINGLE])
    asked = room.exams.start(OFFICER, paper.id)
    answers = {1: wrong_answer(asked.items[0]), 2: right_answer(asked.items[1])}
    room.exams.submit(OFFICER, asked.attempt_id, SaveRequest(answers=answers, sequence=1))
    book = room.exams.wrong(OFFICER, PageQuery())
    assert [(one.item.stem, one.wrong, one.right_since) for one in book.items] == [(asked.items[0].stem, 1, 0)]
    room.papers.open(TRAINER, paper.id, OpenRequest(open=False))
    for right_since in range(1, LEARNT + 1):
        room.clock.turn(minutes=1)
        again = room.exams.practise(OFFICER, PracticeRequest(wrong_only=True, seed=1))
        assert stems(again) == {asked.items[0].stem}
        answer = PracticeAnswer(number=1, answer=right_answer(again.items[0]))
        for _ in range(2):  # once more in the same round does not count
            room.exams.answer(OFFICER, again.practice_id, answer)
        left = room.exams.wrong(OFFICER, PageQuery()).items
        assert [one.right_since for one in left] == ([] if right_since == LEARNT else [right_since])
    assert room.exams.practise(OFFICER, PracticeRequest(wrong_only=True)).items == []
    assert room.exams.wrong(OTHER, PageQuery()).total == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=30))
def test_the_book_holds_what_was_wrong_and_not_learnt_since(given_answers):
    answers = [Answered(NINE + dt.timedelta(minutes=n), i, right) for n, (i, right) in enumerate(given_answers)]
    book = {entry.item_id: entry for entry in wrong_book(answers)}
    for item_id in "abc":
        own = [one.right for one in answers if one.item_id == item_id]
        wrong = [place for place, right in enumerate(own) if not right]
        since = len(own) - 1 - wrong[-1] if wrong else 0
        assert (item_id in book) is (bool(wrong) and since < LEARNT)
        if item_id in book:
            assert book[item_id].right_since == since
    assert list(book) == [one.item_id for one in sorted(book.values(), key=lambda o: o.last_wrong, reverse=True)]


def test_a_running_exam_keeps_back_what_asks_the_same_in_another_item(tmp_path):
    asked = item(ItemKind.SINGLE, 1)
    same_fact = item(ItemKind.TRUE_FALSE, 2).model_copy(
        update={"claim": asked.claim, "citations": asked.citations, "id": "same-fact"}
    )
    same_words = asked.model_copy(update={"claim": None, "id": "same-words"})
    other = item(ItemKind.BLANK, 3)
    room = Room(tmp_path, [asked, other])
    paper = room.paper([ItemKind.SINGLE], count=1)
    room.bank.held |= {one.id: one for one in (same_fact, same_words)}
    before = room.exams.practise(OFFICER, ALL)
    assert len(before.items) == 2  # one of the three that ask the same, and the other
    room.papers.open(TRAINER, paper.id, OpenRequest(open=True))
    running = room.exams.start(OFFICER, paper.id)
    assert stems(room.exams.practise(OFFICER, ALL)) == {other.stem}
    kept_back = next(one for one in before.items if one.stem != other.stem)
    with pytest.raises(Conflict, match="正在进行的考试"):
        room.exams.answer(
            OFFICER, before.practice_id, PracticeAnswer(number=kept_back.number, answer=wrong_answer(kept_back))
        )
    room.exams.submit(OFFICER, running.attempt_id, SaveRequest(answers={}, sequence=1))
    assert len(room.exams.practise(OFFICER, ALL).items) == 2
