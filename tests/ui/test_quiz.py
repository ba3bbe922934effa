"""题库 for trainers: items made with proof, reviewed with reasons; papers printed and taken; words are escaped."""

from __future__ import annotations

from decimal import Decimal

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from assistant.accounts.roles import Role
from assistant.quiz.contract import MOST_BUILT, BuildState, Claim, Form, ItemKind, ItemState, LeftOut, Move, Point, Twin
from assistant.quiz.paper_contract import PaperRequest, PaperState
from corpus.errors import Conflict
from tests.ui.account_service import person
from tests.ui.conftest import SCRIPT
from tests.ui.quiz_service import BLOCKED, DISPROVED, STEM, FakePapers, FakeQuiz, quiz_item, short_item
from tests.ui.screen import HOSTILE, shown
from ui.quiz.page import PARTS, parts_of

TRAINERS = {"build", "bank", "papers", "statistics"}


@pytest.fixture
def quiz(api) -> FakeQuiz:
    api.quiz = FakeQuiz()
    api.papers = FakePapers(api.quiz)
    return api.quiz


@pytest.fixture
def papers(api, quiz) -> FakePapers:
    return api.papers


def opened(**params: str) -> AppTest:
    """The page alone, without the bar around it."""
    at = AppTest.from_file(str(SCRIPT.parent / "views" / "quiz.py"), default_timeout=30)
    for name, value in params.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.OFFICER, set()), (Role.TRAINER, TRAINERS), (Role.LEGAL, TRAINERS), (Role.ADMIN, TRAINERS)],
)
def test_the_trainers_parts_are_shown_to_those_who_manage_the_quiz(role, sees):
    assert {part.name for part in parts_of(person(role))} & TRAINERS == sees


def test_every_part_has_an_address_of_its_own():
    assert len({part.name for part in PARTS}) == len(PARTS)


def test_the_bar_leads_to_the_page(quiz, page):
    assert "题库" in shown(page("quiz"))


# ---- making items ------------------------------------------------------------------------------------------------


def test_a_build_asks_what_the_form_says(quiz):
    at = opened(tab="build")
    at.segmented_control(key="quiz_build_way").set_value("指定各题型").run()
    at.number_input(key="quiz_build_single").set_value(3)
    at.number_input(key="quiz_build_multiple").set_value(0)
    at.number_input(key="quiz_build_true_false").set_value(0)
    at.number_input(key="quiz_build_seed").set_value(7)
    at.multiselect(key="quiz_build_sources").set_value(["doc-0"]).run()
    at.button(key="quiz_build_start").click().run()
    ((what, request),) = quiz.done
    assert what == "build"
    assert (request.sources, request.kinds, request.seed) == (["doc-0"], {ItemKind.SINGLE: 3}, 7)
    assert at.query_params["build"] == "job-1"


def test_a_refused_build_says_why_and_keeps_the_form(quiz):
    quiz.fails = Conflict("您已有一个出题任务在进行。", remedy="请等它完成，或先停止它。")
    at = opened(tab="build")
    at.number_input(key="quiz_build_count").set_value(33)
    at.button(key="quiz_build_start").click().run()
    assert "请等它完成" in shown(at)
    assert at.number_input(key="quiz_build_count").value == 33


def test_a_build_shows_items_with_their_proof_and_what_was_held_back(quiz):
    quiz.hold(quiz_item())
    at = opened(tab="build", build="job-1")
    screen = shown(at)
    for words in (
        "要求 3 题，出题 1 题",
        "种子 7",
        "能证明的只有1道",
        "错项不足",
        "校验 8/8 项通过",
        "答案有据",
        "三倍以下罚款",
    ):
        assert words in screen
    assert "某题<b>" not in screen
    at.button(key="quiz_built_submit").click().run()
    assert quiz.held["q-1"].state is ItemState.IN_REVIEW
    assert "已提交审核 1 题" in shown(at)


def test_a_running_build_can_be_stopped(quiz):
    quiz.build_state = BuildState.RUNNING
    at = opened(tab="build", build="job-1")
    assert "正在校验（已出 1，要求 3）" in shown(at)
    at.button(key="quiz_build_stop").click().run()
    assert ("stop", "job-1") in quiz.done


