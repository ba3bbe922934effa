"""The accounts of the stand-in: one person, a few accounts, what was asked of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from assistant.accounts.contract import (
    AccountChange,
    AccountInfo,
    AccountList,
    AccountRequest,
    Me,
    NewToken,
    OneTimePassword,
    PasswordChange,
    SessionInfo,
    SessionList,
    SetupState,
    TokenInfo,
    TokenList,
    TokenRequest,
    me_of,
)
from assistant.accounts.principal import LOCAL
from assistant.accounts.roles import PERMISSIONS, Role
from assistant.personal.contract import Erased
from corpus.errors import EAssistantError, InvalidInput

AT = dt.datetime(2026, 11, 21, 8, 0, tzinfo=dt.UTC)


def person(role: Role = Role.OFFICER, **more: Any) -> Me:
    """Somebody with an account."""
    return Me(
        id=f"id-{role}",
        name="张三",
        role=role,
        permissions=sorted(PERMISSIONS[role]),
        department="执法一科",
        region="宁波市",
        accounts=True,
        login="zhang",
        **more,
    )


class FakeAccounts:
    """``calls`` has what was done; ``fails`` is raised by what changes something."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any]] = []
        self.fails: EAssistantError | None = None
        self.held = [
            AccountInfo(id="a1", login="zhang", name="张三", role=Role.OFFICER, created=AT),
            AccountInfo(
                id="a2", login="li", name="李四", role=Role.LEGAL, created=AT, locked_until=AT, region="宁波市"
            ),
        ]

    def _done(self, what: str, about: Any) -> None:
        if self.fails is not None:
            raise self.fails
        self.calls.append((what, about))

    def setup_state(self) -> SetupState:
        return SetupState(accounts=True, needs_setup=False, password_chars=10)

    def change_password(self, change: PasswordChange) -> None:
        if change.current != "old-password":
            raise InvalidInput("现在的密码不正确。", where="/current")
        self._done("change_password", change)

    def sessions(self) -> SessionList:
        agent = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36"
        items = [
            SessionInfo(id="s1", agent=agent, created=AT, last_seen=AT, expires=AT, current=True),
            SessionInfo(id="s2", agent="<b>curl</b>/8", created=AT, last_seen=AT, expires=AT),
        ]
        return SessionList(items=items, total=2)

    def end_session(self, session_id: str) -> None:
        self._done("end_session", session_id)

    def tokens(self) -> TokenList:
        token = TokenInfo(id="t1", name="案件*系统*", scopes=["public", "read"], created=AT)
        return TokenList(items=[token], total=1)

    def create_token(self, request: TokenRequest) -> NewToken:
        self._done("create_token", request)
        return NewToken(id="t2", name=request.name, scopes=request.scopes, created=AT, token="eat_shown-once")

    def revoke_token(self, token_id: str) -> None:
        self._done("revoke_token", token_id)

    def accounts(self, limit: int = 50, offset: int = 0) -> AccountList:
        return AccountList(items=self.held[offset : offset + limit], total=len(self.held))

    def create_account(self, request: AccountRequest) -> OneTimePassword:
        self._done("create_account", request)
        made = AccountInfo(id="a3", login=request.login, name=request.name, role=request.role, created=AT)
        return OneTimePassword(account=made, password="ABCDE-FGHJK")

    def change_account(self, account_id: str, change: AccountChange) -> AccountInfo:
        self._done("change_account", (account_id, change))
        return self.held[0]

    def reset_password(self, account_id: str) -> OneTimePassword:
        self._done("reset_password", account_id)
        return OneTimePassword(account=self.held[0], password="FGHJK-ABCDE")

    def unlock(self, account_id: str) -> AccountInfo:
        self._done("unlock", account_id)
        return self.held[1]

    def remove(self, account_id: str) -> Erased:
        self._done("remove", account_id)
        self.held = [account for account in self.held if account.id != account_id]
        return Erased()


class FakePerson:
    """Mixed into the stand-in of the service: who is logged in, and the accounts."""

    def __init__(self) -> None:
        super().__init__()
        self.person: Me = me_of(LOCAL, accounts=False)
        self.not_logged_in: EAssistantError | None = None
        self.unreachable: EAssistantError | None = None
        self.accounts = FakeAccounts()

    def me(self) -> Me:
        for error in (self.unreachable, self.not_logged_in):
            if error is not None:
                raise error
        return self.person
