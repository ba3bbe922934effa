"""题库 for officers: practise, sit an exam through a lost connection, see what was right; no key before it is due."""

from __future__ import annotations

import re
import time

import pytest
from streamlit.testing.v1 import AppTest

from assistant.accounts.roles import Role
from assistant.quiz.contract import ItemKind
from assistant.quiz.paper_contract import Answer, OpenRequest, PracticeAnswer, PracticeRequest, SaveRequest
from corpus.errors import ServerUnavailable
from tests.assistant.quiz.exam_room import OFFICER, SECRETS, TRAINER, item, right_answer, wrong_answer
from tests.ui.account_service import person
from tests.ui.conftest import SCRIPT
from tests.ui.exam_service import FakeExams
from tests.ui.screen import HOSTILE, shown
from ui.exam.marked import marked_html
from ui.exam.offered import start_words
from ui.exam.sitting import item_html
from ui.quiz.page import parts_of


@pytest.fixture
def exams(api, tmp_path) -> FakeExams:
    api.person = person(Role.OFFICER)
    api.exams = FakeExams(tmp_path)
    return api.exams


def opened(**params: str) -> AppTest:
    at = AppTest.from_file(str(SCRIPT), default_timeout=30).run()
    for name, value in params.items():
        at.query_params[name] = value
    at.switch_page("views/quiz.py").run()
    assert not at.exception
    return at


def sitting(exams: FakeExams, kinds: list[ItemKind], **more: int) -> AppTest:
    """An exam that was begun by its button."""
    paper = exams.room.opened(kinds, **more)
    at = opened(tab="exams")
    at.button(key=f"exam_start_{paper.id}").click().run()
    assert not at.exception
    return at


def sent(at: AppTest) -> str:
    """All that the page says: HTML, labels, options, values."""
    widgets = [f"{w.label} {getattr(w, 'options', '')} {w.value}" for w in (*at.radio, *at.checkbox, *at.text_input)]
    return "\n".join([shown(at), *widgets, *(button.label for button in at.button)])


def param(at: AppTest, name: str) -> str:
    value = at.query_params[name]
    return value if isinstance(value, str) else value[0]


def attempt_of(at: AppTest) -> str:
    return param(at, "attempt")


def test_every_role_may_practise_and_sit_exams():
    for role in (Role.OFFICER, Role.TRAINER, Role.LEGAL, Role.ADMIN):
        assert {"practice", "exams", "results", "wrong"} <= {part.name for part in parts_of(person(role))}


# ---- an exam -----------------------------------------------------------------------------------------------------


def test_without_an_exam_the_page_says_so_and_leads_on(exams):
    html = shown(opened(tab="exams"))
    assert "现在没有您可以参加的考试" in html
    assert "tab=practice" in html


@pytest.mark.parametrize("kind", list(ItemKind))
def test_no_key_is_on_the_page_while_the_exam_runs(exams, kind):
    at = sitting(exams, [kind])
    for _ in range(2):
        assert not [words for words in SECRETS if words in sent(at)]
        held = repr(at.session_state[f"exam_sheet_{attempt_of(at)}"])
        assert not [words for words in SECRETS if words in held]
        if not at.button(key="exam_next").disabled:
            at.button(key="exam_next").click().run()


def test_every_change_is_saved_at_once_with_a_growing_number(exams):
    at = sitting(exams, [ItemKind.SINGLE])
    at.radio[0].set_value(1).run()
    exams.room.clock.turn(seconds=1)
    at.radio[0].set_value(2).run()
    assert exams.asked(attempt_of(at)).items[0].answer == Answer(chosen=[2])
    first, second = (request.sequence for request in exams.saves)
    assert first < second
    assert "答题卡：已答 1/2 题" in shown(at)
    assert at.button(key="exam_to_1").label == "1 ✓"


def test_what_is_answered_while_the_service_is_away_is_kept_and_sent_later(exams):
    at = sitting(exams, [ItemKind.SINGLE, ItemKind.BLANK])
    exams.fails = ServerUnavailable("refused")
    at.radio[0].set_value(1).run()
    at.button(key="exam_next").click().run()
    assert not at.exception
    exams.fails = None
    assert exams.asked(attempt_of(at)).items[0].answer is None
    at.button(key="exam_previous").click().run()
    assert at.radio[0].value == 1
    assert exams.asked(attempt_of(at)).items[0].answer == Answer(chosen=[1])


def test_a_page_opened_anew_has_the_answers(exams):
    at = sitting(exams, [ItemKind.MULTIPLE])
    at.checkbox[0].check().run()
    at.checkbox[2].check().run()
    again = opened(tab="exams", attempt=attempt_of(at))
    assert [box.value for box in again.checkbox] == [True, False, True, False]


