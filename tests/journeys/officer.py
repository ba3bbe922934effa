"""An officer in the street and at a desk: asks, reads on, asks further, keeps what matters."""

from __future__ import annotations

from tests.journeys.checks import check_page
from tests.journeys.visit import Visit
from ui.state import CONVERSATION

QUESTION = "餐馆没有食品经营许可证就营业，怎么处罚？"
FOLLOW_UP = "那要是第二次被抓呢？"
CHANGED = "餐馆无证经营，两年内第二次被查到，怎么处罚？"
UNHEARD_OF = "火星移民怎么收税？"
LAW = "示范市养犬管理条例（示例）"
ITEM = "未束牵引带"


def asks(v: Visit) -> None:
    """A question, its answer with the words of the law, the whole provision, and the citation to copy."""
    page = v.page
    v.sees("给出当日有效的法条原文")
    check_page(v, "ask-start")
    v.ask(QUESTION)
    v.sees("五万元以上十万元以下罚款")
    check_page(v, "ask-answer")

    v.press("看全条")
    dialog = page.get_by_role("dialog")
    v.sees("第一百二十二条", dialog)
    v.sees("所属事项", dialog)
    check_page(v, "provision-dialog")
    v.press("复制引用", dialog)
    v.sees("已复制", dialog)
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")


def asks_further(v: Visit) -> None:
    """A follow-up, completed from the conversation; what was understood is shown and can be changed."""
    page = v.page
    v.ask(FOLLOW_UP)
    v.sees("理解为")
    check_page(v, "ask-follow-up")
    v.press("改理解、日期或地区")
    v.write("问题的理解", CHANGED)
    v.press("按此再问")
    v.sees("由您改定")
    page.get_by_role("button", name="导出 DOCX").first.wait_for()
    v.settled()


def keeps(v: Visit) -> None:
    """The answer as a Word file, as a favourite, and judged; after a reload all is still there."""
    page = v.page
    latest = page.locator("[class*='st-key-turn_']").first
    words = v.word_file("导出 DOCX", latest)
    assert "第一百二十二条" in words
    assert FOLLOW_UP in words or CHANGED in words
    v.press("收藏", latest)
    latest.get_by_role("button", name="已收藏").wait_for()
    v.choose("引用有误")
    v.write("说明（可不填）", "第二次被查获的从重情形没有引到。")
    v.press("提交评价")
    v.sees("已收到您的评价")

    v.ask(UNHEARD_OF)
    v.sees("语料中没有依据")
    check_page(v, "ask-refused", axe=False)
    address = page.url
    assert f"{CONVERSATION}=" in address
    page.reload()
    v.sees("语料中没有依据")
    assert page.url == address
    v.sees(FOLLOW_UP)


def browses(v: Visit) -> None:
    """From the shelf to the law, its chapter, its article, the item it punishes, and the older text beside the new."""
    page = v.page
    v.turn_to("百科")
    page.get_by_role("region", name="法规").get_by_role("link").first.wait_for()
    check_page(v, "encyclopedia")
    page.get_by_role("region", name="法规").get_by_role("link").first.click()
    page.wait_for_url("**shelf=**")
    v.settled()
    v.follow(LAW, exact=False)
    v.sees("第四章 法律责任")
    check_page(v, "document", axe=False)
    page.get_by_text("第四章 法律责任").first.click()
    v.press("第二十条")
    v.follow("条文页：沿革、引用、案例")
    v.sees("所属事项")
    check_page(v, "provision")
    provision = page.url

    v.follow("与前一文本对照")
    v.sees("旧文本")
    check_page(v, "comparison")
    page.go_back()
    page.wait_for_url(provision)
    v.follow(ITEM, exact=False)
    v.sees("程序与期限")
    check_page(v, "topic")


def leaves(v: Visit) -> None:
    """Whoever logged out elsewhere sees nothing more here; without a session every address leads to the log-in page."""
    page = v.page
    v.turn_to("我的")
    v.sees(CHANGED)
    elsewhere = page.context.new_page()
    elsewhere.goto(v.base + "/logout")
    elsewhere.get_by_role("button", name="退出登录").click()
    elsewhere.get_by_label("登录名").wait_for()
    v.choose("最近")
    v.sees("登录已过期")
    assert page.get_by_text(LAW).count() == 0
    v.follow("重新登录")
    page.get_by_text("登录已过期，请重新登录").wait_for()
    check_page(v, "log-in", settle=False)
    page.goto(v.base + "/manage")
    page.get_by_label("登录名").wait_for()
