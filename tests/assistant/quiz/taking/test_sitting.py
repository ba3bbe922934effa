"""Sitting an exam: what is saved stays, the server's clock decides, submitting twice is submitting once."""

from __future__ import annotations

import datetime as dt
import random
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from assistant.quiz.contract import Form, ItemKind
from assistant.quiz.paper_contract import Answer, AttemptState, OpenRequest, SaveRequest
from assistant.quiz.taking.attempt import GRACE
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

CLOSED_KINDS = [kind for kind in ItemKind if kind is not ItemKind.SHORT]
NOTHING = SaveRequest(answers={}, sequence=0)


@pytest.fixture
def room(tmp_path) -> Room:
    return Room(tmp_path)


def all_right(asked, sequence: int = 1) -> SaveRequest:
    return SaveRequest(answers={one.number: right_answer(one) for one in asked.items}, sequence=sequence)


def test_all_right_earns_everything_on_every_variant(room):
    paper = room.opened(CLOSED_KINDS, variants=4)
    seen = set()
    for number in range(4):
        asked = room.exams.start(officer(number), paper.id)
        seen.add(asked.variant)
        result = room.exams.submit(officer(number), asked.attempt_id, all_right(asked))
        assert (result.score, result.state) == (paper.total, AttemptState.MARKED)
        assert all(one.right for one in result.items)
    assert seen == {"A", "B", "C", "D"}


def test_what_is_right_is_shown_in_the_order_the_person_saw(room):
    paper = room.opened([ItemKind.SINGLE, ItemKind.MULTIPLE], variants=2)
    room.exams.start(OTHER, paper.id)
    asked = room.exams.start(OFFICER, paper.id)
    assert asked.variant == "B"
    result = room.exams.submit(OFFICER, asked.attempt_id, all_right(asked))
    for question, marked in zip(asked.items, result.items, strict=True):
        assert marked.item.options == question.options
        assert marked.key.correct == sorted(right_answer(question).chosen)
        wrong = {refutation.option for refutation in marked.item.refutations}
        assert wrong == set(range(len(question.options))) - set(marked.key.correct)


def test_an_attempt_goes_on_after_a_lost_connection(room):
    paper = room.opened()
    asked = room.exams.start(OFFICER, paper.id)
    first = asked.items[0]
    room.exams.save(OFFICER, asked.attempt_id, SaveRequest(answers={1: right_answer(first)}, sequence=1))
    room.clock.turn(minutes=10)
    again = room.exams.start(OFFICER, paper.id)
    assert again.attempt_id == asked.attempt_id
    assert again == room.exams.attempt(OFFICER, asked.attempt_id)
    assert again.items[0].answer == right_answer(first)
    assert (asked.seconds_left, again.seconds_left) == (3600, 3000)
    offered = room.exams.offered(OFFICER).items
    assert [(entry.id, entry.running, entry.taken) for entry in offered] == [(paper.id, asked.attempt_id, 1)]


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1), (1, 1, 3), (3, 3, 2), (2, 3, 3)], ids=str)
def test_saves_that_come_late_or_twice_change_nothing(room, order):
    asked = room.exams.start(OFFICER, room.opened([ItemKind.TRUE_FALSE]).id)
    sent = {
        1: {1: Answer(truth=True)},
        2: {1: Answer(truth=False)},
        3: {1: Answer(truth=False), 2: Answer(truth=True)},
    }
    for sequence in order:
        saved = room.exams.save(OFFICER, asked.attempt_id, SaveRequest(answers=sent[sequence], sequence=sequence))
    kept = room.exams.attempt(OFFICER, asked.attempt_id)
    assert [one.answer for one in kept.items] == [Answer(truth=False), Answer(truth=True)]
    assert (saved.sequence, saved.saved) == (3, 2)