def test_a_build_that_is_forgotten_leads_back(quiz):
    screen = shown(opened(tab="build", build="job-9"))
    assert "没有这个出题任务" in screen
    assert "另行出题" in screen


# ---- the bank ----------------------------------------------------------------------------------------------------


def test_an_empty_bank_says_what_to_do(quiz):
    screen = shown(opened(tab="bank"))
    assert "题库里还没有试题" in screen
    assert "quiz?tab=build" in screen


def test_the_address_narrows_the_list_and_the_filters_write_it(quiz):
    quiz.hold(quiz_item(), short_item(state=ItemState.PUBLISHED))
    at = opened(tab="bank", state="published")
    assert "简述占用盲道的处理" in shown(at)
    assert STEM not in shown(at)
    assert "草稿 1" in shown(at)
    at = opened(tab="bank")
    at.selectbox(key="quiz_filter_kind").set_value("short").run()
    assert at.query_params["kind"] == "short"
    assert STEM not in shown(at)
    assert "没有符合这些条件" in shown(opened(tab="bank", words="没有的词"))


def test_an_address_that_means_nothing_shows_everything(quiz):
    quiz.hold(quiz_item())
    assert STEM in shown(opened(tab="bank", state="nonsense", kind="x"))


def test_a_button_pressed_before_the_boxes_are_drawn_unpicks_nothing(quiz):
    quiz.hold(quiz_item(state=ItemState.IN_REVIEW), short_item(state=ItemState.IN_REVIEW))
    at = opened(tab="bank", state="in_review")
    at.button(key="quiz_pick_page").click().run()
    at.button(key="quiz_picked_none").click().run()
    not_drawn_yet = at._tree.get_widget_states().widgets
    at.button(key="quiz_pick_page").click().run()
    assert [box.proto.default for box in at.checkbox] == [True, True], "so a browser draws them whenever it gets to it"
    sent = at.button(key="quiz_picked_publish").click()._widget_state
    at._run(WidgetStates(widgets=[*not_drawn_yet, sent]))
    assert {item.state for item in quiz.held.values()} == {ItemState.PUBLISHED}


def test_boxes_are_turned_one_by_one(quiz):
    quiz.hold(quiz_item(), short_item())
    at = opened(tab="bank")
    at.button(key="quiz_pick_page").click().run()
    assert [box.value for box in at.checkbox] == [True, True]
    at.checkbox[0].uncheck().run()
    assert "已选 1 题" in shown(at)
    at.checkbox[0].check().run()
    assert "已选 2 题" in shown(at)
    at.button(key="quiz_picked_none").click().run()
    assert [box.value for box in at.checkbox] == [False, False]


def test_a_box_beyond_what_one_request_carries_stays_empty(quiz):
    quiz.hold(quiz_item(), short_item())
    at = opened(tab="bank")
    at.session_state["quiz_picked"] = {f"q-{number}": "某题" for number in range(2, MOST_BUILT + 2)}
    at.run()
    at.checkbox[0].check().run()
    assert not at.checkbox[0].value
    assert f"已选 {MOST_BUILT} 题" in shown(at)


def test_several_are_published_at_once_and_those_that_cannot_are_named(quiz):
    quiz.hold(quiz_item(state=ItemState.IN_REVIEW), short_item(state=ItemState.IN_REVIEW, proof=DISPROVED))
    at = opened(tab="bank", state="in_review")
    at.button(key="quiz_pick_page").click().run()
    assert "已选 2 题" in shown(at)
    at.button(key="quiz_picked_publish").click().run()
    screen = shown(at)
    assert "已发布 1 题" in screen
    assert "引文中没有“三倍”" in screen
    assert quiz.held["q-1"].state is ItemState.PUBLISHED
    assert "已选 1 题" in screen


def test_sending_back_needs_a_reason(quiz):
    quiz.hold(quiz_item(state=ItemState.IN_REVIEW))
    at = opened(tab="bank", item="q-1")
    at.button(key="quiz_one_return").click().run()
    assert "退回须写明理由" in shown(at)
    assert quiz.held["q-1"].state is ItemState.IN_REVIEW
    at.text_area(key="quiz_one_return_note").set_value("错项不似真").run()
    at.button(key="quiz_one_return").click().run()
    _, request = quiz.done[-1]
    assert (request.move, request.note) == (Move.RETURN, "错项不似真")
    assert quiz.held["q-1"].state is ItemState.DRAFT


