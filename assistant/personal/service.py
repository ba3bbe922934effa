"""One's own data put together from the areas that keep some (本人数据), and accounts removed with all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assistant.accounts.principal import Principal
from assistant.auditlog.contract import Act
from assistant.personal.contract import AccountKeeper, Erased, PersonalArea, PersonalData, RemovalLog
from corpus.errors import Conflict, NotFound


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What is kept of people in office: their acts, which lose the name with the account, the accounts, the log."""

    acts: Mapping[str, PersonalArea]
    accounts: AccountKeeper
    auditlog: RemovalLog


@dataclass(frozen=True, slots=True)
class PersonalDataService:
    """Implements ``PersonalDataDesk``. ``areas``, by name, hold what people keep for themselves."""

    areas: Mapping[str, PersonalArea]
    now: Callable[[], dt.datetime] = _now
    office: Office | None = field(default=None, kw_only=True)

    def export(self, principal: Principal) -> PersonalData:
        kept = {name: area.of_person(principal.id) for name, area in self.areas.items()}
        if self.office is not None:
            kept |= {name: area.of_person(principal.id) for name, area in self.office.acts.items()}
            kept["account"] = self.office.accounts.of_person(principal.id)
        return PersonalData(name=principal.name, made_at=self.now(), areas=kept)

    def erase(self, principal: Principal) -> Erased:
        return Erased(areas={name: area.erase(principal.id) for name, area in self.areas.items()})

    def remove_account(self, by: Principal, account_id: str) -> Erased:
        """The person is shut out first and the account deleted last, so that what broke off can be done again."""
        office = self.office
        if office is None:
            raise NotFound("没有这个账户。")
        if account_id == by.id:
            raise Conflict("不能删除自己的账户。", remedy="请由另一名管理员删除。")
        office.accounts.shut_out(account_id)
        office.auditlog.record(Act.ACCOUNT_REMOVED, by, whom=account_id)
        every = {**self.areas, **office.acts}
        erased = {name: area.erase(account_id) for name, area in every.items()}
        erased["audit_log"] = office.auditlog.erase_person(account_id, by).entries
        office.accounts.remove(account_id)
        return Erased(areas=erased)
