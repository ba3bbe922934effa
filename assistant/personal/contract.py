"""One's own data as other programs see it (本人数据接口)."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

from pydantic import Field

from assistant.accounts.principal import Principal
from assistant.auditlog.contract import Erasure, Recorder
from assistant.contract import Response


class PersonalData(Response):
    """All that is kept of a person (本人数据), area by area."""

    name: str = Field(description="姓名。Name.")
    made_at: dt.datetime = Field(description="导出时间。When it was put together.")
    areas: dict[str, Any] = Field(
        default_factory=dict,
        description="各部分：conversations 对话，feedback 反馈，entries 收藏与最近，handbooks 执法手册，"
        "exams 考试与练习，exam_attempts 参加过的考试，"
        "acts 办理的上传、停用、审定，account 账户。Area by area.",
    )


class Erased(Response):
    """What was erased (删除结果): area → number of items."""

    areas: dict[str, int] = Field(default_factory=dict, description="各部分删去的项数。Items erased in each area.")


class PersonalDataDesk(Protocol):
    """One's own data handed out and erased (本人数据).

    What a person did in office keeps their name, and the audit log their entries, until the account is removed.
    """

    def export(self, principal: Principal) -> PersonalData: ...

    def erase(self, principal: Principal) -> Erased: ...

    def remove_account(self, by: Principal, account_id: str) -> Erased:
        """Delete an account with all that is kept of the person. Raises NotFound, Conflict for one's own."""
        ...


class PersonalArea(Protocol):
    """A part of the user data that keeps things of a person (个人数据区)."""

    def of_person(self, person_id: str) -> Any:
        """All that is kept of the person, as plain JSON values."""
        ...

    def erase(self, person_id: str) -> int:
        """Delete it all; how many items there were."""
        ...


class AccountKeeper(Protocol):
    """Accounts as far as they are removed (账户)."""

    def of_person(self, account_id: str) -> dict[str, Any] | None: ...

    def shut_out(self, account_id: str) -> None:
        """End every way in. Raises NotFound, Conflict for the last administrator."""
        ...

    def remove(self, account_id: str) -> None: ...


class RemovalLog(Recorder, Protocol):
    """The audit log as far as a person is taken out of it."""

    def erase_person(self, person: str, by: Principal) -> Erasure: ...
