"""Fresh accounts for each test."""

from __future__ import annotations

import pytest

from assistant.accounts.local import LocalAccounts
from tests.assistant.account_setup import Clock, fresh_accounts


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path, clock) -> LocalAccounts:
    return fresh_accounts(tmp_path, clock)
