"""A legal reviewer: brings a regulation in and takes it out, answers what officers said, sees what the corpus lacks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.api.client import ApiClient
from assistant.conversations.contract import AskInConversation, MessageState
from assistant.feedback.contract import FeedbackKind, FeedbackRequest
from tests.journeys.checks import check_page
from tests.journeys.conftest import DEPARTMENT
from tests.journeys.visit import Visit

UNHEARD_OF = "月球采矿权怎么转让？"


@dataclass(frozen=True)
class Case:
    """What tells the two screen sizes apart, for both work on one installation."""

    regulation: str
    thing: str
    question: str
    answer: str


CASES = {
    "phone": Case(
        "示范市共享风筝管理规定",
        "共享风筝",
        "占用消防车通道怎么处罚？",
        "单位占用消防车通道的，责令改正，处五千元以上五万元以下罚款。",
    ),
    "desk": Case(
        "示范市公共秋千管理规定",
        "公共秋千",
        "埋压消火栓怎么处罚？",
        "单位埋压消火栓的，责令改正，处五千元以上五万元以下罚款。",
    ),
}


def regulation(case: Case, folder: Path) -> Path:
    """A small regulation of an invented town, as a file."""
    lines = (
        f"# {case.regulation}",
        "2026年3月2日 示范市人民政府第8次常务会议通过",
        "2026年5月1日 施行",
        f"第一条 为了规范{case.thing}的使用，保障公共安全，结合本市实际，制定本规定。",
        f"第二条 {case.thing}的经营者应当每日检查设施，发现损坏的，应当立即停止使用并修复。",
        f"第三条 违反本规定第二条规定，{case.thing}损坏后继续投入使用的，由市城市管理部门责令改正，"
        "处二百元以上一千元以下罚款。",
        "第四条 本规定自2026年5月1日起施行。",
    )
    path = folder / f"{case.regulation}.md"
    path.write_text("\n\n".join(lines), "utf-8")
    return path


def officer_complains(api: ApiClient, case: Case) -> None:
    """An officer asked, found a citation missing and said so; and asked what the corpus knows nothing of."""
    conversation = api.conversations.create().id
    for question in (UNHEARD_OF, case.question):
        for _ in api.conversations.ask(conversation, AskInConversation(question=question)):
            pass
    refused, answered = api.conversations.messages(conversation, limit=10, offset=0).items
    assert refused.response is not None
    assert refused.response.refused
    assert answered.state is MessageState.ANSWERED
    assert answered.response is not None
    api.feedback.give(
        FeedbackRequest(
            kind=FeedbackKind.WRONG_CITATION,
            words=f"请写明对单位的处罚（{case.thing}）。",
            message_id=answered.id,
            response=answered.response,
        )
    )


def brings_in(v: Visit, case: Case, folder: Path) -> None:
    """Upload, dry run, confirmation; then it is found."""
    page = v.page
    v.turn_to("资料管理")
    v.sees("上传后先试算")
    page.locator("input[type=file]").set_input_files(regulation(case, folder))
    v.press("上传并试算")
    confirm = page.get_by_role("button", name="确认入库（1 个文件）")
    confirm.wait_for()
    page.get_by_text(f"{case.regulation}.md（").first.click()
    v.sees("可引用 4 条")
    check_page(v, "upload")
    confirm.click()
    page.get_by_text("已入库", exact=True).first.wait_for()

    v.turn_to("百科")
    page.get_by_label("检索百科").fill(f"{case.thing}损坏后继续使用")
    v.press("检索")
    v.pick("地区", "示范市")
    v.sees(f"《{case.regulation}》第三条")


def limits_retires_and_restores(v: Visit, case: Case, officer: ApiClient) -> None:
    """Who may read it, out of use, and back in use; each time an officer sees what is so."""
    page = v.page

    def seen() -> bool:
        return any(document.law == case.regulation for document in officer.documents())

    assert seen()
    v.turn_to("资料管理")
    v.choose("资料列表")
    v.write("按标题查找", case.regulation)
    v.sees("共 1 件。")
    page.get_by_text(case.regulation).locator("visible=true").first.click()
    v.press("修改阅读对象")
    v.pick("只限这些部门阅读", DEPARTMENT)
    v.press("保存")
    v.sees(f"阅读对象：部门：{DEPARTMENT}")
    check_page(v, "documents")
    assert not seen()

    page.keyboard.press("Escape")
    v.press("停用")
    v.write("停用的理由", "试用结束")
    v.press("确认停用")
    v.sees("恢复的理由")
    v.press("恢复使用")
    v.sees("曾停用，已恢复")


def answers_for_good(v: Visit, case: Case) -> None:
    """From the queue of feedback to a curated answer, approved."""
    page = v.page
    v.open("/manage?tab=review")
    entry = page.locator("[class*='st-key-review_feedback_']").filter(has_text=case.thing)
    entry.first.wait_for()
    check_page(v, "feedback-queue")
    v.press("处理 ›", entry.last)
    v.sees("当时的答复")
    v.press("据此拟写审定答复")
    v.write("第1段", case.answer)
    v.press("核验并保存")
    v.press("审定")
    v.sees("已审定")
    check_page(v, "curated-answer")


def sees_what_is_lacking(v: Visit) -> None:
    """Questions without a source, and what reading left in doubt."""
    page = v.page
    v.choose("缺依据的提问")
    v.sees(UNHEARD_OF)
    check_page(v, "refused", axe=False)
    v.choose("待核对")
    v.sees("尚未核对")
    check_page(v, "doubts")
    assert page.get_by_role("button", name="核对无误").count()


def is_answered(v: Visit, case: Case) -> None:
    """The officer asks again and is given the approved answer."""
    v.ask(case.question)
    v.sees("审定答复 · ")
    v.sees(case.answer.rstrip("。"))
    check_page(v, "ask-curated", axe=False)
