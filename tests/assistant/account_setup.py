"""Accounts in a fresh database, with a clock that tests turn and a hash function that takes no time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import create_engine

import assistant.accounts.schema  # noqa: F401  its tables
from assistant.accounts.contract import AccountRequest
from assistant.accounts.local import LocalAccounts
from assistant.accounts.passwords import Passwords
from assistant.accounts.principal import Principal
from assistant.accounts.roles import Role
from assistant.settings import AccountSettings
from assistant.userdata import UserData
from assistant.userdata.schema import Base

PASSWORD = "correct-horse-9"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Clock:
    """The time, until it is turned on."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 21, 8, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += dt.timedelta(**by)


def fresh_accounts(folder: Path, clock: Clock, *, passwords: Passwords | None = None, **settings: Any) -> LocalAccounts:
    """Accounts that are on, with nobody in them."""
    engine = create_engine(f"sqlite:///{folder / 'userdata.db'}")
    Base.metadata.create_all(engine)
    given = AccountSettings(**{"enabled": True, **settings})
    return LocalAccounts(UserData(engine), given, passwords=passwords or Passwords(QUICK), clock=clock)


def add(accounts: LocalAccounts, login: str, role: Role = Role.OFFICER, **more: Any) -> Principal:
    """An account with the password of these tests."""
    made = accounts.directory.create(AccountRequest(login=login, name=login, role=role, **more), PASSWORD)
    return accounts.principal(made.account.id)
