"""Passwords at the door (登录核验): the same answer, after the same work, to every log-in that fails.

Failures are counted by login name, whether an account bears it or not, so that nobody learns which names exist. A name
that fails no more is forgotten after a day.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.accounts.lockout import Attempts, LockPolicy, after_failure
from assistant.accounts.passwords import Passwords
from assistant.accounts.rows import by_login, parsed_or_none
from assistant.accounts.schema import LoginFailuresRow
from assistant.userdata import UserData
from assistant.userdata.schema import moment
from corpus.clock import local
from corpus.errors import NotAuthenticated

_FORGOTTEN_AFTER = dt.timedelta(days=1)


class Gatekeeper:
    """Checks passwords, counts failures, locks and unlocks login names."""

    def __init__(self, data: UserData, passwords: Passwords, policy: LockPolicy) -> None:
        self._data = data
        self._passwords = passwords
        self._policy = policy
        self._turn = threading.Lock()

    def check(self, key: str, password: str, now: dt.datetime) -> str:
        """The id of the account with this login name and password. Raises NotAuthenticated, alike for all that fails.

        While a name is locked the password is worked on all the same, and no answer depends on it.
        """
        with self._data.read() as session:
            row = by_login(session, key)
        kept = row.password_hash if row is not None and row.active else None
        matches = self._passwords.matches(password, kept)
        with self._turn, self._data.write() as session:
            before = _attempts(session, key)
            if matches and row is not None and not before.locked(now):
                unlock(session, key)
                return row.id
            after = after_failure(before, now, self._policy)
            _note(session, key, after, now)
        raise _refusal(after.locked_until)


def locked_until(session: Session, keys: Iterable[str], now: dt.datetime) -> dict[str, dt.datetime]:
    """The login names of these that are locked, with the moment until which they are."""
    by_hash = {_hash(key): key for key in keys}
    rows = session.scalars(
        select(LoginFailuresRow).where(
            LoginFailuresRow.login_hash.in_(by_hash), LoginFailuresRow.locked_until > moment(now)
        )
    )
    ends = ((by_hash[row.login_hash], parsed_or_none(row.locked_until)) for row in rows)
    return {key: end for key, end in ends if end is not None}


def unlock(session: Session, key: str) -> None:
    """Forget the failures of a login name."""
    session.execute(delete(LoginFailuresRow).where(LoginFailuresRow.login_hash == _hash(key)))


def _attempts(session: Session, key: str) -> Attempts:
    row = session.get(LoginFailuresRow, _hash(key))
    return Attempts(row.failures, parsed_or_none(row.locked_until)) if row else Attempts()


def _note(session: Session, key: str, attempts: Attempts, now: dt.datetime) -> None:
    session.execute(delete(LoginFailuresRow).where(LoginFailuresRow.last < moment(now - _FORGOTTEN_AFTER)))
    until = moment(attempts.locked_until) if attempts.locked_until else None
    session.merge(
        LoginFailuresRow(login_hash=_hash(key), failures=attempts.failures, locked_until=until, last=moment(now))
    )


def _hash(key: str) -> str:
    """Login names are kept hashed here: what is typed by mistake may be a password."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _refusal(until: dt.datetime | None) -> NotAuthenticated:
    remedy = "请核对后重试；忘记密码请联系管理员重置。"
    if until is not None:
        at = local(until)
        when = f"{at.month}月{at.day}日 {at:%H:%M:%S}（北京时间）"
        remedy = f"错误次数过多，请在{when}以后再试，或联系管理员解锁。"
    return NotAuthenticated("登录名或密码不正确，或账户不可用。", remedy=remedy)
