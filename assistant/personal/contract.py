"""One's own data as other programs see it (本人数据接口)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

from pydantic import Field

from assistant.accounts.principal import Principal
from assistant.contract import Response


class PersonalData(Response):
    """All that is kept of a person (本人数据), area by area."""

    name: str = Field(description="姓名。Name.")
    made_at: dt.datetime = Field(description="导出时间。When it was put together.")
    areas: dict[str, Any] = Field(
        default_factory=dict,
        description="各部分：conversations 对话，feedback 反馈，entries 收藏与最近，handbooks 执法手册。Area by area.",
    )


class Erased(Response):
    """What was erased (删除结果): area → number of items."""

    areas: dict[str, int] = Field(default_factory=dict, description="各部分删去的项数。Items erased in each area.")


class PersonalDataDesk(Protocol):
    """One's own data handed out and erased (本人数据). The audit log has a retention of its own."""

    def export(self, principal: Principal) -> PersonalData: ...

    def erase(self, principal: Principal) -> Erased: ...


class PersonalArea(Protocol):
    """A part of the user data that keeps things of a person (个人数据区)."""

    def of_person(self, person_id: str) -> Any:
        """All that is kept of the person, as plain JSON values."""
        ...

    def erase(self, person_id: str) -> int:
        """Delete it all; how many items there were."""
        ...