@pytest.mark.parametrize(
    ("state", "offered", "not_offered"),
    [
        (ItemState.DRAFT, {"提交审核", "修改"}, {"发布", "重新启用"}),
        (ItemState.IN_REVIEW, {"发布", "确认退回", "修改"}, {"提交审核"}),
        (ItemState.PUBLISHED, {"确认停用", "修改"}, {"发布", "提交审核"}),
        (ItemState.RETIRED, {"重新启用"}, {"修改", "发布"}),
    ],
)
def test_an_item_offers_what_can_be_done_where_it_stands(quiz, state, offered, not_offered):
    quiz.hold(quiz_item(state=state))
    found = set(labels(opened(tab="bank", item="q-1")))
    assert offered <= found
    assert not found & not_offered


def test_an_item_shows_key_source_proof_and_history(quiz):
    quiz.hold(quiz_item(blocked=BLOCKED, proof=DISPROVED, stem=f"{STEM}{HOSTILE}"))
    at = opened(tab="bank", item="q-1")
    screen = shown(at)
    for words in ("✓ 正确", "该条写的是三倍", "拒不改正的，处货值金额三倍以下罚款", "引文中没有“三倍”", "条文已经修改"):
        assert words in screen
    assert '<span class="ea-removed">' in screen
    assert '<span class="ea-added">' in screen
    assert "<script>" not in screen
    at.button(key="quiz_source_0").click().run()
    assert "在百科中打开" in shown(at)


def test_a_model_s_words_that_are_not_taken_are_told_with_the_reason(api, quiz):
    quiz.hold(quiz_item(claim=Claim(point=Point.MULTIPLE, subject="拒不改正的", answers=["三倍以下"])))
    assert "改写题干" not in labels(opened(tab="bank", item="q-1"))  # there is no model
    plain = api.health
    api.health = lambda: plain().model_copy(update={"model": "某模型"})
    at = opened(tab="bank", item="q-1")
    at.button(key="quiz_one_rephrase").click().run()
    assert ("rephrase", "q-1") in quiz.done
    assert "保留原题干：改写增减了数字“五”。" in shown(at)


def test_an_item_that_is_not_there_is_no_dead_end(quiz):
    screen = shown(opened(tab="bank", item="q-404"))
    assert "题库中没有这道题" in screen
    assert "返回题库" in screen


def test_a_changed_item_goes_out_with_the_revision_that_was_read(quiz):
    quiz.hold(quiz_item(revision=3))
    at = opened(tab="bank", item="q-1", edit="1")
    at.text_area(key="quiz_edit_q-1_3_stem").set_value("改过的题干")
    at.text_input(key="quiz_edit_q-1_3_option_1").set_value("")
    at.pills(key="quiz_edit_q-1_3_correct").set_value([2]).run()
    at.button(key="quiz_edit_save").click().run()
    _, request = quiz.done[-1]
    assert (request.stem, request.revision) == ("改过的题干", 3)
    assert request.options == ["货值金额三倍以下", "货值金额十倍以下"]
    assert request.key.correct == [1]
    assert request.cites == ["《中华人民共和国示例法》第二条"]
    assert "改过的题干" in shown(at)


def test_what_a_key_lacks_is_said_and_what_was_written_stays(quiz):
    at = opened(tab="bank", view="new")
    at.text_area(key="quiz_edit_new_0_stem").set_value("甲乙丙？")
    at.text_input(key="quiz_edit_new_0_option_0").set_value("甲")
    at.button(key="quiz_new_save").click().run()
    assert "正确选项的个数不对" in shown(at)
    assert at.text_area(key="quiz_edit_new_0_stem").value == "甲乙丙？"
    at.pills(key="quiz_edit_new_0_correct").set_value([0]).run()
    at.button(key="quiz_new_save").click().run()
    assert quiz.done[-1][0] == "write"
    assert at.query_params["item"] == "q-new"


