"""The plan of a run (负载方案): accounts with tokens, questions, dialogues, in one file that locust reads."""

from __future__ import annotations

import json
import random
import secrets
from pathlib import Path

from assistant.accounts.contract import AccountRequest, TokenRequest
from assistant.accounts.local import LocalAccounts
from assistant.accounts.roles import Permission, Role
from assistant.settings import Settings
from assistant.userdata import UserData
from evals.dialogues import read_dialogues
from ingest.spoken import read_spoken_questions

_SEED = 20261122
_MOST_QUESTIONS = 6000
_SCOPES = [Permission.ACCOUNT, Permission.READ, Permission.CONVERSE]


def write_plan(file: Path, settings: Settings, users: int) -> None:
    """A plan for so many people, whose accounts are made in the data folder of the settings."""
    plan = {
        "tokens": make_tokens(settings, users),
        "questions": _questions(),
        "dialogues": [[*dialogue.turns, dialogue.question] for dialogue in read_dialogues()],
    }
    file.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")


def make_tokens(settings: Settings, users: int) -> list[str]:
    """Tokens of so many officers, whose accounts are made in the data folder if they are not there."""
    data = UserData.open(settings.userdata_url)
    try:
        accounts = LocalAccounts(data, settings.accounts)
        return [_token(accounts, f"load-{number:03}") for number in range(1, users + 1)]
    finally:
        data.close()


def _token(accounts: LocalAccounts, login: str) -> str:
    account = accounts.directory.by_login(login)
    if account is None:
        request = AccountRequest(login=login, name=login, role=Role.OFFICER)
        account = accounts.directory.create(request, secrets.token_urlsafe()).account
    person = accounts.principal(account.id)
    for old in accounts.tokens(person).items:
        accounts.revoke_token(person, old.id)
    return accounts.create_token(person, TokenRequest(name="load", scopes=_SCOPES, expires_in_days=1)).token


def _questions() -> list[str]:
    """Spoken questions of this project in random order, more than a run of five minutes asks."""
    asked = [ask for entry in read_spoken_questions() for ask in entry.asks]
    return random.Random(_SEED).sample(asked, min(_MOST_QUESTIONS, len(asked)))
