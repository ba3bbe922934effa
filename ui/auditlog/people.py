"""Names behind the ids of the log (日志中的人): the log itself keeps ids, which outlive names."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from assistant.accounts.principal import LOCAL
from assistant.auditlog.contract import Act, LogEntry, Surface
from ui.connection import service

_AT_ONCE = 200
ERASED = "（个人信息已删除）"


def names_of_accounts() -> dict[str, str]:
    """Account id → name and login name, of all accounts and of the person at this machine."""
    names = {LOCAL.id: LOCAL.name}
    for offset in count(0, _AT_ONCE):
        page = service().accounts.accounts(limit=_AT_ONCE, offset=offset)
        names |= {account.id: f"{account.name}（{account.login}）" for account in page.items}
        if offset + _AT_ONCE >= page.total:
            break
    return names


def said(entry: LogEntry, field: str) -> str | None:
    """A personal word of an entry: None where it never had it, ``ERASED`` where it was taken out."""
    for word in entry.personal:
        if word.name == field:
            return ERASED if word.value is None else word.value
    return None


def named(person: str, names: Mapping[str, str]) -> str:
    """A person of the log in words."""
    return person if person == ERASED else names.get(person, f"已删除的账户（{person[:8]}）")


def who(entry: LogEntry, names: Mapping[str, str]) -> str:
    """Who did it; a log-in is the act of the account that it opened."""
    person = said(entry, "person") or (said(entry, "whom") if entry.act is Act.LOG_IN else None)
    if person is not None:
        return named(person, names)
    return "服务自身" if entry.surface is Surface.SERVICE else "未登录"
