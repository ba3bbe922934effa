"""Who may call a route (接口权限): every route names its permission, and gets the person who calls.

    def search(request: ..., principal: Annotated[Principal, Depends(requires(Permission.READ))]) -> ...

``docs/security.md`` and the role matrix test read the permissions back from the application (``permission_of``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.routing import APIRoute

from assistant.accounts.contract import Authenticator
from assistant.accounts.principal import ANONYMOUS, LOCAL, Principal
from assistant.accounts.roles import Permission
from assistant.api.rate_limit import RateLimits
from corpus.errors import Forbidden, NotAuthenticated

_SCHEME = "bearer"


class requires:
    """Dependency: the caller, who must have ``permission``. Raises NotAuthenticated, Forbidden."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    def __call__(self, request: Request) -> Principal:
        return admitted(request, self.permission)


def admitted(request: Request, permission: Permission) -> Principal:
    """The caller, who must have ``permission``; kept in the request's state and counted.

    Raises NotAuthenticated, Forbidden, TooManyRequests. On public routes a token that is good no longer is no token.
    """
    authenticator: Authenticator = request.app.state.authenticator
    try:
        principal = authenticator.authenticate(bearer_token(request))
    except NotAuthenticated:
        if permission is not Permission.PUBLIC:
            _count(request, ANONYMOUS)
            raise
        principal = ANONYMOUS
    _count(request, principal)
    request.state.principal = principal
    if permission in principal.permissions:
        return principal
    if not principal.id:
        raise NotAuthenticated("没有登录。")
    raise Forbidden("您的角色或令牌不能进行这一操作。")


def count_login(request: Request) -> None:
    """Count a try to log in from the caller's address. Raises TooManyRequests."""
    limits: RateLimits = request.app.state.rate_limits
    limits.count_login(_address(request))


def _count(request: Request, principal: Principal) -> None:
    if principal.id == LOCAL.id:  # everybody on this machine is this one person: there is nobody to protect
        return
    limits: RateLimits = request.app.state.rate_limits
    limits.count_request(principal.id or _address(request))


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


Public = Annotated[Principal, Depends(requires(Permission.PUBLIC))]
Account = Annotated[Principal, Depends(requires(Permission.ACCOUNT))]
Reader = Annotated[Principal, Depends(requires(Permission.READ))]
Converser = Annotated[Principal, Depends(requires(Permission.CONVERSE))]
Reviewer = Annotated[Principal, Depends(requires(Permission.REVIEW))]
Trainer = Annotated[Principal, Depends(requires(Permission.MANAGE_QUIZ))]
CorpusManager = Annotated[Principal, Depends(requires(Permission.MANAGE_CORPUS))]
AccountManager = Annotated[Principal, Depends(requires(Permission.MANAGE_ACCOUNTS))]
AuditReader = Annotated[Principal, Depends(requires(Permission.READ_AUDIT_LOG))]


def bearer_token(request: Request) -> str | None:
    """The token of the Authorization header, if it has one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == _SCHEME else None


def permission_of(route: APIRoute) -> Permission | None:
    """The permission that a route asks for; None where it names none, which no route of ours may."""
    found = {call.permission for call in _calls(route.dependant) if isinstance(call, requires)}
    if len(found) > 1:
        raise AssertionError(f"{route.path} names several permissions: {sorted(found)}")
    return found.pop() if found else None


def _calls(dependant: Any) -> Iterator[object]:
    for dependency in dependant.dependencies:
        yield dependency.call
        yield from _calls(dependency)
