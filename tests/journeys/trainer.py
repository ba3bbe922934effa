"""A trainer: searches the encyclopedia, collects provisions, writes a handbook, works out a fine with a class."""

from __future__ import annotations

from tests.journeys.checks import check_page
from tests.journeys.visit import Visit

ACT = "施工工地没有采取防尘降尘措施"


def searches(v: Visit) -> str:
    """A search grouped by shelf; returns the citation of the provision that was kept."""
    page = v.page
    v.turn_to("百科")
    page.get_by_label("检索百科").fill("油烟超标")
    page.get_by_role("button", name="检索", exact=True).click()
    for shelf in ("法规", "实务", "案例"):
        page.get_by_role("heading", name=shelf, exact=True).wait_for()
    check_page(v, "search")
    v.follow("《中华人民共和国", exact=False)
    star = page.get_by_role("button", name="收藏", exact=True)
    star.wait_for()
    citation = page.locator(".ea-provision-title").inner_text()
    star.click()
    page.get_by_role("button", name="已收藏").wait_for()
    return citation


def writes_a_handbook(v: Visit, citation: str) -> None:
    """Favourites and a cited article become a handbook with their words."""
    page = v.page
    v.turn_to("我的")
    v.sees(citation)
    check_page(v, "favourites", axe=False)
    v.choose("执法手册")
    v.press("新编手册")
    v.write("手册名称", f"餐饮执法手册（{v.size}）")
    v.press("加标题")
    v.write("标题", "一、油烟")
    page.get_by_label("从收藏中选条文").click()
    page.get_by_role("option", name=citation).click()
    page.keyboard.press("Escape")
    v.write("或写出条号", "食品安全法第一百二十二条")
    v.press("加入条文")
    page.locator("[class*='st-key-handbook_part_']").filter(has_text="第一百二十二条").first.wait_for()
    v.press("保存手册")
    v.sees("已保存。")
    check_page(v, "handbook")
    words = v.word_file("导出 DOCX")
    assert "一、油烟" in words
    assert "并处五万元以上十万元以下罚款" in words


def lets_go(v: Visit, citation: str) -> None:
    """What is no longer wanted leaves the favourites."""
    v.choose("收藏")
    v.sees(citation)
    v.press("取消收藏")
    v.sees("还没有收藏")


def works_out_a_fine(v: Visit) -> None:
    """A benchmark found for an act; every option chosen; the sum with its working, checked and explained."""
    page = v.page
    v.turn_to("裁量核查")
    v.write("违法情形", ACT)
    v.pick("地区", "示范市")
    v.press("查找")
    v.sees("裁量标准（")
    v.press("用这一项 ›", page.locator("[class*='st-key-desk_found_']").filter(has_text="权重").first)
    questions = page.locator(".st-key-desk_choices").get_by_role("radiogroup")
    questions.first.wait_for()
    for number in range(questions.count()):
        questions.nth(number).locator("label").first.click()
    v.sees("裁量结果")
    v.sees("10000 元")
    v.write("拟罚款金额（元）", "2万")
    v.sees("即 2万元")
    page.locator(".st-key-desk_choices").scroll_into_view_if_needed()
    check_page(v, "discretion")
    page.get_by_text("写出裁量说明").click()
    words = v.word_file("下载 DOCX")
    assert "10%" in words
