"""The routes of accounts (账户接口): log-in, one's own account, and everybody's for administrators."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Header, Path, Query
from fastapi import Request as HttpRequest
from pydantic import Field

from assistant.accounts.contract import (
    AccountChange,
    AccountInfo,
    AccountList,
    AccountRequest,
    Accounts,
    LoggedIn,
    LoginRequest,
    Me,
    NewToken,
    OneTimePassword,
    PasswordChange,
    SessionList,
    SetupRequest,
    SetupState,
    TokenList,
    TokenRequest,
    me_of,
)
from assistant.api.errors import refusals
from assistant.api.permission import Account, AccountManager, Public, bearer_token, count_login
from assistant.contract import Request

Agent = Annotated[str, Header(alias="user-agent", description="浏览器或程序。Browser or program.")]
AccountId = Annotated[str, Path(description="账户编号。Id of the account.", max_length=64)]
OwnId = Annotated[str, Path(description="编号。Id.", max_length=64)]


class PageQuery(Request):
    """Which part of a list."""

    limit: int = Field(default=50, ge=1, le=200, description="最多几项。Most items.")
    offset: int = Field(default=0, ge=0, le=1_000_000, description="跳过几项。Items to skip.")


class NothingMore(Request):
    """An empty body; that it must be JSON keeps forms of other sites out."""


def build_account_router(accounts: Accounts | None) -> APIRouter:
    """All routes of accounts; without accounts only ``/api/me``, which every page asks."""
    router = APIRouter(prefix="/api", tags=["accounts"], responses=refusals(401, 403, 422, 429, 503))

    @router.get("/me", summary="当前用户 Me")
    def me(person: Account) -> Me:
        """当前用户是谁，可以做什么。Who the caller is and what they may do."""
        return accounts.me(person) if accounts is not None else me_of(person, accounts=False)

    if accounts is not None:
        _add_door(router, accounts)
        _add_own(router, accounts)
        _add_others(router, accounts)
    return router


def _example(summary: str, **value: Any) -> Any:
    return Body(openapi_examples={"example": {"summary": summary, "value": value}})


def _add_door(router: APIRouter, accounts: Accounts) -> None:
    @router.get("/setup", summary="初始设置状态 Set-up state")
    def setup_state(_anyone: Public) -> SetupState:
        """是否启用账户，是否等待设置首位管理员。Whether accounts are on and an administrator is still to be made."""
        return accounts.setup_state()

    @router.post("/setup", summary="初始设置 First administrator", responses=refusals(409))
    def set_up(
        _anyone: Public,
        http: HttpRequest,
        request: Annotated[
            SetupRequest,
            _example(
                "首位管理员", code="ABCDE-FGHJK-LMNPQ-RSTUV", login="admin", name="管理员", password="correct-horse-9"
            ),
        ],
        agent: Agent = "",
    ) -> LoggedIn:
        """凭控制台所示设置码建立首位管理员并登录。Make the first administrator with the console's code; logs in."""
        count_login(http)
        return accounts.set_up(request, agent)

    @router.post("/login", summary="登录 Log in", responses=refusals(409))
    def login(
        _anyone: Public,
        http: HttpRequest,
        request: Annotated[LoginRequest, _example("登录", login="zhang", password="correct-horse-9")],
        agent: Agent = "",
    ) -> LoggedIn:
        """凭登录名与密码取得会话令牌。A session's token for a login name and password."""
        count_login(http)
        return accounts.login(request, agent)

    @router.post("/logout", status_code=204, summary="退出 Log out")
    def logout(_person: Account, http: HttpRequest, _nothing: Annotated[NothingMore, _example("空")]) -> None:
        """结束本次登录会话。End the session of this request; an API token stays as it is."""
        token = bearer_token(http)
        if token is not None:
            accounts.logout(token)


