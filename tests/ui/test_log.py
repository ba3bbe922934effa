"""The page of the operation log: found, paged, verified, exported; over a real log."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from assistant.accounts.principal import LOCAL
from assistant.accounts.roles import Role
from assistant.auditlog import origin
from assistant.auditlog.contract import Act, LogFilter, LogQuery, Surface, Verification
from assistant.auditlog.log import AuditLog
from assistant.userdata import UserData
from tests.ui.account_service import person
from tests.ui.screen import HOSTILE, shown
from ui.auditlog.entries import HEADS, csv_file, entries_html
from ui.auditlog.page import verification_html
from ui.paging import PER_PAGE

NOON = dt.datetime(2026, 11, 20, 17, tzinfo=dt.UTC)  # in China the 21st


class Reading:
    """The client's side of a real log."""

    def __init__(self, log: AuditLog) -> None:
        self.log = log
        self.entries, self.verify = log.entries, log.verify

    def export(self, wanted=None):
        return self.log.export(LOCAL, wanted)


@pytest.fixture
def log(tmp_path, api):
    userdata = UserData.open(f"sqlite:///{tmp_path / 'userdata.db'}")
    kept = AuditLog(userdata, now=lambda: NOON)
    api.auditlog = Reading(kept)
    api.person = person(Role.ADMIN)
    with origin.coming_from(origin.Origin(Surface.PAGE, "10.1.1.7")):
        kept.record(Act.LOG_IN_FAILED, None, personal={"login": "=1+1"})
        kept.record(Act.ASK, LOCAL, personal={"question": HOSTILE}, facts={"outcome": "refused"})
        for number in range(PER_PAGE):
            kept.record(Act.VIEW_PROVISION, LOCAL, target=f"ver-1/{number}")
    yield kept
    userdata.close()


def test_entries_stand_newest_first_in_beijing_time_and_escaped(page, log):
    at = page("log")
    assert not at.exception
    html = shown(at)
    assert f"共 {PER_PAGE + 2} 条" in html
    assert "2026-11-21 01:00:00" in html
    assert html.index(f"第 {PER_PAGE + 2} 条") < html.index("第 3 条")
    assert "第 2 条" not in html
    at.session_state["log_page"] = 2
    html = shown(at.run())
    assert "登录失败" in html
    assert "缺依据，未作答" in html
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_the_log_is_narrowed_by_act_and_day_of_china(page, log):
    at = page("log")
    at.selectbox(key="act").set_value(Act.ASK).run()
    assert "共 1 条" in shown(at)
    at.date_input(key="until").set_value(dt.date(2026, 11, 20)).run()
    assert "没有符合这些条件的记录" in shown(at)
    at.date_input(key="until").set_value(dt.date(2026, 11, 21)).run()
    assert "共 1 条" in shown(at)


def test_a_list_narrowed_anew_begins_with_its_first_page(page, log):
    at = page("log")
    at.session_state["log_page"] = 2
    assert "第 1 条" in shown(at.run())
    at.selectbox(key="act").set_value(Act.ASK).run()
    assert not at.exception
    assert "第 2 条" in shown(at)


def test_the_chain_is_verified_in_plain_words(page, log):
    at = page("log")
    at.button(key="log_verify").click().run()
    assert "日志完整，未被改动" in shown(at)
    at.text_input(key="log_head").set_value("f" * 64).run()
    at.button(key="log_verify").click().run()
    assert "日志有问题" in shown(at)
    at.text_input(key="log_head").set_value("nonsense").run()
    at.button(key="log_verify").click().run()
    assert not at.exception
    broken = Verification(ok=False, entries=4, head="", bad_seq=5, fault="第 5 条与其哈希不符")
    assert "此前 4 条无误" in verification_html(broken)


def test_the_table_holds_what_was_asked_for_and_no_formula(log):
    found = csv_file(log.export(LOCAL, LogFilter(act=Act.LOG_IN_FAILED)), {}).decode("utf-8-sig")
    heads, row = csv.reader(io.StringIO(found))
    assert tuple(heads) == HEADS
    cells = dict(zip(heads, row, strict=True))
    assert (cells["序号"], cells["操作"], cells["人员"], cells["网络地址"]) == ("1", "登录失败", "未登录", "10.1.1.7")
    assert cells["登录名"] == "'=1+1"
    assert log.entries(LogQuery(act=Act.LOG_EXPORTED)).items[0].facts["act"] == "log_in_failed"


def test_erased_words_and_removed_accounts_are_said_so(log):
    entries = log.entries(LogQuery(act=Act.ASK)).items
    assert "本机用户" in entries_html(entries, {"local": "本机用户"})
    assert "已删除的账户" in entries_html(entries, {})
    log.erase_person("local", LOCAL)
    assert "（个人信息已删除）" in entries_html(log.entries(LogQuery(act=Act.ASK)).items, {})


def test_whoever_may_not_read_the_log_is_told_so(page, api, log):
    api.person = person(Role.LEGAL)
    html = shown(page("log"))
    assert "没有使用这一页的权限" in html
    assert "法制审核" in html
    assert "第 1 条" not in html
