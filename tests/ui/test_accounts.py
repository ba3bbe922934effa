"""Who is logged in, what they see of the bar, and the account pages."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from assistant.accounts.roles import Permission, Role
from corpus.errors import NotAuthenticated, ServerUnavailable
from tests.ui.account_service import person
from tests.ui.screen import shown
from ui.accounts.words import PERMISSION_ZH
from ui.pages import shown_pages
from ui.person import expired_html, person_html


def test_the_bar_has_the_pages_a_person_may_use_and_no_dead_link():
    for role in Role:
        pages = shown_pages(person(role))
        assert all(page.script.is_file() for page in pages)
        names = {page.name for page in pages}
        assert {"ask", "cite", "discretion"} <= names
        assert "manage" not in names or role in (Role.LEGAL, Role.ADMIN)


def test_every_permission_has_its_words():
    assert set(PERMISSION_ZH) == set(Permission)


def test_somebody_who_may_nothing_yet_still_has_a_first_page():
    narrow = person().model_copy(update={"permissions": [Permission.PUBLIC, Permission.ACCOUNT]})
    assert shown_pages(narrow)[0].url_path is None


def test_the_line_of_the_person_shows_with_accounts_only(page, api):
    assert "退出" not in shown(page())
    api.person = person()
    assert "退出" in shown(page())


def test_names_are_escaped():
    me = person().model_copy(update={"name": "<b>x</b>"})
    assert "<b>" not in person_html(me)
    assert 'href="/login?note=expired&amp;next=%2Fcite%3Fa%3D1"' in expired_html("/cite?a=1")


def test_a_session_that_is_over_shows_the_way_back_in_and_nothing_else(page, api):
    api.not_logged_in = NotAuthenticated("登录已过期。")
    at = page()
    assert "重新登录" in shown(at)
    assert not at.chat_input


def test_where_the_service_cannot_be_asked_the_page_is_there(page, api):
    api.unreachable = ServerUnavailable("连接不上。")
    assert not page().exception


def test_a_one_time_password_is_changed_before_anything_else(page, api):
    api.person = person(must_change_password=True)
    at = page()
    assert "一次性密码" in shown(at)
    assert not at.chat_input
    for field, words in zip(at.text_input, ("old-password", "correct-horse-9", "correct-horse-9"), strict=True):
        field.set_value(words)
    at.button[0].click().run()
    assert api.accounts.calls[0][0] == "change_password"
    assert "密码已修改" in shown(at)


def _own() -> None:
    from ui.accounts import show_my_account

    show_my_account()


def _everybody() -> None:
    from ui.accounts import show_accounts

    show_accounts()


def test_my_account_lists_sessions_and_tokens_and_ends_them(api):
    api.person = person()
    at = AppTest.from_function(_own, default_timeout=30).run()
    assert not at.exception
    assert at.markdown[0].value.startswith("Chrome（Windows）")
    at.button(key="end_s2").click().run()
    at.button(key="revoke_t1").click().run()
    assert api.accounts.calls == [("end_session", "s2"), ("revoke_token", "t1")]


def test_a_new_token_is_shown_once(api):
    api.person = person()
    at = AppTest.from_function(_own, default_timeout=30).run()
    at.text_input[-1].set_value("案件系统")
    next(b for b in at.button if b.label == "新建令牌").click().run()
    assert [c.value for c in at.code] == ["eat_shown-once"]
    assert not at.run().code


def test_an_administrator_creates_changes_and_resets_accounts(api):
    api.person = person(Role.ADMIN)
    at = AppTest.from_function(_everybody, default_timeout=30).run()
    assert not at.exception
    at.selectbox(key="accounts_chosen").set_value("a1").run()
    at.text_input(key="department_a1").set_value("执法二科")
    next(b for b in at.button if b.label == "保存").click().run()
    what, (account, change) = api.accounts.calls[0]
    assert (what, account, change.department) == ("change_account", "a1", "执法二科")
    at.button(key="reset_a1").click().run()
    assert [c.value for c in at.code] == ["FGHJK-ABCDE"]


def test_an_account_is_removed_after_a_box_is_ticked(api):
    api.person = person(Role.ADMIN)
    at = AppTest.from_function(_everybody, default_timeout=30).run()
    at.selectbox(key="accounts_chosen").set_value("a2").run()
    assert at.button(key="remove_a2").disabled
    at.checkbox(key="sure_a2").check().run()
    at.button(key="remove_a2").click().run()
    assert api.accounts.calls == [("remove", "a2")]
    assert [note.value for note in at.success] == ["账户已删除。"]
    assert not at.exception