def test_submission_names_what_is_not_answered_and_leads_to_the_result(exams):
    at = sitting(exams, [ItemKind.SINGLE])
    right = right_answer(exams.asked(attempt_of(at)).items[0])
    at.radio[0].set_value(right.chosen[0]).run()
    assert "还有 1 题未作答：第 2 题。" in shown(at)
    at.button(key="exam_submit").click().run()
    assert not at.exception
    html = shown(at)
    assert param(at, "tab") == "results"
    for words in ("已交卷。", "2 / 4 分", "✓ 答对了", "✗ 答错了", "解析甲乙", "引文甲乙", "驳斥甲乙", "未作答"):
        assert words in html, words
    assert "encyclopedia?provision=v-1" in html


def test_a_submission_that_does_not_arrive_is_said_and_tried_again(exams):
    at = sitting(exams, [ItemKind.SINGLE])
    exams.fails = ServerUnavailable("refused")
    at.button(key="exam_submit").click().run()
    assert "连接不上答复服务" in shown(at)
    exams.fails = None
    at.button(key="exam_submit").click().run()
    assert "已交卷。" in shown(at)


def test_when_the_time_is_over_the_exam_is_submitted_with_what_was_answered(exams, monkeypatch):
    at = sitting(exams, [ItemKind.SINGLE], minutes=10)
    now = exams.room.clock
    at.radio[0].set_value(1).run()
    now.turn(minutes=10)
    real = time.monotonic
    monkeypatch.setattr("ui.exam.sitting.time.monotonic", lambda: real() + 600)
    at.run()
    assert not at.exception
    assert "考试时间到，已自动交卷。" in shown(at)
    assert param(at, "tab") == "results"


def test_an_exam_that_is_over_leads_to_its_result(exams):
    at = sitting(exams, [ItemKind.SINGLE])
    attempt = attempt_of(at)
    at.button(key="exam_submit").click().run()
    html = shown(opened(tab="exams", attempt=attempt))
    assert "这次考试已经交卷" in html
    assert f"tab=results&amp;attempt={attempt}" in html


def test_an_exam_that_is_not_ones_own_is_said_with_a_way_back(exams):
    html = shown(opened(tab="exams", attempt="nobody"))
    assert "ea-problem" in html
    assert "全部考试" in html


def test_a_running_exam_is_gone_on_with_and_a_used_one_is_not_offered(exams):
    at = sitting(exams, [ItemKind.SINGLE])
    [paper] = exams.room.exams.offered(OFFICER).items
    assert start_words(paper, exams.room.clock()) == "继续作答"
    at.button(key="exam_submit").click().run()
    [paper] = exams.room.exams.offered(OFFICER).items
    assert start_words(paper, exams.room.clock()) == ""
    html = shown(opened(tab="exams"))
    assert "次数已用完" in html
    assert "看成绩" in html


# ---- results, wrong answers ----------------------------------------------------------------------------------------


def test_results_are_listed_with_hours_and_free_answers_wait_for_marks(exams):
    at = sitting(exams, [ItemKind.SHORT])
    at.text_area[0].set_value("应当先告知。").run()
    at.button(key="exam_submit").click().run()
    html = shown(at)
    for words in ("待阅卷", "等待阅卷", "应当先告知。", "要点甲乙"):
        assert words in html, words
    html = shown(opened(tab="results"))
    for words in ("示范卷", "待阅卷", "年学时"):
        assert words in html, words


def test_empty_results_and_an_empty_book_lead_on(exams):
    assert "还没有成绩" in shown(opened(tab="results"))
    assert "错题本是空的" in shown(opened(tab="wrong"))


def test_what_was_wrong_is_in_the_book_and_practised_again(exams):
    at = sitting(exams, [ItemKind.SINGLE])
    asked = exams.asked(attempt_of(at)).items
    at.radio[0].set_value(wrong_answer(asked[0]).chosen[0]).run()
    at.button(key="exam_submit").click().run()
    html = shown(opened(tab="wrong"))
    assert "共 2 题" in html
    assert "tab=practice&amp;wrong=1" in html
    at = opened(tab="practice", wrong="1")
    assert at.checkbox[0].value is True
    at.button(key="exam_practice_start").click().run()
    assert "第 1 题，共 2 题" in shown(at)


# ---- practice ----------------------------------------------------------------------------------------------------


def practising(kind: ItemKind, count: int = 2) -> AppTest:
    at = opened(tab="practice")
    at.button_group(key="exam_practice_kinds").set_value([kind]).run()
    at.number_input(key="exam_practice_count").set_value(count).run()
    at.button(key="exam_practice_start").click().run()
    assert not at.exception
    return at


def submit(at: AppTest) -> AppTest:
    next(button for button in at.button if button.label == "提交答案").click().run()
    assert not at.exception
    return at


