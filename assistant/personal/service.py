"""One's own data put together from the areas that keep some (本人数据)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from assistant.accounts.principal import Principal
from assistant.personal.contract import Erased, PersonalArea, PersonalData


class PersonalDataService:
    """Implements ``PersonalDataDesk`` over the areas, by name."""

    def __init__(
        self,
        areas: Mapping[str, PersonalArea],
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._areas = areas
        self._now = now

    def export(self, principal: Principal) -> PersonalData:
        areas = {name: area.of_person(principal.id) for name, area in self._areas.items()}
        return PersonalData(name=principal.name, made_at=self._now(), areas=areas)

    def erase(self, principal: Principal) -> Erased:
        return Erased(areas={name: area.erase(principal.id) for name, area in self._areas.items()})
