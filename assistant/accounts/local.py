"""Accounts kept by this installation (本机账户): implements ``Accounts`` and hands out the authenticator."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, func, select

from assistant.accounts.contract import (
    AccountChange,
    AccountInfo,
    AccountList,
    AccountRequest,
    Authenticator,
    LoggedIn,
    LoginRequest,
    Me,
    NewToken,
    NoAccounts,
    OneTimePassword,
    PasswordChange,
    SessionList,
    SetupRequest,
    SetupState,
    TokenList,
    TokenRequest,
    me_of,
)
from assistant.accounts.directory import Directory
from assistant.accounts.gatekeeper import Gatekeeper
from assistant.accounts.lockout import LockPolicy
from assistant.accounts.names import login_key, new_login, one_line
from assistant.accounts.passwords import Passwords, SetupCode, check_new_password
from assistant.accounts.principal import Principal
from assistant.accounts.roles import Permission, Role
from assistant.accounts.rows import administrators, held, principal_of
from assistant.accounts.schema import AccountRow, ApiTokenRow, SessionRow
from assistant.accounts.sessions import Clock, Sessions, token_of
from assistant.settings import AccountSettings
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.errors import Conflict, Forbidden, InvalidInput, NotAuthenticated, NotFound

_MOST_TOKENS = 50


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class LocalAccounts:
    """The accounts in the user data of one installation. Safe to share between threads."""

    def __init__(
        self, data: UserData, settings: AccountSettings, *, passwords: Passwords | None = None, clock: Clock = _now
    ) -> None:
        self._data = data
        self._settings = settings
        self._passwords = passwords or Passwords()
        self._clock = clock
        self._code = SetupCode()
        minutes = dt.timedelta(minutes=1)
        policy = LockPolicy(
            settings.lock_after_failures, settings.lock_minutes * minutes, settings.longest_lock_minutes * minutes
        )
        self._gate = Gatekeeper(data, self._passwords, policy)
        self._sessions = Sessions(
            data, settings.session_idle_minutes * minutes, dt.timedelta(hours=settings.session_hours), clock
        )
        self.directory = Directory(data, self._passwords, clock)

    @property
    def authenticator(self) -> Authenticator:
        """Tells who is behind a request; everybody is the person of this machine where accounts are off."""
        return self._sessions if self._settings.enabled else NoAccounts()

    # ---- the first administrator ---------------------------------------------------------------------------------

    def new_setup_code(self) -> str | None:
        """A code for the first administrator, to be shown on the console; None where there is one."""
        if not self._settings.enabled or self.directory.has_administrator():
            return None
        return self._code.renew()

    def setup_state(self) -> SetupState:
        enabled = self._settings.enabled
        return SetupState(
            accounts=enabled,
            needs_setup=enabled and not self.directory.has_administrator(),
            password_chars=self._settings.password_chars,
        )

    def set_up(self, request: SetupRequest, agent: str = "") -> LoggedIn:
        """Make the first administrator and log them in. Raises Conflict, Forbidden, InvalidInput."""
        self._ask_for_accounts()
        if not self._code.accepts(request.code):
            raise Forbidden("设置码不正确，或初始设置已经完成。", remedy="请照服务启动时控制台所示填写。")
        wanted = AccountRequest(login=request.login, name=request.name, role=Role.ADMIN)
        check_new_password(request.password, new_login(wanted.login), self._settings.password_chars)
        hashed = self._passwords.hash(request.password)
        with self.directory.turn, self._data.write() as session:
            if administrators(session):
                raise Conflict("初始设置已经完成。", remedy="请登录。")
            row = self.directory.added(session, wanted, hashed, one_time=False)
            row.last_login = moment(self._clock())
            token, ends = self._sessions.begin(session, row, agent)
            self._code.forget()
        return LoggedIn(token=token, expires=ends, me=self._me(row))

    # ---- log-in ----------------------------------------------------------------------------------------------------

    def login(self, request: LoginRequest, agent: str = "") -> LoggedIn:
        """Begin a session. Raises NotAuthenticated with one message for an unknown name, a wrong password, a lock."""
        self._ask_for_accounts()
        now = self._clock()
        account_id = self._gate.check(login_key(request.login), request.password, now)
        with self._data.write() as session:
            row = held(session, account_id)
            row.last_login = moment(now)
            if self._passwords.outdated(row.password_hash):
                row.password_hash = self._passwords.hash(request.password)
            token, ends = self._sessions.begin(session, row, agent)
        return LoggedIn(token=token, expires=ends, me=self._me(row))

    def logout(self, token: str) -> None:
        self._sessions.end(token)

    def me(self, principal: Principal) -> Me:
        if not self._settings.enabled:
            return me_of(principal, accounts=False)
        with self._data.read() as session:
            row = held(session, principal.id)
        more = {"login": row.login, "must_change_password": row.must_change_password}
        return me_of(principal, accounts=True).model_copy(update=more)

    def _me(self, row: AccountRow) -> Me:
        return self.me(principal_of(row))

    # ---- one's own account ---------------------------------------------------------------------------------------

    def change_password(self, principal: Principal, change: PasswordChange) -> None:
        """Change one's password; all one's sessions end. Raises InvalidInput when the present one is wrong."""
        with self._data.read() as session:
            row = self._own(session.get(AccountRow, principal.id))
        try:
            self._gate.check(row.login, change.current, self._clock())
        except NotAuthenticated as error:
            raise InvalidInput("现在的密码不正确。", where="/current", remedy=error.remedy) from None
        check_new_password(change.new, row.login, self._settings.password_chars)
        if change.new == change.current:
            raise InvalidInput("新密码与现在的密码相同。", where="/new", remedy="请换一个密码。")
        hashed = self._passwords.hash(change.new)
        with self.directory.turn, self._data.write() as session:
            row = held(session, principal.id)
            row.password_hash = hashed
            row.must_change_password = False
            Sessions.end_all(session, row.id)

    def sessions(self, principal: Principal, token: str | None = None) -> SessionList:
        with self._data.write() as session:
            found = self._sessions.of_person(session, principal.id, token)
        return SessionList(items=found, total=len(found))

    def end_session(self, principal: Principal, session_id: str) -> None:
        with self._data.write() as session:
            mine = (SessionRow.id == session_id) & (SessionRow.person_id == principal.id)
            if session.execute(delete(SessionRow).where(mine)).rowcount == 0:  # type: ignore[attr-defined]
                raise NotFound("没有这个登录会话，或已结束。", remedy="请刷新后查看。")

    def tokens(self, principal: Principal) -> TokenList:
        with self._data.read() as session:
            mine = select(ApiTokenRow).where(ApiTokenRow.person_id == principal.id)
            found = [token_of(row) for row in session.scalars(mine.order_by(ApiTokenRow.created.desc()))]
        return TokenList(items=found, total=len(found))

    def create_token(self, principal: Principal, request: TokenRequest) -> NewToken:
        """A token for a program, made by a person who logged in: one that a token made would outlive it.

        Raises Forbidden for a scope that the caller does not have, and until a one-time password is changed.
        """
        if principal.by_token:
            raise Forbidden("接口令牌不能新建令牌。", remedy="请登录网页，在“我的”中新建。")
        wanted = frozenset(request.scopes) | {Permission.PUBLIC}
        beyond = wanted - principal.permissions
        if beyond:
            raise Forbidden(f"令牌的权限不得超出本人：{'、'.join(sorted(beyond))}。", where="/scopes")
        name = one_line(request.name, "/name")
        with self.directory.turn, self._data.write() as session:
            if self._own(session.get(AccountRow, principal.id)).must_change_password:
                raise Forbidden("请先修改一次性密码。")
            mine = select(func.count()).select_from(ApiTokenRow).where(ApiTokenRow.person_id == principal.id)
            if (session.scalar(mine) or 0) >= _MOST_TOKENS:
                raise Conflict(f"接口令牌已有 {_MOST_TOKENS} 个。", remedy="请先撤销不用的令牌。")
            return self._sessions.issue(session, principal.id, name, wanted, request.expires_in_days)

    def revoke_token(self, principal: Principal, token_id: str) -> None:
        with self._data.write() as session:
            mine = (ApiTokenRow.id == token_id) & (ApiTokenRow.person_id == principal.id)
            if session.execute(delete(ApiTokenRow).where(mine)).rowcount == 0:  # type: ignore[attr-defined]
                raise NotFound("没有这个令牌，或已撤销。", remedy="请刷新后查看。")

    # ---- other people's accounts -----------------------------------------------------------------------------------

    def accounts(self, limit: int = 50, offset: int = 0) -> AccountList:
        return self.directory.page(limit, offset)

    def create_account(self, request: AccountRequest) -> OneTimePassword:
        return self.directory.create(request)

    def change_account(self, account_id: str, change: AccountChange) -> AccountInfo:
        return self.directory.change(account_id, change)

    def reset_password(self, account_id: str) -> OneTimePassword:
        return self.directory.reset_password(account_id)

    def unlock(self, account_id: str) -> AccountInfo:
        return self.directory.unlock(account_id)

    def principal(self, account_id: str) -> Principal:
        """The person of an account, for whoever owns the data folder."""
        with self._data.read() as session:
            return principal_of(held(session, account_id))

    def _own(self, row: AccountRow | None) -> AccountRow:
        if row is None:
            self._ask_for_accounts()
            raise NotFound("没有这个账户。")
        return row

    def _ask_for_accounts(self) -> None:
        if not self._settings.enabled:
            raise Conflict(
                "本机没有启用账户，不需要登录。",
                remedy="要启用，请设 EASSISTANT_ACCOUNTS__ENABLED=true 后重新启动。",
            )
