"""Refused questions as other programs see them (缺依据的提问接口)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Protocol

from pydantic import Field

from assistant.contract import Assistant, Request, Response
from assistant.userdata.words import PageQuery, Words


class RefusedState(StrEnum):
    """Whether what was lacking has been supplied (状态)."""

    OPEN = "open"
    SETTLED = "settled"


REFUSED_STATE_ZH = {RefusedState.OPEN: "待补充", RefusedState.SETTLED: "已处理"}


class RefusedGroup(Response):
    """Questions alike that found no source (缺依据的提问); nobody can tell who asked them."""

    id: str = Field(description="编号。Id of the group.")
    question: str = Field(description="首次所问，长数字已遮去。The first wording, long numbers masked.")
    region: str | None = Field(default=None, description="所选地区。Region asked for.")
    count: int = Field(description="次数。How often it was asked.")
    first_day: dt.date = Field(description="首次日期。First day.")
    last_day: dt.date = Field(description="最近日期。Last day.")
    nearest: list[str] = Field(default_factory=list, description="当时最接近的条文。What was nearest.")
    state: RefusedState = Field(description="状态。State.")
    note: str = Field(default="", description="处理说明，如 已导入《…》。What was done.")


class RefusedPage(Response):
    """A stretch of the list, the most asked first."""

    items: list[RefusedGroup] = Field(default_factory=list)
    total: int = Field(description="总数。How many there are in all.")


class RefusedQuery(PageQuery):
    """Query string of the list."""

    state: RefusedState | None = Field(default=None, description="只看这一状态。One state.")


class RefusedSettlement(Request):
    """What was done about it (处理)."""

    state: RefusedState = Field(description="新的状态。The new state.")
    note: Words = Field(default="", max_length=1000, description="说明，如 已导入《…》。Note.")


class RefusedDesk(Protocol):
    """Refused questions kept (缺依据的提问). An unknown id raises NotFound."""

    def groups(self, assistant: Assistant, query: RefusedQuery) -> RefusedPage:
        """The groups; what is nearest is cut to what the reviewer of this view may read."""
        ...

    def settle(self, assistant: Assistant, group_id: str, settlement: RefusedSettlement) -> RefusedGroup: ...
