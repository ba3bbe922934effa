"""An officer in the street and at a desk: asks, reads on, asks further, keeps what matters."""

from __future__ import annotations

from assistant.accounts.roles import Role
from tests.journeys.checks import check_page

QUESTION = "餐馆没有食品经营许可证就营业，怎么处罚？"


def test_from_a_question_to_the_provision_and_back(visit) -> None:
    v = visit(Role.OFFICER)
    page = v.page
    check_page(v, "ask-start")
    page.get_by_placeholder("说出情形").fill(QUESTION)
    page.keyboard.press("Enter")
    page.get_by_text("第一百二十二条").first.wait_for()
    check_page(v, "ask-answer")
    assert "五万元以上十万元以下罚款" in page.locator("body").inner_text()

    page.get_by_placeholder("说出情形").fill("那要是第二次被抓呢？")
    page.keyboard.press("Enter")
    page.get_by_text("理解为").first.wait_for()
    check_page(v, "ask-follow-up")

    address = page.url
    page.reload()
    v.settled()
    assert page.url == address
    page.get_by_text("那要是第二次被抓呢").first.wait_for()

    page.get_by_role("button", name="看全条").first.click()
    page.get_by_role("dialog").wait_for()
    check_page(v, "provision-dialog")
