"""A log in a database of its own, on a clock that the test sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.accounts.principal import Principal
from assistant.accounts.roles import PERMISSIONS, Role
from assistant.auditlog.log import AuditLog
from assistant.userdata import UserData

NOON = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


def person(name: str, role: Role = Role.OFFICER) -> Principal:
    return Principal(name, f"姓名{name}", role, PERMISSIONS[role])


OFFICER, OTHER, ADMIN = person("p-1"), person("p-2"), person("p-9", Role.ADMIN)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def userdata(tmp_path: Path) -> Iterator[UserData]:
    opened = UserData.open(f"sqlite:///{tmp_path / 'userdata.db'}")
    yield opened
    opened.close()


@pytest.fixture
def audit_log(userdata: UserData, clock: Clock) -> AuditLog:
    return AuditLog(userdata, now=clock)