def _add_own(router: APIRouter, accounts: Accounts) -> None:
    @router.put("/me/password", status_code=204, summary="修改密码 Change my password", responses=refusals(404, 409))
    def change_password(
        person: Account,
        change: Annotated[PasswordChange, _example("修改密码", current="old-password-1", new="correct-horse-9")],
    ) -> None:
        """修改自己的密码；所有登录会话随即结束，须重新登录。Change one's password; all one's sessions end."""
        accounts.change_password(person, change)

    @router.get("/me/sessions", summary="我的登录会话 My sessions")
    def sessions(person: Account, http: HttpRequest) -> SessionList:
        """自己的登录会话，最近的在前。One's log-ins that are still good, the latest first."""
        return accounts.sessions(person, bearer_token(http))

    @router.delete(
        "/me/sessions/{session_id}", status_code=204, summary="结束会话 End a session", responses=refusals(404)
    )
    def end_session(person: Account, session_id: OwnId) -> None:
        """结束自己的一个登录会话。End one of one's log-ins."""
        accounts.end_session(person, session_id)

    @router.get("/me/tokens", summary="我的接口令牌 My API tokens")
    def tokens(person: Account) -> TokenList:
        """自己的接口令牌，不含令牌本身。One's API tokens, without their secrets."""
        return accounts.tokens(person)

    @router.post("/me/tokens", status_code=201, summary="新建接口令牌 New API token", responses=refusals(404, 409))
    def create_token(
        person: Account,
        request: Annotated[TokenRequest, _example("只读令牌", name="案件系统", scopes=["read"], expires_in_days=90)],
    ) -> NewToken:
        """新建接口令牌；令牌只在应答中显示一次。A new API token; its secret is shown in this answer only."""
        return accounts.create_token(person, request)

    @router.delete(
        "/me/tokens/{token_id}", status_code=204, summary="撤销接口令牌 Revoke a token", responses=refusals(404)
    )
    def revoke_token(person: Account, token_id: OwnId) -> None:
        """撤销自己的接口令牌，立即生效。Revoke one of one's tokens, at once."""
        accounts.revoke_token(person, token_id)


def _add_others(router: APIRouter, accounts: Accounts) -> None:
    @router.get("/accounts", summary="账户 Accounts")
    def listed(_manager: AccountManager, query: Annotated[PageQuery, Query()]) -> AccountList:
        """全部账户，按登录名。All accounts, by login name."""
        return accounts.accounts(query.limit, query.offset)

    @router.post("/accounts", status_code=201, summary="新建账户 New account", responses=refusals(409))
    def create(
        _manager: AccountManager,
        request: Annotated[
            AccountRequest,
            _example("执法人员", login="zhang", name="张三", role="officer", department="执法一科", region="宁波市"),
        ],
    ) -> OneTimePassword:
        """新建账户，附一次性密码，首次登录须修改。A new account with a one-time password, to be changed at log-in."""
        return accounts.create_account(request)

    @router.put("/accounts/{account_id}", summary="变更账户 Change an account", responses=refusals(404, 409))
    def change(
        _manager: AccountManager,
        account_id: AccountId,
        request: Annotated[
            AccountChange,
            _example("改任法制审核", name="张三", role="legal", department="法制科", region="宁波市", active=True),
        ],
    ) -> AccountInfo:
        """变更姓名、角色、部门、地区、是否可用；改任或停用即结束其会话。Change an account; a new role ends sessions."""
        return accounts.change_account(account_id, request)

    @router.post("/accounts/{account_id}/password", summary="重置密码 Reset a password", responses=refusals(404))
    def reset_password(
        _manager: AccountManager, account_id: AccountId, _nothing: Annotated[NothingMore, _example("空")]
    ) -> OneTimePassword:
        """发给一次性密码并结束其会话。A one-time password; sessions end and a lock is lifted."""
        return accounts.reset_password(account_id)

    @router.post("/accounts/{account_id}/unlock", summary="解锁 Unlock", responses=refusals(404))
    def unlock(
        _manager: AccountManager, account_id: AccountId, _nothing: Annotated[NothingMore, _example("空")]
    ) -> AccountInfo:
        """解除因密码错误造成的锁定。Lift a lock after wrong passwords."""
        return accounts.unlock(account_id)
