"""The sheet of an exam: what is saved, what is still to be sent, and how long there is."""

from __future__ import annotations

import pytest

from assistant.quiz.contract import Form
from assistant.quiz.paper_contract import Answer, AttemptState, Saved
from tests.assistant.quiz.exam_room import OFFICER, Room
from ui.exam.answering import answer_words, is_answered
from ui.exam.sheet import AnswerSheet, unanswered_words


@pytest.fixture
def room(tmp_path) -> Room:
    return Room(tmp_path)


@pytest.fixture
def sheet(room) -> AnswerSheet:
    return AnswerSheet.of(room.exams.start(OFFICER, room.opened().id), clock=100.0)


def saved(sequence: int, seconds: int = 60, state: AttemptState = AttemptState.RUNNING) -> Saved:
    return Saved(sequence=sequence, saved=1, seconds_left=seconds, state=state)


def test_what_is_entered_is_unsaved_until_the_server_has_it(sheet, room):
    sheet.take(1, Answer(chosen=[0]))
    request = sheet.request(room.clock())
    assert request.answers == {1: Answer(chosen=[0])}
    sheet.note_saved(request, saved(request.sequence), 100.0, room.clock())
    assert not sheet.unsaved
    assert sheet.saved_at == room.clock()


def test_what_is_changed_while_it_is_being_sent_is_sent_again(sheet, room):
    sheet.take(1, Answer(chosen=[0]))
    request = sheet.request(room.clock())
    sheet.take(1, Answer(chosen=[1]))
    sheet.note_saved(request, saved(request.sequence), 100.0, room.clock())
    assert sheet.unsaved == {1}


def test_a_save_that_another_page_overtook_is_sent_again_with_a_higher_number(sheet, room):
    sheet.take(1, Answer(chosen=[0]))
    request = sheet.request(room.clock())
    sheet.note_saved(request, saved(request.sequence + 50), 100.0, room.clock())
    assert sheet.unsaved == {1}
    assert sheet.request(room.clock()).sequence > request.sequence + 50


def test_a_page_opened_anew_goes_on_after_the_one_before(room):
    paper = room.opened()
    first = AnswerSheet.of(room.exams.start(OFFICER, paper.id), 0.0)
    first.take(1, Answer(chosen=[0]))
    room.clock.turn(seconds=5)
    request = first.request(room.clock())
    first.note_saved(request, room.exams.save(OFFICER, first.paper.attempt_id, request), 0.0, room.clock())
    second = AnswerSheet.of(room.exams.attempt(OFFICER, first.paper.attempt_id), 0.0)
    assert second.answers == first.answers
    second.take(2, Answer(chosen=[1]))
    room.clock.turn(seconds=1)
    request = second.request(room.clock())
    second.note_saved(request, room.exams.save(OFFICER, first.paper.attempt_id, request), 0.0, room.clock())
    assert not second.unsaved


def test_entering_what_stands_there_and_leaving_nothing_is_no_change(sheet):
    sheet.take(1, Answer())
    sheet.take(2, Answer(blanks=["", ""]))
    assert not sheet.unsaved
    sheet.take(1, Answer(chosen=[0]))
    sheet.unsaved.clear()
    sheet.take(1, Answer(chosen=[0]))
    assert not sheet.unsaved
    sheet.take(1, Answer())
    assert sheet.unsaved == {1}


def test_the_time_left_is_the_servers(sheet, room):
    assert sheet.seconds_left(100.0) == sheet.paper.seconds_left
    sheet.take(1, Answer(chosen=[0]))
    request = sheet.request(room.clock())
    sheet.note_saved(request, saved(request.sequence, seconds=30), 200.0, room.clock())
    assert sheet.seconds_left(210.0) == 20
    assert sheet.seconds_left(900.0) == 0


def test_the_unanswered_are_named(sheet):
    assert sheet.unanswered == [item.number for item in sheet.paper.items]
    assert unanswered_words([3, 7]) == "还有 2 题未作答：第 3、7 题。"
    assert unanswered_words([]) == "全部试题都已作答。"
    assert unanswered_words(list(range(1, 100))).endswith("30 等 题。")


@pytest.mark.parametrize(
    ("form", "answer", "words"),
    [
        (Form.ONE, Answer(chosen=[2]), "C"),
        (Form.MANY, Answer(chosen=[2, 0]), "AC"),
        (Form.TRUTH, Answer(truth=False), "错误"),
        (Form.BLANKS, Answer(blanks=["五日", " "]), "五日；（未填）"),
        (Form.POINTS, Answer(words=" 应当告知 "), "应当告知"),
        (Form.AMOUNT, Answer(amount="2万元"), "2万元"),
        (Form.ONE, None, "未作答"),
        (Form.BLANKS, Answer(blanks=[" "]), "未作答"),
    ],
)
def test_an_answer_in_words(form, answer, words):
    assert answer_words(form, answer) == words
    assert is_answered(answer) is (words != "未作答")