@pytest.mark.parametrize(
    ("kind", "fill", "form"),
    [
        (ItemKind.TRUE_FALSE, lambda at, key: at.segmented_control(key=f"{key}_truth").set_value(True), Form.TRUTH),
        (ItemKind.SHORT, lambda at, key: at.text_area(key=f"{key}_points").set_value("责令改正 | 2"), Form.POINTS),
        (ItemKind.CALCULATION, lambda at, key: at.text_input(key=f"{key}_amount").set_value("20,000"), Form.AMOUNT),
        (ItemKind.BLANK, lambda at, key: at.text_input(key=f"{key}_blank_0").set_value("十日 | 10日"), Form.BLANKS),
    ],
)
def test_every_kind_can_be_written(quiz, kind, fill, form):
    at, key = opened(tab="bank", view="new"), "quiz_edit_new_0"
    at.selectbox(key=f"{key}_kind").set_value(kind)
    at.text_area(key=f"{key}_stem").set_value("期限为____。").run()
    fill(at, key)
    at.run()
    at.button(key="quiz_new_save").click().run()
    _, request = quiz.done[-1]
    assert (request.kind, request.form) == (kind, form)


def test_an_import_tells_of_every_bad_row(quiz):
    quiz.hold(quiz_item())
    at = opened(tab="bank", view="import")
    at.file_uploader(key="quiz_import_file").set_value(("题.txt", b"x", "text/plain")).run()
    at.button(key="quiz_import_send").click().run()
    assert quiz.done[-1] == ("take_in", ("题.txt", b"x"))
    screen = shown(at)
    for words in ("导入 1 题", "第3行", "没有答案&lt;b&gt;", "请写明答案"):
        assert words in screen


def test_an_export_says_what_it_left_out(quiz):
    quiz.hold(quiz_item())
    quiz.left_out = [LeftOut(id="q-1", stem="某题", reason="依据已变动")]
    at = opened(tab="bank")
    at.checkbox[0].check().run()
    at.button(key="quiz_export_make").click().run()
    assert quiz.done[-1][1].ids == ["q-1"]
    assert "“某题”：依据已变动" in shown(at)
    assert [d.label for d in at.get("download_button")] == ["下载 题库.xml"]


def test_more_items_than_one_request_carries_are_submitted_all_the_same(quiz):
    quiz.hold(*(quiz_item(f"q-{number}") for number in range(501)))
    at = opened(tab="build", build="job-1")
    at.button(key="quiz_built_submit").click().run()
    assert [len(request.ids) for what, request in quiz.done if what == "move"] == [500, 1]
    assert "已提交审核 501 题" in shown(at)


def test_twins_and_stale_items_are_listed(quiz):
    quiz.pairs = [Twin(first="q-1", second="q-2", likeness=0.93, first_stem="处三倍罚款", second_stem="处五倍罚款")]
    screen = shown(opened(tab="bank", view="twins"))
    assert "相似度 93%" in screen
    assert "item=q-2" in screen
    assert "没有依据已变动的试题" in shown(opened(tab="bank", view="stale"))
    quiz.hold(quiz_item(blocked=BLOCKED))
    at = opened(tab="bank", view="stale")
    at.button(key="quiz_stale_check").click().run()
    assert "1 题的依据已变动" in shown(at)


# ---- papers ------------------------------------------------------------------------------------------------------


def test_a_paper_is_made_by_a_blueprint(quiz, papers):
    quiz.hold(quiz_item(state=ItemState.PUBLISHED), short_item(state=ItemState.PUBLISHED))
    at = opened(tab="papers", paper="new")
    assert "题库有已发布的单选题 1 题，不足 20 题" in shown(at)
    at.button(key="quiz_preset_3").click().run()
    assert "合计 10 题，20 分" in shown(at)
    at.button(key="quiz_paper_make").click().run()
    assert "请写明试卷名称" in shown(at)
    at.text_input(key="quiz_paper_title").set_value("随堂小测").run()
    at.selectbox(key="quiz_paper_variants").set_value(2).run()
    at.button(key="quiz_paper_make").click().run()
    ((_, request),) = papers.done
    assert [(p.kind, p.count, p.points) for p in request.parts] == [
        (ItemKind.SINGLE, 5, Decimal(2)),
        (ItemKind.TRUE_FALSE, 5, Decimal(2)),
    ]
    assert (request.variants, request.minutes) == (2, 15)
    screen = shown(at)
    for words in ("已组卷：2 题", "缺 10 题", "随堂小测", "未开考", STEM):
        assert words in screen


