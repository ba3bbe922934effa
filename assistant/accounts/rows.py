"""From rows of the accounts to values, and back to moments (账户的数据行)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.accounts.contract import AccountInfo
from assistant.accounts.principal import Principal
from assistant.accounts.roles import PERMISSIONS, Permission, Role
from assistant.accounts.schema import AccountRow
from corpus.errors import NotFound

_NARROW = frozenset({Permission.PUBLIC, Permission.ACCOUNT})


def parsed(moment: str) -> dt.datetime:
    return dt.datetime.fromisoformat(moment)


def parsed_or_none(moment: str | None) -> dt.datetime | None:
    return parsed(moment) if moment else None


def permissions_of(row: AccountRow) -> frozenset[Permission]:
    """What the account's role allows; until a one-time password is changed, only to change it."""
    allowed = PERMISSIONS[Role(row.role)]
    return allowed & _NARROW if row.must_change_password else allowed


def principal_of(row: AccountRow, scopes: frozenset[Permission] | None = None) -> Principal:
    """The person of an account, cut down to a token's scopes where one was used."""
    allowed = permissions_of(row)
    if scopes is not None:
        allowed = (allowed & scopes) | {Permission.PUBLIC}
    return Principal(row.id, row.name, Role(row.role), allowed, row.department, row.region, by_token=scopes is not None)


def account_of(row: AccountRow, locked_until: dt.datetime | None = None) -> AccountInfo:
    return AccountInfo(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        department=row.department,
        region=row.region,
        active=row.active,
        must_change_password=row.must_change_password,
        locked_until=locked_until,
        created=parsed(row.created),
        last_login=parsed_or_none(row.last_login),
    )


def held(session: Session, account_id: str) -> AccountRow:
    """The account, or NotFound."""
    row = session.get(AccountRow, account_id)
    if row is None:
        raise NotFound("没有这个账户。", remedy="请刷新账户列表后重试。")
    return row


def by_login(session: Session, key: str) -> AccountRow | None:
    return session.scalar(select(AccountRow).where(AccountRow.login == key))


def administrators(session: Session) -> int:
    """How many administrators may log in."""
    found = select(func.count()).select_from(AccountRow).where(AccountRow.role == Role.ADMIN.value, AccountRow.active)
    return session.scalar(found) or 0