def test_an_answer_taken_back_counts_as_none(room):
    asked = room.exams.start(OFFICER, room.opened([ItemKind.SINGLE]).id)
    room.exams.save(OFFICER, asked.attempt_id, SaveRequest(answers={1: Answer(chosen=[1])}, sequence=1))
    saved = room.exams.save(OFFICER, asked.attempt_id, SaveRequest(answers={1: Answer()}, sequence=2))
    assert saved.saved == 0


def test_the_last_answers_come_with_the_submission(room):
    asked = room.exams.start(OFFICER, room.opened([ItemKind.TRUE_FALSE]).id)
    room.exams.save(OFFICER, asked.attempt_id, SaveRequest(answers={1: Answer(truth=True)}, sequence=4))
    last = SaveRequest(answers={1: Answer(truth=False), 2: Answer(truth=False)}, sequence=4)
    assert room.exams.submit(OFFICER, asked.attempt_id, last).score == Decimal(4)


@pytest.mark.parametrize(("late", "score"), [(3, 4), (4, 2), (5, 2)])
def test_a_submission_older_than_what_is_saved_does_not_undo_it(room, late, score):
    asked = room.exams.start(OFFICER, room.opened([ItemKind.TRUE_FALSE]).id)
    saved = {1: Answer(truth=False), 2: Answer(truth=False)}
    room.exams.save(OFFICER, asked.attempt_id, SaveRequest(answers=saved, sequence=4))
    overtaken = SaveRequest(answers={1: Answer(truth=True)}, sequence=late)
    result = room.exams.submit(OFFICER, asked.attempt_id, overtaken)
    assert (result.state, result.score) == (AttemptState.MARKED, Decimal(score))


def test_submitting_again_gives_the_same_result(room):
    asked = room.exams.start(OFFICER, room.opened(CLOSED_KINDS).id)
    first = room.exams.submit(OFFICER, asked.attempt_id, all_right(asked))
    room.clock.turn(minutes=5)
    worse = SaveRequest(answers={one.number: wrong_answer(one) for one in asked.items}, sequence=99)
    assert room.exams.submit(OFFICER, asked.attempt_id, worse) == first
    late = room.exams.save(OFFICER, asked.attempt_id, worse)
    assert (late.state, late.sequence, late.seconds_left) == (AttemptState.MARKED, 1, 0)
    assert room.exams.result(OFFICER, asked.attempt_id) == first


def test_time_that_is_over_submits_what_was_saved(room):
    paper = room.opened([ItemKind.TRUE_FALSE], minutes=30)
    asked = room.exams.start(OFFICER, paper.id)
    room.exams.save(OFFICER, asked.attempt_id, SaveRequest(answers={1: Answer(truth=False)}, sequence=1))
    room.clock.turn(minutes=31)
    late = SaveRequest(answers={2: Answer(truth=False)}, sequence=2)
    assert room.exams.save(OFFICER, asked.attempt_id, late).state is AttemptState.MARKED
    result = room.exams.submit(OFFICER, asked.attempt_id, late)
    assert (result.score, result.submitted_at) == (Decimal(2), NINE + dt.timedelta(minutes=30))
    assert room.exams.attempt(OFFICER, asked.attempt_id).state is AttemptState.MARKED


def test_answers_that_were_on_their_way_at_the_end_count(room):
    asked = room.exams.start(OFFICER, room.opened([ItemKind.TRUE_FALSE], minutes=30).id)
    room.clock.at = asked.ends_at + GRACE
    result = room.exams.submit(OFFICER, asked.attempt_id, all_right(asked))
    assert (result.score, result.submitted_at) == (Decimal(4), asked.ends_at)


def test_the_sweep_submits_without_anybody_looking(room):
    paper = room.opened([ItemKind.TRUE_FALSE], minutes=30)
    for number in range(3):
        room.exams.start(officer(number), paper.id)
    room.clock.turn(minutes=31)
    room.exams.sweep()
    states = {result.state for result in room.exams.results(TRAINER, paper.id, PageQuery()).items}
    assert states == {AttemptState.MARKED}


