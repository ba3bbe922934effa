"""Everybody's accounts (账户管理), for administrators: a table, one account at a time, new accounts."""

from __future__ import annotations

import streamlit as st
from pydantic import ValidationError

from assistant.accounts.contract import AccountChange, AccountInfo, AccountRequest, OneTimePassword
from assistant.accounts.roles import ROLE_ZH, Role
from assistant.problems import error_from_validation
from corpus.errors import EAssistantError
from ui.accounts.words import moment_words
from ui.connection import service
from ui.labels import plain
from ui.markup import block
from ui.problems import show_problem
from ui.quiz.tables import table_html

_ROLES: list[Role] = list(Role)
_PER_PAGE = 50
_NOTE = "accounts_note"
_PASSWORD = "accounts_password"


def show_accounts() -> None:
    """The accounts of this installation, for whoever may manage them."""
    _show_outcome()
    try:
        total = service().accounts.accounts(limit=1).total
        page = 0
        if total > _PER_PAGE:
            page = st.number_input("第几页", 1, -(-total // _PER_PAGE), key="accounts_page") - 1
        found = service().accounts.accounts(limit=_PER_PAGE, offset=page * _PER_PAGE).items
        if found:
            _show_table(found)
            _show_one(found)
        else:
            st.caption("还没有账户。")
        with st.expander("新建账户", icon=":material/person_add:", key="accounts_new"):
            _show_new()
    except EAssistantError as error:
        show_problem(error)


def _show_outcome() -> None:
    note = st.session_state.pop(_NOTE, None)
    if note:
        st.success(note)
    given: OneTimePassword | None = st.session_state.pop(_PASSWORD, None)
    if given is not None:
        st.success(
            f"{plain(given.account.name)}（{plain(given.account.login)}）的一次性密码，只显示这一次，首次登录须修改："
        )
        st.code(given.password, language=None)


def _show_table(accounts: list[AccountInfo]) -> None:
    rows = [row_of(account) for account in accounts]
    st.html(block(table_html(list(rows[0]), [list(row.values()) for row in rows])))


def row_of(account: AccountInfo) -> dict[str, str]:
    """One account as a row of the table."""
    return {
        "登录名": account.login,
        "姓名": account.name,
        "角色": ROLE_ZH[account.role],
        "部门": account.department or "",
        "地区": account.region or "",
        "状态": state_words(account),
        "最近登录": moment_words(account.last_login) if account.last_login else "从未",
    }


def state_words(account: AccountInfo) -> str:
    if not account.active:
        return "已停用"
    if account.locked_until:
        return f"锁定至 {moment_words(account.locked_until)}"
    return "待改密码" if account.must_change_password else "正常"


def _show_one(accounts: list[AccountInfo]) -> None:
    by_id = {account.id: account for account in accounts}
    chosen = st.selectbox(
        "选择账户",
        list(by_id),
        index=None,
        format_func=lambda key: f"{by_id[key].name}（{by_id[key].login}）" if key in by_id else "",
        placeholder="选一个账户来变更",
        key="accounts_chosen",
    )
    account = by_id.get(chosen or "")
    if account is None:
        return
    key = account.id
    with st.form(f"account_{key}"):
        name = st.text_input("姓名", account.name, max_chars=64, key=f"name_{key}")
        role = st.selectbox("角色", _ROLES, _ROLES.index(account.role), format_func=_role_zh, key=f"role_{key}")
        department = st.text_input("部门", account.department or "", max_chars=100, key=f"department_{key}")
        region = st.text_input("地区", account.region or "", max_chars=64, key=f"region_{key}")
        active = st.checkbox("可用", account.active, key=f"active_{key}", help="停用后立即不能登录，令牌也随即失效")
        saved = st.form_submit_button("保存", type="primary")
    reset, unlock = st.columns(2)
    if saved:
        _save(key, name, role, department, region, active=active)
    if reset.button("重置密码", key=f"reset_{key}", help="发给一次性密码，结束其全部登录", width="stretch"):
        st.session_state[_PASSWORD] = service().accounts.reset_password(key)
        st.rerun()
    if account.locked_until and unlock.button("解锁", key=f"unlock_{key}", width="stretch"):
        service().accounts.unlock(key)
        st.session_state[_NOTE] = "已解锁。"
        st.rerun()
    _show_removal(account)


def _show_removal(account: AccountInfo) -> None:
    """Deleting an account, after a box is ticked."""
    with st.expander("删除账户", icon=":material/person_remove:", key=f"removal_{account.id}"):
        st.caption(
            "删去此账户及其对话、反馈、收藏与执法手册，不能恢复。办理过的上传、停用、审定与操作日志只留事项，不留姓名。"
            "只是暂不使用，请改为停用。"
        )
        sure = st.checkbox("我已了解，删除后不能恢复", key=f"sure_{account.id}")
        if st.button("删除账户", key=f"remove_{account.id}", icon=":material/delete_forever:", disabled=not sure):
            try:
                service().accounts.remove(account.id)
            except EAssistantError as error:
                show_problem(error)
                return
            st.session_state[_NOTE] = "账户已删除。"
            st.rerun()


def _role_zh(role: Role) -> str:
    return ROLE_ZH[role]


def _save(key: str, name: str, role: Role, department: str, region: str, *, active: bool) -> None:
    try:
        change = AccountChange(name=name, role=role, department=department, region=region, active=active)
        service().accounts.change_account(key, change)
    except ValidationError as error:
        show_problem(error_from_validation(error.errors()))
        return
    except EAssistantError as error:
        show_problem(error)
        return
    st.session_state[_NOTE] = "已保存。"
    st.rerun()


def _show_new() -> None:
    with st.form("accounts_new_form"):
        login = st.text_input("登录名", max_chars=64, autocomplete="off", help="文字、数字和 . _ - @，不分大小写")
        name = st.text_input("姓名", max_chars=64, autocomplete="off")
        role = st.selectbox("角色", _ROLES, format_func=_role_zh)
        department = st.text_input("部门", max_chars=100, placeholder="例如：执法一科")
        region = st.text_input("地区", max_chars=64, placeholder="例如：宁波市")
        sent = st.form_submit_button("新建账户", type="primary")
    if not sent:
        return
    try:
        wanted = AccountRequest(login=login, name=name, role=role, department=department, region=region)
        st.session_state[_PASSWORD] = service().accounts.create_account(wanted)
    except ValidationError as error:
        show_problem(error_from_validation(error.errors()))
        return
    except EAssistantError as error:
        show_problem(error)
        return
    st.rerun()
