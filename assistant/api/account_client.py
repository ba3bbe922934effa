"""Accounts over HTTP (账户接口): one's own account, and everybody's for administrators, one request each."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from pydantic import BaseModel

from assistant.accounts.contract import (
    AccountChange,
    AccountInfo,
    AccountList,
    AccountRequest,
    LoggedIn,
    LoginRequest,
    NewToken,
    OneTimePassword,
    PasswordChange,
    SessionList,
    SetupRequest,
    SetupState,
    TokenList,
    TokenRequest,
)
from assistant.api.wire import Model, Wire, body, given
from assistant.personal.contract import Erased


class AccountClient:
    """The accounts of a running service; whoever the client's token stands for."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def setup_state(self) -> SetupState:
        return self._wire.get("/api/setup", SetupState)

    def set_up(self, request: SetupRequest, headers: Mapping[str, str] | None = None) -> LoggedIn:
        return self._posted("/api/setup", request, LoggedIn, headers)

    def login(self, request: LoginRequest, headers: Mapping[str, str] | None = None) -> LoggedIn:
        """``headers``: the browser's name and address, where the page logs somebody in."""
        return self._posted("/api/login", request, LoggedIn, headers)

    def logout(self) -> None:
        self._wire.send("POST", "/api/logout", json={})

    def change_password(self, change: PasswordChange) -> None:
        self._wire.send("PUT", "/api/me/password", json=body(change))

    def sessions(self) -> SessionList:
        return self._wire.get("/api/me/sessions", SessionList)

    def end_session(self, session_id: str) -> None:
        self._wire.send("DELETE", f"/api/me/sessions/{quote(session_id, safe='')}")

    def tokens(self) -> TokenList:
        return self._wire.get("/api/me/tokens", TokenList)

    def create_token(self, request: TokenRequest) -> NewToken:
        return self._wire.post("/api/me/tokens", request, NewToken)

    def revoke_token(self, token_id: str) -> None:
        self._wire.send("DELETE", f"/api/me/tokens/{quote(token_id, safe='')}")

    def accounts(self, limit: int = 50, offset: int = 0) -> AccountList:
        return self._wire.get("/api/accounts", AccountList, given(limit=limit, offset=offset))

    def create_account(self, request: AccountRequest) -> OneTimePassword:
        return self._wire.post("/api/accounts", request, OneTimePassword)

    def change_account(self, account_id: str, change: AccountChange) -> AccountInfo:
        sent = self._wire.send("PUT", f"/api/accounts/{quote(account_id, safe='')}", json=body(change))
        return AccountInfo.model_validate_json(sent.content)

    def reset_password(self, account_id: str) -> OneTimePassword:
        return self._posted(f"/api/accounts/{quote(account_id, safe='')}/password", None, OneTimePassword)

    def unlock(self, account_id: str) -> AccountInfo:
        return self._posted(f"/api/accounts/{quote(account_id, safe='')}/unlock", None, AccountInfo)

    def remove(self, account_id: str) -> Erased:
        """Delete an account with all that is kept of the person."""
        return Erased.model_validate_json(
            self._wire.send("DELETE", f"/api/accounts/{quote(account_id, safe='')}").content
        )

    def _posted(
        self, path: str, request: BaseModel | None, model: type[Model], headers: Mapping[str, str] | None = None
    ) -> Model:
        sent = self._wire.send("POST", path, json=body(request) if request else {}, headers=headers)
        return model.model_validate_json(sent.content)