def test_a_paper_is_made_of_picked_items(quiz, papers):
    quiz.hold(quiz_item(state=ItemState.PUBLISHED))
    at = opened(tab="bank")
    at.button(key="quiz_pick_page").click().run()
    at.button(key="quiz_picked_paper").click().run()
    at.text_input(key="quiz_paper_title").set_value("选编").run()
    at.button(key="quiz_paper_make").click().run()
    ((_, request),) = papers.done
    assert (request.items, request.parts) == (["q-1"], [])


def paper_made(quiz, papers, **changes):
    quiz.hold(quiz_item(state=ItemState.PUBLISHED), short_item(state=ItemState.PUBLISHED))
    made = papers.make(PaperRequest(title=f"年度考试{HOSTILE}", items=["q-1"], variants=2))
    papers.held[made.id] = made.model_copy(update=changes)
    papers.done.clear()


def test_a_paper_is_printed_in_every_part_and_form(quiz, papers):
    paper_made(quiz, papers)
    at = opened(tab="papers", paper="paper-1")
    assert [d.label for d in at.get("download_button")] == ["DOCX", "PDF"] * 3
    assert "<script>" not in shown(at)
    at.button(key="quiz_paper_export_make").click().run()
    assert "GIFT 不能承载简答题" in shown(at)


def test_a_paper_is_opened_closed_and_removed(quiz, papers):
    paper_made(quiz, papers)
    at = opened(tab="papers", paper="paper-1")
    groups = at.multiselect(key="quiz_open_groups_paper-1")
    assert groups.options == ["执法一队", "执法二队"]
    groups.set_value(["执法二队"])
    at.button(key="quiz_open").click().run()
    assert papers.held["paper-1"].groups == ["执法二队"]
    assert papers.held["paper-1"].state is PaperState.OPEN
    assert "正在开考" in shown(at)
    at.button(key="quiz_close").click().run()
    assert papers.held["paper-1"].state is PaperState.CLOSED
    at.button(key="quiz_paper_remove").click().run()
    assert papers.held == {}
    assert "还没有试卷" in shown(at)


def test_a_paper_with_changed_law_cannot_be_opened(quiz, papers):
    paper_made(quiz, papers, blocked=[1])
    at = opened(tab="papers", paper="paper-1")
    assert at.button(key="quiz_open").disabled
    assert "第 1 题的依据已变动" in shown(at)


# ---- results -----------------------------------------------------------------------------------------------------


def test_statistics_are_shown_as_bars_and_tables(quiz, papers):
    paper_made(quiz, papers, state=PaperState.OPEN)
    assert "paper=paper-1" in shown(opened(tab="statistics"))
    screen = shown(opened(tab="statistics", paper="paper-1"))
    for words in ("71.5 / 100", "60–70%", "6 人", "执法一科", "等待阅卷"):
        assert words in screen
    screen = shown(opened(tab="statistics", paper="paper-1", view="items"))
    for words in ("得分率 0.25", "区分度 0.10", "过难", "区分度低", "14 人", "A ✓"):
        assert words in screen


def test_a_free_answer_is_marked(quiz, papers):
    paper_made(quiz, papers)
    assert "attempt=attempt-1" in shown(opened(tab="statistics", paper="paper-1", view="people"))
    at = opened(tab="statistics", attempt="attempt-1")
    assert "责令改正&lt;script&gt;" in shown(at)
    at.button(key="quiz_marks_save").click().run()
    assert papers.done == []
    at.number_input(key="quiz_mark_attempt-1_2_score").set_value(6.499999)
    at.text_input(key="quiz_mark_attempt-1_2_note").set_value("缺罚款").run()
    at.button(key="quiz_marks_save").click().run()
    _, request = papers.done[-1]
    assert (request.scores, request.notes) == ({2: Decimal("6.5")}, {2: "缺罚款"})
    assert "已保存 1 题的评分" in shown(at)


def test_hours_are_listed_and_taken_away(quiz, papers):
    at = opened(tab="statistics", view="hours")
    assert "25%" in shown(at)
    assert [d.label for d in at.get("download_button")] == ["下载学时表（XLSX）"]
