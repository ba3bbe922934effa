"""Accounts as other programs see them (账户接口): requests, responses and what the API needs from the service."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Protocol

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from assistant.accounts.passwords import PASSWORD_CHARS
from assistant.accounts.principal import LOCAL, Principal
from assistant.accounts.roles import Permission, Role
from assistant.contract import Request, Response, first_control_character


def _blank_is_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _without_controls(text: str) -> str:
    found = first_control_character(text, allowed="")
    if found:
        words = "第 {position} 个字符是控制字符 {name}，请删去后重试"
        raise PydanticCustomError("control_character", words, {"position": found[0] + 1, "name": found[1]})
    return text


_Plain = AfterValidator(_without_controls)
Login = Annotated[str, _Plain, Field(max_length=200, description="登录名。Login name.")]
Password = Annotated[str, _Plain, Field(max_length=PASSWORD_CHARS, description="密码。Password.")]
PersonName = Annotated[str, _Plain, Field(min_length=1, max_length=64, description="姓名。Name shown to others.")]
Department = Annotated[
    Annotated[str, Field(max_length=100)] | None,
    BeforeValidator(_blank_is_none),
    Field(description="部门，与文件的阅读对象比较。Department, compared with a document's readers."),
]
PlaceOfWork = Annotated[
    Annotated[str, Field(max_length=64)] | None,
    BeforeValidator(_blank_is_none),
    Field(description="地区，如 宁波市。Region, compared with a document's readers."),
]


class Me(Response):
    """The person who asks (当前用户), and what they may do."""

    id: str
    name: str
    role: Role
    permissions: list[Permission] = Field(default_factory=list)
    department: str | None = Field(default=None, description="部门。Department.")
    region: str | None = Field(default=None, description="地区。Region.")
    accounts: bool = Field(description="本机是否启用账户。Whether this installation uses accounts.")
    login: str | None = Field(default=None, description="登录名。Login name.")
    must_change_password: bool = Field(
        default=False, description="须先修改一次性密码。Nothing else is allowed until the one-time password is changed."
    )

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


class SetupState(Response):
    """What somebody who is not logged in may know (初始设置状态)."""

    accounts: bool = Field(description="本机是否启用账户。Whether this installation uses accounts.")
    needs_setup: bool = Field(description="尚无管理员，等待初始设置。No administrator yet.")
    password_chars: int = Field(description="密码最少字符数。Shortest password.")


class SetupRequest(Request):
    """The first administrator (初始设置)."""

    code: str = Field(max_length=100, description="服务启动时显示在控制台的设置码。The code on the server's console.")
    login: Login
    name: PersonName
    password: Password


class LoginRequest(Request):
    """A log-in (登录)."""

    login: Login
    password: Password


class LoggedIn(Response):
    """A session that has begun (已登录)."""

    token: str = Field(description="会话令牌，放在 Authorization: Bearer 中。The session's token.")
    expires: dt.datetime = Field(description="最晚有效至。Ends at the latest.")
    me: Me


class PasswordChange(Request):
    """A new password for oneself (修改密码)."""

    current: Password
    new: Password


class SessionInfo(Response):
    """One of a person's log-ins (登录会话)."""

    id: str
    agent: str = Field(default="", description="浏览器或程序。Browser or program.")
    created: dt.datetime
    last_seen: dt.datetime
    expires: dt.datetime
    current: bool = Field(default=False, description="即本次登录。Whether this request came with it.")


class SessionList(Response):
    """Log-ins of one person that are still good."""

    items: list[SessionInfo]
    total: int


class TokenRequest(Request):
    """A new API token (新接口令牌)."""

    name: Annotated[str, _Plain] = Field(min_length=1, max_length=64, description="用途。What it is for.")
    scopes: list[Permission] = Field(
        min_length=1, max_length=len(Permission), description="权限，不得超出本人。Permissions, none beyond one's own."
    )
    expires_in_days: int | None = Field(
        default=None, ge=1, le=3650, description="几天后失效；缺省为不失效。Days it is good for; absent: no end."
    )


