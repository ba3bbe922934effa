"""What trainers see: results, marks, statistics, hours; and what is kept of a person who asks for erasure."""

from __future__ import annotations

import io
from decimal import Decimal
from math import sqrt
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistant.quiz.contract import ItemKind
from assistant.quiz.paper_contract import (
    Answer,
    AttemptState,
    HoursEntry,
    HoursQuery,
    MarkRequest,
    OpenRequest,
    PracticeAnswer,
    PracticeRequest,
    SaveRequest,
)
from assistant.quiz.taking.hours import hours_workbook
from assistant.quiz.taking.statistics import ENOUGH, distribution, pearson
from assistant.userdata.words import PageQuery
from corpus.errors import Conflict, InvalidInput
from tests.assistant.quiz.exam_room import OFFICER, OTHER, TRAINER, Room, officer, right_answer, wrong_answer


@pytest.fixture
def room(tmp_path) -> Room:
    return Room(tmp_path)


def sit(room: Room, person, paper_id: str, right: int) -> str:
    """An attempt with so many right answers, counted in the paper's own order; the others wrong."""
    asked = room.exams.start(person, paper_id)
    own = {entry.item.stem: entry.number for entry in room.papers.paper(TRAINER, paper_id).items}
    answers = {q.number: right_answer(q) if own[q.stem] <= right else wrong_answer(q) for q in asked.items}
    room.exams.submit(person, asked.attempt_id, SaveRequest(answers=answers, sequence=1))
    return asked.attempt_id


def test_statistics_of_a_paper(room):
    paper = room.opened([ItemKind.SINGLE, ItemKind.TRUE_FALSE], variants=2)  # two items each, two points each
    for number, (right, department) in enumerate([(4, "一队"), (3, "一队"), (2, "二队"), (1, "二队"), (0, "二队")]):
        sit(room, officer(number, department), paper.id, right)
    room.exams.start(officer(9), paper.id)
    found = room.exams.statistics(TRAINER, paper.id)
    assert (found.people, found.running, found.waiting, found.mean) == (5, 1, 0, Decimal("4.00"))
    assert found.distribution == [1, 0, 1, 0, 0, 1, 0, 1, 0, 1]
    assert [(g.department, g.people, g.mean, g.highest, g.lowest) for g in found.groups] == [
        ("一队", 2, Decimal("7.00"), Decimal(8), Decimal(6)),
        ("二队", 3, Decimal("2.00"), Decimal(4), Decimal(0)),
    ]
    assert [one.difficulty for one in found.items] == [0.8, 0.6, 0.4, 0.2]
    assert [one.chosen for one in found.items[:2]] == [[1, 4, 0, 0], [2, 3, 0, 0]]
    first = found.items[0]
    rest = [6, 4, 2, 0, 0]  # of the five people, without the first item
    mean = sum(rest) / 5
    covariance = sum((x - 0.8) * (y - mean) for x, y in zip([1, 1, 1, 1, 0], rest, strict=True))
    spread = sqrt(0.8 * sum((y - mean) ** 2 for y in rest))
    assert first.discrimination == pytest.approx(covariance / spread, abs=1e-4)


def test_the_best_attempt_is_the_grade_and_the_first_tells_of_the_items(room):
    paper = room.opened([ItemKind.TRUE_FALSE], attempts=3)
    for right in (1, 2, 0):
        sit(room, OFFICER, paper.id, right)
    found = room.exams.statistics(TRAINER, paper.id)
    assert (found.people, found.mean) == (1, Decimal("4.00"))
    assert [one.difficulty for one in found.items] == [1.0, 0.0]
    assert [one.discrimination for one in found.items] == [None, None]


def test_what_was_seen_of_an_item_goes_to_the_bank_once_enough_met_it(room):
    first, second = (room.opened([ItemKind.TRUE_FALSE], count=3) for _ in range(2))
    for number in range(ENOUGH - 1):
        sit(room, officer(number), first.id, number % 4)
    room.exams.sweep()
    ids = [entry.item.id for entry in first.items]
    before = room.exams.observed.of(ids)
    assert {seen.answered for seen in before.values()} == {ENOUGH - 1}
    assert {seen.difficulty for seen in before.values()} == {None}
    sit(room, officer(99), second.id, 0)
    room.exams.statistics(TRAINER, second.id)
    after = room.exams.observed.of(ids)
    assert {seen.answered for seen in after.values()} == {ENOUGH}
    assert all(seen.difficulty is not None for seen in after.values())
    assert room.exams.observed.of(["single-1"]) == {}