def test_the_end_of_the_exam_ends_an_attempt_that_began_late(room):
    paper = room.paper([ItemKind.TRUE_FALSE], minutes=60)
    closes = NINE + dt.timedelta(minutes=30)
    room.papers.open(TRAINER, paper.id, OpenRequest(open=True, closes_at=closes))
    room.clock.turn(minutes=20)
    assert room.exams.start(OFFICER, paper.id).seconds_left == 600


def test_closing_a_paper_submits_what_is_running(room):
    paper = room.opened([ItemKind.TRUE_FALSE])
    asked = room.exams.start(OFFICER, paper.id)
    room.exams.save(OFFICER, asked.attempt_id, SaveRequest(answers={1: Answer(truth=False)}, sequence=1))
    room.clock.turn(minutes=5)
    room.papers.open(TRAINER, paper.id, OpenRequest(open=False))
    room.clock.turn(minutes=1)
    assert room.exams.result(OFFICER, asked.attempt_id).score == Decimal(2)
    with pytest.raises(Conflict, match="结束"):
        room.exams.start(OTHER, paper.id)
    assert room.exams.offered(OTHER).items == []


def test_a_paper_is_taken_as_often_as_it_says(room):
    paper = room.opened([ItemKind.TRUE_FALSE], attempts=2)
    for _ in range(2):
        asked = room.exams.start(OFFICER, paper.id)
        room.exams.submit(OFFICER, asked.attempt_id, NOTHING)
    with pytest.raises(Conflict, match="2 次"):
        room.exams.start(OFFICER, paper.id)
    assert room.exams.own_results(OFFICER, PageQuery()).total == 2


def test_before_the_time_nobody_starts(room):
    paper = room.paper()
    room.papers.open(TRAINER, paper.id, OpenRequest(open=True, opens_at=dt.datetime(2026, 11, 21, 9, 30)))
    assert [entry.id for entry in room.exams.offered(OFFICER).items] == [paper.id]
    with pytest.raises(Conflict, match="09:30"):
        room.exams.start(OFFICER, paper.id)
    room.clock.turn(minutes=30)
    assert room.exams.start(OFFICER, paper.id).seconds_left == 3600


def test_a_draft_and_another_department_s_paper_do_not_exist(room):
    draft = room.paper()
    theirs = room.opened()
    room.papers.open(TRAINER, theirs.id, OpenRequest(open=True, groups=["二队"]))
    assert room.exams.offered(OFFICER).items == []
    for paper_id in (draft.id, theirs.id, "nothing"):
        with pytest.raises(NotFound) as refused:
            room.exams.start(OFFICER, paper_id)
        assert str(refused.value) == str(NotFound("没有这份试卷。", remedy="请刷新试卷列表后重试。"))
    assert room.exams.start(officer(5, "二队"), theirs.id).items


def test_a_paper_on_a_document_hidden_from_an_officer_is_not_offered(tmp_path):
    room = Room(tmp_path, [item(ItemKind.SINGLE, 1), item(ItemKind.SINGLE, 2, document="d-hidden")])
    paper = room.opened([ItemKind.SINGLE])
    asked = room.exams.start(OTHER, paper.id)
    room.bank.hidden = {OFFICER.id: {"d-hidden"}}
    assert room.exams.offered(OFFICER).items == []
    with pytest.raises(NotFound):
        room.exams.start(OFFICER, paper.id)
    room.bank.hidden[OTHER.id] = {"d-hidden"}
    with pytest.raises(NotFound):
        room.exams.attempt(OTHER, asked.attempt_id)
    result = room.exams.submit(OTHER, asked.attempt_id, all_right(asked))
    assert (result.score, [one.item.id for one in result.items]) == (Decimal(4), ["single-1"])


