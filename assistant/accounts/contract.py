"""Accounts as other programs see them (账户接口): requests, responses and what the API needs from the service."""

from __future__ import annotations

from typing import Protocol

from pydantic import Field

from assistant.accounts.principal import Principal
from assistant.accounts.roles import Permission, Role
from assistant.contract import Response


class Me(Response):
    """The person who asks (当前用户), and what they may do."""

    id: str
    name: str
    role: Role
    permissions: list[Permission] = Field(default_factory=list)
    department: str | None = Field(default=None, description="部门。Department.")
    region: str | None = Field(default=None, description="地区。Region.")
    accounts: bool = Field(description="本机是否启用账户。Whether this installation uses accounts.")

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


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
        from assistant.accounts.principal import LOCAL

        return LOCAL
