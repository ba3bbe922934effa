"""An administrator: gives somebody an account, makes a token for a program, has the log verified."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect

from tests.journeys.checks import check_page
from tests.journeys.visit import Visit


def opens_an_account(v: Visit, newcomer: Visit) -> None:
    """The one-time password is shown once; whoever logs in with it must choose another before anything else."""
    page = v.page
    v.turn_to("我的")
    v.choose("账户")
    page.get_by_text("新建账户").first.click()
    form = page.get_by_test_id("stForm").filter(has_text="新建账户")
    login = f"newcomer-{v.size}"
    v.write("登录名", login, form)
    v.write("姓名", "新来的同事", form)
    v.write("部门", "执法一科", form)
    v.press("新建账户", form)
    v.sees("只显示这一次")
    check_page(v, "accounts")
    password = page.get_by_test_id("stCode").first.inner_text().strip()
    newcomer.log_in(login, password)
    newcomer.sees("请先把一次性密码改成自己的密码")
    assert newcomer.page.get_by_placeholder("说出情形").count() == 0
    page.reload()
    v.sees("新建账户")
    assert page.get_by_text(password).count() == 0


def verifies_the_log(v: Visit, api: str) -> None:
    """A token with the one permission that is needed, shown once, verifies the operation log."""
    page = v.page
    page.get_by_text("接口令牌").first.click()
    v.write("用途", "核验日志")
    v.pick("权限", "查阅操作日志")
    v.press("新建令牌")
    v.sees("令牌已建立")
    token = page.get_by_test_id("stCode").first.inner_text().strip()
    check_page(v, "token", axe=False)
    bearer = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=api, headers=bearer, trust_env=False) as http:
        found = http.get("/api/audit-log/verification").raise_for_status().json()
        assert found["ok"], found
        assert http.get("/api/accounts").status_code == httpx.codes.FORBIDDEN
    v.choose("收藏")
    v.choose("账户")
    page.get_by_text("接口令牌").first.wait_for()
    expect(page.get_by_text(token)).to_have_count(0)
    v.turn_to("操作日志")
    v.press("校验整个日志")
    v.sees("日志完整，未被改动")
    check_page(v, "log")