def test_another_s_attempt_is_like_none(room):
    asked = room.exams.start(OFFICER, room.opened().id)
    said = set()
    for attempt_id in (asked.attempt_id, "nothing"):
        for call in (
            lambda a: room.exams.attempt(OTHER, a),
            lambda a: room.exams.save(OTHER, a, NOTHING),
            lambda a: room.exams.submit(OTHER, a, NOTHING),
            lambda a: room.exams.result(OTHER, a),
        ):
            with pytest.raises(NotFound) as refused:
                call(attempt_id)
            said.add(str(refused.value))
    assert len(said) == 1
    assert room.exams.attempt(OFFICER, asked.attempt_id).state is AttemptState.RUNNING


def test_before_submission_there_is_no_result(room):
    asked = room.exams.start(OFFICER, room.opened().id)
    with pytest.raises(Conflict):
        room.exams.result(OFFICER, asked.attempt_id)
    assert room.exams.own_results(OFFICER, PageQuery()).items == []


def test_the_result_of_an_earlier_attempt_keeps_back_what_is_being_asked_again(room):
    paper = room.opened(CLOSED_KINDS, attempts=2)
    first = room.exams.start(OFFICER, paper.id)
    room.exams.submit(OFFICER, first.attempt_id, all_right(first))
    second = room.exams.start(OFFICER, paper.id)
    shown = room.exams.result(OFFICER, first.attempt_id)
    assert (shown.items, shown.score) == ([], paper.total)
    room.exams.submit(OFFICER, second.attempt_id, NOTHING)
    assert len(room.exams.result(OFFICER, first.attempt_id).items) == len(paper.items)


def test_free_answers_wait_for_marks(room):
    paper = room.opened([ItemKind.TRUE_FALSE, ItemKind.SHORT])
    asked = room.exams.start(OFFICER, paper.id)
    result = room.exams.submit(OFFICER, asked.attempt_id, all_right(asked))
    assert (result.state, result.score) == (AttemptState.SUBMITTED, None)
    assert {one.score for one in result.items if one.item.form is Form.POINTS} == {None}


def test_many_submissions_at_once_lose_nothing(room):
    paper = room.opened([ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.BLANK])
    people = [officer(number) for number in range(12)]
    begun = {person.id: room.exams.start(person, paper.id) for person in people}

    def sit(person) -> Decimal | None:
        asked = begun[person.id]
        chance = random.Random(person.id)
        numbers = [one.number for one in asked.items]
        chance.shuffle(numbers)
        by_number = {one.number: right_answer(one) for one in asked.items}
        answers: dict[int, Answer] = {}
        for sequence, number in enumerate(numbers, start=1):
            answers[number] = by_number[number]
            room.exams.save(person, asked.attempt_id, SaveRequest(answers=dict(answers), sequence=sequence))
        return room.exams.submit(person, asked.attempt_id, SaveRequest(answers={}, sequence=len(numbers))).score

    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(sit, people)) == {paper.total}
    assert room.exams.statistics(TRAINER, paper.id).people == 12


def test_starting_and_submitting_twice_at_once_is_once(room):
    paper = room.opened(CLOSED_KINDS)
    with ThreadPoolExecutor(8) as pool:
        begun = list(pool.map(lambda _n: room.exams.start(OFFICER, paper.id), range(8)))
        assert len({asked.attempt_id for asked in begun}) == 1
        request = all_right(begun[0])
        results = list(pool.map(lambda _n: room.exams.submit(OFFICER, begun[0].attempt_id, request), range(8)))
    assert {result.score for result in results} == {paper.total}
    assert len({result.submitted_at for result in results}) == 1


def test_a_paper_whose_law_changed_is_not_begun_but_finished_by_those_who_sit_it(room):
    paper = room.opened([ItemKind.SINGLE])
    running = room.exams.start(OFFICER, paper.id)
    room.bank.block(paper.items[0].item.id)
    with pytest.raises(Conflict, match="依据已变动"):
        room.exams.start(OTHER, paper.id)
    assert room.exams.start(OFFICER, paper.id).attempt_id == running.attempt_id
    answers = {asked.number: right_answer(asked) for asked in running.items}
    done = room.exams.submit(OFFICER, running.attempt_id, SaveRequest(answers=answers, sequence=1))
    assert done.score == done.total
