"""One's own account (我的账户): password, log-ins, tokens for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from assistant.accounts.contract import Me, PasswordChange, SessionInfo, TokenInfo, TokenRequest
from assistant.accounts.roles import ROLE_ZH, Permission
from corpus.errors import EAssistantError, InvalidInput
from ui.accounts.words import PERMISSION_ZH, agent_words, moment_words
from ui.connection import service
from ui.labels import plain
from ui.markup import block, element, text
from ui.problems import show_problem

_FORCED = "请先把一次性密码改成自己的密码。"
_NEW_TOKEN = "account_new_token"


def show_my_account() -> None:
    """The whole account of the visitor: who they are, password, log-ins, tokens."""
    try:
        me = service().me()
        st.html(who_html(me))
        if not me.accounts:
            return
        with st.expander("修改密码", icon=":material/password:", key="account_password"):
            _show_password_form()
        with st.expander("登录会话", icon=":material/devices:", key="account_sessions"):
            _show_sessions()
        with st.expander("接口令牌", icon=":material/key:", key="account_tokens"):
            _show_tokens(me)
    except EAssistantError as error:
        show_problem(error)


def show_forced_change() -> None:
    """All that somebody with a one-time password may do."""
    st.html(block(element("h2", text("修改密码")), element("p", text(_FORCED))))
    _show_password_form("一次性密码（管理员给您的）")


def who_html(me: Me) -> str:
    """Name, role, department and region, as the service holds them."""
    if not me.accounts:
        words = "本机没有启用账户，打开网页的人可以使用全部功能；只有本机能够访问。"
        return block(element("div", text("本机用户"), "ea-notice-title"), element("div", text(words)), css="ea-notice")
    facts = (
        ("登录名", me.login or ""),
        ("角色", ROLE_ZH[me.role]),
        ("部门", me.department or "未填"),
        ("地区", me.region or "未填"),
    )
    lines = "".join(element("div", text(f"{name}：{value}")) for name, value in facts)
    return block(element("div", text(me.name), "ea-notice-title"), lines, css="ea-notice")


def _show_password_form(present: str = "现在的密码") -> None:
    least = service().accounts.setup_state().password_chars
    place = st.empty()
    with place.form("account_password_form"):
        current = st.text_input(present, type="password", autocomplete="current-password", max_chars=200)
        new = st.text_input(
            f"新密码（至少 {least} 个字符）", type="password", autocomplete="new-password", max_chars=200
        )
        again = st.text_input("再次输入新密码", type="password", autocomplete="new-password", max_chars=200)
        sent = st.form_submit_button("修改密码", type="primary")
    if not sent:
        return
    if new != again:
        show_problem(InvalidInput("两次输入的新密码不一致。", remedy="请重新输入。"))
        return
    try:
        service().accounts.change_password(PasswordChange(current=current, new=new))
    except EAssistantError as error:
        show_problem(error)
        return
    place.html(
        block(
            element("div", text("密码已修改"), "ea-notice-title"),
            element("div", text("所有登录都已结束，请用新密码重新登录。")),
            element("p", element("a", text("重新登录"), href="/login?note=changed")),
            css="ea-notice ea-right",
            role="status",
        )
    )
    st.stop()


def _show_sessions() -> None:
    found = service().accounts.sessions()
    st.caption("不认识的登录请立即结束，并修改密码。")
    for session in found.items:
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(session_words(session))
        if session.current:
            right.caption("本次登录")
        elif right.button("结束", key=f"end_{session.id}", help="结束这一登录"):
            service().accounts.end_session(session.id)
            st.rerun()


def session_words(session: SessionInfo) -> str:
    """One log-in in a line of Markdown."""
    return f"{plain(agent_words(session.agent))} · 登录于 {moment_words(session.created)} · 最近 " + moment_words(
        session.last_seen
    )


def _show_tokens(me: Me) -> None:
    st.caption("供其他程序使用接口。令牌等同于密码，只显示一次，请妥善保存。")
    fresh = st.session_state.pop(_NEW_TOKEN, None)
    if fresh is not None:
        st.success("令牌已建立，只显示这一次，请现在复制：")
        st.code(fresh, language=None)
    found = service().accounts.tokens()
    if not found.items:
        st.caption("还没有令牌。")
    for token in found.items:
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(token_words(token))
        if right.button("撤销", key=f"revoke_{token.id}", help="立即失效，不能恢复"):
            service().accounts.revoke_token(token.id)
            st.rerun()
    choices = [p for p in me.permissions if p is not Permission.PUBLIC]
    with st.form("account_token_form", clear_on_submit=True):
        name = st.text_input("用途", max_chars=64, placeholder="例如：案件系统")
        scopes = st.multiselect("权限", choices, default=[Permission.READ], format_func=PERMISSION_ZH.__getitem__)
        days = st.selectbox("有效期", [30, 90, 365, None], index=1, format_func=_days_words)
        sent = st.form_submit_button("新建令牌")
    if sent:
        _create_token(name, scopes, days)


def _create_token(name: str, scopes: Sequence[Permission], days: int | None) -> None:
    if not name.strip() or not scopes:
        st.error("请填写用途，并至少选一项权限。")
        return
    made = service().accounts.create_token(TokenRequest(name=name, scopes=list(scopes), expires_in_days=days))
    st.session_state[_NEW_TOKEN] = made.token
    st.rerun()


def token_words(token: TokenInfo) -> str:
    """One token in lines of Markdown."""
    scopes = "、".join(PERMISSION_ZH[scope] for scope in token.scopes if scope is not Permission.PUBLIC)
    used = f"最近使用 {moment_words(token.last_used)}" if token.last_used else "尚未使用"
    ends = "不失效"
    if token.expires:
        over = token.expires <= dt.datetime.now(dt.UTC)
        ends = f"{'已于' if over else '有效至'} {moment_words(token.expires)}{' 失效' if over else ''}"
    return f"**{plain(token.name)}**  \n{scopes} · {ends} · {used}"


def _days_words(days: int | None) -> str:
    return f"{days} 天" if days else "不失效"
