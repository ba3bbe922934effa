"""The reviewers' queues: feedback becomes a curated answer, which is approved, changed and withdrawn."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from assistant.contract import AskRequest
from assistant.curated.contract import CuratedQuery
from assistant.feedback.contract import FeedbackQuery, FeedbackRequest
from assistant.userdata.words import PageQuery
from corpus.vocabulary import State
from tests.ui.mine_service import kept_for
from tests.ui.screen import HOSTILE, shown
from tests.ui.service import CITATION, FIRST

QUESTION = "占道摆摊怎么罚"


@pytest.fixture(autouse=True)
def kept(api, tmp_path):
    userdata = kept_for(api, tmp_path)
    api.cite_result = api.cite_result.model_copy(
        update={"provision_id": "ver-1/第二条", "law": "中华人民共和国示例法", "article": "第二条"}
    )
    yield
    userdata.close()


def _review() -> None:
    from ui.review.page import show_review

    show_review()


def _feedback_row() -> None:
    from assistant.contract import AskRequest
    from ui.connection import service
    from ui.feedback import show_feedback

    show_feedback("m1", service().ask(AskRequest(question="占道摆摊怎么罚")), "宁波市")


def review(part="反馈") -> AppTest:
    at = AppTest.from_function(_review, default_timeout=30).run()
    at.segmented_control(key="review").set_value(part).run()
    assert not at.exception
    return at


def give(api, words="漏了第二款"):
    answer = api.ask(AskRequest(question=QUESTION))
    return api.feedback.give(FeedbackRequest(kind="missing", words=words, response=answer))


def test_feedback_is_given_under_an_answer(api):
    at = AppTest.from_function(_feedback_row, default_timeout=30).run()
    assert at.text_area == []
    at.pills(key="feedback_kind_m1").set_value("wrong_citation").run()
    at.text_area(key="feedback_words_m1").set_value("应引第三条").run()
    at.button(key="feedback_send_m1").click().run()
    assert "已收到您的评价" in shown(at)
    [given] = api.review.feedback(FeedbackQuery()).items
    assert (given.kind, given.words, given.region) == ("wrong_citation", "应引第三条", "宁波市")


def test_useful_takes_no_words(api):
    at = AppTest.from_function(_feedback_row, default_timeout=30).run()
    at.pills(key="feedback_kind_m1").set_value("useful").run()
    assert at.text_area == []
    at.button(key="feedback_send_m1").click().run()
    assert api.feedback.own(PageQuery()).total == 1


def test_the_queue_is_empty_at_first():
    assert "还没有反馈。" in shown(review())
    assert "还没有审定答复。" in shown(review("审定答复"))
    assert "没有这样的提问。" in shown(review("缺依据的提问"))


def test_feedback_is_settled_with_a_reply(api):
    give(api, HOSTILE)
    at = review()
    assert "<script>" not in shown(at)
    at.button(key="review_feedback_open_0").click().run()
    at.segmented_control[1].set_value("settled").run()
    at.text_area[0].set_value("谢谢").run()
    at.button(key="review_feedback_save").click().run()
    assert not at.exception
    assert "已保存" in shown(at)
    [own] = api.feedback.own(PageQuery()).items
    assert (own.state, own.note) == ("settled", "谢谢")


def test_feedback_becomes_a_curated_answer_that_is_approved_and_withdrawn(api):
    given = give(api)
    at = review()
    at.button(key="review_feedback_open_0").click().run()
    at.button(key="review_feedback_write").click().run()
    assert not at.exception
    assert next(field for field in at.text_input if field.label == "问题").value == QUESTION
    paragraph = next(area for area in at.text_area if area.label == "第1段")
    paragraph.set_value("处九千元罚款。").run()
    at.button(key="curated_save").click().run()
    assert "九千元" in shown(at)  # refused: the quotation does not say so
    assert api.review.curated(CuratedQuery()).total == 0
    next(area for area in at.text_area if area.label == "第1段").set_value("处五百元以上二千元以下罚款。")
    at.button(key="curated_save").click().run()
    assert not at.exception
    assert "待审定" in shown(at)
    next(field for field in at.text_input if field.label.startswith("说明")).set_value("科室会商同意")
    at.button(key="curated_approve").click().run()
    assert "已审定" in shown(at)
    assert "科室会商同意" in shown(at)
    [entry] = api.review.curated(CuratedQuery()).items
    assert api.review.feedback_entry(given.id).curated_id == entry.id
    at.button(key="curated_withdraw").click().run()
    assert "已撤回" in shown(at)


def test_one_is_written_from_nothing_with_a_citation_looked_up(api):
    at = review("审定答复")
    at.button(key="curated_new").click().run()
    for label, words in (("标题", "摆摊"), ("问题", QUESTION), ("加依据", CITATION)):
        next(field for field in at.text_input if field.label == label).set_value(words).run()
    next(button for button in at.button if button.label == "加入引文").click().run()
    assert next(area for area in at.text_area if area.label.startswith("引文")).value == FIRST
    next(area for area in at.text_area if area.label == "第1段").set_value("占用盲道的，责令改正。").run()
    at.button(key="curated_save").click().run()
    assert not at.exception
    assert api.review.curated(CuratedQuery()).items[0].question == QUESTION


def test_a_citation_that_leads_nowhere_says_why(api):
    api.cite_result = api.cite_result.model_copy(
        update={"state": State.NOT_IN_CORPUS, "provision_id": None, "reason": "语料未收录"}
    )
    at = review("审定答复")
    at.button(key="curated_new").click().run()
    next(field for field in at.text_input if field.label == "加依据").set_value("某法第一条").run()
    next(button for button in at.button if button.label == "加入引文").click().run()
    assert "语料未收录" in shown(at)


def test_what_the_corpus_lacks_is_settled(api):
    api.refuses = True
    api.review.refused_questions.note(AskRequest(question="宠物猫上户口"), api.ask(AskRequest(question="宠物猫上户口")))
    at = review("缺依据的提问")
    assert "宠物猫上户口" in shown(at)
    at.text_input[0].set_value("已导入《养犬条例》").run()
    next(button for button in at.button if button.label == "标为已处理").click().run()
    assert "没有这样的提问。" in shown(at)
    at.segmented_control(key="refused_state").set_value("settled").run()
    assert "已导入《养犬条例》" in shown(at)
