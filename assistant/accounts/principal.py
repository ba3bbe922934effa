"""Who is asking (请求人): a person with a session, a program with a token, or the one person of this machine."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.accounts.roles import PERMISSIONS, Permission, Role


@dataclass(frozen=True, slots=True)
class Principal:
    """The person behind a request, with what they may do and what decides which documents they may read.

    ``id`` is the account's id (``local`` where no accounts are used); ``permissions`` are those of the role, cut down
    to a token's scopes where one was used. ``department`` and ``region`` are compared with the readers of a document.
    """

    id: str
    name: str
    role: Role
    permissions: frozenset[Permission]
    department: str | None = None
    region: str | None = None
    reads_everything: bool = field(default=False)
    """Whether limits of documents to departments and regions do not hold for this person: only without accounts."""
    by_token: bool = field(default=False)
    """Whether a program asks with an API token, not a person who logged in."""


LOCAL = Principal("local", "本机用户", Role.ADMIN, PERMISSIONS[Role.ADMIN], reads_everything=True)
"""The one person of a machine on which nobody else is served: no account, all rights."""

ANONYMOUS = Principal("", "", Role.OFFICER, frozenset({Permission.PUBLIC}))
"""Nobody: may call public routes and read nothing."""