@pytest.mark.parametrize(
    ("scores", "counts"),
    [
        ([], [0] * 10),
        (["100", "0"], [1, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
        (["10", "9.99", "99.9"], [1, 1, 0, 0, 0, 0, 0, 0, 0, 1]),
    ],
    ids=str,
)
def test_people_by_tenth_of_the_total(scores, counts):
    assert distribution([Decimal(score) for score in scores], Decimal(100)) == counts


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 100)), max_size=30))
def test_a_correlation_is_between_minus_one_and_one_or_is_not_defined(pairs):
    found = pearson([x for x, _ in pairs], [y for _, y in pairs])
    assert found is None or -1 <= found <= 1


def test_free_answers_are_marked_by_a_trainer(room):
    paper = room.opened([ItemKind.SHORT, ItemKind.TRUE_FALSE], variants=2)
    room.exams.start(OTHER, paper.id)
    attempt = sit(room, OFFICER, paper.id, 4)
    shown = room.exams.trainee_result(TRAINER, attempt)
    assert (shown.state, shown.score, shown.variant) == (AttemptState.SUBMITTED, None, "B")
    assert room.exams.statistics(TRAINER, paper.id).waiting == 1
    waiting = [one.number for one in shown.items if one.score is None]
    marks = MarkRequest(scores={waiting[0]: Decimal("1.5")}, notes={waiting[0]: "未写明期限。"})
    assert room.exams.mark(TRAINER, attempt, marks).score is None
    marked = room.exams.mark(TRAINER, attempt, MarkRequest(scores={waiting[1]: Decimal(2)}))
    assert (marked.state, marked.score) == (AttemptState.MARKED, Decimal("7.5"))
    own = room.exams.result(OFFICER, attempt)
    assert [one.note for one in own.items if one.number in waiting] == ["未写明期限。", ""]
    assert [one.right for one in own.items if one.number in waiting] == [False, True]