def test_practice_explains_each_answer_at_once_and_sums_up(exams):
    at = practising(ItemKind.TRUE_FALSE)
    assert not [words for words in SECRETS if words in sent(at)]
    at.radio[0].set_value(True)
    html = shown(submit(at))
    for words in ("✗ 答错了", "您的答案", "解析甲乙", "引文甲乙", "encyclopedia?provision=v-1"):
        assert words in html, words
    at.button(key="exam_practice_next").click().run()
    at.radio[0].set_value(False)
    assert "✓ 答对了" in shown(submit(at))
    at.button(key="exam_practice_next").click().run()
    html = shown(at)
    assert "练习小结" in html
    assert "正确率 50%" in html
    at.button(key="exam_practice_leave").click().run()
    assert at.button(key="exam_practice_start")


def test_nothing_is_submitted_without_an_answer_and_an_item_may_be_skipped(exams):
    at = practising(ItemKind.SINGLE)
    assert "请先作答" in shown(submit(at))
    at.button(key="exam_practice_skip").click().run()
    assert "第 2 题，共 2 题" in shown(at)
    at.button(key="exam_practice_stop").click().run()
    assert "跳过 2 题" in shown(at)


def test_where_nothing_fits_the_page_says_so(exams):
    at = opened(tab="practice")
    at.text_input(key="exam_practice_title").set_value("没有这部法").run()
    at.button(key="exam_practice_start").click().run()
    assert "题库里还没有合乎要求的题" in shown(at)


def test_an_unreachable_service_is_said_in_practice(exams):
    at = practising(ItemKind.TRUE_FALSE)
    exams.fails = ServerUnavailable("refused")
    at.radio[0].set_value(True)
    assert "连接不上答复服务" in shown(submit(at))


# ---- words from outside ------------------------------------------------------------------------------------------


def test_words_of_items_stay_words(exams):
    hostile = item(ItemKind.SINGLE, 9, stem=HOSTILE, options=[HOSTILE, "乙机关"], explanation=HOSTILE)
    exams.room.bank.held = {hostile.id: hostile}
    paper = exams.room.opened([ItemKind.SINGLE], count=1, variants=1)
    asked = exams.room.exams.start(OFFICER, paper.id)
    assert "<script>" not in item_html(asked.items[0])
    result = exams.room.exams.submit(OFFICER, asked.attempt_id, SaveRequest(answers={}, sequence=1))
    html = marked_html(result.items[0])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert TRAINER.name not in html


# ---- going on, and fingers ---------------------------------------------------------------------------------------


def test_a_round_of_practice_is_gone_on_with_in_another_session(exams):
    practice = exams.room.exams.practise(OFFICER, PracticeRequest(kinds=[ItemKind.SINGLE], count=3, seed=1))
    first = PracticeAnswer(number=1, answer=right_answer(practice.items[0]))
    exams.room.exams.answer(OFFICER, practice.practice_id, first)
    at = opened(tab="practice")
    assert "已答 1/3 题" in shown(at)
    assert f"round={practice.practice_id}" in shown(at)
    again = opened(tab="practice", round=practice.practice_id)
    assert "第 2 题，共 3 题；已答 1 题，答对 1 题" in shown(again)
    assert practice.items[1].stem in shown(again)


def test_items_of_an_open_exam_are_said_to_be_kept_back(exams):
    practice = exams.room.exams.practise(OFFICER, PracticeRequest(kinds=[ItemKind.SINGLE], seed=1))
    for asked in practice.items:
        wrong = PracticeAnswer(number=asked.number, answer=wrong_answer(asked))
        exams.room.exams.answer(OFFICER, practice.practice_id, wrong)
    exams.room.opened([ItemKind.SINGLE], count=3)
    html = shown(opened(tab="wrong"))
    assert "另有 3 题在正在进行的考试中" in html
    assert "错题本是空的" not in html


def test_every_link_of_the_exam_pages_is_high_enough_for_a_finger(exams):
    paper = exams.room.opened([ItemKind.SINGLE])
    asked = exams.room.exams.start(OFFICER, paper.id)
    places = [{"tab": "exams", "attempt": asked.attempt_id}]
    wrong = {one.number: wrong_answer(one) for one in asked.items}
    exams.room.exams.submit(OFFICER, asked.attempt_id, SaveRequest(answers=wrong, sequence=1))
    exams.room.papers.open(TRAINER, paper.id, OpenRequest(open=False))
    places += [{"tab": "results"}, {"tab": "results", "attempt": asked.attempt_id}]
    places += [{"tab": "exams"}, {"tab": "wrong"}]
    high = re.compile(r"ea-way|ea-choice|ea-tab")
    for place in places:
        found = re.findall(r'<a [^>]*class="([^"]*)"', shown(opened(**place)))
        assert [css for css in found if not high.search(css)] == [], place
