"""The departments that an exam can be given to (可参加的部门): those of the accounts."""

from __future__ import annotations

from sqlalchemy import select

from assistant.accounts.schema import AccountRow
from assistant.userdata import UserData

_DEPARTMENTS = (
    select(AccountRow.department)
    .where(AccountRow.active.is_(True), AccountRow.department.is_not(None))
    .distinct()
    .order_by(AccountRow.department)
)


def departments(userdata: UserData) -> list[str]:
    """The departments of all accounts in use, by name; none where there are no accounts."""
    with userdata.read() as session:
        return [name for name in session.scalars(_DEPARTMENTS) if name]
