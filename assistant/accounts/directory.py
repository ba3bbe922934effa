"""The accounts as administrators keep them (账户管理): created, changed, locked out, let in again."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from assistant.accounts import gatekeeper
from assistant.accounts.contract import AccountChange, AccountInfo, AccountList, AccountRequest, OneTimePassword
from assistant.accounts.names import department_name, new_login, one_line, region_name
from assistant.accounts.passwords import Passwords, new_code
from assistant.accounts.roles import Role
from assistant.accounts.rows import account_of, administrators, by_login, held
from assistant.accounts.schema import AccountRow, ApiTokenRow, SessionRow
from assistant.accounts.sessions import Sessions
from assistant.accounts.tokens import new_id
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.errors import Conflict

Clock = Callable[[], dt.datetime]


class Directory:
    """All accounts. Changes happen one after the other, so that the last administrator stays one."""

    def __init__(self, data: UserData, passwords: Passwords, clock: Clock) -> None:
        self._data = data
        self._passwords = passwords
        self._clock = clock
        self.turn = threading.RLock()

    def page(self, limit: int, offset: int) -> AccountList:
        """Accounts by login name."""
        with self._data.read() as session:
            total = session.scalar(select(func.count()).select_from(AccountRow)) or 0
            rows = session.scalars(select(AccountRow).order_by(AccountRow.login).limit(limit).offset(offset)).all()
            locked = gatekeeper.locked_until(session, [row.login for row in rows], self._clock())
        return AccountList(items=[account_of(row, locked.get(row.login)) for row in rows], total=total)

    def by_login(self, key: str) -> AccountInfo | None:
        with self._data.read() as session:
            row = by_login(session, key)
            return self._shown(session, row) if row else None

    def has_administrator(self) -> bool:
        with self._data.read() as session:
            return administrators(session) > 0

    def create(self, request: AccountRequest, password: str | None = None) -> OneTimePassword:
        """A new account, with a one-time password unless one is given. Raises Conflict when the name is taken."""
        chosen = password or new_code()
        hashed = self._passwords.hash(chosen)
        with self.turn, self._data.write() as session:
            row = self.added(session, request, hashed, one_time=password is None)
            return OneTimePassword(account=account_of(row), password=chosen)

    def added(self, session: Session, request: AccountRequest, hashed: str, *, one_time: bool) -> AccountRow:
        """The row of a new account, in the caller's transaction."""
        login = new_login(request.login)
        if by_login(session, login) is not None:
            raise Conflict(f"登录名“{login}”已被使用。", where="/login", remedy="请换一个登录名。")
        row = AccountRow(
            id=new_id(),
            login=login,
            name=one_line(request.name, "/name"),
            role=request.role.value,
            department=department_name(request.department),
            region=region_name(request.region),
            active=True,
            password_hash=hashed,
            must_change_password=one_time,
            created=moment(self._clock()),
        )
        session.add(row)
        session.flush()
        return row

    def change(self, account_id: str, change: AccountChange) -> AccountInfo:
        """Change an account. Whoever gets another role or is shut out logs in anew; who is shut out loses tokens."""
        with self.turn, self._data.write() as session:
            row = held(session, account_id)
            was_admin = row.active and row.role == Role.ADMIN
            stays_admin = change.active and change.role is Role.ADMIN
            if was_admin and not stays_admin and administrators(session) == 1:
                raise Conflict("这是最后一名可用的管理员，不能停用或改任。", remedy="请先另设一名管理员。")
            if row.role != change.role or not change.active:
                Sessions.end_all(session, row.id)
            if not change.active:
                Sessions.revoke_all(session, row.id)
            row.name = one_line(change.name, "/name")
            row.role = change.role.value
            row.department = department_name(change.department)
            row.region = region_name(change.region)
            row.active = change.active
            return self._shown(session, row)

    def reset_password(self, account_id: str) -> OneTimePassword:
        """A one-time password for somebody who lost theirs; sessions and tokens end, the lock is lifted."""
        password = new_code()
        hashed = self._passwords.hash(password)
        with self.turn, self._data.write() as session:
            row = held(session, account_id)
            row.password_hash = hashed
            row.must_change_password = True
            Sessions.end_all(session, row.id)
            Sessions.revoke_all(session, row.id)
            gatekeeper.unlock(session, row.login)
            return OneTimePassword(account=account_of(row), password=password)

    def unlock(self, account_id: str) -> AccountInfo:
        with self.turn, self._data.write() as session:
            row = held(session, account_id)
            gatekeeper.unlock(session, row.login)
            return account_of(row)

    # ---- removal -------------------------------------------------------------------------------------------------

    def of_person(self, account_id: str) -> dict[str, Any] | None:
        """The account with its sessions and API tokens, for the export of one's own data; None where there is none."""
        with self._data.read() as session:
            row = session.get(AccountRow, account_id)
            if row is None:
                return None
            sessions = session.scalars(select(SessionRow).where(SessionRow.person_id == account_id))
            tokens = session.scalars(select(ApiTokenRow).where(ApiTokenRow.person_id == account_id))
            return {
                **account_of(row).model_dump(mode="json"),
                "sessions": [{"agent": s.agent, "created": s.created, "last_seen": s.last_seen} for s in sessions],
                "tokens": [{"name": t.name, "scopes": t.scopes, "created": t.created} for t in tokens],
            }

    def shut_out(self, account_id: str) -> None:
        """Deactivate an account and revoke its tokens. Raises NotFound, Conflict for the last administrator."""
        with self.turn, self._data.write() as session:
            row = held(session, account_id)
            if row.active and row.role == Role.ADMIN and administrators(session) == 1:
                raise Conflict("这是最后一名可用的管理员，不能删除。", remedy="请先另设一名管理员。")
            row.active = False
            Sessions.end_all(session, row.id)
            session.execute(delete(ApiTokenRow).where(ApiTokenRow.person_id == row.id))

    def remove(self, account_id: str) -> None:
        """Delete an account, its log-ins, tokens and failed log-ins."""
        with self.turn, self._data.write() as session:
            row = held(session, account_id)
            Sessions.end_all(session, row.id)
            session.execute(delete(ApiTokenRow).where(ApiTokenRow.person_id == row.id))
            gatekeeper.unlock(session, row.login)
            session.delete(row)

    def _shown(self, session: Session, row: AccountRow) -> AccountInfo:
        return account_of(row, gatekeeper.locked_until(session, [row.login], self._clock()).get(row.login))