def test_two_trainers_marking_at_once_lose_nothing(room):
    paper = room.opened([ItemKind.SHORT])
    attempt = sit(room, OFFICER, paper.id, 4)
    numbers = [one.number for one in room.exams.trainee_result(TRAINER, attempt).items if one.score is None]
    together = Barrier(len(numbers))

    def mark(number):
        together.wait()
        room.exams.mark(TRAINER, attempt, MarkRequest(scores={number: Decimal(1)}))

    threads = [Thread(target=mark, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) > 1
    assert room.exams.trainee_result(TRAINER, attempt).state is AttemptState.MARKED


def test_marks_beyond_the_paper_are_refused(room):
    paper = room.opened([ItemKind.SHORT])
    attempt = sit(room, OFFICER, paper.id, 0)
    for scores in ({9: Decimal(1)}, {1: Decimal("2.01")}):
        with pytest.raises(InvalidInput):
            room.exams.mark(TRAINER, attempt, MarkRequest(scores=scores))
    running = room.exams.start(OTHER, paper.id).attempt_id
    with pytest.raises(Conflict):
        room.exams.mark(TRAINER, running, MarkRequest(scores={1: Decimal(1)}))
    assert room.exams.trainee_result(TRAINER, running).items == []


def test_hours_of_exams_and_practice(room):
    paper = room.opened([ItemKind.TRUE_FALSE])
    asked = room.exams.start(OFFICER, paper.id)
    room.clock.turn(minutes=30)
    room.exams.submit(OFFICER, asked.attempt_id, SaveRequest(answers={}, sequence=0))
    practice = room.exams.practise(OFFICER, PracticeRequest(count=3, seed=1))
    for number, minutes in ((1, 1), (2, 60), (3, 2)):  # an hour's pause counts as five minutes
        room.clock.turn(minutes=minutes)
        room.exams.answer(OFFICER, practice.practice_id, PracticeAnswer(number=number, answer=Answer()))
    room.exams.practise(OFFICER, PracticeRequest(count=1, seed=1))  # nothing answered: no time
    sit(room, OTHER, paper.id, 0)
    everybody = room.exams.hours(TRAINER, HoursQuery())
    assert [(e.person, e.exams, e.practices, e.minutes, e.hours) for e in everybody.items] == [
        ("学员1", 1, 1, Decimal("38.0"), Decimal("0.63")),
        ("学员2", 1, 0, Decimal("0.0"), Decimal("0.00")),
    ]
    assert [e.person for e in room.exams.hours(OFFICER, HoursQuery()).items] == ["学员1"]
    assert room.exams.hours(TRAINER, HoursQuery(own=True)).items == []
    assert room.exams.hours(TRAINER, HoursQuery(since="2026-11-22")).items == []
    assert room.exams.hours(TRAINER, HoursQuery(since="2026-11-21", until="2026-11-21")).total == 2
    with pytest.raises(InvalidInput):
        room.exams.hours(TRAINER, HoursQuery(since="2026-11-22", until="2026-11-21"))


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_name_in_the_workbook_is_never_a_formula(name):
    entry = HoursEntry(person=name, department=name, exams=1, practices=0, minutes=Decimal(90), hours=Decimal("1.5"))
    sheet = load_workbook(io.BytesIO(hours_workbook([entry], "2026"))).active
    assert sheet is not None
    row = sheet[3]
    assert [cell.data_type for cell in row[:2]] == ["s", "s"]
    assert row[0].value == name
    assert [cell.value for cell in row[2:]] == [1, 0, 90, 1.5, 38.5]


def test_the_workbook_holds_everybody(room):
    paper = room.opened([ItemKind.TRUE_FALSE])
    for number in range(3):
        sit(room, officer(number), paper.id, 0)
    sheet = load_workbook(io.BytesIO(room.exams.hours_xlsx(TRAINER, HoursQuery(limit=1)))).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == ["学员0", "学员1", "学员2"]


def test_a_person_is_handed_answers_and_points_and_may_erase_them_once_the_paper_is_closed(room):
    paper = room.opened([ItemKind.SHORT, ItemKind.TRUE_FALSE])
    attempt = sit(room, OFFICER, paper.id, 4)
    practice = room.exams.practise(OFFICER, PracticeRequest(count=1, seed=1))
    room.exams.answer(OFFICER, practice.practice_id, PracticeAnswer(number=1, answer=Answer()))
    kept = room.exams.area.of_person(OFFICER.id)
    assert [(one["paper"], len(one["answers"])) for one in kept["attempts"]] == [("示范卷", 4)]
    assert len(kept["practices"]) == 1

    assert room.exams.area.erase(OFFICER.id) == 1  # the practice; an open paper cannot be sat again by erasing
    assert room.exams.own_results(OFFICER, PageQuery()).total == 1
    room.papers.open(TRAINER, paper.id, OpenRequest(open=False))
    assert room.exams.area.erase(OFFICER.id) == 1
    assert room.exams.own_results(OFFICER, PageQuery()).total == 0
    found = room.exams.trainee_result(TRAINER, attempt)
    assert found.person == "（已删除）"
    assert {one.answer.words for one in found.items if one.answer} == {""}
    assert room.exams.statistics(TRAINER, paper.id).people == 1
    assert room.exams.hours(TRAINER, HoursQuery()).items == []


def test_with_the_account_the_name_goes_off_every_attempt(room):
    paper = room.opened([ItemKind.TRUE_FALSE], attempts=2)
    for _ in range(2):
        sit(room, OFFICER, paper.id, 1)
    assert len(room.exams.named.of_person(OFFICER.id)) == 2
    assert room.exams.named.erase(OFFICER.id) == 2
    assert room.exams.named.of_person(OFFICER.id) == []
    with room.userdata.read() as session:
        raw = session.connection().exec_driver_sql("SELECT * FROM quiz_attempts").all()
    assert OFFICER.id not in str(raw)
    assert OFFICER.name not in str(raw)


def test_results_name_the_person_and_hold_no_items(room):
    paper = room.opened([ItemKind.TRUE_FALSE])
    sit(room, OFFICER, paper.id, 1)
    sit(room, OTHER, paper.id, 2)
    page = room.exams.results(TRAINER, paper.id, PageQuery(limit=1))
    assert page.total == 2
    assert [(one.score, one.items) for one in page.items] == [(page.items[0].score, [])]