class TokenInfo(Response):
    """An API token (接口令牌) without its secret."""

    id: str
    name: str
    scopes: list[Permission]
    created: dt.datetime
    expires: dt.datetime | None = None
    last_used: dt.datetime | None = None


class NewToken(TokenInfo):
    """An API token with its secret, which is shown this once."""

    token: str = Field(description="令牌，只显示这一次。The secret, shown once.")


class TokenList(Response):
    """API tokens of one person."""

    items: list[TokenInfo]
    total: int


class AccountRequest(Request):
    """A new account (新账户); it begins with a one-time password."""

    login: Login
    name: PersonName
    role: Role = Field(default=Role.OFFICER, description="角色。Role.")
    department: Department = None
    region: PlaceOfWork = None


class AccountChange(Request):
    """How an account is to be (账户变更): all of it, what is absent is emptied."""

    name: PersonName
    role: Role = Field(description="角色。Role.")
    department: Department = None
    region: PlaceOfWork = None
    active: bool = Field(description="是否可用。Whether it may be used.")


class AccountInfo(Response):
    """An account (账户) as administrators see it."""

    id: str
    login: str
    name: str
    role: Role
    department: str | None = None
    region: str | None = None
    active: bool = True
    must_change_password: bool = False
    locked_until: dt.datetime | None = Field(default=None, description="锁定至。Locked until.")
    created: dt.datetime
    last_login: dt.datetime | None = None


class AccountList(Response):
    """A page of accounts."""

    items: list[AccountInfo]
    total: int


class OneTimePassword(Response):
    """An account with a password that must be changed at the next log-in (一次性密码), shown this once."""

    account: AccountInfo
    password: str = Field(description="一次性密码，只显示这一次。Shown once.")


class Authenticator(Protocol):
    """Tells who is behind a request (身份认证)."""

    def authenticate(self, token: str | None) -> Principal:
        """The person of a session or API token; ``ANONYMOUS`` where there is no token and accounts are used.

        Raises NotAuthenticated for a token that is unknown, expired or revoked.
        """
        ...


class NoAccounts:
    """Everybody is the one person of this machine: where the service listens on loopback only."""

    def authenticate(self, token: str | None) -> Principal:
        return LOCAL


class Accounts(Protocol):
    """What the routes of accounts need. ``principal`` is the caller; what concerns others is for administrators."""

    def me(self, principal: Principal) -> Me: ...

    def setup_state(self) -> SetupState: ...

    def set_up(self, request: SetupRequest, agent: str = "") -> LoggedIn: ...

    def login(self, request: LoginRequest, agent: str = "") -> LoggedIn: ...

    def logout(self, token: str) -> None: ...

    def change_password(self, principal: Principal, change: PasswordChange) -> None: ...

    def sessions(self, principal: Principal, token: str | None = None) -> SessionList: ...

    def end_session(self, principal: Principal, session_id: str) -> None: ...

    def tokens(self, principal: Principal) -> TokenList: ...

    def create_token(self, principal: Principal, request: TokenRequest) -> NewToken: ...

    def revoke_token(self, principal: Principal, token_id: str) -> None: ...

    def accounts(self, limit: int = 50, offset: int = 0) -> AccountList: ...

    def create_account(self, request: AccountRequest) -> OneTimePassword: ...

    def change_account(self, account_id: str, change: AccountChange) -> AccountInfo: ...

    def reset_password(self, account_id: str) -> OneTimePassword: ...

    def unlock(self, account_id: str) -> AccountInfo: ...


def me_of(principal: Principal, *, accounts: bool) -> Me:
    """The person as they see themselves."""
    return Me(
        id=principal.id,
        name=principal.name,
        role=principal.role,
        permissions=sorted(principal.permissions),
        department=principal.department,
        region=principal.region,
        accounts=accounts,
    )
